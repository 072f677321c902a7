import { mean, median } from "./statistics.js";

/** Times of several networks, one row each, over the same rounds: `readings[network][round]`, all above 0. */
export type Readings = readonly (readonly number[])[];

/** Rounds that each round is compared with; more cost time and change little. */
const MOST_COMPARED = 64;

/**
 * How much slower than usual the machine was in each round, as a factor with geometric mean 1.
 *
 * Two rounds compare by the median over all networks of the ratio of their readings; a round's drift is the geometric
 * mean of its comparisons. All networks together say it: three references alone are noisier in a single round than
 * what they should correct. A factor common to a round's readings passes into the drift exactly, however fast it
 * changes, and a network's outliers do not, as long as most networks of the round are sound.
 */
export function driftOf(readings: Readings): number[] {
  const rounds = readings[0]?.length ?? 0;
  const logs = readings.map((row) => row.map(Math.log));
  const compared = evenly(rounds, MOST_COMPARED);
  const drift = Array.from({ length: rounds }, (_, t) =>
    mean(compared.map((s) => median(logs.map((row) => row[t]! - row[s]!)))),
  );
  const centre = mean(drift);
  return drift.map((log) => Math.exp(log - centre));
}

/** Running median over `2 reach + 1` values, fewer at the ends. */
export function smoothed(values: readonly number[], reach: number): number[] {
  return values.map((_, i) => median(values.slice(Math.max(0, i - reach), i + reach + 1)));
}

/** At most `most` of 0 … n - 1, evenly spread. */
function evenly(n: number, most: number): number[] {
  const length = Math.min(n, most);
  return Array.from({ length }, (_, i) => Math.floor((i * n) / length));
}
