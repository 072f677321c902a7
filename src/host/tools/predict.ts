import * as vscode from "vscode";
import { readConfig } from "../../shared/files/index.js";
import { budgetText, ms } from "../../shared/format.js";
import type { Source } from "../../shared/messages.js";
import type { Estimate } from "../../shared/results.js";
import type { App } from "../app.js";
import { cardOf } from "./cards.js";
import { configSource } from "./configSource.js";
import { PREDICTED_NOT_MEASURED, predictedJson, predictedText } from "./figures.js";
import type { ToolInput } from "./inputs.js";
import { pickModel, type Model } from "./pick.js";
import { jobFor, type Tool } from "./tool.js";

/** Predicts accuracy and latency of a config. */
export const predictTool: Tool<"foxnas_predict"> = {
  name: "foxnas_predict",
  prepare: (_app, { config }) => ({ invocationMessage: vscode.l10n.t("Predicting accuracy and latency of {0}", shortName(config)) }),
  invoke: async (app, input, token) => {
    const { config, model } = await configAndModel(app, input);
    const { space, accuracy, latency } = model;
    const sources = { space: space.source, accuracy: accuracy.source, latency: latency.source };
    const predicted = await jobFor<"predict">(app, { kind: "predict", config, ...sources }, token);
    const cards = { accuracy: cardOf(accuracy), latency: cardOf(latency) };
    const budget = input.budget === undefined ? null : { value: input.budget, unit: predicted.latency.unit, within: predicted.latency.value <= input.budget };
    const lines = [
      `${shortName(input.config)}: an architecture of ${space.content.id}.`,
      predictedText(predicted, cards),
      ...(budget === null ? [] : [budgetSentence(predicted.latency, budget.value)]),
      PREDICTED_NOT_MEASURED,
    ];
    return { text: lines.join("\n"), json: { config: shortName(input.config), space: space.content.id, predicted: predictedJson(predicted, cards), budget } };
  },
};

/** How a person calls the config that a model names. */
export const shortName = (config: string): string => (config.startsWith("{") ? vscode.l10n.t("the config in the request") : config);

/** A config and the predictors that speak of it. Throws InputError. */
export async function configAndModel({ library }: App, { config, accuracy, latency }: Pick<ToolInput<"foxnas_predict">, "config" | "accuracy" | "latency">): Promise<{ config: Source; model: Model }> {
  const source = await configSource(config);
  const { space, resolution } = readConfig(source);
  return { config: source, model: await pickModel(library, { space, resolution, accuracy, latency }) };
}

function budgetSentence({ value, interval }: Estimate, budget: number): string {
  const within = value <= budget;
  const across = interval !== null && (within ? interval[1] > budget : interval[0] <= budget);
  return `${within ? "Within" : "Over"} the budget of ${budgetText(budget)} by ${ms(Math.abs(budget - value))}${across ? "; the interval of the prediction reaches across it" : ""}.`;
}
