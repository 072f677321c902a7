import type { Form } from "../../engine/forms.js";
import type { Space } from "../../shared/space.js";
import type { AccuracyProtocol, Evaluated, EvaluateRequest, EvaluateResult } from "../../shared/supernet.js";
import { spaceCardOf } from "../jobs/describe.js";
import { fitAccuracy } from "./fit.js";
import { flagsOf } from "./paired.js";
import type { Planned } from "./plan.js";
import { accuracyOf } from "./shares.js";
import type { Material } from "./sources.js";
import type { EvaluateState } from "./state.js";

/** What an evaluation measured. */
interface Ended {
  readonly request: EvaluateRequest;
  readonly space: Space;
  /** Null where nothing is fitted. */
  readonly form: Form | null;
  readonly plan: readonly Planned[];
  readonly material: Material;
  /** In the order of the plan. */
  readonly counts: EvaluateState["subnets"];
  /** Validation images. */
  readonly n: number;
}

/** The result but for what it took. */
export function evaluateResult({ request, space, form, plan, material, counts, n }: Ended): Omit<EvaluateResult, "throughput" | "elapsedMs"> {
  const { precisions } = request;
  const first = precisions[0]!;
  const accuracy = (i: number, precision: "fp32" | "int8") => {
    const measured = counts[i]![precision];
    return measured === null ? null : accuracyOf(measured, n, space.classes);
  };
  const measured = plan.map((planned, i) => ({ ...planned, top1: accuracy(i, first)!.top1.value }));
  const flags = counts.flatMap(({ correct }) => (correct === null ? [] : [flagsOf(Buffer.from(correct, "base64"), n)]));
  const fitted = form === null ? null : fitAccuracy({ request, space, form, cards: material.cards, n }, measured, flags);
  const subnets = plan.map((planned, i): Evaluated => ({ ...planned, fp32: accuracy(i, "fp32"), int8: accuracy(i, "int8"), predicted: fitted?.predicted[i] ?? null }));
  return {
    ...material.cards,
    protocol: protocolOf(request),
    space: spaceCardOf({ space, resolution: request.resolution }),
    precisions,
    subnets,
    fit: fitted?.fit ?? null,
    quantizationLoss: lossOf(subnets, counts),
  };
}

export function protocolOf({ resolution, calibrationImages, ranges, validationImages, threads, seed }: AccuracyProtocol): AccuracyProtocol {
  return { resolution, calibrationImages, ranges, validationImages, threads, seed };
}

/** What int8 loses, pp. */
function lossOf(subnets: readonly Evaluated[], counts: EvaluateState["subnets"]): EvaluateResult["quantizationLoss"] {
  const losses = subnets.flatMap(({ fp32, int8 }, i) => (fp32 === null || int8 === null ? [] : [{ value: fp32.top1.value - int8.top1.value, interval: counts[i]!.loss?.interval ?? null }]));
  if (losses.length === 0) return null;
  const worst = losses.reduce((a, b) => (b.value > a.value ? b : a));
  return { mean: losses.reduce((sum, { value }) => sum + value, 0) / losses.length, worst: worst.value, worstInterval: worst.interval, n: losses.length };
}
