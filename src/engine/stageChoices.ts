import type { Block } from "./architecture.js";
import { ModelError } from "./errors.js";
import { stageName, type StageSpace } from "./space.js";
import { statisticOf, type Statistic } from "./variables.js";

/** What one stage can be, up to what the predictors can tell apart, in a grid a search can walk on. */
export interface StageChoices {
  /** One sequence of blocks for each choice. */
  readonly blocks: readonly (readonly Block[])[];
  /** How many sequences each choice stands for (order of blocks counts). */
  readonly counts: Float64Array;
  /** Probability of each choice when depth, then every block, is drawn uniformly. */
  readonly weights: Float64Array;
  readonly grid: readonly DepthGrid[];
  /** What the predictors see of the other blocks: sequences with equal sums are one choice. */
  readonly statistics: readonly Statistic[];
}

/** The choices of one depth: index = offset + (expand x kernels + kernel) x rests + rest. */
export interface DepthGrid {
  readonly depth: number;
  readonly offset: number;
  /** Expand and kernel choices of the transition block. */
  readonly expands: number;
  readonly kernels: number;
  /** Distinguishable choices of the other blocks. */
  readonly rests: number;
}

interface Rest {
  blocks: readonly Block[];
  readonly sums: readonly number[];
  count: number;
  /** Of the blocks. */
  cost: number;
}

/** Tables beyond this are refused: they would not fit in memory. */
const MOST_CHOICES = 400_000;

/**
 * Enumerates a stage. Predictors see the other blocks only through sums of `statistics`, so sequences with
 * equal sums are one choice: dynamic programming over the blocks, merging equal sums, counts them exactly.
 * @param cost of an other block; each choice then shows the sequence whose blocks cost least in all. The choices and
 *   their order are the same without it
 * @throws ModelError where more than 400,000 choices remain
 */
export function stageChoices(stage: StageSpace, statistics: readonly Statistic[], cost: (block: Block) => number = free): StageChoices {
  const options = stage.expand.flatMap((expand) => stage.kernel.map((kernel) => ({ expand, kernel })));
  const deepest = Math.max(...stage.depth);
  const restsByDepth = [new Map<string, Rest>([["", { blocks: [], sums: statistics.map(() => 0), count: 1, cost: 0 }]])];
  for (let others = 1; others < deepest; others++) {
    restsByDepth.push(extend(restsByDepth[others - 1]!, options, statistics, stage, cost));
  }
  const blocks: Block[][] = [];
  const counts: number[] = [];
  const weights: number[] = [];
  const grid = stage.depth.map((depth) => {
    const rests = [...restsByDepth[depth - 1]!.values()];
    const offset = blocks.length;
    const sequences = options.length ** depth * stage.depth.length;
    requireSize(stage, offset + options.length * rests.length);
    for (const transition of options) {
      for (const rest of rests) {
        blocks.push([transition, ...rest.blocks]);
        counts.push(rest.count);
        weights.push(rest.count / sequences);
      }
    }
    return { depth, offset, expands: stage.expand.length, kernels: stage.kernel.length, rests: rests.length };
  });
  return { blocks, counts: Float64Array.from(counts), weights: Float64Array.from(weights), grid, statistics };
}

/**
 * The same without a predictor: sequences that differ in the order of the other blocks only are one choice.
 * @throws ModelError where more than 400,000 choices remain
 */
export function blockCounts(stage: StageSpace): StageChoices {
  return stageChoices(stage, stage.expand.flatMap((e) => stage.kernel.map((k): Statistic => `e${e} k${k}`)));
}
const free = () => 0;

/** Adds one block to every rest and merges those with equal sums. */
function extend(
  rests: ReadonlyMap<string, Rest>,
  options: readonly Block[],
  statistics: readonly Statistic[],
  stage: StageSpace,
  costOf: (block: Block) => number,
): Map<string, Rest> {
  const extended = new Map<string, Rest>();
  const gains = options.map((option) => statistics.map((name) => statisticOf(name)(option)));
  const costs = options.map(costOf);
  for (const rest of rests.values()) {
    options.forEach((option, o) => {
      const sums = rest.sums.map((sum, s) => sum + gains[o]![s]!);
      const key = sums.map(sumKey).join(" ");
      const seen = extended.get(key);
      const cost = rest.cost + costs[o]!;
      if (seen === undefined) extended.set(key, { blocks: [...rest.blocks, option], sums, count: rest.count, cost });
      else {
        seen.count += rest.count;
        // The sums stay those seen first: others differ in the last digits.
        if (cost < seen.cost) Object.assign(seen, { blocks: [...rest.blocks, option], cost });
      }
    });
  }
  requireSize(stage, extended.size);
  return extended;
}

/** Sums of logarithms depend on the order in their last digits; nine digits tell real differences from that. */
export const sumKey = (sum: number): number => Math.round(sum * 1e9);

/** @throws ModelError where a table over a stage would have more than 400,000 entries */
export function requireSize(stage: StageSpace, size: number): void {
  if (size <= MOST_CHOICES) return;
  throw new ModelError(
    `stage ${stageName(stage)} has too many choices to tabulate`,
    ["stages"],
    `over ${MOST_CHOICES} that the predictors can tell apart`,
    `at most ${MOST_CHOICES}`,
    "Give the stage fewer depths, expand ratios or kernel sizes.",
  );
}
