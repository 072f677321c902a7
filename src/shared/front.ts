/** A point of a front: its latency as a number, or as a predicted number. */
type OnFront = { readonly latency: number | { readonly value: number } };

/**
 * Index of the best point of a front within a latency budget, -1 when none is.
 * On a front the accuracy rises with the latency, so the best is the last that fits; binary search.
 * @param points by rising latency
 * @param budget in the latency's unit
 */
export function atBudget(points: readonly OnFront[], budget: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const { latency } = points[middle]!;
    const value = typeof latency === "number" ? latency : latency.value;
    if (value <= budget) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
