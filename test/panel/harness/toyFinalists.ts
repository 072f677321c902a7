/** Measured finalists for the panel's tests: made up; only tests see them. */
import type { FinalistsCard, FinalistsRunView } from "../../../src/shared/panel.js";
import type { Finalist } from "../../../src/shared/supernet.js";
import { lcg, toyResult } from "./toy.js";
import { measuredAs, TOY_MEASURED_WITH, TOY_SPACE, toyEvaluate } from "./toyEvaluate.js";

const BUDGET = 1.2;

/** `count` finalists by falling measured accuracy; the predictors' optimum comes in third. `clear`: the winner is far ahead. */
export function toyFinalists({ count = 10, calibrations = 3, clear = false, intervals = true, rounds = 1 }: { rounds?: number; count?: number; calibrations?: number; clear?: boolean; intervals?: boolean } = {}): FinalistsCard {
  const random = lcg(17);
  const { subnets } = toyEvaluate();
  const top = [...subnets].sort((a, b) => b.predicted! - a.predicted!).slice(0, count);
  const values = top.map((_, i) => 88.6 - (clear && i > 0 ? 2.2 : 0) - 0.24 * i);
  const finalists = top.map((one, i): Finalist => {
    const measured = measuredAs(values[i]!);
    const readings = Array.from({ length: calibrations }, () => measured.top1.value + (random() - 0.5) * 0.5);
    // The optimum is the one the predictors rate best: the third.
    const predicted = i === 2 ? 88.9 : 88.8 - 0.05 * ((i * 7) % count);
    const latency = BUDGET - 0.01 * ((i * 3) % count) - 0.004;
    const interval: [number, number] | null = intervals ? [predicted - 1.6, predicted + 1.5] : null;
    const behind = measuredAs(values[0]!).top1.value - measured.top1.value;
    return {
      architecture: { resolution: 32, stages: one.stages },
      // The winner comes of the last round, the optimum of the first.
      round: i === 0 ? rounds : i === 2 ? 1 : 1 + (i % rounds),
      predicted: {
        accuracy: { value: predicted, unit: "%", interval, extrapolated: intervals ? false : null },
        latency: { value: latency, unit: "ms", interval: intervals ? [latency * 0.97, latency * 1.03] : null, extrapolated: intervals ? false : null },
      },
      measured, readings, parameters: one.parameters, multiplyAdds: one.multiplyAdds,
      withinInterval: interval === null ? null : measured.top1.value >= interval[0] && measured.top1.value <= interval[1],
      behind: i === 0 ? null : { value: behind, interval: [behind - 0.9, behind + 0.9] },
    };
  });
  const { predictors, certificate } = toyResult(120);
  return {
    ...TOY_MEASURED_WITH, status: "ok", space: TOY_SPACE, precision: "int8", budget: BUDGET, feasible: { latency: [0.21, 2.64], unit: "ms" }, nearestBudget: null,
    predictors: {
      accuracy: { ...predictors.accuracy, name: "shapes.safetensors, fp32, 32 px", device: null, space: "shapes", resolution: 32, samples: 80, source: "measured by FOX-NAS" },
      latency: { ...predictors.latency, name: "AMD EPYC 7B13, int8, 32 px", device: "AMD EPYC 7B13, cpu int8, 1 thread", space: "shapes", resolution: 32 },
    },
    certificate: { ...certificate, optimum: { accuracy: 88.9, latency: 1.17 }, gap: 0 }, finalists, optimumRank: Math.min(2, count - 1), stopped: rounds === 1 ? "rounds" : "agreed", corrected: true,
  };
}

/** Nothing predicted within the budget. */
export function toyFinalistsNothing(): FinalistsCard {
  return { ...toyFinalists(), status: "infeasible", budget: 0.1, nearestBudget: 0.21, finalists: [], optimumRank: null, corrected: false, certificate: { optimum: null, gap: null, proved: false, reason: "No architecture is predicted within the budget." } };
}

/** A run around a result, as the host would send it. */
export function toyFinalistsRun(result: FinalistsCard | null, state: FinalistsRunView["state"] = "done"): FinalistsRunView {
  const { resolution: _, seed, ...asked } = TOY_MEASURED_WITH.protocol;
  return {
    kind: "finalists", id: "run-22", title: "shapes at 32 px", state, space: "shapes", resolution: 32, seed, budget: result?.budget ?? BUDGET,
    accuracyPredictor: "shapes.safetensors, fp32, 32 px", latencyPredictor: "AMD EPYC 7B13, int8, 32 px", supernet: "shapes.safetensors", data: "data",
    startedAt: "2026-11-25T15:20:00Z", restarts: 0, error: null, progress: null, result,
    asked: { ...asked, precision: "int8", candidates: result?.finalists.length ?? 10, rounds: result === null ? 1 : Math.max(1, ...result.finalists.map(({ round }) => round)), calibrations: result?.finalists[0]?.readings.length ?? 3 },
  };
}

/** In mid-run, with so many measured. */
export function toyFinalistsMeasuring(measured: number): NonNullable<FinalistsRunView["progress"]> {
  const subnets = toyFinalists().finalists.slice(0, measured).map(({ multiplyAdds, measured: { top1 } }) => ({ multiplyAdds, top1: top1.value }));
  return {
    kind: "measure", done: 0.1 * measured + 0.04, total: 1, elapsedMs: 4200 * measured + 800, remainingMs: measured === 0 ? null : 4200 * (10 - measured),
    note: `subnet ${measured + 1} of 10 (finalist ${measured + 1}): recalibrating batch-norm, image 64 of 500`, ...(measured === 0 ? {} : { subnets }),
  };
}
