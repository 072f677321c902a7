import * as v from "valibot";
import * as vscode from "vscode";
import { readPredictor, readSpace } from "../../shared/files/index.js";
import { accuracyText, details, latencyText } from "../format.js";
import { askedText } from "../../shared/probability.js";
import type { Kind } from "./kind.js";

const FoundSchema = v.object({
  // Runs of earlier versions do not say it: there was no other kind.
  kind: v.optional(v.literal("search"), "search"),
  accuracy: v.number(),
  accuracyUnit: v.string(),
  latency: v.number(),
  latencyUnit: v.string(),
});
export type SearchFound = v.InferOutput<typeof FoundSchema>;

/** Searches for an architecture. */
export const search: Kind<"search", SearchFound> = {
  measures: false,
  foundSchema: FoundSchema,
  foundOf: ({ predicted }) => {
    if (predicted === null) return null;
    const { accuracy, latency } = predicted;
    return { kind: "search", accuracy: accuracy.value, accuracyUnit: accuracy.unit, latency: latency.value, latencyUnit: latency.unit };
  },
  stateOf: ({ status }) => (status === "ok" ? "done" : "infeasible"),
  view: ({ request, ...record }, progress, result) => {
    const accuracy = readPredictor(request.accuracy);
    const latency = readPredictor(request.latency);
    const { id, title, state, startedAt, restarts, error } = record;
    return {
      kind: "search",
      ...{ id, title, state, startedAt, restarts, error },
      space: readSpace(request.space).id,
      resolution: latency.resolution,
      budget: request.budget,
      seed: request.seed,
      accuracyPredictor: accuracy.title ?? request.accuracy.name,
      latencyPredictor: latency.title ?? request.latency.name,
      measurable: latency.measured !== undefined,
      evaluable: accuracy.evaluated !== undefined,
      progress,
      result,
      model: result === null ? null : { space: readSpace(request.space), accuracy, latency },
      // The controller knows what was measured since.
      measured: [],
    };
  },
  label: ({ title, request }, found) => {
    const budget = `${request.budget} ms`;
    return {
      label: found === null ? budget : `${budget} → ${accuracyText(found.accuracy)} ${found.accuracyUnit}`,
      description: details([found === null ? null : vscode.l10n.t("at {0} {1}", latencyText(found.latency), found.latencyUnit), title]),
      facts: [
        details([vscode.l10n.t("budget {0}", budget), request.probability == null ? null : vscode.l10n.t("kept with {0} probability", askedText(request.probability)), vscode.l10n.t("seed {0}", request.seed)]),
        ...(found === null ? [] : [vscode.l10n.t("predicted {0}", foundText(found))]),
        vscode.l10n.t("accuracy: {0}", request.accuracy.name),
        vscode.l10n.t("latency: {0}", request.latency.name),
      ],
    };
  },
  tabTitle: ({ title, request }) => `FOX-NAS: ${title}, ${request.budget} ms`,
  status: (progress) => {
    const tooltip = vscode.l10n.t("FOX-NAS is searching. Click to open the panel.");
    if (progress === null) return { text: vscode.l10n.t("FOX-NAS: searching"), tooltip };
    const done = Math.floor((100 * progress.evaluations) / Math.max(1, progress.total));
    const text =
      progress.best === null
        ? vscode.l10n.t("FOX-NAS: searching, {0} % done", done)
        : vscode.l10n.t("FOX-NAS: best {0} %, {1} % done", accuracyText(progress.best.accuracy), done);
    return { text, tooltip };
  },
  startLine: ({ title, request }) => `${title}, budget ${request.budget} ms, seed ${request.seed}`,
  endLine: ({ status, search: { evaluations, elapsedMs } }) => `${status}, ${evaluations} evaluations in ${elapsedMs.toFixed(0)} ms`,
};

/** `75.55 % at 119.4 ms` */
export function foundText({ accuracy, accuracyUnit, latency, latencyUnit }: SearchFound): string {
  return vscode.l10n.t("{0} {1} at {2} {3}", accuracyText(accuracy), accuracyUnit, latencyText(latency), latencyUnit);
}
