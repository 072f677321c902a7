import type { Diagnostics } from "./diagnostics.js";
import type { PredictorCard } from "./results.js";

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
  if (reset.p >= LEVEL) return { tone: "good", text: `The form fits: no sign of anything systematic left in the residuals (${p}).` };
  const said = (text: string): Verdict => ({ tone: "warn", text: `${text} (${p}).` });
  const top = bins.at(-1);
  const bottom = bins[0];
  if (top === undefined || bottom === undefined) return said("The form is wrong somewhere: something systematic is left in the residuals");
  if (isOff(top)) {
    const much = `this form ${rates(top)} the largest tenth by ${difference(Math.abs(top.residual), card)}`;
    // A curve that bends down at both ends where the form has no ceiling.
    const saturates = card.target === "accuracy" && !card.form.includes("saturating") && top.residual < 0 && bottom.residual < 0;
    return said(saturates ? `Accuracy saturates: ${much}` : `The form is wrong somewhere: ${much.replace("this form", "it")}`);
  }
  if (isOff(bottom)) return said(`The form is wrong somewhere: it ${rates(bottom)} the smallest tenth by ${difference(Math.abs(bottom.residual), card)}`);
  const most = Math.max(...bins.map(({ residual }) => Math.abs(residual)));
  return said(`Something systematic is left in the residuals, but little: no tenth is off by more than ${difference(most, card)} on average`);
}

type Bin = Diagnostics["bins"][number];
const isOff = ({ interval: [low, high] }: Bin): boolean => low > 0 || high < 0;
const rates = ({ residual }: Bin): string => (residual < 0 ? "overrates" : "underrates");

function noiseVerdict({ breuschPagan }: Diagnostics): Verdict | null {
  if (breuschPagan === null) return null;
  const p = `Breusch-Pagan ${pText(breuschPagan.p)}`;
  if (breuschPagan.p >= LEVEL) return { tone: "good", text: `No sign that the noise differs from place to place (${p}).` };
  return { tone: "warn", text: `The noise is not the same everywhere (${p}): intervals are too wide where it is small and too narrow where it is large.` };
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
  const where = `95${NBSP}% of the residuals lie between ${significant(low, 2)} and ${significant(high, 2)} standard errors, of a normal distribution between −1.96 and 1.96`;
  const heavy = [...(-low - TAIL > chance ? ["lower"] : []), ...(high - TAIL > chance ? ["upper"] : [])];
  if (heavy.length > 0) return { tone: "warn", text: `Heavier ${heavy.length === 2 ? "tails" : `${heavy[0]} tail`} than a normal distribution’s: ${where}.` };
  const light = [...(TAIL + low > chance ? ["lower"] : []), ...(TAIL - high > chance ? ["upper"] : [])];
  if (light.length > 0) return { tone: "plain", text: `Lighter ${light.length === 2 ? "tails" : `${light[0]} tail`} than a normal distribution’s: ${where}.` };
  return { tone: "good", text: `No clear sign of tails other than a normal distribution’s: ${where}.` };
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
  const vif = `VIF up to ${significant(worst.vif, worst.vif < 100 ? 2 : 3)} (${worst.term})`;
  // Ten is the customary threshold (Marquardt 1970).
  if (worst.vif <= 10) return { tone: "good", text: `Coefficients can be told apart: ${vif}.` };
  return { tone: "warn", text: `Single coefficients mislead: ${vif}. Read stages, not terms.` };
}

function leverageVerdict({ cook, leverage }: Diagnostics): Verdict {
  const how = `largest Cook’s distance ${significant(cook.max, 2)}, ${cook.above} above 4/n; largest leverage ${significant(leverage.max, 2)}, mean ${significant(leverage.mean, 2)}`;
  // One is the customary threshold (Cook and Weisberg 1982): the fit moves to the edge of its own 50 % region.
  if (cook.max <= 1) return { tone: "good", text: `No single sample decides the fit: ${how}.` };
  return { tone: "warn", text: `Sample ${cook.maxRow + 1} alone moves the fit far: ${how}. Look at it.` };
}

function learningVerdict({ learning }: Diagnostics, card: Card): Verdict | null {
  const last = learning.at(-1);
  const before = learning.findLast(({ n }) => last !== undefined && n <= 0.75 * last.n);
  if (last === undefined || before === undefined || !(before.rmse > 0)) return null;
  const fall = 1 - last.rmse / before.rmse;
  const to = `to ${difference(last.rmse, card)}`;
  if (fall < 0.005) return { tone: "good", text: `More samples would help little: from ${before.n} to ${last.n} the error does not fall.` };
  const falls = `from ${before.n} to ${last.n} the error falls by ${percent(fall)}, ${to}`;
  return fall < 0.05 ? { tone: "good", text: `More samples would help little: ${falls}.` } : { tone: "plain", text: `More samples should help: ${falls}.` };
}

function coverageVerdict({ coverage }: Diagnostics): Verdict | null {
  if (coverage === null) return null;
  const held = `${percent(coverage, 1)} of held-out values`;
  if (coverage < 0.93) return { tone: "warn", text: `95${NBSP}% intervals held only ${held}: do not rely on them fully.` };
  if (coverage > 0.97) return { tone: "plain", text: `95${NBSP}% intervals held ${held}: they are rather wide.` };
  return { tone: "good", text: `95${NBSP}% intervals held ${held}.` };
}
