import { CholeskyDecomposition, Matrix } from "ml-matrix";

/** Decomposes a matrix that is symmetric but for its last digits, as products of matrices come out. */
export function cholesky(matrix: Matrix): CholeskyDecomposition {
  return new CholeskyDecomposition(Matrix.add(matrix, matrix.transpose()).div(2));
}

/** Pivots below this share of the diagonal are rounding: a covariance with a combination known exactly has such. */
const NO_PIVOT = 1e-13;
/** Nearly dependent terms magnify rounding; what is negative by more than this share is no rounding. */
const NEGATIVE = 1e-7;

/**
 * The lower triangle L with L L' = `matrix`, for matrices that may be singular: where a pivot vanishes, so does the column.
 * Null where the matrix is not positive semidefinite.
 */
export function semidefiniteFactor(matrix: readonly Float64Array[]): Float64Array[] | null {
  const size = matrix.length;
  const factor = matrix.map(() => new Float64Array(size));
  const rest = (i: number, j: number) => {
    let value = matrix[i]![j]!;
    for (let k = 0; k < j; k++) value -= factor[i]![k]! * factor[j]![k]!;
    return value;
  };
  for (let j = 0; j < size; j++) {
    const pivot = rest(j, j);
    const diagonal = Math.abs(matrix[j]![j]!);
    if (!(pivot >= -NEGATIVE * diagonal)) return null;
    const vanishes = pivot <= NO_PIVOT * diagonal;
    for (let i = j; i < size; i++) {
      const value = rest(i, j);
      if (!vanishes) factor[i]![j] = value / Math.sqrt(pivot);
      // Semidefinite: |value| <= sqrt(pivot x the other's), and the pivot is nothing.
      else if (Math.abs(value) > Math.sqrt(NEGATIVE * diagonal * Math.abs(matrix[i]![i]!))) return null;
    }
  }
  return factor;
}
