import type { Predictor } from "../../engine/predictor.js";
import type { Architecture } from "../../shared/architecture.js";
import type { Finalist, FinalistsRequest, FinalistsResult } from "../../shared/supernet.js";
import { costsOf } from "../../onnx/costs.js";
import { networkOf } from "../../onnx/space.js";
import { estimateOf, spaceCardOf } from "../jobs/describe.js";
import type { Inputs } from "../jobs/inputs.js";
import type { FinalistRounds } from "./finalistRounds.js";
import { differenceOf, flagsOf } from "./paired.js";
import { protocolOf } from "./result.js";
import { accuracyOf } from "./shares.js";
import type { Material } from "./sources.js";
import type { FinalistsState } from "./state.js";

/** What a run of finalists has to tell. */
export interface Judged {
  readonly request: FinalistsRequest;
  readonly inputs: Inputs;
  readonly material: Material;
  readonly rounds: FinalistRounds;
  /** Candidate by candidate, set by set. */
  readonly readings: FinalistsState["readings"];
  /** Validation images. */
  readonly n: number;
}

/** A finalist with the predictor that chose it. */
interface Chosen {
  readonly architecture: Architecture;
  readonly accuracy: Predictor;
  readonly round: number;
}

/** The result but for what it took. */
export function finalistsResult(judged: Judged): Omit<FinalistsResult, "throughput" | "elapsedMs"> {
  const { request, inputs, material, rounds } = judged;
  const chosen = rounds.first;
  const first = chosen.candidates[0];
  const ranked = rank(judged);
  return {
    status: first === undefined ? "infeasible" : "ok",
    ...material.cards,
    protocol: protocolOf(request),
    space: spaceCardOf(inputs),
    precision: request.precision,
    budget: request.budget,
    feasible: { latency: chosen.feasible, unit: inputs.latency.unit },
    nearestBudget: chosen.nearestBudget,
    predictors: inputs.cards,
    certificate:
      first !== undefined && chosen.proved
        ? { optimum: { accuracy: first.accuracy, latency: first.latency }, gap: 0, proved: true, reason: null }
        : { optimum: null, gap: null, proved: false, reason: chosen.reason ?? "The optimum could not be proved." },
    finalists: ranked.map(({ finalist }) => finalist),
    optimumRank: first === undefined ? null : ranked.findIndex(({ candidate }) => candidate === 0),
    stopped: rounds.stopped,
    corrected: rounds.corrected,
  };
}

/** By falling measured accuracy; of equal ones the predicted better first. */
function rank(judged: Judged): { candidate: number; finalist: Finalist }[] {
  const { rounds, readings, n, inputs, request } = judged;
  const architectures = rounds.rounds.flatMap((round, i) => round.architectures.map((architecture) => ({ architecture, accuracy: round.accuracy, round: i + 1 })));
  const { calibrations } = request;
  const own = architectures.map((_, i) => readings.slice(i * calibrations, (i + 1) * calibrations));
  const top1 = own.map((all) => all.reduce((sum, { counts }) => sum + counts[0], 0));
  const order = architectures.map((_, i) => i).sort((a, b) => top1[b]! - top1[a]! || a - b);
  const flags = (i: number) => own[i]!.map(({ correct }) => flagsOf(Buffer.from(correct, "base64"), n));
  const winner = order.length === 0 ? [] : flags(order[0]!);
  return order.map((candidate, place) => ({
    candidate,
    finalist: {
      ...finalistOf(architectures[candidate]!, own[candidate]!, n, inputs),
      behind: place === 0 ? null : differenceOf(winner, flags(candidate)),
    },
  }));
}

/**
 * One finalist as it was predicted before it was measured, and as it measured. The predictor's interval is for one new measurement: a share of as many
 * images, after one recalibration. So it holds the binomial noise of the measured value too, and that is simply inside or
 * not; the mean over several calibration sets is a little steadier than the interval takes it for.
 */
function finalistOf({ architecture, accuracy, round }: Chosen, readings: FinalistsState["readings"], n: number, { latency, space }: Inputs): Omit<Finalist, "behind"> {
  const mean = (of: 0 | 1) => readings.reduce((sum, { counts }) => sum + counts[of], 0) / readings.length;
  const measured = accuracyOf([mean(0), mean(1)], n, space.classes);
  const predicted = { accuracy: estimateOf(accuracy, architecture), latency: estimateOf(latency, architecture) };
  const { interval } = predicted.accuracy;
  const { value } = measured.top1;
  return {
    architecture,
    round,
    predicted,
    measured,
    readings: readings.map(({ counts }) => (100 * counts[0]) / n),
    withinInterval: interval === null ? null : value >= interval[0] && value <= interval[1],
    ...costsOf(networkOf(space, architecture.stages, { resolution: architecture.resolution })),
  };
}
