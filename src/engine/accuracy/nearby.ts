import { Annealing } from "../annealing.js";
import type { Landscape, State } from "../landscape.js";
import { sumKey } from "../stageChoices.js";

const EVALUATIONS = 200_000;
/** Rounds for each one wanted; a list that still changes then is cut short. */
const ROUNDS = 4;

interface Found {
  readonly state: State;
  readonly accuracy: number;
  readonly latency: number;
  explored: boolean;
}

/**
 * The best architectures under a budget (ms) that a search finds, by falling accuracy, for predictors with terms across
 * stages: annealing finds the first; then the neighbours (one stage changed) of the best are looked at until those of
 * all of the best `count` are. Of equal accuracies one is kept, the fastest. The same inputs give the same result.
 * @param start a feasible state
 */
export function nearbyBest(landscape: Landscape, start: State, budget: number, count: number): State[] {
  const annealing = new Annealing(landscape, { budget, seed: 1, evaluations: EVALUATIONS, start }, null);
  while (!annealing.finished) annealing.step(EVALUATIONS);
  const list: Found[] = [];
  add(list, landscape, annealing.bestState, budget, count);
  for (let round = 0; round < ROUNDS * count; round++) {
    const next = list.find(({ explored }) => !explored);
    if (next === undefined) break;
    next.explored = true;
    const state = Int32Array.from(next.state);
    landscape.choices.forEach(({ blocks }, stage) => {
      for (let choice = 0; choice < blocks.length; choice++) {
        state[stage] = choice;
        add(list, landscape, state, budget, count);
      }
      state[stage] = next.state[stage]!;
    });
  }
  return list.map(({ state }) => state);
}

/** Keeps the `count` best, by falling accuracy. */
function add(list: Found[], landscape: Landscape, state: State, budget: number, count: number): void {
  const accuracy = landscape.accuracy.value(state);
  if (list.length === count && accuracy <= list.at(-1)!.accuracy) return;
  const latency = landscape.latency.value(state);
  if (latency > budget) return;
  const equal = list.findIndex((one) => sumKey(one.accuracy) === sumKey(accuracy));
  if (equal >= 0) {
    if (latency < list[equal]!.latency) list[equal] = { state: Int32Array.from(state), accuracy, latency, explored: false };
    return;
  }
  const behind = list.findIndex((one) => accuracy > one.accuracy);
  list.splice(behind < 0 ? list.length : behind, 0, { state: Int32Array.from(state), accuracy, latency, explored: false });
  if (list.length > count) list.pop();
}
