import type { Block } from "../architecture.js";
import { linkSecant, linkValue } from "../link.js";
import type { StageSpace } from "../space.js";
import type { AdditiveModel, StageModel } from "./additive.js";
import { partOf, type Part, type Shift } from "./part.js";
import { average } from "./stageMeans.js";

/** Mean prediction by one choice, the rest at the space's mean. */
export interface Effect {
  readonly stage: string;
  readonly what: "depth" | "transition expand" | "transition kernel" | "expand" | "kernel";
  readonly points: EffectPoint[];
}
export interface EffectPoint extends Part {
  readonly choice: number;
}

/** Difference from the baseline (pp or ms) by depth, then by the expand ratio of all of a stage's blocks. */
export interface Heatmap {
  readonly stage: string;
  readonly depth: number[];
  readonly expand: number[];
  readonly values: number[][];
}

/**
 * Partial dependence (Friedman 2001), on the scale of eta and then through the link: the value at mean eta given the
 * choice. `expand` and `kernel` give that choice to all of a stage's blocks but the transition block; where a depth has
 * none, nothing changes. The interval is the 95 % confidence interval of the difference from the baseline, shifted to
 * the value: it says how sure the effect is, not how sure the level.
 */
export function effectsOf(model: AdditiveModel): Effect[] {
  return model.predictor.space.stages.flatMap((space, index) => {
    const stage = model.stages[index]!;
    const { means } = stage;
    const overDepths = (given: (depth: number) => Float64Array) => average(space.depth.map(given));
    const transition = (gene: Gene) => (choice: number) =>
      overDepths((depth) => means.given(depth, having(stage, gene, choice)));
    const others = (gene: Gene) => (choice: number) =>
      overDepths((depth) => means.given(depth, undefined, repeated(having(stage, gene, choice), depth - 1)));
    const effect = (what: Effect["what"], choices: readonly number[], row: (choice: number) => Float64Array): Effect => ({
      stage: stage.name,
      what,
      points: choices.map((choice) => ({ choice, ...valueAt(model, stage.shift(means.overall, row(choice))) })),
    });
    return [
      effect("depth", space.depth, (depth) => means.given(depth)),
      effect("transition expand", space.expand, transition("expand")),
      effect("transition kernel", space.kernel, transition("kernel")),
      effect("expand", space.expand, others("expand")),
      effect("kernel", space.kernel, others("kernel")),
    ];
  });
}

/** For every stage: depth and one expand ratio for all of its blocks, kernel sizes drawn. */
export function heatmapsOf(model: AdditiveModel): Heatmap[] {
  return model.predictor.space.stages.map((space, index) => heatmap(model, model.stages[index]!, space));
}

function heatmap(model: AdditiveModel, stage: StageModel, { depth, expand }: StageSpace): Heatmap {
  const difference = (blocks: number, ratio: number): number => {
    const options = having(stage, "expand", ratio);
    const row = stage.means.given(blocks, options, repeated(options, blocks - 1));
    return valueAt(model, stage.shift(stage.means.overall, row)).value - model.baseline;
  };
  return {
    stage: stage.name,
    depth: [...depth],
    expand: [...expand],
    values: depth.map((blocks) => expand.map((ratio) => difference(blocks, ratio))),
  };
}

type Gene = keyof Block;
const having = ({ means }: StageModel, gene: Gene, choice: number): Block[] => means.options.filter((block) => block[gene] === choice);
const repeated = <T>(item: T, times: number): T[] => Array.from({ length: times }, () => item);

function valueAt({ predictor, meanEta, baseline }: AdditiveModel, shift: Shift): Part {
  const { interval } = partOf(shift, linkSecant(predictor.link, meanEta, meanEta + shift.value));
  return {
    value: linkValue(predictor.link, meanEta + shift.value),
    interval: interval === null ? null : [baseline + interval[0], baseline + interval[1]],
  };
}
