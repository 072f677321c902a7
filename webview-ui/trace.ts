import type { Trace } from "./types.js";

/** Index of the last trace entry at or before `evaluations`; -1 before the first. */
export function indexAt(trace: Trace, evaluations: number): number {
  let low = 0;
  let high = trace.evaluations.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (trace.evaluations[middle]! <= evaluations) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * Accuracy range (%) that shows the annealing: the optimum and the best on top, and below all but the first
 * plunge from a random architecture, which would press everything else into a line.
 */
export function accuracyRange(trace: Trace, optimum: number | null): [number, number] {
  const current = trace.current.filter(Number.isFinite).sort((a, b) => a - b);
  const best = trace.best.filter(Number.isFinite);
  const top = Math.max(...best, ...current.slice(-1), optimum ?? -Infinity);
  const low = current[Math.floor(current.length * 0.04)] ?? top - 1;
  if (!Number.isFinite(top)) return [0, 100];
  const pad = Math.max(0.02, (top - low) * 0.08);
  return [low - pad, top + pad];
}

/**
 * A trace as uPlot takes it: x, current, best, optimum. Entries after `shown` are left blank; a last row at `total`
 * takes the optimum's line to the right edge.
 */
export function chartColumns(
  trace: Trace,
  optimum: number | null,
  shown: number,
  total: number,
): [number[], ...(number | null)[][]] {
  const value = (numbers: number[]) => [
    ...numbers.map((number, i) => (i <= shown && Number.isFinite(number) ? number : null)),
    null,
  ];
  const evaluations = [...trace.evaluations, Math.max(total, trace.evaluations.at(-1) ?? 0)];
  return [evaluations, value(trace.current), value(trace.best), evaluations.map(() => optimum)];
}
