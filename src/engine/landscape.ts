import type { Architecture } from "./architecture.js";
import { linkValue, type Link } from "./link.js";
import type { Predictor } from "./predictor.js";
import type { Space } from "./space.js";
import { stageChoices, type StageChoices } from "./stageChoices.js";
import { stageParts } from "./stageParts.js";
import { readVariable } from "./variables.js";

/** An index into every stage's choices: one architecture up to what the predictors can tell apart. */
export type State = Int32Array;

/** One predictor tabulated over every stage's choices. */
export interface Table {
  /** Of eta; sums begin with it. */
  readonly intercept: number;
  /** From eta to the value. */
  readonly link: Link;
  /** Stage parts of eta, by stage and choice. */
  readonly parts: readonly Float64Array[];
  /** eta of a state: intercept + parts + terms across stages, in the order of Predictor.eta. */
  eta(state: State): number;
  /** % or ms */
  value(state: State): number;
  /** The value once intercept and parts are added up: terms across stages, then the link. */
  finish(sum: number, state: State): number;
}

/** A space under an accuracy and a latency predictor, tabulated: what the search and the front work on. */
export interface Landscape {
  readonly space: Space;
  readonly choices: readonly StageChoices[];
  readonly accuracy: Table;
  readonly latency: Table;
  /** Both predictors are additive over stages, so that the exact front exists. */
  readonly additive: boolean;
  architecture(state: State, resolution: number): Architecture;
}

/** Tabulates the stages' choices under both predictors. */
export function tabulate(space: Space, accuracy: Predictor, latency: Predictor): Landscape {
  // Stages of a space mostly offer the same choices: they are enumerated once.
  const enumerated = new Map<string, StageChoices>();
  const choices = space.stages.map((stage, index) => {
    const statistics = [...new Set([...accuracy.statistics(index), ...latency.statistics(index)])].sort();
    const key = JSON.stringify([stage.depth, stage.expand, stage.kernel, statistics]);
    const known = enumerated.get(key) ?? stageChoices(stage, statistics);
    enumerated.set(key, known);
    return known;
  });
  return {
    space,
    choices,
    accuracy: tableOf(accuracy, choices),
    latency: tableOf(latency, choices),
    additive: accuracy.additive && latency.additive,
    architecture: (state, resolution) => ({
      resolution,
      stages: space.stages.map((stage, index) => ({
        width: stage.width,
        blocks: choices[index]!.blocks[state[index]!]!,
      })),
    }),
  };
}

function tableOf(predictor: Predictor, choices: readonly StageChoices[]): Table {
  const { intercept, link } = predictor;
  const parts = choices.map((of, stage) => stageParts(predictor.stageTerms[stage]!, of));
  const across = crossTable(predictor, choices);
  const add = (state: State): number => {
    let sum = intercept;
    for (let stage = 0; stage < parts.length; stage++) sum += parts[stage]![state[stage]!]!;
    return sum;
  };
  const whole = (sum: number, state: State): number => (across === null ? sum : across(sum, state));
  const finish = (sum: number, state: State): number => linkValue(link, whole(sum, state));
  return { intercept, link, parts, eta: (state) => whole(add(state), state), value: (state) => finish(add(state), state), finish };
}

/** Adds the terms across stages to a sum; null where there are none. */
function crossTable(
  predictor: Predictor,
  choices: readonly StageChoices[],
): ((sum: number, state: State) => number) | null {
  if (predictor.additive) return null;
  const terms = predictor.crossTerms.map((term) => ({
    coefficient: term.coefficient,
    factors: term.variables.map((variable) => ({
      stage: variable.stage,
      values: Float64Array.from(choices[variable.stage]!.blocks, (blocks) => readVariable(variable, blocks)),
    })),
  }));
  return (sum, state) => {
    for (const { coefficient, factors } of terms) {
      let product = 1;
      for (const { stage, values } of factors) product *= values[state[stage]!]!;
      sum += coefficient * product;
    }
    return sum;
  };
}
