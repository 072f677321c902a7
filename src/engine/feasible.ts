import type { Landscape, State } from "./landscape.js";
import { Random } from "./random.js";

/** The fastest and the slowest architecture of a landscape. */
export interface Extremes {
  readonly fastest: State;
  readonly slowest: State;
  /** ms */
  readonly latency: [number, number];
  /** Proved for additive predictors; otherwise the best that descents found. */
  readonly proved: boolean;
}

const STARTS = 8;

/**
 * Smallest and largest predicted latency. For additive predictors one pass over the stages is exact; with terms
 * across stages, coordinate descent from several random starts.
 */
export function latencyExtremes(landscape: Landscape): Extremes {
  const random = Random.seeded(1);
  const starts = landscape.additive ? 1 : STARTS;
  let fastest: State | null = null;
  let slowest: State | null = null;
  const value = (state: State) => landscape.latency.value(state);
  for (let start = 0; start < starts; start++) {
    const from = Int32Array.from(landscape.choices, ({ blocks }) => random.below(blocks.length));
    const low = descend(landscape, from, 1);
    const high = descend(landscape, from, -1);
    if (fastest === null || value(low) < value(fastest)) fastest = low;
    if (slowest === null || value(high) > value(slowest)) slowest = high;
  }
  return {
    fastest: fastest!,
    slowest: slowest!,
    latency: [value(fastest!), value(slowest!)],
    proved: landscape.additive,
  };
}

/** Sets stage after stage to the choice with the least sign x latency, until none changes. */
function descend(landscape: Landscape, from: State, sign: 1 | -1): State {
  const state = Int32Array.from(from);
  for (let changed = true; changed; ) {
    changed = false;
    landscape.choices.forEach(({ blocks }, stage) => {
      const before = state[stage]!;
      let best = before;
      let least = sign * landscape.latency.eta(state);
      for (let choice = 0; choice < blocks.length; choice++) {
        state[stage] = choice;
        const value = sign * landscape.latency.eta(state);
        if (value < least) [least, best] = [value, choice];
      }
      state[stage] = best;
      changed ||= best !== before;
    });
  }
  return state;
}
