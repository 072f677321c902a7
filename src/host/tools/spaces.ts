import * as vscode from "vscode";
import { isKind } from "../../runs/runStore.js";
import type { PredictorFile } from "../../shared/predictor.js";
import type { Entry } from "../library.js";
import { predictorId } from "./pick.js";
import type { Tool } from "./tool.js";

const MOST_RUNS = 20;

/** Lists what the other tools take: spaces, predictors, finished searches. */
export const spacesTool: Tool<"foxnas_spaces"> = {
  name: "foxnas_spaces",
  prepare: () => ({ invocationMessage: vscode.l10n.t("Listing search spaces, predictors and runs of FOX-NAS") }),
  invoke: async ({ library, runs }) => {
    const [spaces, predictors, all] = await Promise.all([library.spaces(), library.predictors(), runs.list()]);
    const found = all.filter(({ record }) => (isKind(record, "search") || isKind(record, "tune")) && record.state === "done").slice(0, MOST_RUNS);
    const json = {
      spaces: spaces.entries.map(({ content: { id, title, stages, classes, resolutions }, builtIn }) => ({
        ...{ id, title, builtIn, classes, resolutions },
        stages: stages.map(({ width, depth, expand, kernel }) => ({ width, depth, expand, kernel })),
      })),
      predictors: predictors.entries.map(predictorJson),
      runs: found.map(({ record: { id, title, startedAt, request }, found: what }) => ({ runId: id, title, kind: request.kind, startedAt, budget: "budget" in request ? { value: request.budget, unit: "ms" } : null, found: what })),
      unreadable: [...spaces.unreadable, ...predictors.unreadable].map(({ uri, error }) => ({ file: vscode.workspace.asRelativePath(uri), why: String(error) })),
    };
    const lines = [
      `Search spaces: ${json.spaces.map(({ id, title }) => `${id} (${title})`).join(", ")}.`,
      ...json.predictors.map(({ id, target, space, resolution, device }) => `Predictor of ${target}: ${id}, for ${space} at ${resolution} px${device === null ? "" : `, on ${device}`}.`),
      json.runs.length === 0 ? "There is no finished search yet." : `Finished searches: ${json.runs.map(({ runId, title, budget }) => `${runId} (${title}${budget === null ? "" : `, budget ${budget.value} ms`})`).join("; ")}.`,
    ];
    return { text: lines.join("\n"), json };
  },
};

function predictorJson(entry: Entry<PredictorFile>) {
  const { target, unit, space, resolution, device, form, source, title, fit } = entry.content;
  const rmse = fit?.crossValidation?.rmse;
  return {
    id: predictorId(entry),
    ...{ target, unit, space, resolution, device, form, source, title: title ?? null },
    crossValidatedError: rmse === undefined ? null : { value: rmse, unit: target === "accuracy" ? "pp" : unit },
    samples: fit?.n ?? null,
  };
}
