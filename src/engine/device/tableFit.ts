import { Matrix, type CholeskyDecomposition } from "ml-matrix";
import { cholesky } from "../cholesky.js";
import { ModelError } from "../errors.js";
import { blockCounts, type BlockTerm } from "./blockTerms.js";
import type { Sample } from "../fitPredictor.js";

/** A per-block latency predictor: the traced table, calibrated on timed architectures and corrected by them. */
export interface TableFit {
  readonly n: number;
  readonly dof: number;
  /** ms */
  readonly intercept: number;
  /** ms a block, in the order of the terms. */
  readonly coefficients: Float64Array;
  /** ms */
  readonly residualStdError: number;
  /** Covariance of intercept and coefficients, by rows. */
  readonly covariance: readonly Float64Array[];
  /** Largest leverage that a sample has when it is left out: a new architecture beyond it is extrapolation. */
  readonly maxLeverage: number;
  /** Prediction of each sample by a fit without it, ms. */
  readonly heldOut: readonly number[];
  /** Standard error of a table entry relative to its time, as the samples tell it. */
  readonly tableError: number;
}

/** Ratios of table error (relative) to residual error (ms), squared, among which likelihood chooses. */
const RATIOS = [0, ...Array.from({ length: 17 }, (_, i) => 10 ** (-4 + i / 2))];

/** Fewest samples a calibration can be judged by. */
export const LEAST_SAMPLES = 6;

/**
 * Calibrates a block table on timed architectures: latency = a + b x sum + c x blocks, plus a correction of every
 * entry that shrinks towards 0. Universal kriging with the traced times as trend (Matheron 1969; Rasmussen and
 * Williams 2006, section 2.7): entry j errs with standard deviation tau x T_j, a timing with sigma; tau / sigma by
 * restricted maximum likelihood. It is linear in the blocks, so additive over stages.
 * @param leastError what a timing errs by at least (ms): a handful of samples can fit so well that they seem free of error
 * @throws ModelError for fewer than 6 samples
 */
export function fitTable(terms: readonly BlockTerm[], table: Float64Array, samples: readonly Sample[], leastError = 0): TableFit {
  if (samples.length < LEAST_SAMPLES) {
    throw new ModelError("too few timed architectures to calibrate", [], String(samples.length), `at least ${LEAST_SAMPLES}`);
  }
  const system = { ...systemOf(terms, table, samples), leastVariance: leastError ** 2 };
  const fit = solve(system, likeliest(system));
  const { heldOut, leverage } = leaveOneOut(system, fit);
  const [intercept, ...coefficients] = fit.beta;
  return {
    n: samples.length,
    dof: samples.length - system.trend.columns,
    intercept: intercept!,
    coefficients: Float64Array.from(coefficients),
    residualStdError: Math.sqrt(fit.variance),
    covariance: fit.covariance().to2DArray().map((row) => Float64Array.from(row)),
    maxLeverage: Math.max(...leverage),
    heldOut,
    tableError: Math.sqrt(fit.ratio * fit.variance),
  };
}

/** Design of the samples; column 0 is the intercept. */
interface System extends Design {
  /** ms^2, of a timing. */
  readonly leastVariance: number;
}
interface Design {
  readonly x: Matrix;
  readonly y: Matrix;
  /** a, b and c as a map to coefficients: x times it gives [1, sum, blocks]. */
  readonly trend: Matrix;
  /** Squared table entries; 0 for the intercept. */
  readonly prior: Float64Array;
}

function systemOf(terms: readonly BlockTerm[], table: Float64Array, samples: readonly Sample[]): Design {
  const x = new Matrix(samples.map(({ stages }) => [1, ...blockCounts(terms, stages)]));
  // Where every architecture has as many blocks, c would only repeat a.
  const c = new Set(samples.map(({ stages }) => stages.reduce((sum, { blocks }) => sum + blocks.length, 0))).size > 1;
  const trend = new Matrix([c ? [1, 0, 0] : [1, 0], ...Array.from(table, (ms) => (c ? [0, ms, 1] : [0, ms]))]);
  const prior = Float64Array.of(0, ...table.map((ms) => ms * ms));
  return { x, y: Matrix.columnVector(samples.map(({ value }) => value)), trend, prior };
}

interface Solution {
  readonly ratio: number;
  readonly beta: number[];
  readonly variance: number;
  readonly likelihood: number;
  /** Q y, as `leaveOneOut` calls it. */
  readonly weighted: Matrix;
  /** Q */
  projection(): Matrix;
  covariance(): Matrix;
}

function likeliest(system: System): number {
  const fits = RATIOS.map((ratio) => solve(system, ratio));
  return fits.reduce((a, b) => (b.likelihood > a.likelihood ? b : a)).ratio;
}

/** Generalised least squares of the trend, and the best linear unbiased correction of the table, at one ratio. */
function solve({ x, y, trend, prior, leastVariance }: System, ratio: number): Solution {
  const n = x.rows;
  const dof = n - trend.columns;
  const z = x.mmul(trend);
  const scaled = x.clone().mulRowVector(prior).mul(ratio);
  const v = scaled.mmul(x.transpose()).add(Matrix.eye(n));
  const whitening = cholesky(v);
  const vz = whitening.solve(z);
  const information = cholesky(z.transpose().mmul(vz));
  const theta = information.solve(vz.transpose().mmul(y));
  const residual = Matrix.sub(y, z.mmul(theta));
  const weighted = whitening.solve(residual);
  const unbounded = residual.transpose().mmul(weighted).get(0, 0) / dof;
  const variance = Math.max(unbounded, leastVariance);
  const beta = Matrix.add(trend.mmul(theta), scaled.transpose().mmul(weighted));
  return {
    ratio,
    beta: beta.to1DArray(),
    variance,
    weighted,
    projection: () => Matrix.sub(whitening.solve(Matrix.eye(n)), vz.mmul(information.solve(vz.transpose()))),
    likelihood: -(dof * (Math.log(variance) + unbounded / variance) + logDeterminant(whitening) + logDeterminant(information)) / 2,
    covariance() {
      const known = scaled.transpose().mmul(whitening.solve(scaled));
      const free = Matrix.sub(trend, scaled.transpose().mmul(vz));
      const spread = free.mmul(information.solve(free.transpose()));
      return Matrix.diag(Array.from(prior, (p) => p * ratio)).sub(known).add(spread).mul(variance);
    },
  };
}

function logDeterminant({ lowerTriangularMatrix }: CholeskyDecomposition): number {
  return lowerTriangularMatrix.diagonal().reduce((sum, value) => sum + 2 * Math.log(value), 0);
}

/**
 * Predictions and leverages of the samples, each by a fit of the others at the same ratio (Dubrule 1983): with
 * Q = V^-1 - V^-1 Z (Z' V^-1 Z)^-1 Z' V^-1 the residual is (Q y)_i / Q_ii, its variance sigma^2 / Q_ii.
 */
function leaveOneOut({ y }: System, { weighted, projection }: Solution): { heldOut: number[]; leverage: number[] } {
  const q = projection().diagonal();
  return {
    heldOut: q.map((qii, i) => y.get(i, 0) - weighted.get(i, 0) / qii),
    leverage: q.map((qii) => 1 / qii - 1),
  };
}
