import type { Stage } from "./architecture.js";
import { tCdf } from "./distributions.js";
import { linkEta } from "./link.js";
import type { Predictor } from "./predictor.js";

/**
 * Probability (0..1) that one new measurement of an architecture is at most `budget`, in the predictor's unit: Student's t
 * at (eta(budget) - eta) / (f s sqrt(1 + leverage)), on the scale of the link's argument, with the factor f that calibrates
 * the fit's 95 % intervals. Null without a covariance.
 */
export function withinBudget(predictor: Predictor, stages: readonly Stage[], budget: number): number | null {
  const { uncertainty, link } = predictor;
  if (uncertainty === null) return null;
  // At or above a link's ceiling everything is within.
  if (link !== null && budget >= link.ceiling) return 1;
  const room = linkEta(link, budget) - predictor.eta(stages);
  const error = uncertainty.predictionStdError(uncertainty.row(stages));
  if (error === 0) return room >= 0 ? 1 : 0;
  return tCdf(room / error, uncertainty.dof);
}
