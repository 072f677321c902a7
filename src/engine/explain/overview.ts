import type { Predictor } from "../predictor.js";
import { AdditiveModel } from "./additive.js";
import { effectsOf, heatmapsOf, type Effect, type Heatmap } from "./effects.js";
import { importanceOf, type Share } from "./importance.js";

/** What matters in general, of one target. */
export interface TargetOverview {
  readonly unit: string;
  /** Prediction at the space's mean of eta. */
  readonly baseline: number;
  /** Standard deviation of the prediction over the space. */
  readonly deviation: number;
  readonly importance: Share[];
  readonly effects: Effect[];
  readonly heatmaps: Heatmap[];
}

/**
 * Null where the predictor is not additive over stages.
 * @throws ModelError where a stage has more than 400,000 choices
 */
export function overviewOf(predictor: Predictor): TargetOverview | null {
  if (!predictor.additive) return null;
  const model = new AdditiveModel(predictor);
  const { deviation, shares } = importanceOf(predictor);
  return {
    unit: predictor.unit,
    baseline: model.baseline,
    deviation,
    importance: shares,
    effects: effectsOf(model),
    heatmaps: heatmapsOf(model),
  };
}
