import type { DepthGrid, StageChoices } from "../stageChoices.js";
import type { PerChoice } from "./part.js";

/** Mean and variance of a function of a stage, and what each choice explains of the variance; these add up to it. */
export interface Spread {
  readonly mean: number;
  readonly variance: number;
  readonly parts: PerChoice<number>;
}

/** Relative standard deviations below this are rounding. */
const ROUNDING = 1e-12;

/**
 * Functional ANOVA of a stage, the depth first: Var E[f|depth], then the mean over depths of the variance given the
 * depth that the transition block, the other blocks' expand ratios and their kernel sizes explain alone, then what
 * remains. `choices` must tell apart all but the order of blocks (blockCounts); `values` are f, by choice.
 */
export function spreadOf(choices: StageChoices, values: Float64Array): Spread {
  const given = choices.grid.map((grid) => depthSpread(choices, grid, values));
  const means = given.map(({ mean }) => mean);
  const mean = averageOf(means);
  const parts = {
    depth: averageOf(means.map((value) => (value - mean) ** 2)),
    transition: averageOf(given.map(({ transition }) => transition)),
    expand: averageOf(given.map(({ expand }) => expand)),
    kernel: averageOf(given.map(({ kernel }) => kernel)),
  };
  const variance = parts.depth + averageOf(given.map((of) => of.variance));
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (variance <= (ROUNDING * largest) ** 2) return { mean, variance: 0, parts: { depth: 0, transition: 0, expand: 0, kernel: 0, together: 0 } };
  const together = Math.max(0, variance - parts.depth - parts.transition - parts.expand - parts.kernel);
  return { mean, variance, parts: { ...parts, together } };
}

const averageOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Variances given one depth. */
interface DepthSpread {
  readonly mean: number;
  readonly variance: number;
  readonly transition: number;
  readonly expand: number;
  readonly kernel: number;
}

function depthSpread({ blocks, counts }: StageChoices, grid: DepthGrid, values: Float64Array): DepthSpread {
  const { offset, rests, depth } = grid;
  const transitions = grid.expands * grid.kernels;
  const weights = counts.slice(offset, offset + rests).map((count) => count / transitions ** (depth - 1));
  const byTransition = new Float64Array(transitions);
  const byRest = new Float64Array(rests);
  for (let t = 0, at = offset; t < transitions; t++) {
    for (let r = 0; r < rests; r++, at++) {
      byTransition[t]! += weights[r]! * values[at]!;
      byRest[r]! += values[at]! / transitions;
    }
  }
  const mean = byTransition.reduce((sum, value) => sum + value, 0) / transitions;
  let variance = 0;
  for (let t = 0, at = offset; t < transitions; t++) {
    for (let r = 0; r < rests; r++, at++) variance += (weights[r]! * (values[at]! - mean) ** 2) / transitions;
  }
  const groupedBy = (gene: "expand" | "kernel") => {
    const keys = blocks.slice(offset, offset + rests).map((sequence) => sequence.slice(1).map((block) => block[gene]).sort().join());
    return groupVariance(keys, weights, byRest, mean);
  };
  return {
    mean,
    variance,
    transition: byTransition.reduce((sum, value) => sum + (value - mean) ** 2, 0) / transitions,
    expand: groupedBy("expand"),
    kernel: groupedBy("kernel"),
  };
}

/**
 * Variance of the means of groups. Sequences whose blocks differ in order only have the same mean, so a group is a
 * multiset of choices.
 */
function groupVariance(keys: readonly string[], weights: Float64Array, values: Float64Array, mean: number): number {
  const groups = new Map<string, { weight: number; sum: number }>();
  keys.forEach((key, r) => {
    const group = groups.get(key) ?? { weight: 0, sum: 0 };
    group.weight += weights[r]!;
    group.sum += weights[r]! * values[r]!;
    groups.set(key, group);
  });
  return [...groups.values()].reduce((sum, group) => sum + group.weight * (group.sum / group.weight - mean) ** 2, 0);
}
