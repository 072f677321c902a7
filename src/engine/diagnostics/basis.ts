import type { Design } from "../design.js";
import { decompose } from "../qr.js";
import { INTERCEPT, type LinearFit } from "../regression.js";

/** The independent columns of a fit's design and an orthonormal basis of what they and the intercept span. */
export interface Basis {
  /** Without the intercept, in the order of the fit. */
  readonly names: readonly string[];
  /** Of the same length as names, one number per sample. */
  readonly columns: readonly Float64Array[];
  /** rank columns of length n. */
  readonly q: readonly Float64Array[];
  /** Diagonal of (X'X)^-1, the intercept first. */
  readonly inverseDiagonal: Float64Array;
}

/** Aliased terms, which the fit left out, are left out here too. */
export function basisOf(fit: LinearFit, design: Design): Basis {
  const names = fit.terms.map(({ name }) => name).filter((name) => name !== INTERCEPT);
  const columns = names.map((name) => design.index.get(name)!);
  const { q, pivot, rInverse } = decompose([new Float64Array(fit.n).fill(1), ...columns]);
  const inverseDiagonal = Float64Array.from(fit.terms, (_, j) => rInverse[pivot.indexOf(j)]?.reduce((sum, value) => sum + value * value, 0) ?? Number.NaN);
  return { names, columns, q, inverseDiagonal };
}

export const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
export const sumOf = (values: Iterable<number>): number => {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
};
export const meanOf = (values: ArrayLike<number> & Iterable<number>): number => sumOf(values) / values.length;

/** Standard deviation of a sample, by n - 1. */
export function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(sumOf(values.map((value) => (value - mean) ** 2)) / (values.length - 1));
}
