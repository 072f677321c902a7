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

/** Non-dominated sums over some stages, by rising latency and accuracy. `code` tells how each was made. */
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
    const latency = landscape.latency.parts[stage]!;
    const accuracy = landscape.accuracy.parts[stage]!;
    const before = merged[stage - 1] ?? nothing;
    const shifted = Array.from(choices, (choice, j) => ({
      latency: before.latency.map((value) => value + latency[choice]!),
      accuracy: before.accuracy.map((value) => value + accuracy[choice]!),
      code: before.code.map((_, i) => i * choices.length + j),
    }));
    merged.push(mergeAll(shifted));
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

/** Merges sorted, non-dominated lists two by two, dropping what becomes dominated on the way. */
function mergeAll(lists: readonly Partial[]): Partial {
  if (lists.length === 1) return lists[0]!;
  const half = lists.length >> 1;
  return mergeTwo(mergeAll(lists.slice(0, half)), mergeAll(lists.slice(half)));
}

function mergeTwo(a: Partial, b: Partial): Partial {
  const size = a.latency.length + b.latency.length;
  const latency = new Float64Array(size);
  const accuracy = new Float64Array(size);
  const code = new Float64Array(size);
  let length = 0;
  let best = Number.NEGATIVE_INFINITY;
  for (let i = 0, j = 0; i < a.latency.length || j < b.latency.length; ) {
    const from = takesFirst(a, i, b, j) ? a : b;
    const at = from === a ? i++ : j++;
    if (from.accuracy[at]! <= best) continue;
    best = from.accuracy[at]!;
    latency[length] = from.latency[at]!;
    accuracy[length] = best;
    code[length++] = from.code[at]!;
  }
  return {
    latency: latency.subarray(0, length),
    accuracy: accuracy.subarray(0, length),
    code: code.subarray(0, length),
  };
}

/** Whether a's entry comes before b's: lower latency, then higher accuracy, then a. */
function takesFirst(a: Partial, i: number, b: Partial, j: number): boolean {
  if (j >= b.latency.length) return true;
  if (i >= a.latency.length) return false;
  const difference = a.latency[i]! - b.latency[j]!;
  return difference < 0 || (difference === 0 && a.accuracy[i]! >= b.accuracy[j]!);
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
