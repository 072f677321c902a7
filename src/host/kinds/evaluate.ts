import * as v from "valibot";
import * as vscode from "vscode";
import { PrecisionSchema } from "../../shared/measure.js";
import { readSpace } from "../../shared/files/index.js";
import { accuracyText, details } from "../format.js";
import type { EvaluateRequest, EvaluateResult } from "../../shared/supernet.js";
import type { EvaluateCard } from "../../shared/panel.js";
import type { Kind } from "./kind.js";
import { imagesText, precisionsText, protocolText, statusText, supernetText, usedText } from "./supernet.js";

const FoundSchema = v.object({
  kind: v.literal("evaluate"),
  subnets: v.number(),
  /** Of the figures below. */
  precision: PrecisionSchema,
  /** Measured top-1 of the subnets, %. */
  least: v.number(),
  most: v.number(),
  /** Of the predictor: leave-one-out, pp, and Kendall's tau; null where nothing was fitted. */
  fit: v.nullable(v.object({ rmse: v.number(), tau: v.number() })),
});
export type EvaluateFound = v.InferOutput<typeof FoundSchema>;

/** Evaluations of a supernet's subnets on the person's own images. */
export const evaluate: Kind<"evaluate", EvaluateFound> = {
  // It times nothing itself, but keeps the cores busy, and whatever is timed beside it would be wrong.
  measures: true,
  foundSchema: FoundSchema,
  foundOf: ({ subnets, precisions, fit }) => {
    const precision = precisions[0]!;
    const top1 = subnets.flatMap((one) => one[precision]?.top1.value ?? []);
    if (top1.length === 0) return null;
    const of = fit?.heldOut ?? fit?.leaveOneOut;
    return {
      kind: "evaluate",
      ...{ subnets: subnets.length, precision, least: Math.min(...top1), most: Math.max(...top1) },
      fit: of === undefined ? null : { rmse: of.rmse, tau: of.kendallTau },
    };
  },
  stateOf: () => "done",
  view: ({ request, ...record }, progress, result) => {
    const { id, title, state, startedAt, restarts, error } = record;
    const { resolution, seed, calibrationImages, validationImages, ranges, threads, precisions, supernet, data } = request;
    return {
      kind: "evaluate",
      ...{ id, title, state, startedAt, restarts, error, resolution, seed, progress },
      space: readSpace(request.space).id,
      ...{ supernet: supernet.name, data: data.name },
      asked: { calibrationImages, validationImages, ranges, threads, precisions, ...countsOf(request) },
      result: result === null ? null : cardOf(result),
    };
  },
  label: ({ request }, found) => ({
    label: found === null ? vscode.l10n.t("{0} subnets", asked(request)) : evaluatedText(found),
    description: details([vscode.l10n.t("evaluation"), request.supernet.name]),
    facts: [
      vscode.l10n.t("space: {0}", request.space.name),
      usedText(request),
      details([request.precisions.join(", "), `${request.resolution} px`, imagesText(request)]),
      ...(found?.fit == null ? [] : [vscode.l10n.t("predictor: error {0} pp, Kendall's tau {1}", found.fit.rmse.toFixed(2), found.fit.tau.toFixed(2))]),
    ],
  }),
  tabTitle: ({ title }) => `FOX-NAS: ${title}`,
  status: (progress) => statusText(vscode.l10n.t("FOX-NAS: evaluation"), progress),
  startLine: ({ title, request }) =>
    `evaluation, ${title}: ${asked(request)} subnets of ${supernetText(request)}, ${precisionsText(request.precisions)}, ${protocolText(request)}, ${request.threads} threads, seed ${request.seed}`,
  endLine: ({ subnets, throughput, elapsedMs, fit }) =>
    `${subnets.length} subnets in ${(elapsedMs / 1000).toFixed(0)} s, ${throughput.imagesPerSecond.toFixed(0)} images a second${fit === null ? "" : `, predictor off by ${fit.leaveOneOut.rmse.toFixed(2)} pp (leave-one-out)`}`,
};

/** `30 subnets, 61.20 … 88.45 % fp32` */
function evaluatedText({ subnets, least, most, precision }: EvaluateFound): string {
  return vscode.l10n.t("{0} subnets, {1} … {2} % {3}", subnets, accuracyText(least), accuracyText(most), precision);
}

function countsOf({ subnets }: EvaluateRequest): { samples: number; heldOut: number; given: number } {
  if (subnets.kind === "given") return { samples: 0, heldOut: 0, given: subnets.configs.length };
  return { samples: subnets.samples, heldOut: subnets.heldOut, given: 0 };
}

function asked(request: EvaluateRequest): number {
  const { samples, heldOut, given } = countsOf(request);
  return samples + heldOut + given;
}

/** A result without its predictor, whose covariance the panel has no use for. */
function cardOf({ fit, ...rest }: EvaluateResult): EvaluateCard {
  if (fit === null) return { ...rest, fit: null };
  const { predictor, ...quality } = fit;
  return { ...rest, fit: { ...quality, form: predictor.form, terms: Object.keys(predictor.coefficients).length, ceiling: predictor.link?.ceiling ?? null } };
}
