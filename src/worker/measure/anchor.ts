import { geometricMean } from "./statistics.js";

/**
 * The factor that brings a batch to the level of an earlier one, from the latencies (ms) of the same references in
 * both, and by how much the references disagree about it (0.01 = 1 %).
 */
export function anchorOf(earlier: readonly number[], now: readonly number[]): { factor: number; disagreement: number } {
  if (earlier.length !== now.length || now.length === 0) throw new RangeError("Both batches need the same references.");
  const ratios = earlier.map((ms, i) => ms / now[i]!);
  return { factor: geometricMean(ratios), disagreement: Math.max(...ratios) / Math.min(...ratios) - 1 };
}
