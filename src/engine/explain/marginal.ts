import { frontIndexAt, type Front } from "../front.js";

/** What one more millisecond buys, and the points of the front beside the optimum. */
export interface Marginal {
  /** Optimum at the budget minus optimum one millisecond below, pp/ms; null where nothing fits there. */
  readonly below: number | null;
  /** Optimum one millisecond above minus optimum at the budget, pp/ms. */
  readonly above: number;
  /** Indices into the front; null at its ends. */
  readonly cheaper: number | null;
  readonly better: number | null;
}

/** The margin at a budget (ms), from the exact front; null where nothing fits the budget. */
export function marginalAt(front: Front, budget: number): Marginal | null {
  const [before, at, after] = [budget - 1, budget, budget + 1].map((limit) => frontIndexAt(front, limit)) as [number, number, number];
  if (at < 0) return null;
  const { accuracy } = front;
  return {
    below: before < 0 ? null : accuracy[at]! - accuracy[before]!,
    above: accuracy[after]! - accuracy[at]!,
    cheaper: at === 0 ? null : at - 1,
    better: at + 1 < accuracy.length ? at + 1 : null,
  };
}
