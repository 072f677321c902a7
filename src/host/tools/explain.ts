import * as vscode from "vscode";
import { InputError } from "../../shared/errors.js";
import type { Explanation, ExplainRequest, Move, Part, TargetExplanation } from "../../shared/explanation.js";
import { configOf, configText } from "../../shared/files/index.js";
import type { App } from "../app.js";
import { pointOf } from "../found/config.js";
import { finishedSearch } from "../found/finishedSearch.js";
import { roundUp } from "../format.js";
import { architectureJson, PREDICTED_NOT_MEASURED, predictedJson, predictedText } from "./figures.js";
import type { ToolInput } from "./inputs.js";
import { configAndModel, shortName } from "./predict.js";
import { jobFor, type Tool, type ToolAnswer } from "./tool.js";

/** Enough to tell where to go next; a space has some hundred. */
const MOST_MOVES = 12;

/** Takes the predictions of one architecture apart: of a run, or of a config. */
export const explainTool: Tool<"foxnas_explain"> = {
  name: "foxnas_explain",
  prepare: (_app, { runId, config }) => ({
    invocationMessage: config === undefined ? vscode.l10n.t("Explaining what the search {0} found", runId ?? "") : vscode.l10n.t("Explaining {0}", shortName(config)),
  }),
  invoke: async (app, input, token) => answerOf(await jobFor<"explain">(app, await requestOf(app, input), token)),
};

async function requestOf(app: App, { runId, point, config, accuracy, latency, budget }: ToolInput<"foxnas_explain">): Promise<ExplainRequest> {
  if ((runId === undefined) === (config === undefined)) {
    throw new InputError({ what: "one of runId and config is needed", found: runId === undefined ? "neither" : "both", expected: "runId of a finished search, or the path of a config", next: "foxnas_spaces lists finished searches." });
  }
  if (config !== undefined) {
    const { config: source, model } = await configAndModel(app, { config, accuracy, latency });
    return { kind: "explain", space: model.space.source, accuracy: model.accuracy.source, latency: model.latency.source, config: source, budget: budget ?? null };
  }
  const { record, result } = await finishedSearch(app.runs, runId!);
  const found = pointOf(result, point ?? null);
  const text = configText(configOf(found.architecture, result.space.id), "json");
  const own = point === undefined ? record.request.budget : roundUp(found.latency.value);
  const { space, accuracy: a, latency: l } = record.request;
  return { kind: "explain", space, accuracy: a, latency: l, config: { name: "architecture.foxnas.json", text }, budget: budget ?? own };
}

function answerOf(explanation: Explanation): ToolAnswer {
  const { predicted, predictors, space, architecture, budget, optimum, marginal, nearTies, withinBudget, importance, text } = explanation;
  const json = {
    architecture: architectureJson(architecture, space.id),
    budget: budget === null ? null : { value: budget, unit: predicted.latency.unit },
    predicted: predictedJson(predicted, predictors),
    contributions: { accuracy: partsJson(explanation.accuracy, "pp"), latency: partsJson(explanation.latency, predicted.latency.unit) },
    optimum: optimum === null ? null : { ...optimum, unit: { accuracy: "%", latency: predicted.latency.unit }, certificate: "optimal for these predictors, proved" },
    marginal: marginal === null ? null : { below: marginal.below, above: marginal.above, unit: marginal.unit },
    nearTies: nearTies === null ? null : { count: nearTies.count, withinPp: nearTies.withinPp, unit: "architectures" },
    withinBudget: withinBudget === null ? null : { probability: withinBudget },
    moves: shown(explanation.moves).map(moveJson),
    importance: { unit: "share of the variance over the space, 0..1", accuracy: sharesJson(importance.accuracy), latency: sharesJson(importance.latency) },
  };
  return { text: [text, predictedText(predicted, predictors), PREDICTED_NOT_MEASURED].join("\n\n"), json };
}

const part = ({ value, interval }: Part, unit: string) => ({ value, interval, unit });
const sharesJson = (shares: readonly { stage: string; share: number }[]) => shares.map(({ stage, share }) => ({ stage, share }));

function partsJson(target: TargetExplanation | null, unit: string): object | null {
  if (target === null) return null;
  return { baseline: { value: target.baseline, unit: target.unit }, stages: target.contributions.map(({ stage, ...rest }) => ({ stage, ...part(rest, unit) })) };
}

/** The moves that a person would look at: what is better, then what is as good, then the cheapest losses. */
function shown(moves: readonly Move[]): Move[] {
  const order: Record<Move["verdict"], number> = { better: 0, "equal within error": 1, worse: 2, "over budget": 3 };
  return [...moves].sort((a, b) => order[a.verdict] - order[b.verdict] || b.accuracy.value - a.accuracy.value).slice(0, MOST_MOVES);
}

const moveJson = ({ change, verdict, accuracy, latency }: Move) => ({ change, verdict, accuracy: part(accuracy, "pp"), latency: part(latency, "ms") });
