import { requireArchitecture } from "../../src/engine/architecture.js";
import { changesBetween } from "../../src/engine/explain/changes.js";
import { Explainer } from "../../src/engine/explain/explainer.js";
import { judgeMoves } from "../../src/engine/explain/moves.js";
import { Predictor } from "../../src/engine/predictor.js";
import { withinBudget } from "../../src/engine/withinBudget.js";
import { stageDifferences, type StageDifferences } from "../../src/editor/compare/model.js";
import type { Architecture } from "../../src/shared/architecture.js";
import type { Move, TargetExplanation } from "../../src/shared/explanation.js";
import type { SearchModel } from "../../src/shared/panel.js";
import type { Estimate } from "../../src/shared/results.js";
import type { Space } from "../../src/shared/space.js";

/** Both predictions of one architecture. */
export interface Both<T> {
  readonly accuracy: T;
  readonly latency: T;
}

/**
 * The predictors of a search in the panel itself: what a person edits is predicted and explained before the next frame,
 * by the same functions that the worker and the report use.
 */
export class Explained {
  readonly space: Space;
  private readonly accuracy: Predictor;
  private readonly latency: Predictor;
  private readonly explainers: Both<Explainer> | null;

  /** @throws ModelError where the predictors do not belong to the space; the worker has checked that they do */
  constructor({ space, accuracy, latency }: SearchModel) {
    this.space = space;
    this.accuracy = new Predictor(space, accuracy);
    this.latency = new Predictor(space, latency);
    const additive = this.accuracy.additive && this.latency.additive;
    this.explainers = additive ? { accuracy: new Explainer(this.accuracy), latency: new Explainer(this.latency) } : null;
  }

  /** Whether an architecture lies in the space: one that was kept from another version may not. */
  holds(architecture: Architecture): boolean {
    try {
      requireArchitecture(this.space, architecture);
      return true;
    } catch {
      return false;
    }
  }

  /** Accuracy is predicted through a link. */
  get linked(): boolean {
    return this.accuracy.link !== null;
  }

  estimates({ stages }: Architecture): Both<Estimate> {
    const of = (predictor: Predictor): Estimate => ({ ...predictor.estimate(stages), unit: predictor.unit });
    return { accuracy: of(this.accuracy), latency: of(this.latency) };
  }

  /** Null where a predictor is not additive over stages. */
  why({ stages }: Architecture): Both<TargetExplanation> | null {
    if (this.explainers === null) return null;
    const { accuracy, latency } = this.explainers;
    return { accuracy: accuracy.explain(stages), latency: latency.explain(stages) };
  }

  /** Probability that one measurement stays within the budget; null without a covariance. */
  withinBudget({ stages }: Architecture, budget: number): number | null {
    return withinBudget(this.latency, stages, budget);
  }

  moves({ resolution, stages }: Architecture, budget: number | null): Move[] {
    return judgeMoves(this.accuracy, this.latency, stages, budget).map(({ stages: to, stage, ...move }) => ({
      ...move,
      stage: String(this.space.stages[stage]!.width),
      architecture: { resolution, stages: to.map(({ width, blocks }) => ({ width, blocks: [...blocks] })) },
    }));
  }

  /** What it takes to come from one architecture to another, stage by stage; null where they cannot be taken apart. */
  comparison(from: Architecture, to: Architecture): StageDifferences | null {
    if (this.explainers === null) return null;
    return stageDifferences({ accuracy: this.accuracy, latency: this.latency }, this.explainers, from.stages, to.stages);
  }

  changes(from: Architecture, to: Architecture): string[] {
    return changesBetween(this.space, from.stages, to.stages);
  }
}
