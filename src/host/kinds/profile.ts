import * as v from "valibot";
import * as vscode from "vscode";
import { readSpace } from "../../shared/files/index.js";
import { details, shareText } from "../format.js";
import type { Kind } from "./kind.js";

const FoundSchema = v.object({
  kind: v.literal("profile"),
  /** Mean absolute percentage error on held-out architectures, 0.01 = 1 %. */
  heldOut: v.number(),
  samples: v.number(),
  device: v.nullable(v.string()),
});
export type ProfileFound = v.InferOutput<typeof FoundSchema>;

/** Profiles of this machine. */
export const profile: Kind<"profile", ProfileFound> = {
  measures: true,
  foundSchema: FoundSchema,
  foundOf: ({ heldOut, samples, predictor }) => ({ kind: "profile", heldOut: heldOut.mape, samples: samples.length, device: predictor.device }),
  stateOf: () => "done",
  view: ({ request, ...record }, progress, result) => {
    const { id, title, state, startedAt, restarts, error } = record;
    const { precision, threads, executionProvider, samples, target, timeLimitMs, rounds, resolution, seed } = request;
    const card = () => {
      const { predictor, ...rest } = result!;
      return { ...rest, terms: Object.keys(predictor.coefficients).length };
    };
    return {
      kind: "profile",
      ...{ id, title, state, startedAt, restarts, error, resolution, seed },
      space: readSpace(request.space).id,
      asked: { precision, threads, executionProvider, samples, target, timeLimitMs, rounds },
      progress,
      result: result === null ? null : card(),
    };
  },
  label: ({ title, request }, found) => ({
    // The processor is the same in every row, as a rule, and its name long.
    label: `${request.precision}, ${request.resolution} px${found === null ? "" : `: ${vscode.l10n.t("{0} held-out error", shareText(found.heldOut))}`}`,
    description: details([vscode.l10n.t("profile"), title]),
    facts: [
      vscode.l10n.t("space: {0}", request.space.name),
      details([
        request.executionProvider,
        request.threads === 1 ? vscode.l10n.t("1 thread") : vscode.l10n.t("{0} threads", request.threads),
        found === null ? vscode.l10n.t("at most {0} architectures", request.samples) : vscode.l10n.t("{0} architectures timed", found.samples),
      ]),
      ...(found?.device == null ? [] : [found.device]),
    ],
  }),
  tabTitle: ({ title }) => `FOX-NAS: ${title}`,
  status: (progress) => {
    const tooltip = vscode.l10n.t("FOX-NAS is measuring this device; other work disturbs it. Click to open the panel.");
    if (progress === null) return { text: vscode.l10n.t("FOX-NAS: profiling"), tooltip };
    const done = Math.floor((100 * progress.done) / Math.max(1e-9, progress.total));
    const text =
      progress.remainingMs === null
        ? vscode.l10n.t("FOX-NAS: profiling, {0} % done", done)
        : vscode.l10n.t("FOX-NAS: profiling, {0} % done, {1} s left", done, Math.ceil(progress.remainingMs / 1000));
    return { text, tooltip };
  },
  startLine: ({ title, request: { space, samples, threads, executionProvider, seed } }) =>
    `profile of ${title}: ${space.name}, at most ${samples} architectures, ${executionProvider}, ${threads} threads, seed ${seed}`,
  endLine: ({ heldOut, samples, stopped, elapsedMs }) =>
    `held-out error ${shareText(heldOut.mape)} on ${samples.length} architectures (${stopped}) in ${(elapsedMs / 1000).toFixed(0)} s`,
};
