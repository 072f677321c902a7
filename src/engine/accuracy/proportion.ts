import { normalQuantile } from "../diagnostics/tails.js";
import { LEVEL } from "../predictor.js";

export type Interval = [number, number];

/**
 * Interval of a share (0..1) of which `successes` of `n` were seen (Wilson 1927, JASA 22, p. 209): all shares whose normal
 * approximation would not be surprised by them, so that it stays within 0..1 and holds its level near both ends too.
 * @param n at least 1
 */
export function wilson(successes: number, n: number, confidence: number = LEVEL): Interval {
  const z2 = normalQuantile((1 + confidence) / 2) ** 2;
  const share = successes / n;
  const centre = share + z2 / (2 * n);
  const half = Math.sqrt(z2 * ((share * (1 - share)) / n + z2 / (4 * n * n)));
  const low = successes === 0 ? 0 : (centre - half) / (1 + z2 / n);
  const high = successes === n ? 1 : (centre + half) / (1 + z2 / n);
  return [low, high];
}

/** A difference of two accuracies, percentage points. */
export interface Difference {
  readonly value: number;
  /** 95 % */
  readonly interval: Interval;
}

/**
 * Accuracy of `a` minus that of `b` on the same images, with a paired 95 % interval: Wilson's intervals of both shares,
 * put together with the correlation that the images give them (Newcombe 1998, Statistics in Medicine 17, p. 2635, method
 * 10, with the correlation's continuity correction). It keeps within -100..100 and, unlike that of McNemar's statistic,
 * has a width also where the two never differ.
 * @param a one flag per image: 1 where the class was right, else 0
 * @param b of the same length, at least 1, image by image
 */
export function pairedDifference(a: Uint8Array, b: Uint8Array): Difference {
  if (a.length !== b.length) throw new RangeError(`flags of ${a.length} and ${b.length} images are no pairs`);
  const n = a.length;
  const table = { both: 0, onlyA: 0, onlyB: 0 };
  for (let i = 0; i < n; i++) {
    if (a[i] !== 0) table[b[i] !== 0 ? "both" : "onlyA"]++;
    else if (b[i] !== 0) table.onlyB++;
  }
  const { both, onlyA, onlyB } = table;
  const value = (onlyA - onlyB) / n;
  const [pa, pb] = [(both + onlyA) / n, (both + onlyB) / n];
  const [lowA, highA] = wilson(both + onlyA, n);
  const [lowB, highB] = wilson(both + onlyB, n);
  const phi = correlation(both, onlyA, onlyB, n);
  const below = distance(pa - lowA, highB - pb, phi);
  const above = distance(highA - pa, pb - lowB, phi);
  return { value: 100 * value, interval: [100 * (value - below), 100 * (value + above)] };
}

/** Of the flags, pulled towards 0 by the continuity correction; 0 where one of them never changes. */
function correlation(both: number, onlyA: number, onlyB: number, n: number): number {
  const neither = n - both - onlyA - onlyB;
  const product = (both + onlyA) * (onlyB + neither) * (both + onlyB) * (onlyA + neither);
  if (product === 0) return 0;
  const excess = both * neither - onlyA * onlyB;
  const corrected = excess > 0 ? Math.max(0, excess - n / 2) : excess;
  return corrected / Math.sqrt(product);
}

const distance = (x: number, y: number, phi: number): number => Math.sqrt(Math.max(0, x * x - 2 * phi * x * y + y * y));
