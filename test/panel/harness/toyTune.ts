/** Searches with measuring for the panel's tests, around the toy's front: made up; only tests see them. */
import type { TuneCard, TuneRunView } from "../../../src/shared/panel.js";
import { combinedOf } from "../../../src/shared/tuneCombined.js";
import { toyResult } from "./toy.js";
import { toyProfile } from "./toyProfile.js";

type Tried = TuneCard["rounds"][number]["candidates"][number];

const reading = (rawMs: number, factor: number) => ({ latencyMs: rawMs * factor, rawMs, standardError: 0.003 });
const level = (factor: number) => ({ factor, disagreement: 0.006 });

/** How the toy machine measures against its predictor, in turn. */
const OFF = [1.034, 1.012, 0.995, 1.041, 1.02, 1.006, 0.998, 1.004, 0.993, 1.009];

/** Two rounds of five from the front below and above the budget, and a confirming batch of three. */
export function toyTune(budget = 120, { suspect = false, unconfirmed = false }: { suspect?: boolean; unconfirmed?: boolean } = {}): TuneCard {
  const { front, found, space, predictors, feasible, nearTies, certificate } = toyResult(budget, 0);
  const index = front.findLastIndex(({ latency }) => latency.value <= budget);
  const at = (step: number) => front[Math.min(front.length - 1, Math.max(0, index + step))]!;
  const candidates = [0, -6, -3, -9, 4, -1, -2, -4, 2, -5].map((step, i): Tried => {
    const { architecture, accuracy, latency } = at(step);
    return { architecture, predicted: { accuracy, latency }, measured: reading((latency.value * OFF[i]!) / 0.94, 0.94), confirmed: null };
  });
  const winner = candidates[5]!;
  if (!unconfirmed) for (const [i, one] of [winner, candidates[7]!, candidates[9]!].entries()) one.confirmed = reading((one.measured.latencyMs * (1.004 - i / 500)) / 0.97, 0.97);
  const round = (from: number, error: number) => ({ candidates: candidates.slice(from, from + 5), error, level: level(0.94), suspect: suspect && from === 0 });
  const confirmations = unconfirmed ? [] : [{ architectures: 3, level: level(0.97), suspect: false, kept: true }];
  const { device, protocol, noise } = toyProfile();
  const measured = combinedOf(winner);
  return {
    status: "ok", stopped: unconfirmed ? "rounds" : "agreed", architecture: winner.architecture, predicted: winner.predicted,
    measured: { ...measured, first: winner.measured, confirmed: winner.confirmed, level: measured.latencyMs / measured.rawMs, withinInterval: true, underBudget: measured.latencyMs <= budget },
    rounds: [round(0, 0.0204), round(5, 0.0046)], confirmations, certificate: { ...certificate, gap: 0.02 }, search: { seed: 42, evaluations: 0, elapsedMs: 41_200 },
    feasible, budget, nearestBudget: null, predictors: { ...predictors, latency: { ...predictors.latency, device: "AMD EPYC 7B13, cpu int8, 1 thread" } }, space, nearTies,
    found: { ...found!, architecture: winner.architecture, ...winner.predicted }, device, protocol, noise: { ...noise, batches: 2 + confirmations.length, suspect: suspect ? 1 : 0 },
  };
}

/** Nothing measured within the budget. */
export function toyTuneAbove(): TuneCard {
  const result = toyTune(120, { unconfirmed: true });
  const budget = 100;
  const { latencyMs } = result.measured!;
  return { ...result, status: "infeasible", stopped: "rounds", budget, nearestBudget: latencyMs, measured: { ...result.measured!, underBudget: false, withinInterval: false } };
}

/** Nothing predicted within the budget. */
export function toyTuneNothing(): TuneCard {
  const none = { architecture: null, predicted: null, measured: null, found: null, nearTies: null, device: null, protocol: null, noise: null };
  const certificate = { optimum: null, gap: null, proved: false, reason: "No architecture is predicted within the budget." };
  return { ...toyTune(), ...none, status: "infeasible", stopped: "infeasible", rounds: [], confirmations: [], budget: 20, nearestBudget: 57.9, certificate };
}

/** A run around a result, as the host would send it. */
export function toyTuneRun(result: TuneCard | null, state: TuneRunView["state"] = "done"): TuneRunView {
  return {
    kind: "tune", id: "run-11", title: "foxnas-cpu at 256 px", state, space: "foxnas-cpu", resolution: 256, seed: 42, budget: result?.budget ?? 120,
    accuracyPredictor: "Toy accuracy", latencyPredictor: "AMD EPYC 7B13, int8, 256 px", startedAt: "2026-11-25T14:02:00Z", restarts: 0, error: null,
    asked: { rounds: 60 }, progress: null, result,
  };
}

/** In mid-run. */
export const toyTuning = (): NonNullable<TuneRunView["progress"]> => ({
  kind: "measure", done: 0.28, total: 1, elapsedMs: 12_300, remainingMs: 31_600, note: "measuring 5 architectures, time 2 of at most 4: round 24 of 60",
});
