import type { Stage } from "../architecture.js";
import { latencyExtremes } from "../feasible.js";
import { paretoFront } from "../front.js";
import { tabulate, type State } from "../landscape.js";
import type { Predictor } from "../predictor.js";
import type { Space } from "../space.js";
import { bestUnder } from "./best.js";
import { nearbyBest } from "./nearby.js";

/** An architecture to be measured, with its predictions. */
export interface Candidate {
  readonly stages: readonly Stage[];
  /** % */
  readonly accuracy: number;
  /** ms */
  readonly latency: number;
}

export interface Finalists {
  /** By falling predicted accuracy, the optimum under the budget first; empty where the budget is infeasible. */
  readonly candidates: readonly Candidate[];
  /** The first is proved to be the optimum for these predictors, and the others the next best. */
  readonly proved: boolean;
  /** Why nothing is proved, or why there are none; else null. */
  readonly reason: string | null;
  /** Smallest and largest predicted latency of the space, ms. */
  readonly feasible: [number, number];
  /** ms; null where the budget is feasible. */
  readonly nearestBudget: number | null;
}

/**
 * The best `count` architectures under a budget (ms) for these two predictors, to be measured for real: the optimum
 * first, then the next best by predicted accuracy, all predicted within the budget. Architectures that the accuracy
 * predictor cannot tell apart (equal terms in every stage, such as orders of the same blocks) are one, shown by its
 * fastest, so that no two measurements answer the same question; hence fewer than `count` where no more exist.
 *
 * Exact for predictors that are additive over stages; with terms across stages the best that a search finds.
 * @param count at least 1
 * @throws ModelError where a stage has too many choices to tabulate
 */
export function chooseFinalists(space: Space, accuracy: Predictor, latency: Predictor, budget: number, count: number): Finalists {
  const landscape = tabulate(space, accuracy, latency);
  const extremes = latencyExtremes(landscape);
  const feasible = extremes.latency;
  if (!(budget >= feasible[0])) {
    const reason = "No architecture is predicted within the budget.";
    return { candidates: [], proved: false, reason, feasible, nearestBudget: feasible[0] };
  }
  const { additive } = landscape;
  const states = additive ? bestUnder(landscape, paretoFront(landscape), budget, count) : nearbyBest(landscape, extremes.fastest, budget, count);
  const candidateOf = (state: State): Candidate => ({
    stages: landscape.architecture(state, 0).stages,
    accuracy: landscape.accuracy.value(state),
    latency: landscape.latency.value(state),
  });
  const reason = additive ? null : "A predictor has terms across stages, so the optimum cannot be proved by adding stages up.";
  return { candidates: states.map(candidateOf), proved: additive, reason, feasible, nearestBudget: null };
}
