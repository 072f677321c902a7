import type { Architecture, ArchitectureConfig } from "../../shared/architecture.js";
import { predictedOf } from "../../shared/files/index.js";
import { intervalText, ms, percent } from "../../shared/format.js";
import type { Estimate, PredictorCard, SearchResult } from "../../shared/results.js";

type Both<T> = { accuracy: T; latency: T };

/** Predicted values as data: each with its unit, interval, device, resolution, source and predictor. */
export function predictedJson(estimates: Both<Estimate>, cards: Both<PredictorCard>): object {
  const { accuracy, latency } = predictedOf(estimates, cards);
  return { accuracy: { ...accuracy, predictor: cards.accuracy.name }, latency: { ...latency, predictor: cards.latency.name } };
}

/** The same as two sentences. */
export function predictedText(estimates: Both<Estimate>, cards: Both<PredictorCard>): string {
  return [one("Predicted accuracy", estimates.accuracy, cards.accuracy), one("Predicted latency", estimates.latency, cards.latency)].join("\n");
}

function one(what: string, { value, unit, interval, extrapolated }: Estimate, { device, resolution, target, name, source, crossValidatedRmse }: PredictorCard): string {
  const number = unit === "ms" ? ms(value) : percent(value);
  const range = interval === null ? "" : `, 95 % prediction interval ${intervalText(interval, unit)}`;
  const where = [target === "latency" ? (device ?? "device not named") : null, `${resolution} px`].filter((part) => part !== null).join(", ");
  const error = crossValidatedRmse === null ? "" : `, cross-validated error ${crossValidatedRmse.toFixed(2)} ${target === "accuracy" ? "pp" : unit}`;
  const outside = extrapolated === true ? " The architecture lies outside what was measured: the prediction is an extrapolation." : "";
  return `${what}: ${number}${range} (${where}; predictor ${name}${error}; source: ${source}).${outside}`;
}

/** What is certain of a found architecture, in a sentence. */
export function certificateText({ certificate: { proved, gap, optimum, reason } }: Pick<SearchResult, "certificate">): string {
  if (proved) return "Certificate: optimal for these predictors, proved; no architecture of the space within the budget has a higher predicted accuracy.";
  if (optimum !== null && gap !== null) return `Certificate: ${gap.toFixed(3)} pp below the proven optimum of these predictors, ${percent(optimum.accuracy)}.`;
  return `No certificate: ${reason ?? "the optimum of these predictors is not known"}`;
}

/** `stage 24: e2k3 e3k5 | …`: expand ratio and kernel size of every block. */
export function architectureText({ stages }: Architecture): string {
  return stages.map(({ width, blocks }) => `stage ${width}: ${blocks.map(({ expand, kernel }) => `e${expand}k${kernel}`).join(" ")}`).join(" | ");
}

/** An architecture as the config that would be written. */
export const architectureJson = (architecture: Architecture, space: string): Pick<ArchitectureConfig, "space" | "resolution" | "stages"> => ({
  space,
  resolution: architecture.resolution,
  stages: architecture.stages,
});

export const PREDICTED_NOT_MEASURED = "These are predictions, not measurements; another device has other milliseconds. Quote them with unit, device, resolution and source. Say “optimal for these predictors”, never “the best network”.";
