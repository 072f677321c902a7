import { pairedDifference, type Difference } from "../../engine/accuracy/proportion.js";
import { normalQuantile } from "../../engine/diagnostics/tails.js";
import { LEVEL } from "../../engine/predictor.js";

/** A flag per image, 0 or 1, from a bit per image, the lowest of a byte first. */
export const flagsOf = (bits: Uint8Array, n: number): Uint8Array => Uint8Array.from({ length: n }, (_, i) => (bits[i >> 3]! >> (i & 7)) & 1);

/**
 * Accuracy of `a` minus that of `b`, pp, on the same images, with a paired 95 % interval. Each was read with several
 * calibration sets, and the mean over them counts; an image is one observation, however often it was read, since all
 * readings of it agree more than those of two images. The interval is of the mean of the images' differences (normal, as
 * there are hundreds of them); with a single reading each it is Newcombe's.
 * @param a for each reading a flag per image: 1 where the class was right, else 0
 */
export function differenceOf(a: readonly Uint8Array[], b: readonly Uint8Array[]): Difference {
  if (a.length === 1 && b.length === 1) return pairedDifference(a[0]!, b[0]!);
  const n = a[0]!.length;
  const mean = (flags: readonly Uint8Array[], i: number) => flags.reduce((sum, one) => sum + one[i]!, 0) / flags.length;
  const differences = Float64Array.from({ length: n }, (_, i) => mean(a, i) - mean(b, i));
  const value = differences.reduce((sum, d) => sum + d, 0) / n;
  const variance = differences.reduce((sum, d) => sum + (d - value) ** 2, 0) / Math.max(1, n - 1);
  const half = normalQuantile((1 + LEVEL) / 2) * Math.sqrt(variance / n);
  return { value: 100 * value, interval: [100 * (value - half), 100 * (value + half)] };
}
