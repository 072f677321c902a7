import type { Landscape, State } from "./landscape.js";
import { nonDominated } from "./nonDominated.js";

/** The exact Pareto front, by rising latency and accuracy. */
export interface Front {
  readonly states: readonly State[];
  /** ms */
  readonly latency: Float64Array;
  /** % */
  readonly accuracy: Float64Array;
}

/** Non-dominated sums over some stages, by rising latency and accuracy; `code` is index before x choices + choice. */
interface Partial {
  readonly latency: Float64Array;
  readonly accuracy: Float64Array;
  readonly code: Float64Array;
}

/**
 * All architectures that no other beats in both predictors. Under additive predictors this is the dominance
 * dynamic programme of the multiple-choice knapsack (Kellerer, Pferschy, Pisinger 2004, ch. 11): prune each
 * stage, add stage by stage, prune again. A monotone link keeps the order, so it is applied at the end.
 * @throws TypeError where a predictor has terms across stages
 */
export function paretoFront(landscape: Landscape): Front {
  if (!landscape.additive) throw new TypeError("the exact front needs predictors that are additive over stages");
  const kept = landscape.choices.map((_, stage) =>
    nonDominated(landscape.latency.parts[stage]!, landscape.accuracy.parts[stage]!),
  );
  // Sums are taken in the order of Table.eta, intercept first: another order differs in the last digits, and a budget
  // that is met exactly would then be answered otherwise than by the table.
  const nothing: Partial = {
    latency: Float64Array.of(landscape.latency.intercept),
    accuracy: Float64Array.of(landscape.accuracy.intercept),
    code: Float64Array.of(0),
  };
  const merged: Partial[] = [];
  kept.forEach((choices, stage) => {
    const { latency, accuracy } = landscape;
    merged.push(addStage(merged[stage - 1] ?? nothing, latency.parts[stage]!, accuracy.parts[stage]!, choices));
  });
  const last = merged[merged.length - 1]!;
  const states = Array.from(last.code, (_, i) => traceBack(merged, kept, i));
  const latency = Float64Array.from(states, (state) => landscape.latency.value(state));
  const accuracy = Float64Array.from(states, (state) => landscape.accuracy.value(state));
  // Through a link, sums that differ can give the same value.
  const order = nonDominated(latency, accuracy);
  return {
    states: Array.from(order, (i) => states[i]!),
    latency: Float64Array.from(order, (i) => latency[i]!),
    accuracy: Float64Array.from(order, (i) => accuracy[i]!),
  };
}

/** Index of the best point with latency <= budget (ms); -1 where none is. */
export function frontIndexAt(front: Front, budget: number): number {
  let low = 0;
  let high = front.latency.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (front.latency[middle]! <= budget) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Adds one stage's choices to partial sums and keeps what no other sum beats. */
function addStage(before: Partial, latency: Float64Array, accuracy: Float64Array, choices: Int32Array): Partial {
  const width = choices.length;
  const size = before.latency.length * width;
  const sums = { latency: new Float64Array(size), accuracy: new Float64Array(size) };
  for (let i = 0, at = 0; i < before.latency.length; i++) {
    for (let j = 0; j < width; j++, at++) {
      sums.latency[at] = before.latency[i]! + latency[choices[j]!]!;
      sums.accuracy[at] = before.accuracy[i]! + accuracy[choices[j]!]!;
    }
  }
  const order = nonDominated(sums.latency, sums.accuracy);
  const pick = (values: Float64Array) => Float64Array.from(order, (i) => values[i]!);
  return { latency: pick(sums.latency), accuracy: pick(sums.accuracy), code: Float64Array.from(order) };
}

function traceBack(merged: readonly Partial[], kept: readonly Int32Array[], index: number): State {
  const state = new Int32Array(merged.length);
  for (let stage = merged.length - 1, i = index; stage >= 0; stage--) {
    const code = merged[stage]!.code[i]!;
    const width = kept[stage]!.length;
    state[stage] = kept[stage]![code % width]!;
    i = Math.floor(code / width);
  }
  return state;
}
