import type { Stage } from "../../engine/architecture.js";
import type { Explainer } from "../../engine/explain/explainer.js";
import { ablationPath } from "../../engine/explain/path.js";
import type { Predictor } from "../../engine/predictor.js";
import { stageName } from "../../engine/space.js";
import type { Part } from "../../shared/explanation.js";
import type { PredictorFile } from "../../shared/predictor.js";
import type { PredictorCard } from "../../shared/results.js";
import type { Space } from "../../shared/space.js";
import type { Model, Models, Refusal } from "../figures/models.js";
import type { Both } from "../types.js";

/** Both predictors of a space with what a reader must know of them. The same models on both sides make one comparison. */
export interface ComparisonModel {
  readonly models: Both<Model>;
  readonly cards: Both<PredictorCard>;
}

export const isAdditive = ({ models: { accuracy, latency } }: ComparisonModel): boolean => accuracy.explained !== null && latency.explained !== null;

/** The models of two predictors for a space, from what is known of them already; a sentence's part where they cannot be used. */
export function comparisonModel(known: Models, space: Space, files: Both<PredictorFile>, cards: Both<PredictorCard>): ComparisonModel | Refusal {
  const [accuracy, latency] = [known.of(space, files.accuracy), known.of(space, files.latency)];
  if ("refused" in accuracy) return accuracy;
  return "refused" in latency ? latency : { models: { accuracy, latency }, cards };
}

/** What it takes to come from one architecture to another by stage: the rows add up to the total. */
export interface StageDifferences {
  readonly rows: ({ readonly stage: string } & Both<Part>)[];
  /** Predictions after taking over each stage in turn, % and ms: the ablation path. */
  readonly path: ({ readonly stage: string } & Both<number>)[];
  readonly total: Both<Part>;
}

/** Of two architectures of the predictors' space, taken apart by stage. The one place where panel, editor and command line have it from. */
export function stageDifferences(predictors: Both<Predictor>, explainers: Both<Explainer>, from: readonly Stage[], to: readonly Stage[]): StageDifferences {
  const accuracy = explainers.accuracy.difference(from, to);
  const latency = explainers.latency.difference(from, to);
  const { space } = predictors.accuracy;
  return {
    rows: accuracy.contributions.map(({ stage, ...value }, i) => ({ stage, accuracy: value, latency: bare(latency.contributions[i]!) })),
    path: ablationPath(predictors.accuracy, predictors.latency, from, to).map(({ stage, accuracy: percent, latency: ms }) => ({ stage: stageName(space.stages[stage]!), accuracy: percent, latency: ms })),
    total: { accuracy: bare(accuracy), latency: bare(latency) },
  };
}

const bare = ({ value, interval }: Part): Part => ({ value, interval });
