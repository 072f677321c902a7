import type { Diagnostics } from "./diagnostics.js";
import type { PredictorCard } from "./results.js";
import { t } from "./l10n.js";

/** What a number says in plain words. good: as it should be. warn: to keep in mind. plain: to know. */
export interface Verdict {
  text: string;
  tone: "good" | "warn" | "plain";
}

/** One verdict for each picture or test; null where the samples did not allow the number. */
export type Verdicts = Record<"reset" | "noise" | "normality" | "collinearity" | "leverage" | "learning" | "coverage", Verdict | null>;

type Card = Pick<PredictorCard, "target" | "unit" | "form">;

const NBSP = "\u00a0";
const significant = (value: number, digits: number): string => Number(value.toPrecision(digits)).toString().replace("-", "−");
const percent = (share: number, decimals = 0): string => `${(100 * share).toFixed(decimals)}${NBSP}%`;
/** A difference in the target's unit: of two percentages it is percentage points. */
const difference = (value: number, { target, unit }: Card): string => `${significant(value, 2)}${NBSP}${target === "accuracy" ? "pp" : unit}`;

/** `p = 0.31`, `p = 3e-24`, `p < 1e-300` */
export function pText(p: number): string {
  if (p < 1e-300) return `p < 1e-300`;
  return `p = ${p < 1e-3 ? p.toExponential(0) : significant(p, 2)}`;
}

/** Customary level: a smaller p is taken as a sign. */
const LEVEL = 0.05;

/** Says in one sentence for each what the diagnostics of a fit come to, and no more. */
export function diagnosticVerdicts(diagnostics: Diagnostics, card: Card): Verdicts {
  return {
    reset: resetVerdict(diagnostics, card),
    noise: noiseVerdict(diagnostics),
    normality: normalityVerdict(diagnostics),
    collinearity: collinearityVerdict(diagnostics),
    leverage: leverageVerdict(diagnostics),
    learning: learningVerdict(diagnostics, card),
    coverage: coverageVerdict(diagnostics),
  };
}

/** A test may miss what is there, so a large p is no proof of the form. */
function resetVerdict({ reset, bins }: Diagnostics, card: Card): Verdict | null {
  if (reset === null) return null;
  const p = `RESET ${pText(reset.p)}`;
  if (reset.p >= LEVEL) return { tone: "good", text: t("The form fits: no sign of anything systematic left in the residuals ({0}).", p) };
  const said = (text: string): Verdict => ({ tone: "warn", text: `${text} (${p}).` });
  const top = bins.at(-1);
  const bottom = bins[0];
  if (top === undefined || bottom === undefined) return said(t("The form is wrong somewhere: something systematic is left in the residuals"));
  if (isOff(top)) {
    const much = difference(Math.abs(top.residual), card);
    const over = top.residual < 0;
    // A curve that bends down at both ends where the form has no ceiling.
    const saturates = card.target === "accuracy" && !card.form.includes("saturating") && top.residual < 0 && bottom.residual < 0;
    if (saturates) return said(t("Accuracy saturates: this form overrates the largest tenth by {0}", much));
    return said(over ? t("The form is wrong somewhere: it overrates the largest tenth by {0}", much) : t("The form is wrong somewhere: it underrates the largest tenth by {0}", much));
  }
  if (isOff(bottom)) {
    const much = difference(Math.abs(bottom.residual), card);
    return said(bottom.residual < 0 ? t("The form is wrong somewhere: it overrates the smallest tenth by {0}", much) : t("The form is wrong somewhere: it underrates the smallest tenth by {0}", much));
  }
  const most = Math.max(...bins.map(({ residual }) => Math.abs(residual)));
  return said(t("Something systematic is left in the residuals, but little: no tenth is off by more than {0} on average", difference(most, card)));
}

type Bin = Diagnostics["bins"][number];
const isOff = ({ interval: [low, high] }: Bin): boolean => low > 0 || high < 0;

function noiseVerdict({ breuschPagan }: Diagnostics): Verdict | null {
  if (breuschPagan === null) return null;
  const p = `Breusch-Pagan ${pText(breuschPagan.p)}`;
  if (breuschPagan.p >= LEVEL) return { tone: "good", text: t("No sign that the noise differs from place to place ({0}).", p) };
  return { tone: "warn", text: t("The noise is not the same everywhere ({0}): intervals are too wide where it is small and too narrow where it is large.", p) };
}

/** Where a normal distribution has 2.5 % beyond, on either side. */
const TAIL = 1.96;

/** Compares the tails with a normal distribution's, by more than twice what chance does to the quantile. */
function normalityVerdict({ quantiles, bins }: Diagnostics): Verdict | null {
  const low = observedAt(quantiles, -TAIL);
  const high = observedAt(quantiles, TAIL);
  if (low === null || high === null) return null;
  const n = Math.max(quantiles.length, bins.reduce((sum, bin) => sum + bin.n, 0));
  // Standard error of that quantile: sqrt(0.025 * 0.975 / n) over the normal density there, 0.0584.
  const chance = (2 * Math.sqrt((0.025 * 0.975) / n)) / 0.0584;
  const where = t("95\u00a0% of the residuals lie between {0} and {1} standard errors, of a normal distribution between −1.96 and 1.96", significant(low, 2), significant(high, 2));
  const heavy = [...(-low - TAIL > chance ? ["lower"] : []), ...(high - TAIL > chance ? ["upper"] : [])];
  if (heavy.length > 0) return { tone: "warn", text: heavierText(heavy, where) };
  const light = [...(TAIL + low > chance ? ["lower"] : []), ...(TAIL - high > chance ? ["upper"] : [])];
  if (light.length > 0) return { tone: "plain", text: lighterText(light, where) };
  return { tone: "good", text: t("No clear sign of tails other than a normal distribution’s: {0}.", where) };
}

function heavierText(tails: readonly string[], where: string): string {
  if (tails.length === 2) return t("Heavier tails than a normal distribution’s: {0}.", where);
  return tails[0] === "lower" ? t("Heavier lower tail than a normal distribution’s: {0}.", where) : t("Heavier upper tail than a normal distribution’s: {0}.", where);
}

function lighterText(tails: readonly string[], where: string): string {
  if (tails.length === 2) return t("Lighter tails than a normal distribution’s: {0}.", where);
  return tails[0] === "lower" ? t("Lighter lower tail than a normal distribution’s: {0}.", where) : t("Lighter upper tail than a normal distribution’s: {0}.", where);
}

/** Observed quantile at a normal one, between its neighbours; null beyond the ends. */
function observedAt(quantiles: Diagnostics["quantiles"], normal: number): number | null {
  const above = quantiles.findIndex((q) => q.normal >= normal);
  if (above < 1) return null;
  const [a, b] = [quantiles[above - 1]!, quantiles[above]!];
  return a.observed + ((b.observed - a.observed) * (normal - a.normal)) / (b.normal - a.normal);
}

function collinearityVerdict({ collinearity: [worst] }: Diagnostics): Verdict | null {
  if (worst === undefined) return null;
  const vif = t("VIF up to {0} ({1})", significant(worst.vif, worst.vif < 100 ? 2 : 3), worst.term);
  // Ten is the customary threshold (Marquardt 1970).
  if (worst.vif <= 10) return { tone: "good", text: t("Coefficients can be told apart: {0}.", vif) };
  return { tone: "warn", text: t("Single coefficients mislead: {0}. Read stages, not terms.", vif) };
}

function leverageVerdict({ cook, leverage }: Diagnostics): Verdict {
  const how = t("largest Cook’s distance {0}, {1} above 4/n; largest leverage {2}, mean {3}", significant(cook.max, 2), cook.above, significant(leverage.max, 2), significant(leverage.mean, 2));
  // One is the customary threshold (Cook and Weisberg 1982): the fit moves to the edge of its own 50 % region.
  if (cook.max <= 1) return { tone: "good", text: t("No single sample decides the fit: {0}.", how) };
  return { tone: "warn", text: t("Sample {0} alone moves the fit far: {1}. Look at it.", cook.maxRow + 1, how) };
}

function learningVerdict({ learning }: Diagnostics, card: Card): Verdict | null {
  const last = learning.at(-1);
  const before = learning.findLast(({ n }) => last !== undefined && n <= 0.75 * last.n);
  if (last === undefined || before === undefined || !(before.rmse > 0)) return null;
  const fall = 1 - last.rmse / before.rmse;
  if (fall < 0.005) return { tone: "good", text: t("More samples would help little: from {0} to {1} the error does not fall.", before.n, last.n) };
  const falls = t("from {0} to {1} the error falls by {2}, to {3}", before.n, last.n, percent(fall), difference(last.rmse, card));
  return fall < 0.05 ? { tone: "good", text: t("More samples would help little: {0}.", falls) } : { tone: "plain", text: t("More samples should help: {0}.", falls) };
}

function coverageVerdict({ coverage }: Diagnostics): Verdict | null {
  if (coverage === null) return null;
  const held = t("{0} of held-out values", percent(coverage, 1));
  if (coverage < 0.93) return { tone: "warn", text: t("95\u00a0% intervals held only {0}: do not rely on them fully.", held) };
  if (coverage > 0.97) return { tone: "plain", text: t("95\u00a0% intervals held {0}: they are rather wide.", held) };
  return { tone: "good", text: t("95\u00a0% intervals held {0}.", held) };
}
