import * as v from "valibot";
import { pairedDifference } from "../../engine/accuracy/proportion.js";
import { readSpace } from "../../shared/files/index.js";
import type { MeasureProgress } from "../../shared/measure.js";
import type { Space } from "../../shared/space.js";
import type { EvaluateRequest, EvaluateResult } from "../../shared/supernet.js";
import { calibrationSets } from "../evaluate/calibration.js";
import { Meter, throughputOf } from "../evaluate/meter.js";
import { flagsOf } from "../evaluate/paired.js";
import { formOfPlan, planOf } from "../evaluate/plan.js";
import { evaluateResult } from "../evaluate/result.js";
import type { Score } from "../evaluate/score.js";
import { openMaterial } from "../evaluate/sources.js";
import { EvaluateStateSchema, nothingSpent, type Counts, type EvaluateState } from "../evaluate/state.js";
import { imagesOf, SubnetEvaluator } from "../evaluate/subnetEvaluator.js";
import type { Job } from "../job.js";
import { loadRuntime } from "../measure/runtime.js";

/** Held-out subnets whose single answers are kept: enough to tell how much of their errors they share. */
const MOST_FLAGGED = 50;

const countsOf = ({ top1, top5 }: Score): Counts => [top1, top5];

/**
 * Measures subnets of a supernet on the validation images, each recalibrated on the calibration images, and fits an
 * accuracy predictor to them. Every measured subnet is in the journal, so that none is measured twice.
 */
export const evaluate: Job<EvaluateRequest, EvaluateResult, EvaluateState, MeasureProgress> = async (request, context) => {
  const space: Space = readSpace(request.space);
  // Refused before minutes of measuring.
  const form = formOfPlan(request, space);
  const plan = planOf(request, space);
  const material = await openMaterial(space, request, request.resolution);
  await context.breathe();
  const { calibrationImages, validationImages, precisions, seed } = request;
  const [calibration] = calibrationSets(material, { images: calibrationImages, seed });
  const validation = material.data.part("validation", validationImages, seed);
  const n = validation.count;

  const resumed = v.safeParse(EvaluateStateSchema, context.resumed);
  const state: EvaluateState = resumed.success ? resumed.output : { spent: nothingSpent(), subnets: [] };
  const imagesPerSubnet = imagesOf(precisions, { ranges: request.ranges, calibration: calibrationImages, validation: n });
  const meter = new Meter(context, state.spent, { imagesPerSubnet, subnets: plan.length });
  const shown = (counts: EvaluateState["subnets"][number], i: number) => ({ multiplyAdds: plan[i]!.multiplyAdds, top1: (100 * counts[precisions[0]!]![0]) / n });
  meter.show(state.subnets.map(shown));
  const evaluator = new SubnetEvaluator(await loadRuntime(), material, request, (images, doing) => meter.ran(images, doing));

  const flagged = new Set(plan.filter(({ role }) => role === "heldOut").slice(0, MOST_FLAGGED));
  for (let i = state.subnets.length; i < plan.length; i++) {
    const { name, stages } = plan[i]!;
    meter.begin(i, name);
    const recalibrated = await evaluator.recalibrate(name, stages, calibration!);
    const measured: EvaluateState["subnets"][number] = { fp32: null, int8: null, correct: null, loss: null };
    const correct = new Map<string, Uint8Array>();
    for (const precision of precisions) {
      const score = await evaluator.score(recalibrated, precision, validation);
      measured[precision] = countsOf(score);
      correct.set(precision, flagsOf(score.correct, n));
      if (precision === precisions[0] && flagged.has(plan[i]!)) measured.correct = Buffer.from(score.correct).toString("base64");
    }
    if (correct.size === 2) measured.loss = pairedDifference(correct.get("fp32")!, correct.get("int8")!);
    state.subnets.push(measured);
    meter.show([shown(measured, i)]);
    state.spent = meter.spent(state.subnets.length);
    context.checkpoint(() => state, true);
    await context.breathe();
  }
  const spent = meter.spent(plan.length);
  return { ...evaluateResult({ request, space, form, plan, material, counts: state.subnets, n }), throughput: throughputOf(spent), elapsedMs: spent.elapsedMs };
};
