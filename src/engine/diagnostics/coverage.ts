import { FOLDS, foldsFit, foldsOf, REPEATS } from "../crossValidation.js";
import { tCritical } from "../distributions.js";
import { linkValue, type Link } from "../link.js";
import { predictionFactor } from "../predictionFactor.js";
import { LEVEL } from "../predictor.js";
import { Random } from "../random.js";
import type { Basis } from "./basis.js";
import type { Residuals } from "./influence.js";
import { fitSubset, type SubsetFit } from "./subset.js";

/**
 * Share of the held-out values inside the 95 % prediction intervals of fits without them, over the folds of the
 * cross-validation with the same seed. The factor of the intervals comes from the same training part, never from a value
 * that is then held out.
 * @param eta of length n, on the link's scale, where intervals are symmetric
 * @returns null where the folds are too small for the terms
 */
export function intervalCoverage(basis: Basis, link: Link, eta: Float64Array, values: readonly number[], seed: number): number | null {
  const n = values.length;
  if (!foldsFit(n, basis.q.length)) return null;
  const random = Random.seeded(seed);
  let inside = 0;
  let all = 0;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    for (const { train, test } of foldsOf(random.permutation(n), FOLDS)) {
      const fit = fitSubset(basis, eta, train);
      if (fit === null) continue;
      const factor = predictionFactor(residualsOf(fit, eta, train)) ?? 1;
      const critical = factor * tCritical(LEVEL, fit.dof);
      for (const row of test) {
        const centre = fit.predict(row);
        const half = critical * Math.sqrt((fit.rss / fit.dof) * (1 + fit.leverage(row)));
        all++;
        if (linkValue(link, centre - half) <= values[row]! && values[row]! <= linkValue(link, centre + half)) inside++;
      }
    }
  }
  return all === 0 ? null : inside / all;
}

/** Of the rows that were fitted to. */
function residualsOf({ dof, predict, leverage }: SubsetFit, eta: Float64Array, rows: readonly number[]): Residuals {
  return { dof, residuals: Float64Array.from(rows, (row) => eta[row]! - predict(row)), leverage: Float64Array.from(rows, leverage) };
}
