import type { LinearFit } from "../regression.js";

/** A sample that alone decides one coefficient has leverage 1 but for rounding; no fit without it has the same terms. */
const ALONE = 1 - 1e-10;

/** What the samples of a fit say of it, one by one. */
export type Residuals = Pick<LinearFit, "residuals" | "leverage" | "dof">;

/** Whether a fit without each sample has the same terms, so that the sample has a residual to judge. */
export const judged = ({ leverage }: Pick<LinearFit, "leverage">): boolean[] => Array.from(leverage, (h) => h < ALONE);

/** Internally standardised residuals e_i / (s sqrt(1 - h_i)), R's rstandard; 0 for a leverage of 1. */
export function standardisedResiduals({ residuals, leverage, residualStdError: s }: LinearFit): Float64Array {
  return residuals.map((e, i) => (leverage[i]! < ALONE ? e / (s * Math.sqrt(1 - leverage[i]!)) : 0));
}

/**
 * Deleted (externally studentised) residuals e_i / (s_(i) sqrt(1 - h_i)), R's rstudent, with s_(i) the residual standard
 * error of a fit without the sample: a new measurement's distance from its prediction, in standard errors of prediction.
 * 0 for a leverage of 1; infinite where the other samples fit exactly. Needs two degrees of freedom.
 */
export function deletedResiduals({ residuals, leverage, dof }: Residuals): Float64Array {
  const rss = residuals.reduce((sum, e) => sum + e * e, 0);
  return residuals.map((e, i) => {
    const rest = 1 - leverage[i]!;
    if (leverage[i]! >= ALONE || e === 0) return 0;
    const variance = Math.max(0, (rss - (e * e) / rest) / (dof - 1));
    return e / Math.sqrt(variance * rest);
  });
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
