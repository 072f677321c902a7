import type { Stage } from "../architecture.js";
import { tLower } from "../distributions.js";
import { linkEta } from "../link.js";
import type { Predictor } from "../predictor.js";

/**
 * Probability that one new measurement stays within the budget (ms), 0..1: (measured - predicted) / standard error of
 * prediction follows Student's t with the fit's degrees of freedom, on the scale of eta. Null without a covariance.
 */
export function withinBudget(latency: Predictor, stages: readonly Stage[], budget: number): number | null {
  const { uncertainty } = latency;
  if (uncertainty === null) return null;
  const limit = linkEta(latency.link, budget);
  // No value reaches the link's ceiling.
  if (Number.isNaN(limit)) return 1;
  const room = limit - latency.eta(stages);
  const error = uncertainty.predictionStdError(uncertainty.row(stages));
  // A fit without residual error leaves no doubt.
  return error === 0 ? Number(room >= 0) : tLower(room / error, uncertainty.dof);
}
