import { deletedResiduals, judged, type Residuals } from "./diagnostics/influence.js";
import { tCritical } from "./distributions.js";
import { LEVEL } from "./predictor.js";

/** With fewer residuals to judge the quantile is nearly their largest, which says little. */
const LEAST_SAMPLES = 40;
/** With fewer degrees of freedom the residuals are mostly each other's, and so are their standard errors. */
const LEAST_DOF = 20;
/** Two samples that contradict each other about a term of theirs alone would make any factor. */
const MOST = 5;

/**
 * By how much standard errors of prediction must be multiplied for 95 % intervals to hold 95 % of new measurements, also
 * where errors are not normal: the conformal quantile of the deleted residuals, the ceil(0.95 (n + 1))-th smallest of
 * |d_i|, over Student's t (Lei et al. 2018, JASA 113, p. 1094; the jackknife of Barber et al. 2021, Ann. Stat. 49, p. 486,
 * studentised, so that intervals still widen with leverage). It holds on average over architectures like the samples, as
 * far as one sample hardly moves the fit; at other levels it is as good as the shape of Student's t.
 *
 * At least 1: the quantile of some hundred residuals errs by several percent, and an interval that is too wide is the
 * smaller lie; where errors are unequal, a small quantile of all of them would narrow intervals just where they are large.
 * @returns 1 ... 5; null where the samples are too few to say
 */
export function predictionFactor(fit: Residuals): number | null {
  const known = judged(fit);
  const sizes = deletedResiduals(fit).map(Math.abs).filter((_, row) => known[row]).sort();
  if (sizes.length < LEAST_SAMPLES || fit.dof < LEAST_DOF) return null;
  const quantile = sizes[Math.ceil(LEVEL * (sizes.length + 1)) - 1]!;
  return Math.min(MOST, Math.max(1, quantile / tCritical(LEVEL, fit.dof)));
}
