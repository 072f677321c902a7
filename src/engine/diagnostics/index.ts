import { designMatrix } from "../design.js";
import type { PredictorFitting, Sample } from "../fitPredictor.js";
import type { Form } from "../forms.js";
import { linkEta, linkValue } from "../link.js";
import type { LinearFit } from "../regression.js";
import type { Space } from "../space.js";
import { basisOf, dot, meanOf } from "./basis.js";
import { binsOf } from "./bins.js";
import { varianceInflation } from "./collinearity.js";
import { intervalCoverage } from "./coverage.js";
import { cooksDistances, judged, standardisedResiduals } from "./influence.js";
import { learningCurve } from "./learning.js";
import { breuschPagan, reset } from "./misfit.js";
import { normalQuantiles } from "./quantiles.js";
import type { DiagnosticPoint, Diagnostics } from "./types.js";

export type * from "./types.js";

/**
 * Diagnoses the fit of a form to samples, all of them the same as fitPredictor's, with its seed.
 * Residuals, tests, leverage and collinearity are on the link's scale; errors, bins and points in the target's unit.
 */
export function diagnose(space: Space, form: Form, samples: readonly Sample[], fitting: PredictorFitting, seed: number): Diagnostics {
  const { fit, leaveOneOut } = fitting;
  const values = samples.map(({ value }) => value);
  const eta = Float64Array.from(values, (value) => linkEta(form.link, value));
  const linear = eta.map((value, row) => value - fit.residuals[row]!);
  const basis = basisOf(fit, designMatrix(space, form, samples));
  const fitted = Array.from(linear, (value) => linkValue(form.link, value));
  const leverage = { mean: meanOf(fit.leverage), max: fit.leverage.reduce((a, b) => Math.max(a, b)) };
  const collinearity = varianceInflation(basis);
  // Residuals that are rounding errors tell nothing.
  if (exact(fit, eta)) {
    const none = new Float64Array(fit.n);
    const nothing = { reset: null, breuschPagan: null, coverage: null, learning: [], bins: [], quantiles: [] };
    return { ...nothing, collinearity, leverage, cook: { above: 0, max: 0, maxRow: 0 }, points: pointsOf(fit, fitted, values, leaveOneOut, none, none) };
  }
  const standardised = standardisedResiduals(fit);
  const cook = cooksDistances(fit);
  const most = cook.reduce((a, b) => Math.max(a, b));
  const known = judged(fit);
  return {
    reset: reset(basis, fit.residuals, linear),
    breuschPagan: breuschPagan(basis, fit.residuals),
    collinearity,
    leverage,
    cook: { above: cook.filter((distance) => distance > 4 / fit.n).length, max: most, maxRow: cook.indexOf(most) },
    coverage: intervalCoverage(basis, form.link, eta, values, seed),
    learning: learningCurve(basis, form.link, eta, values, seed),
    bins: binsOf(fitted, values, standardised),
    quantiles: normalQuantiles([...standardised].filter((_, row) => known[row])),
    points: pointsOf(fit, fitted, values, leaveOneOut, standardised, cook),
  };
}

/** Whether the residuals are nothing but rounding: below 1e-12 of the values. */
function exact(fit: LinearFit, eta: Float64Array): boolean {
  return dot(fit.residuals, fit.residuals) <= 1e-24 * dot(eta, eta);
}

/** One point per sample; none where some sample has no fit without it, since its place would be made up. */
function pointsOf(
  fit: LinearFit,
  fitted: readonly number[],
  values: readonly number[],
  leaveOneOut: readonly number[],
  standardised: Float64Array,
  cook: Float64Array,
): DiagnosticPoint[] | undefined {
  if (judged(fit).includes(false) || leaveOneOut.some((value) => !Number.isFinite(value))) return undefined;
  return values.map((measured, row) => ({
    fitted: fitted[row]!,
    measured,
    leaveOneOut: leaveOneOut[row]!,
    standardised: standardised[row]!,
    leverage: fit.leverage[row]!,
    cook: cook[row]!,
  }));
}

const DIGITS = 6;

/** The same with six significant digits, for a file. */
export function rounded(diagnostics: Diagnostics): Diagnostics {
  return round(diagnostics) as Diagnostics;
}

function round(value: unknown): unknown {
  if (typeof value === "number") return Number(value.toPrecision(DIGITS));
  if (Array.isArray(value)) return value.map(round);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [[key, round(item)]])));
}
