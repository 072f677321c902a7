/** What several measurements of one thing came to, all in the unit of the values. */
export interface Summary {
  readonly n: number;
  readonly median: number;
  /** Nearest rank: the smallest value that at least 95 % of the values do not exceed. */
  readonly p95: number;
  readonly min: number;
  readonly max: number;
}

/** Null where nothing was measured. */
export function summarize(values: readonly number[]): Summary | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return {
    n: sorted.length,
    median: medianOf(sorted),
    p95: sorted[Math.ceil(0.95 * sorted.length) - 1]!,
    min: sorted[0]!,
    max: sorted[sorted.length - 1]!,
  };
}

/** Of values in rising order; the mean of the middle two where their number is even. */
function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Calls `measure` first `warmUps` times for nothing, then `n` times. */
export function repeat<T>(n: number, warmUps: number, measure: () => T): T[] {
  for (let i = 0; i < warmUps; i++) measure();
  return Array.from({ length: n }, measure);
}

/** The same for what takes its time, one after the other. */
export async function repeatInTurn<T>(n: number, warmUps: number, measure: () => Promise<T>): Promise<T[]> {
  for (let i = 0; i < warmUps; i++) await measure();
  const results: T[] = [];
  for (let i = 0; i < n; i++) results.push(await measure());
  return results;
}
