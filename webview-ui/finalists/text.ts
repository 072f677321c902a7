import { countOf, percent } from "../../src/shared/format.js";
import { fixed } from "../../src/shared/numbers.js";
import { imagesText, pp, sourceRows, type Verdict } from "../evaluate/text.js";
import type { Finalist, FinalistsResult } from "../types.js";

const NBSP = "\u00a0";

/** `1st`, `2nd`, `13th` */
export function ordinal(place: number): string {
  const teens = place % 100 >= 11 && place % 100 <= 13;
  return `${place}${teens ? "th" : (["th", "st", "nd", "rd"][place % 10] ?? "th")}`;
}

/** Where the predictors' optimum came in, in words. */
function optimumText({ optimumRank }: FinalistsResult): string {
  if (optimumRank === null) return "";
  return optimumRank === 0 ? "; it is the predictors’ optimum as well" : `; the predictors’ optimum came in ${ordinal(optimumRank + 1)}`;
}

/** What was found and by what right: a winner is named by measurement only. */
export const bestSentence = (result: FinalistsResult): string => `Measured best of ${result.finalists.length}${optimumText(result)}.`;

const CURSE = "The best of several measurements is measured a little too high on average: expect slightly less on new images.";

/** How sure the first place is. */
export function leadVerdict({ finalists }: FinalistsResult): Verdict {
  const second = finalists[1]?.behind ?? null;
  if (second === null) return { text: "It was measured alone.", tone: "plain" };
  const level = finalists.filter(({ behind }) => behind !== null && behind.interval[0] <= 0).length;
  if (level === 0) return { text: `On the same images it is ahead of every other by more than chance. ${CURSE}`, tone: "good" };
  const others = level === 1 ? "one other" : `${level} others`;
  return { text: `On the same images chance alone could put ${others} as high. ${CURSE}`, tone: "plain" };
}

/** How many measured where they were predicted; null without intervals. */
export function withinSentence({ finalists }: FinalistsResult): string | null {
  const judged = finalists.flatMap(({ withinInterval }) => (withinInterval === null ? [] : [withinInterval]));
  if (judged.length === 0) return null;
  const inside = judged.filter(Boolean).length;
  return `${inside === judged.length ? (inside === 1 ? "It" : `All ${inside}`) : `${inside} of ${judged.length}`} measured inside the 95${NBSP}% interval of their prediction.`;
}

/** `+0.35 pp` of a lead with its interval, `−0.40 to +1.10`. */
export const signedRange = ([low, high]: readonly [number, number]): string => `${plus(low)} to ${plus(high)}`;
const plus = (value: number): string => (Number(value.toFixed(2)) > 0 ? `+${fixed(value, 2)}` : fixed(value, 2));
export const plusPp = (value: number): string => `${plus(value)}${NBSP}pp`;

/** Distance of the furthest readings of one network, pp; null with a single calibration set. */
export const spreadOf = ({ readings }: Finalist): number | null => (readings.length < 2 ? null : Math.max(...readings) - Math.min(...readings));

/** How the accuracy of a finalist was measured, below the number. */
export function measuredLine({ measured, readings }: Finalist, precision: string): string {
  const sets = readings.length === 1 ? "" : `, mean over ${readings.length} calibration sets`;
  return `measured top-1, ${precision}, ${imagesText(measured.n)}${sets}`;
}

/** How far the calibration images alone move a reading, in the mean over the finalists; null with a single set. */
export function calibrationSentence({ finalists }: FinalistsResult): string | null {
  const spreads = finalists.map(spreadOf).filter((one) => one !== null);
  if (spreads.length === 0) return null;
  return `From one calibration set to another a network’s top-1 moves by ${pp(spreads.reduce((sum, one) => sum + one, 0) / spreads.length)}, largest less smallest, on average.`;
}

/** How the predictors' optimum under the budget is known. */
export function certificateLine({ certificate }: FinalistsResult): string {
  if (certificate.proved && certificate.optimum !== null) return `proved: predicted ${percent(certificate.optimum.accuracy)}, the most under the budget`;
  return certificate.reason ?? "not proved";
}

/** What the finalists were measured with, as terms and texts. */
export function finalistsRows(result: FinalistsResult, calibrations: number): [string, string][] {
  const [supernet, ...rest] = sourceRows(result, result.precision === "int8");
  return [
    ["Search space", result.space.id],
    supernet!,
    ...rest,
    ["Calibration sets", calibrations === 1 ? "1" : `${countOf(calibrations)}, disjoint`],
    ["Precision", result.precision],
    ["Predictors’ optimum", certificateLine(result)],
  ];
}
