import { driftOf, type Readings } from "./drift.js";
import { geometricMean, quantile, sortedQuantile } from "./statistics.js";

/**
 * The statistic. Disturbances only ever slow a run down, so that low quantiles repeat better than the mean; the
 * minimum hangs on a single reading and repeats worst.
 */
const P = 0.25;

/** What the readings say about one network; ms as the readings are, shares relative (0.01 = 1 %). */
export interface NetworkEstimate {
  readonly latencyMs: number;
  readonly medianMs: number;
  readonly iqrMs: number;
  /** Of the latency: half the distance between the quantiles one binomial standard deviation around p25. */
  readonly standardError: number;
  /** Difference between odd and even rounds, each estimated for itself, over their mean. */
  readonly splitHalf: number;
}

export interface BatchEstimate {
  /** In the order of the readings. */
  readonly networks: readonly NetworkEstimate[];
  /** Readings over the drift of their round. */
  readonly corrected: Readings;
  /** Of each round, how much slower than usual the machine was: `corrected` is the readings over it. */
  readonly drift: readonly number[];
}

/** p25 of readings as they are. */
export const p25 = (readings: readonly number[]): number => quantile(readings, P);

/**
 * Latencies from the readings of one batch: p25 over the rounds of readings over their round's drift. Together they
 * keep the level of the uncorrected p25: drift only shifts them against each other.
 * @param readings at least two rounds
 */
export function estimate(readings: Readings): BatchEstimate {
  const { corrected, drift } = correct(readings);
  const halves = [0, 1].map((half) => correct(readings.map((row) => row.filter((_, t) => t % 2 === half))).corrected);
  const networks = corrected.map((row, i) => {
    const [even, odd] = halves.map((half) => p25(half[i]!)) as [number, number];
    return { ...spreadOf(row), splitHalf: (2 * Math.abs(even - odd)) / (even + odd) };
  });
  return { networks, corrected, drift };
}

function correct(readings: Readings): { corrected: number[][]; drift: number[] } {
  const shape = driftOf(readings);
  const over = (drift: readonly number[]) => readings.map((row) => row.map((reading, t) => reading / drift[t]!));
  const level = geometricMean(over(shape).map(p25)) / geometricMean(readings.map(p25));
  const drift = shape.map((factor) => factor * level);
  return { corrected: over(drift), drift };
}

function spreadOf(row: readonly number[]): Omit<NetworkEstimate, "splitHalf"> {
  const sorted = [...row].sort((a, b) => a - b);
  const at = (p: number) => sortedQuantile(sorted, p);
  const reach = Math.sqrt((P * (1 - P)) / row.length);
  const latencyMs = at(P);
  return {
    latencyMs,
    medianMs: at(0.5),
    iqrMs: at(0.75) - at(0.25),
    standardError: (at(P + reach) - at(P - reach)) / 2 / latencyMs,
  };
}
