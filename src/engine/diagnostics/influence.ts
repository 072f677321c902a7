import type { LinearFit } from "../regression.js";

/** A sample that alone decides one coefficient has leverage 1 but for rounding; no fit without it has the same terms. */
const ALONE = 1 - 1e-10;

/** Whether a fit without each sample has the same terms, so that the sample has a residual to judge. */
export const judged = (fit: LinearFit): boolean[] => Array.from(fit.leverage, (h) => h < ALONE);

/** Internally standardised residuals e_i / (s sqrt(1 - h_i)), R's rstandard; 0 for a leverage of 1. */
export function standardisedResiduals({ residuals, leverage, residualStdError: s }: LinearFit): Float64Array {
  return residuals.map((e, i) => (leverage[i]! < ALONE ? e / (s * Math.sqrt(1 - leverage[i]!)) : 0));
}

/**
 * Cook's distance t_i^2 h_i / (p (1 - h_i)), with p coefficients: how far the fit moves without the sample
 * (Cook 1977, Technometrics 19, p. 15); 0 for a leverage of 1.
 */
export function cooksDistances(fit: LinearFit): Float64Array {
  return standardisedResiduals(fit).map((t, i) => {
    const h = fit.leverage[i]!;
    return h < ALONE ? (t * t * h) / (1 - h) / fit.terms.length : 0;
  });
}
