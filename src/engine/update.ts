import { Matrix } from "ml-matrix";
import { cholesky } from "./cholesky.js";
import { ModelError } from "./errors.js";
import type { Sample } from "./fitPredictor.js";
import { linkEta, type Link } from "./link.js";
import { Predictor, unpack, type PredictorData } from "./predictor.js";
import type { Space } from "./space.js";

/**
 * Corrects a predictor by further measurements of the same device: the posterior mean and covariance of its
 * coefficients, which shrink towards what they were (Bayesian linear regression, Bishop 2006, eq. 3.50-3.51, in the
 * form of the Kalman update). Terms and residual error stay, so it remains additive over stages if it was; the factor of
 * its intervals stays with them, since it tells of the tails of that error, which no correction makes lighter.
 * With a link on the scale of its argument, on which the residual error was fitted.
 * @param samples values in the predictor's unit
 * @throws ModelError for a predictor without a covariance, and for a value at the link's ceiling
 */
export function updatePredictor<T extends PredictorData>(space: Space, data: T, samples: readonly Sample[]): T {
  const { fit } = data;
  const { uncertainty } = new Predictor(space, data);
  if (fit === undefined || uncertainty === null) throw new ModelError("the predictor cannot be corrected", ["fit"], "no covariance", "a fit with its covariance");
  const size = fit.terms.length;
  const x = new Matrix(samples.map(({ stages }) => Array.from(uncertainty.row(stages))));
  const beta = Matrix.columnVector([data.intercept, ...fit.terms.slice(1).map((name) => data.coefficients[name]!)]);
  const covariance = new Matrix(unpack(fit.covariance, size));
  const surprise = Matrix.columnVector(samples.map(({ value }, i) => etaOf(data.link, value, i))).sub(x.mmul(beta));
  const spread = x.mmul(covariance).mmul(x.transpose()).add(Matrix.eye(samples.length).mul(fit.residualStdError ** 2));
  const gain = cholesky(spread).solve(x.mmul(covariance)).transpose();
  const corrected = Matrix.add(beta, gain.mmul(surprise)).to1DArray();
  const remaining = Matrix.sub(covariance, gain.mmul(x).mmul(covariance));
  const named = new Map(fit.terms.map((name, i) => [name, corrected[i]!]));
  return {
    ...data,
    intercept: corrected[0]!,
    coefficients: Object.fromEntries(Object.entries(data.coefficients).map(([name, value]) => [name, named.get(name) ?? value])),
    fit: { ...fit, covariance: pack(remaining) },
  };
}

/** @throws ModelError for a value that the link cannot reach */
function etaOf(link: Link, value: number, index: number): number {
  const eta = linkEta(link, value);
  if (Number.isNaN(eta)) throw new ModelError("a measured value reaches the ceiling of the predictor's link", ["samples", index], String(value), `below ${link!.ceiling}`);
  return eta;
}

/** The lower triangle by rows, diagonal included. */
function pack(matrix: Matrix): number[] {
  return Array.from({ length: matrix.rows }, (_, i) => Array.from({ length: i + 1 }, (_, j) => (matrix.get(i, j) + matrix.get(j, i)) / 2)).flat();
}
