import type { Block } from "../architecture.js";
import { sumKey } from "../stageChoices.js";
import { statisticOf, type Statistic } from "../variables.js";

/** What sums of some statistics over random blocks can be, and how probable that is. */
export interface Outcome {
  readonly sums: readonly number[];
  readonly probability: number;
}

/** Sums over no blocks. */
export const nothing = (statistics: readonly Statistic[]): Outcome[] => [{ sums: statistics.map(() => 0), probability: 1 }];

/** Adds an independent block, drawn uniformly from `options`; equal sums are merged, so that many blocks stay few outcomes. */
export function addBlock(before: readonly Outcome[], options: readonly Block[], statistics: readonly Statistic[]): Outcome[] {
  const gains = merge(options.map((block) => ({ sums: statistics.map((name) => statisticOf(name)(block)), probability: 1 / options.length })));
  if (gains.length === 1) return before.map((outcome) => plus(outcome, gains[0]!));
  return merge(before.flatMap((outcome) => gains.map((gain) => plus(outcome, gain))));
}

const plus = (a: Outcome, b: Outcome): Outcome => ({
  sums: a.sums.map((sum, s) => sum + b.sums[s]!),
  probability: a.probability * b.probability,
});

function merge(outcomes: readonly Outcome[]): Outcome[] {
  const merged = new Map<string | number, { sums: readonly number[]; probability: number }>();
  for (const { sums, probability } of outcomes) {
    const key = sums.length === 1 ? sumKey(sums[0]!) : sums.map(sumKey).join(" ");
    const seen = merged.get(key);
    if (seen === undefined) merged.set(key, { sums, probability });
    else seen.probability += probability;
  }
  return [...merged.values()];
}
