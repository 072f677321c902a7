import * as v from "valibot";
import * as vscode from "vscode";
import { readPredictor, readSpace } from "../../shared/files/index.js";
import { PrecisionSchema } from "../../shared/measure.js";
import { accuracyText, details, latencyText } from "../format.js";
import type { Kind } from "./kind.js";
import { imagesText, protocolText, statusText, supernetText, usedText } from "./supernet.js";

const FoundSchema = v.object({
  kind: v.literal("finalists"),
  finalists: v.number(),
  precision: PrecisionSchema,
  /** Of the winner: measured, %, and predicted, ms. */
  accuracy: v.number(),
  latency: v.number(),
  /** Where the predictors' optimum came in, 0 for first. */
  optimumRank: v.nullable(v.number()),
});
export type FinalistsFound = v.InferOutput<typeof FoundSchema>;

/** Winners of a search whose accuracy is measured on the person's own images. */
export const finalists: Kind<"finalists", FinalistsFound> = {
  // As for an evaluation.
  measures: true,
  foundSchema: FoundSchema,
  foundOf: ({ finalists: all, precision, optimumRank }) => {
    const winner = all[0];
    if (winner === undefined) return null;
    const { measured, predicted } = winner;
    return { kind: "finalists", finalists: all.length, precision, accuracy: measured.top1.value, latency: predicted.latency.value, optimumRank };
  },
  stateOf: ({ status }) => (status === "ok" ? "done" : "infeasible"),
  view: ({ request, ...record }, progress, full) => {
    const accuracy = readPredictor(request.accuracy);
    const latency = readPredictor(request.latency);
    const { id, title, state, startedAt, restarts, error } = record;
    const { resolution, seed, budget, calibrationImages, validationImages, ranges, threads, precision, candidates, rounds, calibrations } = request;
    const result = full === null ? null : { ...full, corrected: full.corrected !== null };
    return {
      kind: "finalists",
      ...{ id, title, state, startedAt, restarts, error, resolution, seed, budget, progress, result },
      space: readSpace(request.space).id,
      accuracyPredictor: accuracy.title ?? request.accuracy.name,
      latencyPredictor: latency.title ?? request.latency.name,
      ...{ supernet: request.supernet.name, data: request.data.name },
      asked: { calibrationImages, validationImages, ranges, threads, precision, candidates, rounds, calibrations },
    };
  },
  label: ({ request }, found) => {
    const budget = `${request.budget} ms`;
    return {
      label: found === null ? budget : `${budget} → ${finalistsText(found)}`,
      description: details([vscode.l10n.t("winners"), request.supernet.name]),
      facts: [
        details([vscode.l10n.t("budget {0}", budget), vscode.l10n.t("{0} finalists", found?.finalists ?? request.candidates * request.rounds), vscode.l10n.t("seed {0}", request.seed)]),
        details([usedText(request), request.precision, `${request.resolution} px`]),
        imagesText(request),
        vscode.l10n.t("accuracy: {0}", request.accuracy.name),
        vscode.l10n.t("latency: {0}", request.latency.name),
      ],
    };
  },
  tabTitle: ({ title, request }) => vscode.l10n.t("FOX-NAS: {0}, winners at {1} ms", title, request.budget),
  status: (progress) => statusText(vscode.l10n.t("FOX-NAS: winners"), progress),
  startLine: ({ title, request }) =>
    `winners of ${title}, budget ${request.budget} ms: up to ${request.candidates * request.rounds} finalists in ${request.rounds} rounds of ${supernetText(request)}, ${request.precision}, ${protocolText(request)}, ${request.calibrations} calibrations, ${request.threads} threads, seed ${request.seed}`,
  endLine: ({ status, stopped, finalists: all, optimumRank, elapsedMs }) =>
    `${status}, ${all.length} finalists in ${all.reduce((most, { round }) => Math.max(most, round), 0)} rounds (${stopped})${optimumRank === null ? "" : `, the predictors' optimum came in ${optimumRank + 1}`} in ${(elapsedMs / 1000).toFixed(0)} s`,
};

/** `measured 88.45 % at 3.35 ms` */
export function finalistsText({ accuracy, latency }: FinalistsFound): string {
  return vscode.l10n.t("measured {0} % at {1} ms", accuracyText(accuracy), latencyText(latency));
}
