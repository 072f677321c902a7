import type { Architecture } from "../../engine/architecture.js";
import { changesBetween } from "../../engine/explain/changes.js";
import { Explainer } from "../../engine/explain/explainer.js";
import { marginalAt } from "../../engine/explain/marginal.js";
import { judgeMoves } from "../../engine/explain/moves.js";
import { frontIndexAt, paretoFront, type Front } from "../../engine/front.js";
import { tabulate, type Landscape } from "../../engine/landscape.js";
import type { Predictor } from "../../engine/predictor.js";
import { withinBudget } from "../../engine/withinBudget.js";
import { accountOf } from "../../shared/account.js";
import type { Explanation, ExplainRequest, Marginal, Move, Neighbour, TargetExplanation } from "../../shared/explanation.js";
import { inEnglish } from "../../shared/l10n.js";
import type { Job } from "../job.js";
import { copyOf, estimateOf, spaceCardOf } from "./describe.js";
import { placing, readInputs, type Inputs } from "./inputs.js";
import { nearTiesAt } from "./nearTies.js";
import { overviewFor } from "./overview.js";
import { readPlacedConfig } from "./predict.js";

/** Everything there is to say about one architecture: its predictions taken apart, and what else there is. */
export const explain: Job<ExplainRequest, Explanation> = async (request) => {
  const inputs = readInputs(request);
  const architecture = readPlacedConfig(request.config, inputs);
  const { budget } = request;
  const landscape = placing(request.space, () => tabulate(inputs.space, inputs.accuracy, inputs.latency));
  const front = landscape.additive ? paretoFront(landscape) : null;
  const latency = inputs.latency.value(architecture.stages);
  // Without a budget, one stands where the architecture stands.
  const around = front === null ? null : aroundBudget(inputs, landscape, front, architecture, budget ?? latency);
  const overview = overviewFor(request, inputs);
  const explained = {
    space: spaceCardOf(inputs),
    architecture: copyOf(architecture),
    budget,
    predictors: inputs.cards,
    predicted: { accuracy: estimateOf(inputs.accuracy, architecture), latency: estimateOf(inputs.latency, architecture) },
    accuracy: takenApart(inputs.accuracy, architecture),
    latency: takenApart(inputs.latency, architecture),
    marginal: around?.marginal ?? null,
    optimum: around?.optimum ?? null,
    nearTies: around?.nearTies ?? null,
    moves: movesOf(inputs, architecture, budget),
    withinBudget: budget === null ? null : withinBudget(inputs.latency, architecture.stages, budget),
    importance: { accuracy: overview.accuracy?.importance ?? [], latency: overview.latency?.importance ?? [] },
    overview,
    diagnostics: inputs.diagnostics,
    front: front === null ? [] : Array.from(front.latency, (ms, i) => ({ latency: ms, accuracy: front.accuracy[i]! })),
  };
  return { ...explained, text: inEnglish(() => accountOf(explained)) };
};

function takenApart(predictor: Predictor, { stages }: Architecture): TargetExplanation | null {
  return predictor.additive ? new Explainer(predictor).explain(stages) : null;
}

function movesOf({ accuracy, latency, space, resolution }: Inputs, { stages }: Architecture, budget: number | null): Move[] {
  return judgeMoves(accuracy, latency, stages, budget).map(({ stages: to, stage, ...move }) => ({
    ...move,
    stage: String(space.stages[stage]!.width),
    architecture: copyOf({ resolution, stages: to }),
  }));
}

/** Optimum, slope and near-ties under a budget; the fields are null where nothing fits it. */
function aroundBudget(inputs: Inputs, landscape: Landscape, front: Front, architecture: Architecture, budget: number) {
  const index = frontIndexAt(front, budget);
  if (index < 0) return null;
  const at = marginalAt(front, budget);
  const stages = (i: number) => landscape.architecture(front.states[i]!, inputs.resolution);
  const neighbour = (i: number | null): Neighbour | null =>
    i === null
      ? null
      : { architecture: copyOf(stages(i)), accuracy: front.accuracy[i]!, latency: front.latency[i]!, changes: changesBetween(inputs.space, architecture.stages, stages(i).stages) };
  const marginal: Marginal | null =
    at === null ? null : { below: at.below, above: at.above, unit: "pp/ms", cheaper: neighbour(at.cheaper), better: neighbour(at.better) };
  return { marginal, optimum: { accuracy: front.accuracy[index]!, latency: front.latency[index]! }, nearTies: nearTiesAt(inputs, landscape, front, budget) };
}
