/** Numbers as text: units on every number, a true minus, and no break between number and unit. */
import { t } from "./l10n.js";

const NBSP = "\u00a0";
const MINUS = "\u2212";

const fixed = (value: number, digits: number): string => {
  const text = Math.abs(value).toFixed(digits);
  const zero = Number(text) === 0;
  return value < 0 && !zero ? MINUS + group(text) : group(text);
};
const sign = (value: number, digits: number): string =>
  value > 0 && Number(value.toFixed(digits)) !== 0 ? "+" : "";

/** `12345.6` -> `12,345.6`; takes decimal text so that it also serves numbers beyond 2^53. */
export function group(text: string): string {
  const [whole = "0", rest] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return rest === undefined ? grouped : `${grouped}.${rest}`;
}

/** Accuracy in %, `75.54 %`. */
export const percent = (value: number): string => `${fixed(value, 2)}${NBSP}%`;

/** Decimals that keep about four significant digits of a latency in ms. */
export const latencyDigits = (value: number): number => (Math.abs(value) < 1 ? 3 : Math.abs(value) < 10 ? 2 : 1);

/** Of a saturating form; where samples show no bend, the fitted ceiling lies far above what can be reached. */
export const ceilingText = (ceiling: number): string => (ceiling > 100 ? t("ceiling out of reach") : t("ceiling {0}\u00a0%", Number(ceiling.toFixed(1))));

/** Latency in ms, `119.5 ms`, `2.41 ms`, `0.083 ms`. */
export const ms = (value: number): string => `${fixed(value, latencyDigits(value))}${NBSP}ms`;

/** A budget in ms as a person typed it: at most two decimals, none that are zero. */
export const budgetText = (value: number): string => `${budgetNumber(value)}${NBSP}ms`;

/** The same without a unit, for a number field. */
export const budgetNumber = (value: number): string => String(Number(value.toFixed(2)));

/** The smallest number of two decimals that is not below `value`: a feasible budget stays feasible when typed. */
export const ceilBudget = (value: number): number => Math.ceil(value * 100 - 1e-6) / 100;

/** A difference of accuracies in percentage points, `+0.62 pp`. */
export const signedPp = (value: number, digits = 2): string =>
  `${sign(value, digits)}${fixed(value, digits)}${NBSP}pp`;

/** A difference of latencies in ms, `−50.8 ms`. */
export const signedMs = (value: number, digits = 1): string =>
  `${sign(value, digits)}${fixed(value, digits)}${NBSP}ms`;

/** A moment to the minute, the same wherever it is read: `2026-11-25 02:42 UTC`. */
export const dateText = (date: Date): string => `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;

/** A distance in pp rounded up, so that "within" stays true: 0.0312 -> `0.04 pp`, 0.0004 -> `0.0004 pp`. */
export function withinPp(value: number): string {
  let digits = 2;
  while (digits < 6 && value < 10 ** -digits) digits++;
  const up = Math.ceil(value * 10 ** digits - 1e-9) / 10 ** digits;
  return `${up.toFixed(digits)}${NBSP}pp`;
}

/** A temperature in pp with two significant digits. */
export const temperature = (value: number): string => `${Number(value.toPrecision(2))}${NBSP}pp`;

/** `75.16 to 75.92 %`. */
export function intervalText(interval: readonly [number, number], unit: string): string {
  const digits = unit === "ms" ? latencyDigits(interval[1]) : 2;
  const tail = unit === "" ? "" : `${NBSP}${unit}`;
  return `${t("{0} to {1}", fixed(interval[0], digits), fixed(interval[1], digits))}${tail}`;
}

/** An interval of a difference, `+0.52 to +0.71 pp`. */
export function signedIntervalText(interval: readonly [number, number], unit: "pp" | "ms", msDigits = 1): string {
  const digits = unit === "ms" ? msDigits : 2;
  const one = (value: number) => `${sign(value, digits)}${fixed(value, digits)}`;
  return `${t("{0} to {1}", one(interval[0]), one(interval[1]))}${NBSP}${unit}`;
}

const NAMED: readonly (((number: string) => string) | undefined)[] = [
  undefined,
  undefined,
  (number) => t("{0}\u00a0million", number),
  (number) => t("{0}\u00a0billion", number),
  (number) => t("{0}\u00a0trillion", number),
  (number) => t("{0}\u00a0quadrillion", number),
  (number) => t("{0}\u00a0quintillion", number),
];

/** A count from its decimal digits: `41`, `12,345`, `1.2 million`, `3.4 × 10²²`. */
export function count(digits: string): string {
  const text = digits.replace(/^0+(?=\d)/, "");
  if (text.length <= 6) return group(text);
  const groups = Math.floor((text.length - 1) / 3);
  const named = NAMED[groups];
  if (named === undefined) {
    const mantissa = Number(`${text[0]}.${text.slice(1, 3)}`).toFixed(1);
    // 9.96 rounds to 10.0: one digit more before the point is one more in the exponent.
    return mantissa === "10.0" ? `1.0${power(text.length)}` : `${mantissa}${power(text.length - 1)}`;
  }
  const head = text.slice(0, text.length - 3 * groups);
  const value = Number(`${head}.${text.slice(head.length, head.length + 3)}`);
  const short = value < 99.95 ? value.toFixed(1) : value.toFixed(0);
  if (short === "1000") return count(`1${"0".repeat(3 * (groups + 1))}`);
  return named(short.replace(/\.0$/, ""));
}

const SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const power = (exponent: number): string =>
  `${NBSP}×${NBSP}10${[...String(exponent)].map((digit) => SUPERSCRIPT[Number(digit)]).join("")}`;

/** A number of evaluations, in full while that can be read at a glance. */
export function countOf(value: number): string {
  const digits = BigInt(Math.max(0, Math.round(Number.isFinite(value) ? value : 0))).toString();
  return digits.length <= 7 ? group(digits) : count(digits);
}

/** For axis ticks: `0`, `5,000`, `250k`, `1.5M`. */
export function shortCount(value: number): string {
  if (value >= 1e9) return `${Number((value / 1e9).toPrecision(3))}G`;
  if (value >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`;
  if (value >= 1e4) return `${Number((value / 1e3).toPrecision(3))}k`;
  return group(String(Math.round(value)));
}

/** Elapsed time from ms: `2 ms`, `0.41 s`, `12.3 s`, `2 min 5 s`. */
export function duration(elapsed: number): string {
  if (elapsed < 100) return `${Math.round(elapsed)}${NBSP}ms`;
  if (elapsed < 10_000) return `${(elapsed / 1000).toFixed(2)}${NBSP}s`;
  if (elapsed < 60_000) return `${(elapsed / 1000).toFixed(1)}${NBSP}s`;
  const seconds = Math.round(elapsed / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)}${NBSP}min ${seconds % 60}${NBSP}s`;
  return `${Math.floor(seconds / 3600)}${NBSP}h ${Math.round((seconds % 3600) / 60)}${NBSP}min`;
}

/** Evaluations a second, null while too little time has passed to say. */
export const rate = (evaluations: number, elapsed: number): string | null =>
  elapsed < 1 ? null : t("{0} evaluations/s", count(Math.round((evaluations / elapsed) * 1000).toString()));
