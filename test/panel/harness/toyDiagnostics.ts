/** Diagnostics for the pictures' tests: made-up samples, honest summaries of them. */
import type { DiagnosticPoint, Diagnostics } from "../../../src/shared/diagnostics.js";
import { lcg } from "./toy.js";

/** A normal number from twelve uniform ones. */
const normal = (random: () => number): number => Array.from({ length: 12 }, random).reduce((sum, u) => sum + u, -6);

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

function pointsOf(centre: number, spread: number, error: number, count: number): DiagnosticPoint[] {
  const random = lcg(11);
  return Array.from({ length: count }, () => {
    const z = normal(random);
    const fitted = centre + spread * z;
    const noise = normal(random) * (1 + 0.25 * z * z * 0.5);
    const leverage = 0.03 + 0.025 * z * z + 0.05 * random();
    return { fitted, measured: fitted + error * noise, leaveOneOut: fitted - (error * noise * leverage) / (1 - leverage), standardised: noise, leverage, cook: (noise ** 2 * leverage) / (10 * (1 - leverage)) };
  });
}

function binsOf(points: readonly DiagnosticPoint[]): Diagnostics["bins"] {
  const sorted = [...points].sort((a, b) => a.fitted - b.fitted);
  return Array.from({ length: 10 }, (_, i) => {
    const of = sorted.slice((i * sorted.length) / 10, ((i + 1) * sorted.length) / 10);
    const rests = of.map((p) => p.measured - p.fitted);
    const residual = mean(rests);
    const half = (2.1 * Math.sqrt(mean(rests.map((r) => (r - residual) ** 2)))) / Math.sqrt(of.length);
    return { n: of.length, fitted: mean(of.map((p) => p.fitted)), measured: mean(of.map((p) => p.measured)), residual, interval: [residual - half, residual + half], scale: mean(of.map((p) => Math.sqrt(Math.abs(p.standardised)))) };
  });
}

/** A predictor around `centre` with errors of `error`; `kept` keeps the samples. */
export function toyDiagnostics(centre: number, spread: number, error: number, kept: boolean): Diagnostics {
  const points = pointsOf(centre, spread, error, 150);
  const observed = points.map((p) => p.standardised).sort((a, b) => a - b);
  const cooks = points.map((p) => p.cook);
  return {
    reset: { statistic: 1.4, dof1: 2, dof2: 138, p: 0.25 }, breuschPagan: { statistic: 31, dof1: 10, dof2: null, p: 0.0006 },
    collinearity: ["24.mean_log_e_x_depth", "160.mean_log_e_x_depth", "112.sum_k", "24.depth=4", "40.depth=4", "80.sum_k", "24.mean_log_e", "24.log_e_first", "40.log_k_first"].map((term, i) => ({ term, vif: 152 / (1 + i * i * 1.6) })),
    leverage: { mean: mean(points.map((p) => p.leverage)), max: Math.max(...points.map((p) => p.leverage)) },
    cook: { above: cooks.filter((d) => d > 4 / cooks.length).length, max: Math.max(...cooks), maxRow: cooks.indexOf(Math.max(...cooks)) },
    coverage: 0.947,
    learning: [50, 100, 150, 200, 250, 300].map((n) => ({ n, rmse: error * (1 + 14 / n), deviation: (error * 6) / n })),
    bins: binsOf(points),
    quantiles: Array.from({ length: 41 }, (_, i) => {
      const share = (i + 0.5) / 41;
      // Logistic approximation of the normal quantile.
      return { normal: Math.log(share / (1 - share)) / 1.702, observed: observed[Math.floor(share * observed.length)]! };
    }),
    points: kept ? points : undefined,
  };
}
