import { fUpper } from "../distributions.js";
import { chi2Upper } from "./tails.js";
import { decompose } from "../qr.js";
import { deviationOf, dot, meanOf, type Basis } from "./basis.js";
import type { Test } from "./types.js";

/** NaN and infinities have no place in a file. */
const finite = (test: Test): Test | null => (Number.isFinite(test.statistic) && Number.isFinite(test.p) ? test : null);

/**
 * Ramsey's RESET (1969, J. R. Statist. Soc. B 31, p. 350): F test of adding the squares and cubes of the fitted values.
 * They are centred and scaled first, which spans the same space and keeps digits.
 * @param residuals, fitted of length n, on the link's scale
 * @returns null where they add nothing independent, or leave no degree of freedom
 */
export function reset({ q }: Basis, residuals: Float64Array, fitted: Float64Array): Test | null {
  const mean = meanOf(fitted);
  const scale = deviationOf([...fitted]);
  if (!(scale > 0)) return null;
  const powers = [2, 3].map((power) => fitted.map((value) => ((value - mean) / scale) ** power));
  const wider = decompose([...q, ...powers]);
  const dof1 = wider.rank - q.length;
  const dof2 = residuals.length - wider.rank;
  if (dof1 < 1 || dof2 < 1) return null;
  const added = wider.q.slice(q.length).map((direction) => ({ direction, part: dot(direction, residuals) }));
  const rest = residuals.map((e, i) => added.reduce((left, { direction, part }) => left - part * direction[i]!, e));
  const statistic = added.reduce((sum, { part }) => sum + part * part, 0) / dof1 / (dot(rest, rest) / dof2);
  return finite({ statistic, dof1, dof2, p: fUpper(statistic, dof1, dof2) });
}

/**
 * Breusch-Pagan test in Koenker's studentised form (1981, J. Econometrics 17, p. 107): n R^2 of the squared residuals
 * on the design, chi-squared with as many degrees of freedom as slopes. R's lmtest::bptest.
 * @returns null where the squared residuals are all the same, or there is no slope
 */
export function breuschPagan({ q }: Basis, residuals: Float64Array): Test | null {
  const squares = residuals.map((e) => e * e);
  const mean = meanOf(squares);
  const centred = squares.map((value) => value - mean);
  const explained = q.reduce((sum, direction) => sum + dot(direction, centred) ** 2, 0);
  const dof1 = q.length - 1;
  if (dof1 < 1) return null;
  const statistic = (residuals.length * explained) / dot(centred, centred);
  return finite({ statistic, dof1, dof2: null, p: chi2Upper(statistic, dof1) });
}
