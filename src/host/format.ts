import type { Target } from "../shared/predictor.js";

/** A latency for people: three to four digits, e.g. `57.9`, `331`. */
export function latencyText(value: number): string {
  return value >= 200 ? value.toFixed(0) : value.toFixed(1);
}

/** An accuracy (%) with two decimals. */
export function accuracyText(value: number): string {
  return value.toFixed(2);
}

/** Unit of an error in a target: the error of a percentage is told in percentage points. */
export function errorUnit(target: Target, unit: string): string {
  return target === "accuracy" && unit === "%" ? "pp" : unit;
}

/** Two decimals, rounded up, so that a rounded lower bound still is one. */
export function roundUp(value: number): number {
  return Math.ceil(value * 100 - 1e-9) / 100;
}

/** Joins the known parts of a line of details. */
export function details(parts: readonly (string | null | undefined)[]): string {
  return parts.filter((part) => part !== null && part !== undefined && part !== "").join(" · ");
}
