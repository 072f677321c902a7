import { linkValue, type Link } from "../link.js";
import { Random } from "../random.js";
import { deviationOf, meanOf, type Basis } from "./basis.js";
import { fitSubset } from "./subset.js";
import type { Rung } from "./types.js";

const DRAWS = 20;
const LADDER = [20, 30, 40, 60, 80, 120, 160, 200, 240, 320, 480, 640, 960, 1280, 1920, 2560, 3840, 5120, 7680];
/** Rungs at most: fits to many samples take time, and the curve is flat there. */
const RUNGS = 9;

/** Sizes of training parts: up to nine tenths of n, each with some more samples than coefficients. */
export function ladder(n: number, coefficients: number): number[] {
  const end = Math.floor(0.9 * n);
  const least = Math.max(coefficients + 5, 1.25 * coefficients);
  return [...LADDER.filter((size) => size < end), end].filter((size) => size >= least && n - size >= 2).slice(-RUNGS);
}

/**
 * Learning curve: held-out error, in the target's unit, of fits to random samples, tested on the rest. The draws of a
 * small rung are part of those of a larger one, so that the curve bends less by chance.
 * @returns only rungs at which more than half of the draws can tell the terms apart
 */
export function learningCurve(basis: Basis, link: Link, eta: Float64Array, values: readonly number[], seed: number): Rung[] {
  const n = values.length;
  const random = Random.seeded(seed);
  const orders = Array.from({ length: DRAWS }, () => random.permutation(n));
  return ladder(n, basis.q.length).flatMap((size) => {
    const errors = orders.flatMap((order) => {
      const fit = fitSubset(basis, eta, order.slice(0, size));
      if (fit === null) return [];
      const squares = order.slice(size).map((row) => (values[row]! - linkValue(link, fit.predict(row))) ** 2);
      return [Math.sqrt(meanOf(squares))];
    });
    if (errors.length <= DRAWS / 2) return [];
    const rung = { n: size, rmse: meanOf(errors), deviation: deviationOf(errors) };
    return Number.isFinite(rung.rmse) && Number.isFinite(rung.deviation) ? [rung] : [];
  });
}
