import { fixed } from "../../shared/numbers.js";
import { UNIT, type Target } from "../../shared/predictor.js";
import type { Estimate } from "../../shared/results.js";

export { fixed };

/** The same with its sign in any case. */
export function signed(value: number, decimals: number): string {
  const text = fixed(value, decimals);
  return text.startsWith("−") ? text : `+${text}`;
}

/** Decimals that tell milliseconds of this size apart: a network for 32 px takes a fraction of one. */
export const latencyDecimals = (ms: number): number => (ms < 1 ? 3 : ms < 10 ? 2 : 1);

/** A whole number: `1,000,000`. */
export function count(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

/** A whole number given as decimal digits, of any length: `12,345`, `1.2e15`. */
export function bigCount(digits: string): string {
  if (!/^\d+$/.test(digits) || digits.length <= 9) return count(Number(digits));
  return `${digits[0]}.${digits[1]}e${digits.length - 1}`;
}

/** Unit of a difference: of two percentages it is percentage points. */
export function differenceUnit(target: Target): string {
  return target === "accuracy" ? "pp" : UNIT.latency;
}

/** `75.53 %  accuracy, predicted; 95 % interval 75.18 to 75.88 %`, the value right-aligned. */
export function estimateLine(target: Target, { value, unit, interval, extrapolated }: Estimate): string {
  const range =
    interval === null
      ? "no interval: the predictor carries no covariance"
      : `95 % interval ${fixed(interval[0], 2)} to ${fixed(interval[1], 2)} ${unit}`;
  const beyond = extrapolated ? "; extrapolated: unlike every sample" : "";
  return `${fixed(value, 2).padStart(8)} ${unit.padEnd(2)}  ${target}, predicted; ${range}${beyond}`;
}
