import type { Noise } from "../../shared/measure.js";
import { driftOf, smoothed, type Readings } from "./drift.js";
import { p25, type BatchEstimate } from "./estimate.js";
import { mean, median } from "./statistics.js";

/** Half-width, in rounds, of the window over which the machine's drift is told from a round's own noise. */
const SMOOTHING = 2;

export interface NoiseInputs {
  /** Readings of the references on the chosen clock. */
  readonly references: Readings;
  /** Of all networks; the references come last. */
  readonly estimate: BatchEstimate;
  /** All readings of the batch on both clocks, ms. */
  readonly cpu: Readings;
  readonly wall: Readings;
}

/** An account of a batch's noise. */
export function noiseOf({ references, estimate, cpu, wall }: NoiseInputs): Noise {
  const drift = smoothed(driftOf(references), SMOOTHING);
  const corrected = estimate.corrected.slice(-references.length);
  return {
    drift: Math.max(...drift) / Math.min(...drift),
    disagreement: references.length < 2 ? null : disagreementOf(corrected),
    contention: sum(wall) / sum(cpu),
    splitHalf: median(estimate.networks.map((network) => network.splitHalf)),
  };
}

/**
 * How differently the references moved between the first and the second half of the batch: what slows all networks
 * alike can be divided out, what slows one and not another cannot.
 * @param references corrected readings, two rows or more
 */
export function disagreementOf(references: Readings): number {
  const moves = references.map((row) => {
    const middle = row.length >> 1;
    return Math.log(p25(row.slice(middle)) / p25(row.slice(0, middle)));
  });
  return Math.expm1(Math.max(...moves) - Math.min(...moves));
}

/** Why a batch should be measured again, null where it should not. */
export function suspicionOf({ disagreement, splitHalf }: Noise, tolerance: number): string | null {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const limit = `more than the ${percent(tolerance)} allowed`;
  if (disagreement !== null && disagreement > tolerance) {
    return `The reference networks moved against each other by ${percent(disagreement)}, ${limit}: something else was running.`;
  }
  if (splitHalf > tolerance) {
    return `Odd and even rounds differ by ${percent(splitHalf)} in the median, ${limit}: the machine is too busy, or there were too few rounds.`;
  }
  return null;
}

const sum = (readings: Readings) => mean(readings.map((row) => row.reduce((a, b) => a + b, 0)));
