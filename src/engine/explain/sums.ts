import type { Block } from "../architecture.js";
import type { StageSpace } from "../space.js";
import { requireSize, sumKey } from "../stageChoices.js";
import { statisticOf, type Statistic } from "../variables.js";

/** What sums of some statistics over random blocks can be, and how probable that is. */
export interface Outcome {
  readonly sums: readonly number[];
  readonly probability: number;
}

/** Sums over no blocks. */
export const nothing = (statistics: readonly Statistic[]): Outcome[] => [{ sums: statistics.map(() => 0), probability: 1 }];

/**
 * Adds an independent block of a stage, drawn uniformly from `options`; equal sums are merged, so that many blocks stay
 * few outcomes.
 * @throws ModelError where more than 400,000 remain
 */
export function addBlock(before: readonly Outcome[], stage: StageSpace, options: readonly Block[], statistics: readonly Statistic[]): Outcome[] {
  const gains = new Merged();
  for (const block of options) gains.add(statistics.map((name) => statisticOf(name)(block)), 1 / options.length);
  if (gains.outcomes.size === 1 && before.length === 1) return [together(before[0]!, gains.values()[0]!)];
  const after = new Merged();
  for (const gain of gains.values()) {
    for (const outcome of before) {
      const { sums, probability } = together(outcome, gain);
      after.add(sums, probability);
    }
    requireSize(stage, after.outcomes.size);
  }
  return after.values();
}

const together = (a: Outcome, b: Outcome): Outcome => ({
  sums: a.sums.map((sum, s) => sum + b.sums[s]!),
  probability: a.probability * b.probability,
});

class Merged {
  readonly outcomes = new Map<string | number, { sums: readonly number[]; probability: number }>();

  add(sums: readonly number[], probability: number): void {
    const key = sums.length === 1 ? sumKey(sums[0]!) : sums.map(sumKey).join(" ");
    const seen = this.outcomes.get(key);
    if (seen === undefined) this.outcomes.set(key, { sums, probability });
    else seen.probability += probability;
  }

  values(): Outcome[] {
    return [...this.outcomes.values()];
  }
}
