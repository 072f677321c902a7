/**
 * The factor that brings a batch to the level of an earlier one, from the latencies (ms) of the same references in
 * both, and by how much the references disagree about it (0.01 = 1 %).
 */
export function anchorOf(earlier: readonly number[], now: readonly number[]): { factor: number; disagreement: number } {
  if (earlier.length !== now.length || now.length === 0) throw new RangeError("Both batches need the same references.");
  const ratios = earlier.map((ms, i) => ms / now[i]!);
  const logs = ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0);
  // The geometric mean: a factor and its reciprocal count alike.
  return { factor: Math.exp(logs / ratios.length), disagreement: Math.max(...ratios) / Math.min(...ratios) - 1 };
}
