/**
 * Quantile by linear interpolation between order statistics (Hyndman and Fan 1996, type 7).
 * @param values at least one, in any order
 * @param p in [0, 1]
 */
export function quantile(values: readonly number[], p: number): number {
  return sortedQuantile([...values].sort((a, b) => a - b), p);
}

/** The same for values that are sorted already. */
export function sortedQuantile(sorted: readonly number[], p: number): number {
  if (sorted.length === 0) throw new RangeError("A quantile of nothing.");
  const at = (sorted.length - 1) * Math.min(1, Math.max(0, p));
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

export const geometricMean = (values: readonly number[]): number => Math.exp(mean(values.map(Math.log)));
