import * as vscode from "vscode";
import { InputError } from "../../shared/errors.js";
import type { SearchRequest } from "../../shared/messages.js";
import type { SearchResult } from "../../shared/results.js";
import { budgetText, ms } from "../../shared/format.js";
import { probabilityText } from "../../shared/probability.js";
import type { App } from "../app.js";
import { settingOf } from "../ask/probability.js";
import type { RunController } from "../runs/runController.js";
import { architectureJson, architectureText, certificateText, PREDICTED_NOT_MEASURED, predictedJson, predictedText } from "./figures.js";
import type { ToolInput } from "./inputs.js";
import { pickModel, type Model } from "./pick.js";
import type { Tool, ToolAnswer } from "./tool.js";

/** Evaluations that take about a minute: a person is asked before. */
const LONG_EVALUATIONS = 50_000_000;

/** Searches as the command does: a run, listed in the Runs view; the token cancels it. */
export const searchTool: Tool<"foxnas_search"> = {
  name: "foxnas_search",
  prepare: ({ library }, input) => prepare(library, input),
  invoke: async (app, input, token) => {
    const model = await pickModel(app.library, input);
    const id = await app.runs.start(requestOf(model, input), `${model.space.content.id} at ${model.accuracy.content.resolution} px`);
    const state = await ended(app.runs, id, token);
    const result = await app.runs.result(id, "search");
    if (result === null) throw new InputError({ what: `the run ${id} ended without a result`, found: state, next: "The Runs view tells why; it can be resumed there." });
    return answerOf(id, result);
  },
};

async function prepare(library: App["library"], input: ToolInput<"foxnas_search">): Promise<vscode.PreparedToolInvocation> {
  const { space, latency } = await pickModel(library, input);
  const device = latency.content.device ?? latency.source.name;
  const invocationMessage = vscode.l10n.t("Searching {0} under {1} ms for {2}", space.content.id, input.budget, device);
  const evaluations = input.evaluations ?? setting().get<number | null>("evaluations", null) ?? 0;
  if (evaluations <= LONG_EVALUATIONS) return { invocationMessage };
  const message = vscode.l10n.t("Search {0} under {1} ms with {2} evaluations? That takes minutes. The run can be cancelled in the Runs view.", space.content.id, input.budget, evaluations.toLocaleString());
  return { invocationMessage, confirmationMessages: { title: vscode.l10n.t("Start a long search?"), message } };
}

const setting = () => vscode.workspace.getConfiguration("foxnas.search");

function requestOf({ space, accuracy, latency }: Model, { budget, probability, seed, evaluations }: ToolInput<"foxnas_search">): SearchRequest {
  const config = setting();
  const told = latency.content.fit !== undefined;
  if (probability !== undefined && !told) {
    throw new InputError({ what: "the latency predictor carries no covariance, so no probability can be told", field: "probability", next: "Search without a probability, or with another latency predictor." });
  }
  return {
    kind: "search",
    ...{ space: space.source, accuracy: accuracy.source, latency: latency.source, budget },
    probability: told ? (probability ?? settingOf(config)) : null,
    seed: seed ?? config.get<number>("seed", 1),
    evaluations: evaluations ?? config.get<number | null>("evaluations", null),
  };
}

/** Waits for the end of a run and answers its state; the token cancels the run. Throws CancellationError, and what made the run fail. */
export async function ended(runs: RunController, id: string, token: vscode.CancellationToken): Promise<string> {
  const cancelling = token.onCancellationRequested(() => runs.cancel(id));
  if (token.isCancellationRequested) runs.cancel(id);
  let changed: vscode.Disposable | undefined;
  try {
    await new Promise<void>((resolve) => {
      const look = () => runs.live(id) === undefined && resolve();
      changed = runs.onDidChange(look);
      look();
    });
  } finally {
    cancelling.dispose();
    changed?.dispose();
  }
  const record = await runs.record(id);
  // Deleted or cancelled by a person in the Runs view, or by the token.
  if (record === undefined || record.state === "cancelled") throw new vscode.CancellationError();
  if (record.state === "failed") throw new InputError({ what: record.error ?? "the run failed" });
  return record.state;
}

function answerOf(runId: string, result: SearchResult): ToolAnswer {
  const { status, feasible, budget, nearestBudget, predictors, space, found, certificate, search, withinBudget } = result;
  const json = {
    ...{ runId, status, budget: { value: budget, unit: feasible.unit }, seed: search.seed, evaluations: search.evaluations },
    feasible: { latency: feasible.latency, unit: feasible.unit, device: predictors.latency.device, resolution: predictors.latency.resolution, source: predictors.latency.source },
    ...(found === null ? { nearestBudget } : { architecture: architectureJson(found.architecture, space.id), predicted: predictedJson(found, predictors), certificate: { ...certificate, unit: { accuracy: "%", latency: feasible.unit, gap: "pp" } }, withinBudget: withinBudget ?? null }),
  };
  if (found === null) {
    const text = `Run ${runId}: no architecture of ${space.id} is predicted within ${budgetText(budget)} on ${predictors.latency.device ?? "the predictor’s device"}. Feasible: ${ms(feasible.latency[0])} to ${ms(feasible.latency[1])}${nearestBudget === null ? "" : `; the nearest feasible budget is ${budgetText(nearestBudget)}`} (source: ${predictors.latency.source}).`;
    return { text, json };
  }
  const lines = [
    `Run ${runId}: found for ${space.id} at ${found.architecture.resolution} px under ${budgetText(budget)}.`,
    predictedText(found, predictors),
    certificateText(result),
    ...(withinBudget == null ? [] : [`Probability that one measurement stays within the budget: ${probabilityText(withinBudget)}.`]),
    `Architecture: ${architectureText(found.architecture)}.`,
    PREDICTED_NOT_MEASURED,
    `foxnas_explain with runId ${runId} says why; foxnas_insert writes the config into the workspace.`,
  ];
  return { text: lines.join("\n"), json };
}
