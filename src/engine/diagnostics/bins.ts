import { tCritical } from "../distributions.js";
import { LEVEL } from "../predictor.js";
import { deviationOf, meanOf } from "./basis.js";
import type { Bin } from "./types.js";

const TENTHS = 10;
/** Samples a tenth needs for an interval that says something. */
const LEAST = 3;

/**
 * Tenths of the samples by rising fitted value, all of length n and in the target's unit but the standardised residuals;
 * the interval is that of Student's t. Empty for fewer than 30 samples.
 */
export function binsOf(fitted: readonly number[], measured: readonly number[], standardised: Float64Array): Bin[] {
  const n = fitted.length;
  if (n < TENTHS * LEAST) return [];
  const order = fitted.map((_, row) => row).sort((a, b) => fitted[a]! - fitted[b]! || a - b);
  return Array.from({ length: TENTHS }, (_, k) => {
    const rows = order.slice(Math.floor((k * n) / TENTHS), Math.floor(((k + 1) * n) / TENTHS));
    const mean = (of: (row: number) => number) => meanOf(rows.map(of));
    const residuals = rows.map((row) => measured[row]! - fitted[row]!);
    const residual = meanOf(residuals);
    const half = (tCritical(LEVEL, rows.length - 1) * deviationOf(residuals)) / Math.sqrt(rows.length);
    return {
      n: rows.length,
      fitted: mean((row) => fitted[row]!),
      measured: mean((row) => measured[row]!),
      residual,
      interval: [residual - half, residual + half],
      scale: mean((row) => Math.sqrt(Math.abs(standardised[row]!))),
    };
  });
}
