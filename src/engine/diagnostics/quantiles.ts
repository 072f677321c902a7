import { normalQuantile } from "./tails.js";

/** Points of the picture at most. */
const MOST = 99;

/** Probabilities of n sorted values, R's ppoints(n). */
export function ppoints(n: number): number[] {
  const a = n <= 10 ? 3 / 8 : 1 / 2;
  return Array.from({ length: n }, (_, i) => (i + 1 - a) / (n + 1 - 2 * a));
}

/** Sorted values beside the normal quantiles that they would have, R's qqnorm; of many some 99, evenly spread, both ends among them. */
export function normalQuantiles(values: readonly number[]): { normal: number; observed: number }[] {
  const sorted = [...values].sort((a, b) => a - b);
  const p = ppoints(sorted.length);
  const count = Math.min(sorted.length, MOST);
  const ranks = Array.from({ length: count }, (_, k) => (count === sorted.length ? k : Math.round((k * (sorted.length - 1)) / (count - 1))));
  return ranks.map((rank) => ({ normal: normalQuantile(p[rank]!), observed: sorted[rank]! }));
}
