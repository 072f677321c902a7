import { frontIndexAt } from "../../engine/front.js";
import type { Verdict } from "../../engine/device/candidates.js";
import type { PredictorFile } from "../../shared/predictor.js";
import type { TuneRequest, TuneResult } from "../../shared/tune.js";
import { combinedOf } from "../../shared/tuneCombined.js";
import { Describer, spaceCardOf } from "../jobs/describe.js";
import { nearTiesAt } from "../jobs/nearTies.js";
import { noiseOf } from "../profile/describe.js";
import type { Standing } from "./standing.js";
import type { Told, TuneState } from "./state.js";

/** What every result says. */
function base(request: TuneRequest, { inputs, extremes }: Standing) {
  return {
    feasible: { latency: extremes.latency, unit: inputs.latency.unit },
    budget: request.budget,
    predictors: inputs.cards,
    space: spaceCardOf(inputs),
  };
}

/** Nothing is predicted within the budget: nothing was measured. */
export function infeasibleResult(request: TuneRequest, standing: Standing, predictor: PredictorFile): TuneResult {
  return {
    ...base(request, standing),
    status: "infeasible",
    stopped: "infeasible",
    ...{ architecture: null, predicted: null, measured: null, rounds: [], found: null, nearTies: null, device: null, protocol: null, noise: null },
    predictor,
    confirmations: [],
    certificate: { optimum: null, gap: null, proved: false, reason: "No architecture is predicted within the budget." },
    search: { seed: request.seed, evaluations: 0, elapsedMs: 0 },
    nearestBudget: standing.extremes.latency[0],
  };
}

/** What a run ended with. */
interface Ended {
  readonly request: TuneRequest;
  /** Of the corrected predictor. */
  readonly standing: Standing;
  readonly predictor: PredictorFile;
  readonly told: Told;
  readonly state: TuneState;
  readonly verdict: Verdict;
  readonly stopped: TuneResult["stopped"];
  readonly elapsedMs: number;
}

export function measuredResult(ended: Ended): TuneResult {
  const { request, standing, predictor, told, state, verdict, stopped, elapsedMs } = ended;
  const { inputs, landscape, front } = standing;
  const tried = told.rounds.flatMap(({ candidates }, round) => candidates.map((one) => ({ ...one, round })));
  const winner = tried[verdict.winner]!;
  const found = new Describer(inputs, landscape).point(winner.architecture);
  const { interval } = found.latency;
  const measured = combinedOf(winner);
  const { latencyMs, rawMs } = measured;
  const batches = [...state.rounds, ...state.confirmations].map(({ batch }) => batch);
  const { batch } = state.confirmations.find((one) => one.tried.includes(verdict.winner)) ?? state.rounds[winner.round]!;
  const { device, protocol } = batch;
  return {
    ...base(request, standing),
    status: verdict.underBudget ? "ok" : "infeasible",
    stopped,
    architecture: found.architecture,
    predicted: { accuracy: found.accuracy, latency: found.latency },
    measured: {
      ...measured,
      first: winner.measured,
      confirmed: winner.confirmed,
      level: latencyMs / rawMs,
      withinInterval: interval === null || (latencyMs >= interval[0] && latencyMs <= interval[1]),
      underBudget: verdict.underBudget,
    },
    rounds: told.rounds,
    confirmations: told.confirmations.map((one, i) => ({ ...one, kept: state.confirmations[i]!.tried[0] === verdict.winner })),
    predictor,
    certificate: certificateOf(standing, request.budget, found.accuracy.value),
    search: { seed: request.seed, evaluations: 0, elapsedMs },
    nearestBudget: verdict.underBudget ? null : latencyMs,
    found,
    nearTies: nearTiesAt(inputs, landscape, front, request.budget),
    ...{ device, protocol, noise: noiseOf(batches, batches.flatMap(({ samples }) => samples)) },
  };
}

/** The exact optimum of the corrected predictors, against the winner. */
function certificateOf({ front }: Standing, budget: number, accuracy: number): TuneResult["certificate"] {
  const index = frontIndexAt(front, budget);
  if (index < 0) return { optimum: null, gap: null, proved: false, reason: "After the correction no architecture is predicted within the budget." };
  const optimum = { accuracy: front.accuracy[index]!, latency: front.latency[index]! };
  return { optimum, gap: optimum.accuracy - accuracy, proved: true, reason: null };
}
