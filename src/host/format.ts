import type { Fingerprint, Protocol } from "../shared/measure.js";
import type { Target } from "../shared/predictor.js";

/** A latency for people: three to four digits, e.g. `3.35`, `57.9`, `331`. */
export function latencyText(value: number): string {
  return value.toFixed(value >= 200 ? 0 : value >= 10 ? 1 : 2);
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

/** A share as a percentage: 0.0137 is `1.4 %`. */
export function shareText(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** A machine as a person calls it, and how it was used: `AMD EPYC 7763, cpu int8, 1 thread`. */
export function machineText({ cpu }: Pick<Fingerprint, "cpu">, { executionProvider, precision, threads }: Pick<Protocol, "executionProvider" | "precision" | "threads">): string {
  return `${processorText(cpu)}, ${executionProvider} ${precision}, ${threads === 1 ? "1 thread" : `${threads} threads`}`;
}

/** A processor's name without what its makers add: `Intel(R) Core(TM) i7-8550U CPU @ 1.80GHz` is `Intel Core i7-8550U`. */
export function processorText(cpu: string): string {
  const short = cpu
    .replaceAll(/\((?:R|TM)\)/gi, "")
    .replace(/\s*@.*$/, "")
    .replaceAll(/\b(?:\d+-Core|Processor|CPU)\b/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();
  return short === "" ? cpu : short;
}
