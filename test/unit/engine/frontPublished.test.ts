import { describe, expect, it } from "vitest";
import { frontIndexAt, paretoFront, type Front } from "../../../src/engine/front.js";
import { landscapeOf, linked, once, partOf, sequencesOf, type Model } from "./helpers.js";
import { BUILT_IN, FOXNAS, hasData, published192 } from "./published.js";
import { SHAPES } from "./shapes.js";

interface Sums {
  readonly latency: number;
  readonly accuracy: number;
}

/** Sorted by latency, keeping what is better than all before. */
function prune(points: Sums[]): Sums[] {
  points.sort((a, b) => a.latency - b.latency || b.accuracy - a.accuracy);
  let best = Number.NEGATIVE_INFINITY;
  return points.filter(({ accuracy }) => {
    if (accuracy <= best) return false;
    best = accuracy;
    return true;
  });
}

const pairs = (a: readonly Sums[], b: readonly Sums[]): Sums[] =>
  a.flatMap((x) => b.map((y) => ({ latency: x.latency + y.latency, accuracy: x.accuracy + y.accuracy })));

/**
 * The exact optimum by meeting in the middle: every sequence of every stage, read term by term from the names;
 * one half of the stages against the other, the budget split between them. Nothing of src/engine takes part.
 */
class Exact {
  private readonly left: readonly Sums[];
  private readonly right: readonly Sums[];

  constructor(private readonly model: Model) {
    const { space, accuracy, latency } = model;
    const stages = space.stages.map((stage) =>
      prune(sequencesOf(stage).map((blocks) => ({ latency: partOf(latency, { width: stage.width, blocks }), accuracy: partOf(accuracy, { width: stage.width, blocks }) }))),
    );
    // Odd stages against even ones, last first: another order than the engine's.
    const side = (odd: number) => stages.filter((_, s) => s % 2 === odd).reverse().reduce((sums, stage) => prune(pairs(stage, sums)), [{ latency: 0, accuracy: 0 }]);
    this.left = side(0);
    this.right = side(1);
  }

  /** Best accuracy within a budget; NaN where none is. */
  at(budget: number): number {
    const { accuracy, latency } = this.model;
    const room = budget - latency.intercept;
    let best = Number.NEGATIVE_INFINITY;
    let j = this.right.length - 1;
    for (const { latency: used, accuracy: gained } of this.left) {
      while (j >= 0 && this.right[j]!.latency > room - used) j--;
      if (j < 0) break;
      best = Math.max(best, gained + this.right[j]!.accuracy);
    }
    return best === Number.NEGATIVE_INFINITY ? Number.NaN : linked(accuracy.link, accuracy.intercept + best);
  }
}

/** Compares the front with the exact optimum; returns how many budgets were feasible. */
function compare(front: Front, exact: Exact, budgets: readonly number[]): number {
  let feasible = 0;
  for (const budget of budgets) {
    const index = frontIndexAt(front, budget);
    const optimum = exact.at(budget);
    if (index < 0) {
      expect(optimum, `${budget} ms`).toBeNaN();
      continue;
    }
    feasible++;
    expect(Math.abs(front.accuracy[index]! - optimum), `${budget} ms: ${front.accuracy[index]} against ${optimum}`).toBeLessThan(1e-9);
  }
  return feasible;
}

const range = (from: number, to: number, step: number): number[] => Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step);

describe.runIf(hasData)("the front of the published 192-px predictors", () => {
  const ready = once(() => {
    const model: Model = { space: FOXNAS, accuracy: published192("accuracy"), latency: published192("latency") };
    return { model, front: paretoFront(landscapeOf(model)) };
  });

  it("equals an independent exact solution at every budget from 30 to 120 ms", () => {
    const { model, front } = ready();
    const exact = new Exact(model);
    expect(compare(front, exact, range(30, 120, 1))).toBeGreaterThan(80);
    expect(compare(front, exact, range(44.95, 64.95, 0.37))).toBe(55);
  });

  it("has 732 points, and 73.7012 % at 54.97 ms under 55 ms", () => {
    const { front } = ready();
    expect(front.states).toHaveLength(732);
    const index = frontIndexAt(front, 55);
    expect(front.accuracy[index]).toBeCloseTo(73.7012, 4);
    expect(front.latency[index]).toBeCloseTo(54.97, 2);
  });
});

describe("the front of the built-in predictors", () => {
  const model: Model = { space: FOXNAS, ...BUILT_IN };

  it("equals an independent exact solution at budgets over its whole range", () => {
    const front = paretoFront(landscapeOf(model));
    const exact = new Exact(model);
    const [low, high] = [front.latency[0]!, front.latency.at(-1)!];
    const budgets = [...range(low - 5, high + 5, (high - low) / 60), 100, 110, 120, 130, 150, 180, 200];
    expect(compare(front, exact, budgets)).toBeGreaterThan(55);
  });
});

describe("the front of a person's own space and predictors", () => {
  it("equals an independent exact solution at budgets over its whole range", () => {
    const front = paretoFront(landscapeOf(SHAPES));
    const [low, high] = [front.latency[0]!, front.latency.at(-1)!];
    expect(front.states.length).toBeGreaterThan(50);
    expect(compare(front, new Exact(SHAPES), range(low - 0.1, high + 0.1, (high - low) / 200))).toBeGreaterThan(190);
  });
});
