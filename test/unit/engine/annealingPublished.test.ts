import { describe, expect, it } from "vitest";
import { Annealing, DEFAULT_EVALUATIONS } from "../../../src/engine/annealing.js";
import { latencyExtremes } from "../../../src/engine/feasible.js";
import { frontIndexAt, paretoFront } from "../../../src/engine/front.js";
import { landscapeOf, valueOf, type Model } from "./helpers.js";
import { BUILT_IN, FOXNAS, hasData, published192 } from "./published.js";

const SEEDS = [1, 2, 3];

/** Accuracy short of the proven optimum, pp, for every budget and seed; checks the architectures found. */
function gaps(model: Model, budgets: readonly number[]): Record<string, number> {
  const landscape = landscapeOf(model);
  const front = paretoFront(landscape);
  const { fastest } = latencyExtremes(landscape);
  const found = budgets.flatMap((budget) =>
    SEEDS.map((seed): [string, number] => {
      const annealing = new Annealing(landscape, { budget, seed, evaluations: DEFAULT_EVALUATIONS, start: fastest });
      annealing.step(DEFAULT_EVALUATIONS);
      const { stages } = landscape.architecture(annealing.bestState, 192);
      expect(valueOf(model.latency, stages)).toBeLessThanOrEqual(budget + 1e-9);
      return [`${budget} ms, seed ${seed}`, front.accuracy[frontIndexAt(front, budget)]! - valueOf(model.accuracy, stages)];
    }),
  );
  return Object.fromEntries(found);
}

const reached = (all: Record<string, number>): void => {
  const missed = Object.entries(all).filter(([, gap]) => Math.abs(gap) > 1e-9);
  expect(missed).toEqual([]);
};

describe("annealing with its default evaluations reaches the proven optimum", () => {
  it.runIf(hasData).each([45, 55, 60, 90])("of the published 192-px predictors at %d ms", (budget) => {
    reached(gaps({ space: FOXNAS, accuracy: published192("accuracy"), latency: published192("latency") }, [budget]));
  });

  it.each([90, 110, 150])("of the built-in predictors at %d ms", (budget) => {
    reached(gaps({ space: FOXNAS, ...BUILT_IN }, [budget]));
  });
});
