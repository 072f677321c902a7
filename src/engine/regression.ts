import MultivariateLinearRegression from "ml-regression-multivariate-linear";
import { fUpper, tTwoSided } from "./distributions.js";
import { ModelError } from "./errors.js";
import { decompose, type Qr } from "./qr.js";

export const INTERCEPT = "(Intercept)";

export interface TermRow {
  readonly name: string;
  readonly estimate: number;
  readonly stdError: number;
  readonly t: number;
  readonly p: number;
}

/** An ordinary least squares fit with an intercept; the figures are those of R's `summary(lm(y ~ X))`. */
export interface LinearFit {
  readonly n: number;
  /** n - rank */
  readonly dof: number;
  /** Independent terms, the intercept first. */
  readonly terms: readonly TermRow[];
  /** Terms that are linear combinations of those before them: left out, as in R. */
  readonly aliased: readonly string[];
  readonly residuals: Float64Array;
  /** Diagonal of the hat matrix. */
  readonly leverage: Float64Array;
  readonly residualStdError: number;
  readonly r2: number;
  readonly adjustedR2: number;
  readonly f: { readonly value: number; readonly dof1: number; readonly dof2: number; readonly p: number };
  /** Covariance of the estimates, in the order of `terms`: s^2 (X'X)^-1, by rows. */
  readonly covariance: readonly Float64Array[];
}

/** A fit as a predictor holds it: the intercept, and each other term's coefficient by its name. */
export function coefficientsOf({ terms }: Pick<LinearFit, "terms">): { intercept: number; coefficients: Record<string, number> } {
  const [intercept, ...others] = terms;
  return { intercept: intercept!.estimate, coefficients: Object.fromEntries(others.map(({ name, estimate }) => [name, estimate])) };
}

/**
 * Fits y (length n) on the columns (each of length n) and an intercept.
 *
 * Estimates come from ml-regression-multivariate-linear on centred and scaled columns, refined by fitting the
 * residuals once more (it solves the normal equations, which square the condition number); standard errors,
 * leverage and rank from a Householder QR of the raw columns.
 * @throws ModelError where a value is not finite, or where there are not more samples than coefficients
 */
export function fitLinear(names: readonly string[], columns: readonly Float64Array[], y: Float64Array): LinearFit {
  requireFinite(names, columns, y);
  const n = y.length;
  if (n <= names.length + 1) {
    throw new ModelError(
      "too few samples for this form",
      [],
      `${n} samples`,
      `more than its ${names.length + 1} coefficients`,
      "Measure more architectures, or pick a form with fewer terms.",
    );
  }
  const all = [new Float64Array(n).fill(1), ...columns];
  const qr = decompose(all);
  const kept = [...qr.pivot.slice(0, qr.rank)].sort((a, b) => a - b);
  const independent = kept.filter((j) => j > 0);
  const estimates = solve(
    independent.map((j) => all[j]!),
    y,
  );
  const residuals = residualsOf(
    kept.map((j) => all[j]!),
    estimates,
    y,
  );
  const allNames = [INTERCEPT, ...names];
  const aliased = qr.pivot.slice(qr.rank).map((j) => allNames[j]!);
  return { n, aliased, residuals, ...statistics(qr, kept, allNames, estimates, residuals, y) };
}

function requireFinite(names: readonly string[], columns: readonly Float64Array[], y: Float64Array): void {
  const check = (name: string, values: Float64Array) => {
    const row = values.findIndex((value) => !Number.isFinite(value));
    if (row >= 0) {
      throw new ModelError(`${name} is not a number`, ["samples", row, name], String(values[row]), "a finite number");
    }
  };
  check("the target", y);
  columns.forEach((column, j) => check(`term ${names[j]}`, column));
}

const average = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Coefficients, intercept first, of y on independent columns. */
function solve(columns: readonly Float64Array[], y: Float64Array): Float64Array {
  if (columns.length === 0) return Float64Array.of(average(y));
  const means = columns.map(average);
  const centred = columns.map((column, j) => column.map((value) => value - means[j]!));
  const scales = centred.map((column) => Math.sqrt(average(column.map((value) => value * value))));
  const standard = centred.map((column, j) => column.map((value) => value / scales[j]!));
  const rows = Array.from(y, (_, i) => standard.map((column) => column[i]!));
  const weights = new Float64Array(columns.length);
  const yMean = average(y);
  let rest = y.map((value) => value - yMean);
  for (let pass = 0; pass < 2; pass++) {
    const fit = new MultivariateLinearRegression(
      rows,
      Array.from(rest, (value) => [value]),
      { intercept: false, statistics: false },
    );
    fit.weights.forEach((row, j) => (weights[j]! += row[0]!));
    rest = y.map((value, i) => value - yMean - standard.reduce((sum, column, j) => sum + column[i]! * weights[j]!, 0));
  }
  const slopes = weights.map((weight, j) => weight / scales[j]!);
  const intercept = yMean - slopes.reduce((sum, slope, j) => sum + slope * means[j]!, 0);
  return Float64Array.of(intercept, ...slopes);
}

function residualsOf(columns: readonly Float64Array[], estimates: Float64Array, y: Float64Array): Float64Array {
  return y.map((value, i) => value - columns.reduce((sum, column, j) => sum + column[i]! * estimates[j]!, 0));
}

function statistics(
  qr: Qr,
  kept: readonly number[],
  names: readonly string[],
  estimates: Float64Array,
  residuals: Float64Array,
  y: Float64Array,
) {
  const n = y.length;
  const dof = n - qr.rank;
  const yMean = average(y);
  const rss = residuals.reduce((sum, r) => sum + r * r, 0);
  const tss = y.reduce((sum, value) => sum + (value - yMean) ** 2, 0);
  const variance = rss / dof;
  const covariance = unscaledCovariance(qr, kept).map((row) => row.map((value) => value * variance));
  const terms = kept.map((j, i) => {
    const stdError = Math.sqrt(covariance[i]![i]!);
    const t = estimates[i]! / stdError;
    return { name: names[j]!, estimate: estimates[i]!, stdError, t, p: tTwoSided(t, dof) };
  });
  const dof1 = qr.rank - 1;
  const value = (tss - rss) / dof1 / variance;
  return {
    dof,
    terms,
    covariance,
    leverage: leverageOf(qr, n),
    residualStdError: Math.sqrt(variance),
    r2: 1 - rss / tss,
    adjustedR2: 1 - (rss / dof) / (tss / (n - 1)),
    f: { value, dof1, dof2: dof, p: fUpper(value, dof1, dof) },
  };
}

/** (X'X)^-1 = R^-1 R^-T, rows and columns in the order of `kept`. */
function unscaledCovariance(qr: Qr, kept: readonly number[]): Float64Array[] {
  const position = kept.map((j) => qr.pivot.indexOf(j));
  return position.map((a) =>
    Float64Array.from(position, (b) => qr.rInverse[a]!.reduce((sum, value, k) => sum + value * qr.rInverse[b]![k]!, 0)),
  );
}

/** h_i = sum over the thin Q's columns of q_ij^2. */
function leverageOf(qr: Qr, n: number): Float64Array {
  return new Float64Array(n).map((_, i) => qr.q.reduce((sum, column) => sum + column[i]! ** 2, 0));
}
