import { Matrix, type CholeskyDecomposition } from "ml-matrix";
import { cholesky } from "../cholesky.js";
import type { Basis } from "./basis.js";

/** Least squares on some of the samples, in coordinates of the basis: the same predictions as a fit of the terms. */
export interface SubsetFit {
  /** Residual variance is this by the degrees of freedom. */
  readonly rss: number;
  readonly dof: number;
  /** Prediction of a row, whether it was fitted to or not. */
  predict(row: number): number;
  /** x'(X'X)^-1 x of a row, X the rows fitted to. */
  leverage(row: number): number;
}

/** Smallest pivot at which the rows still tell all terms apart: all rows together have pivots of 1. */
const SINGULAR = 1e-10;

/**
 * Fits y (length n) on `rows`. In an orthonormal basis of the whole design the normal equations are well conditioned,
 * and far cheaper than a decomposition of each subset.
 * @returns null where the rows do not tell all terms apart, or leave no degree of freedom
 */
export function fitSubset({ q }: Basis, y: Float64Array, rows: readonly number[]): SubsetFit | null {
  const dof = rows.length - q.length;
  if (dof < 1) return null;
  const factor = factorOf(q, rows);
  if (factor === null) return null;
  const lower = factor.lowerTriangularMatrix.to2DArray();
  const right = q.map((column) => rows.reduce((sum, row) => sum + column[row]! * y[row]!, 0));
  const weights = factor.solve(Matrix.columnVector(right)).to1DArray();
  const predict = (row: number) => weights.reduce((sum, weight, k) => sum + weight * q[k]![row]!, 0);
  return {
    rss: rows.reduce((sum, row) => sum + (y[row]! - predict(row)) ** 2, 0),
    dof,
    predict,
    leverage: (row) => halfSolvedSquare(lower, q, row),
  };
}

/** |L^-1 x|^2 = x'(LL')^-1 x by forward substitution, x the row in coordinates of the basis. */
function halfSolvedSquare(lower: readonly (readonly number[])[], q: readonly Float64Array[], row: number): number {
  const solved = new Float64Array(q.length);
  let square = 0;
  lower.forEach((line, i) => {
    let value = q[i]![row]!;
    for (let j = 0; j < i; j++) value -= line[j]! * solved[j]!;
    solved[i] = value / line[i]!;
    square += solved[i]! ** 2;
  });
  return square;
}

/** Cholesky factor of Q'Q over the rows. */
function factorOf(q: readonly Float64Array[], rows: readonly number[]): CholeskyDecomposition | null {
  const parts = q.map((column) => Float64Array.from(rows, (row) => column[row]!));
  const gram = Matrix.zeros(q.length, q.length);
  parts.forEach((a, i) => {
    for (let j = 0; j <= i; j++) {
      const b = parts[j]!;
      let sum = 0;
      for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
      gram.set(i, j, sum);
      gram.set(j, i, sum);
    }
  });
  const factor = cholesky(gram);
  const { lowerTriangularMatrix } = factor;
  return factor.isPositiveDefinite() && lowerTriangularMatrix.diagonal().every((value) => value * value > SINGULAR) ? factor : null;
}
