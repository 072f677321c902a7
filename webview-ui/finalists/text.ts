import { countOf, percent } from "../../src/shared/format.js";
import { t } from "../../src/shared/l10n.js";
import { toldText } from "../../src/shared/toldText.js";
import { fixed } from "../../src/shared/numbers.js";
import { imagesText, pp, sourceRows, type Verdict } from "../evaluate/text.js";
import type { Finalist, FinalistsCard } from "../types.js";

const NBSP = "\u00a0";

/** `1st`, `2nd`, `13th` */
export function ordinal(place: number): string {
  const teens = place % 100 >= 11 && place % 100 <= 13;
  if (!teens && place % 10 === 1) return t("{0}st", place);
  if (!teens && place % 10 === 2) return t("{0}nd", place);
  return !teens && place % 10 === 3 ? t("{0}rd", place) : t("{0}th", place);
}

/** Where the predictors' optimum came in, in words. */
function optimumText({ optimumRank }: FinalistsCard): string {
  if (optimumRank === null) return "";
  return optimumRank === 0 ? t("; it is the predictors’ optimum as well") : t("; the predictors’ optimum came in {0}", ordinal(optimumRank + 1));
}

/** What was found and by what right: a winner is named by measurement only. */
export const bestSentence = (result: FinalistsCard): string => t("Measured best of {0}{1}.", result.finalists.length, optimumText(result));

const CURSE = t("The best of several measurements is measured a little too high on average: expect slightly less on new images.");

/** How sure the first place is. */
export function leadVerdict({ finalists }: FinalistsCard): Verdict {
  const second = finalists[1]?.behind ?? null;
  if (second === null) return { text: t("It was measured alone."), tone: "plain" };
  const level = finalists.filter(({ behind }) => behind !== null && behind.interval[0] <= 0).length;
  if (level === 0) return { text: t("On the same images it is ahead of every other by more than chance. {0}", CURSE), tone: "good" };
  const chance = level === 1 ? t("On the same images chance alone could put one other as high. {0}", CURSE) : t("On the same images chance alone could put {0} others as high. {1}", level, CURSE);
  return { text: chance, tone: "plain" };
}

/** How many measured where they were predicted; null without intervals. */
export function withinSentence({ finalists }: FinalistsCard): string | null {
  const judged = finalists.flatMap(({ withinInterval }) => (withinInterval === null ? [] : [withinInterval]));
  if (judged.length === 0) return null;
  const inside = judged.filter(Boolean).length;
  return inside === judged.length
    ? inside === 1
      ? t("It measured inside the 95\u00a0% interval of their prediction.")
      : t("All {0} measured inside the 95\u00a0% interval of their prediction.", inside)
    : t("{0} of {1} measured inside the 95\u00a0% interval of their prediction.", inside, judged.length);
}

/** `+0.35 pp` of a lead with its interval, `−0.40 to +1.10`. */
export const signedRange = ([low, high]: readonly [number, number]): string => t("{0} to {1}", plus(low), plus(high));
const plus = (value: number): string => (Number(value.toFixed(2)) > 0 ? `+${fixed(value, 2)}` : fixed(value, 2));
export const plusPp = (value: number): string => `${plus(value)}${NBSP}pp`;

/** Distance of the furthest readings of one network, pp; null with a single calibration set. */
export const spreadOf = ({ readings }: Finalist): number | null => (readings.length < 2 ? null : Math.max(...readings) - Math.min(...readings));

/** How the accuracy of a finalist was measured, below the number. */
export function measuredLine({ measured, readings }: Finalist, precision: string): string {
  const sets = readings.length === 1 ? "" : t(", mean over {0} calibration sets", readings.length);
  return t("measured top-1, {0}, {1}{2}", precision, imagesText(measured.n), sets);
}

/** How far the calibration images alone move a reading, in the mean over the finalists; null with a single set. */
export function calibrationSentence({ finalists }: FinalistsCard): string | null {
  const spreads = finalists.map(spreadOf).filter((one) => one !== null);
  if (spreads.length === 0) return null;
  return t("From one calibration set to another a network’s top-1 moves by {0}, largest less smallest, on average.", pp(spreads.reduce((sum, one) => sum + one, 0) / spreads.length));
}

/** How the predictors' optimum under the budget is known. */
export function certificateLine({ certificate }: FinalistsCard): string {
  if (certificate.proved && certificate.optimum !== null) return t("proved: predicted {0}, the most under the budget", percent(certificate.optimum.accuracy));
  return certificate.reason === null ? t("not proved") : toldText(certificate.reason);
}

/** What the finalists were measured with, as terms and texts. */
export function finalistsRows(result: FinalistsCard, calibrations: number): [string, string][] {
  const [supernet, ...rest] = sourceRows(result, result.precision === "int8");
  return [
    [t("Search space"), result.space.id],
    supernet!,
    ...rest,
    [t("Calibration sets"), calibrations === 1 ? "1" : t("{0}, disjoint", countOf(calibrations))],
    [t("Precision"), result.precision],
    [t("Predictors’ optimum"), certificateLine(result)],
  ];
}
