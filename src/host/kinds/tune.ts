import * as v from "valibot";
import * as vscode from "vscode";
import { readPredictor, readSpace } from "../../shared/files/index.js";
import { accuracyText, details, latencyText } from "../format.js";
import type { Kind } from "./kind.js";

const FoundSchema = v.object({
  kind: v.literal("tune"),
  /** Predicted, %. */
  accuracy: v.number(),
  /** Measured, ms. */
  measured: v.number(),
  architectures: v.number(),
});
export type TuneFound = v.InferOutput<typeof FoundSchema>;

/** Searches whose winners are measured on this machine. */
export const tune: Kind<"tune", TuneFound> = {
  measures: true,
  foundSchema: FoundSchema,
  foundOf: ({ predicted, measured, rounds }) => {
    if (predicted === null || measured === null) return null;
    const architectures = rounds.reduce((sum, { candidates }) => sum + candidates.length, 0);
    return { kind: "tune", accuracy: predicted.accuracy.value, measured: measured.latencyMs, architectures };
  },
  stateOf: ({ status }) => (status === "ok" ? "done" : "infeasible"),
  view: ({ request, ...record }, progress, result) => {
    const accuracy = readPredictor(request.accuracy);
    const latency = readPredictor(request.latency);
    const { id, title, state, startedAt, restarts, error } = record;
    const { budget, seed, rounds, candidates, most } = request;
    const card = () => {
      const { predictor: _, ...rest } = result!;
      return rest;
    };
    return {
      kind: "tune",
      ...{ id, title, state, startedAt, restarts, error, budget, seed },
      space: readSpace(request.space).id,
      resolution: latency.resolution,
      accuracyPredictor: accuracy.title ?? request.accuracy.name,
      latencyPredictor: latency.title ?? request.latency.name,
      asked: { rounds, candidates, most },
      progress,
      result: result === null ? null : card(),
    };
  },
  label: ({ request }, found) => {
    const budget = `${request.budget} ms`;
    return {
      label: found === null ? budget : `${budget} → ${tunedText(found)}`,
      // A finished one says it all in its label, which is long.
      description: found === null ? vscode.l10n.t("search and measure") : "",
      facts: [
        details([vscode.l10n.t("budget {0}", budget), vscode.l10n.t("seed {0}", request.seed), found === null ? undefined : vscode.l10n.t("{0} architectures measured", found.architectures)]),
        vscode.l10n.t("accuracy: {0}", request.accuracy.name),
        vscode.l10n.t("latency: {0}", request.latency.name),
      ],
    };
  },
  tabTitle: ({ title, request }) => vscode.l10n.t("FOX-NAS: {0}, {1} ms, measured", title, request.budget),
  status: (progress) => {
    const tooltip = vscode.l10n.t("FOX-NAS is measuring this device; other work disturbs it. Click to open the panel.");
    if (progress === null) return { text: vscode.l10n.t("FOX-NAS: search and measure"), tooltip };
    const done = Math.floor((100 * progress.done) / Math.max(1e-9, progress.total));
    const text =
      progress.remainingMs === null
        ? vscode.l10n.t("FOX-NAS: search and measure, {0} % done", done)
        : vscode.l10n.t("FOX-NAS: search and measure, {0} % done, at most {1} s left", done, Math.ceil(progress.remainingMs / 1000));
    return { text, tooltip };
  },
  startLine: ({ title, request: { budget, rounds, seed, latency } }) => `search and measure, ${title}, budget ${budget} ms, ${latency.name}, ${rounds} readings, seed ${seed}`,
  endLine: ({ status, stopped, measured, rounds, confirmations, search: { elapsedMs } }) =>
    `${status} (${stopped}), ${measured === null ? "nothing measured" : `${latencyText(measured.latencyMs)} ms measured`}, ${rounds.length} rounds and ${confirmations.length} confirming batches in ${(elapsedMs / 1000).toFixed(0)} s`,
};

/** `75.55 %, measured 3.35 ms` */
export const tunedText = ({ accuracy, measured }: TuneFound): string => vscode.l10n.t("{0} %, measured {1} ms", accuracyText(accuracy), latencyText(measured));
