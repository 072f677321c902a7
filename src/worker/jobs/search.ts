import * as v from "valibot";
import { Annealing, DEFAULT_EVALUATIONS } from "../../engine/annealing.js";
import { latencyExtremes, type Extremes } from "../../engine/feasible.js";
import { frontIndexAt, paretoFront, type Front } from "../../engine/front.js";
import { tabulate, type Landscape } from "../../engine/landscape.js";
import { withinBudget } from "../../engine/withinBudget.js";
import type { Progress, SearchRequest } from "../../shared/messages.js";
import { ProgressSchema } from "../../shared/messages.js";
import type { SearchResult } from "../../shared/results.js";
import type { Job, JobContext } from "../job.js";
import { chanceCertificate, chanceOf, infeasibleChance, type Chance } from "./chance.js";
import { Describer, spaceCardOf } from "./describe.js";
import { placing, readInputs, type Inputs } from "./inputs.js";
import { nearTiesAt } from "./nearTies.js";

const StateSchema = v.object({
  elapsedMs: v.number(),
  annealing: v.object({
    evaluations: v.number(),
    random: v.array(v.number()),
    current: v.array(v.number()),
    best: v.array(v.number()),
    trace: ProgressSchema.entries.trace,
  }),
});
type State = v.InferOutput<typeof StateSchema>;

/** Work between two looks at the messages; a short search is still seen in so many slices. */
const SLICE_MS = 10;
const LEAST_SLICES = 16;
/** Between two looks at the clock. */
const STEP = 1024;

/** Anneals under the budget, and proves the optimum where the predictors are additive over stages. */
export const search: Job<SearchRequest, SearchResult, State> = async (request, context) => {
  const inputs = readInputs(request);
  const landscape = placing(request.space, () => tabulate(inputs.space, inputs.accuracy, inputs.latency));
  const extremes = latencyExtremes(landscape);
  const front = landscape.additive ? paretoFront(landscape) : null;
  const describer = new Describer(inputs, landscape);
  // Only after the annealing: the first progress should not wait for a thousand descriptions.
  const base = () => describeAll(request, inputs, landscape, extremes, front, describer);
  const chance = chanceOf(request, inputs, landscape, extremes, front);
  const nearest = chance?.safest.bound ?? extremes.latency[0];
  if (request.budget < nearest) return { ...base(), ...infeasible(request, extremes, chance) };

  const optimum = optimumOf(request, front, chance);
  const { annealing, elapsedMs } = await anneal(request, landscape, chance?.safest.state ?? extremes.fastest, { optimum, chance }, context);
  const architecture = landscape.architecture(annealing.bestState, inputs.resolution);
  const found = describer.point(architecture);
  return {
    ...base(),
    status: "ok",
    architecture: found.architecture,
    predicted: { accuracy: found.accuracy, latency: found.latency },
    withinBudget: withinBudget(inputs.latency, architecture.stages, request.budget),
    certificate: chance === null ? certificateOf(request, front, found.accuracy.value) : chanceCertificate(chance, found.accuracy.value),
    search: { seed: request.seed, evaluations: annealing.evaluations, elapsedMs },
    nearestBudget: null,
    found,
    nearTies: front === null ? null : tiesOf(request, inputs, landscape, front, chance),
    trace: annealing.trace,
  };
};

/** % of the proven optimum; null without one. */
function optimumOf(request: SearchRequest, front: Front | null, chance: Chance | null): number | null {
  if (chance !== null) return chance.optimum?.proved === true ? chance.optimum.accuracy : null;
  return front === null ? null : front.accuracy[frontIndexAt(front, request.budget)]!;
}

/** Under a probability, near-ties keep it too; without a proven optimum nothing is near it. */
function tiesOf({ budget }: SearchRequest, inputs: Inputs, landscape: Landscape, front: Front, chance: Chance | null): SearchResult["nearTies"] {
  if (chance === null) return nearTiesAt(inputs, landscape, front, budget);
  const { optimum, admits, largestLatency } = chance;
  return optimum?.proved === true ? nearTiesAt(inputs, landscape, front, Math.min(budget, largestLatency), { optimum: optimum.state, admits }) : null;
}

async function anneal(
  request: SearchRequest,
  landscape: Landscape,
  start: Int32Array,
  { optimum, chance }: { optimum: number | null; chance: Chance | null },
  context: JobContext<State>,
): Promise<{ annealing: Annealing; elapsedMs: number }> {
  const evaluations = request.evaluations ?? DEFAULT_EVALUATIONS;
  const resumed = v.safeParse(StateSchema, context.resumed);
  const budget = chance === null ? request.budget : Math.min(request.budget, chance.largestLatency);
  const options = { budget, seed: request.seed, evaluations, start, admits: chance?.admits };
  const annealing = new Annealing(landscape, options, resumed.success ? resumed.output.annealing : null);
  const before = resumed.success ? resumed.output.elapsedMs : 0;
  const started = performance.now();
  const elapsed = () => before + performance.now() - started;
  while (!annealing.finished) {
    const until = performance.now() + SLICE_MS;
    const goal = annealing.evaluations + Math.ceil(evaluations / LEAST_SLICES);
    while (annealing.evaluations < goal && !annealing.finished && performance.now() < until) {
      annealing.step(Math.min(STEP, goal - annealing.evaluations));
    }
    context.progress(progressOf(annealing, landscape, evaluations, optimum, elapsed()));
    context.checkpoint(() => ({ elapsedMs: elapsed(), annealing: checkpointOf(annealing) }));
    await context.breathe();
  }
  return { annealing, elapsedMs: elapsed() };
}

function checkpointOf(annealing: Annealing): State["annealing"] {
  const { evaluations, random, current, best, trace } = annealing.snapshot();
  return { evaluations, random: [...random], current: [...current], best: [...best], trace };
}

function progressOf(
  annealing: Annealing,
  landscape: Landscape,
  total: number,
  optimum: number | null,
  elapsedMs: number,
): Progress {
  const pair = (state: Int32Array) => ({
    accuracy: landscape.accuracy.value(state),
    latency: landscape.latency.value(state),
  });
  const { evaluations, temperature, trace } = annealing.progress();
  return {
    evaluations,
    total,
    elapsedMs,
    temperature,
    current: pair(annealing.currentState),
    best: pair(annealing.bestState),
    optimum,
    trace,
  };
}

/** What does not depend on the annealing. */
function describeAll(
  request: SearchRequest,
  inputs: Inputs,
  landscape: Landscape,
  extremes: Extremes,
  front: Front | null,
  describer: Describer,
) {
  return {
    budget: request.budget,
    probability: request.probability ?? null,
    feasible: { latency: extremes.latency, unit: inputs.latency.unit },
    predictors: inputs.cards,
    space: spaceCardOf(inputs),
    front: front?.states.map((state) => describer.bare(landscape.architecture(state, inputs.resolution))) ?? [],
  };
}

function infeasible(request: SearchRequest, { latency }: Extremes, chance: Chance | null) {
  const why = { reason: "No architecture is predicted within the budget.", nearestBudget: latency[0] };
  const { reason, nearestBudget } = chance === null ? why : infeasibleChance(chance);
  return {
    status: "infeasible" as const,
    architecture: null,
    predicted: null,
    certificate: { optimum: null, gap: null, proved: false, reason },
    withinBudget: null,
    search: { seed: request.seed, evaluations: 0, elapsedMs: 0 },
    nearestBudget,
    found: null,
    nearTies: null,
    trace: { evaluations: [], current: [], best: [], temperature: [] },
  };
}

function certificateOf(request: SearchRequest, front: Front | null, found: number): SearchResult["certificate"] {
  if (front === null) {
    const reason = "A predictor has terms across stages, so the optimum cannot be proved by adding stages up.";
    return { optimum: null, gap: null, proved: false, reason };
  }
  const index = frontIndexAt(front, request.budget);
  const optimum = { accuracy: front.accuracy[index]!, latency: front.latency[index]! };
  const gap = optimum.accuracy - found;
  if (gap < 0) throw new Error(`The search found ${found} %, above the proven optimum of ${optimum.accuracy} %: one of the two is wrong.`);
  return { optimum, gap, proved: true, reason: null };
}
