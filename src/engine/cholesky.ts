import { CholeskyDecomposition, Matrix } from "ml-matrix";

/** Decomposes a matrix that is symmetric but for its last digits, as products of matrices come out. */
export function cholesky(matrix: Matrix): CholeskyDecomposition {
  return new CholeskyDecomposition(Matrix.add(matrix, matrix.transpose()).div(2));
}
