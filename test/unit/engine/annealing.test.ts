import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Annealing, type AnnealingOptions } from "../../../src/engine/annealing.js";
import { latencyExtremes } from "../../../src/engine/feasible.js";
import { frontIndexAt, paretoFront } from "../../../src/engine/front.js";
import { stageMoves } from "../../../src/engine/moves.js";
import { Random } from "../../../src/engine/random.js";
import { landscapeOf, models, predictAll, SATURATING, withCrossTerm, type Model } from "./helpers.js";
import { SHAPES } from "./shapes.js";

const LANDSCAPE = landscapeOf(SHAPES);
const { fastest, latency: RANGE } = latencyExtremes(LANDSCAPE);
const FRONT = paretoFront(LANDSCAPE);
const budgetAt = (share: number): number => RANGE[0] + share * (RANGE[1] - RANGE[0]);

const options = fc.record({
  budget: fc.integer({ min: 0, max: 100 }).map((n) => budgetAt(n / 100)),
  seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  evaluations: fc.integer({ min: 1, max: 3000 }),
  start: fc.constant(fastest),
});

const run = (some: AnnealingOptions): Annealing => {
  const annealing = new Annealing(LANDSCAPE, some);
  annealing.step(some.evaluations);
  return annealing;
};
const after = (annealing: Annealing) => annealing.snapshot();

describe("annealing", () => {
  it("ends the same however its steps are cut, trace included", () => {
    fc.assert(
      fc.property(options, fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 20 }), (some, cuts) => {
        const annealing = new Annealing(LANDSCAPE, some);
        for (let i = 0; !annealing.finished; i++) annealing.step(cuts[i % cuts.length]!);
        expect(after(annealing)).toEqual(after(run(some)));
      }),
      { numRuns: 100 },
    );
  });

  it("ends the same when it goes on from snapshots, taken anywhere and kept as JSON", () => {
    fc.assert(
      fc.property(options, fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 4 }), (some, stops) => {
        let annealing = new Annealing(LANDSCAPE, some);
        for (const stop of stops) {
          annealing.step(stop);
          const snapshot = annealing.snapshot();
          const kept = JSON.parse(JSON.stringify(snapshot)) as typeof snapshot;
          // Neither the run that made a snapshot nor one that goes on from it reaches into it.
          annealing.step(100);
          new Annealing(LANDSCAPE, some, snapshot).step(100);
          expect(snapshot).toEqual(kept);
          annealing = new Annealing(LANDSCAPE, some, kept);
        }
        annealing.step(some.evaluations);
        expect(after(annealing)).toEqual(after(run(some)));
      }),
      { numRuns: 100 },
    );
  });

  it("gives the same for the same seed, and evaluates what it was asked to", () => {
    fc.assert(
      fc.property(options, (some) => {
        const annealing = run(some);
        expect(after(run(some))).toEqual(after(annealing));
        expect(annealing.finished).toBe(true);
        expect(annealing.evaluations).toBe(some.evaluations);
        annealing.step(1000);
        expect(annealing.evaluations).toBe(some.evaluations);
      }),
      { numRuns: 50 },
    );
    const seeds = [1, 2, 3, 4].map((seed) => JSON.stringify(after(run({ budget: budgetAt(0.4), seed, evaluations: 500, start: fastest })).random));
    expect(new Set(seeds).size).toBe(4);
  });

  it("never leaves the budget, and never finds more than the proven optimum", () => {
    fc.assert(
      fc.property(options, (some) => {
        const annealing = new Annealing(LANDSCAPE, some);
        const optimum = FRONT.accuracy[frontIndexAt(FRONT, some.budget)]!;
        while (!annealing.finished) {
          annealing.step(7);
          expect(LANDSCAPE.latency.value(annealing.currentState)).toBeLessThanOrEqual(some.budget);
          expect(LANDSCAPE.latency.value(annealing.bestState)).toBeLessThanOrEqual(some.budget);
          expect(LANDSCAPE.accuracy.value(annealing.bestState)).toBeGreaterThanOrEqual(LANDSCAPE.accuracy.value(annealing.currentState));
          expect(LANDSCAPE.accuracy.value(annealing.bestState)).toBeLessThanOrEqual(optimum + 1e-12);
        }
      }),
      { numRuns: 50 },
    );
  });

  it.each([1, 50, 64, 1000, 30_000, 200_001])("of %d evaluations leaves a trace of some 400 rows at most: best never falls, evaluations and cooling go one way", (evaluations) => {
    const { trace, bestState } = run({ budget: budgetAt(0.3), seed: 5, evaluations, start: fastest });
    const rows = trace.evaluations.length;
    expect(rows).toBeLessThanOrEqual(402);
    expect(rows).toBeGreaterThanOrEqual(Math.min(2, evaluations));
    if (evaluations > 30_000) expect(rows).toBeGreaterThan(300);
    expect([trace.best.length, trace.current.length, trace.temperature.length]).toEqual([rows, rows, rows]);
    expect([trace.evaluations[0], trace.evaluations.at(-1)]).toEqual([0, evaluations]);
    expect(trace.best[0]).toBe(LANDSCAPE.accuracy.value(fastest));
    expect(trace.best.at(-1)).toBe(LANDSCAPE.accuracy.value(bestState));
    for (let i = 1; i < rows; i++) {
      expect(trace.evaluations[i]).toBeGreaterThan(trace.evaluations[i - 1]!);
      expect(trace.best[i]).toBeGreaterThanOrEqual(trace.best[i - 1]!);
      expect(trace.best[i]).toBeGreaterThanOrEqual(trace.current[i]!);
      expect(trace.temperature[i]).toBeLessThan(trace.temperature[i - 1]!);
    }
  });

  it("hands out progress that later steps leave alone", () => {
    const annealing = new Annealing(LANDSCAPE, { budget: budgetAt(0.5), seed: 9, evaluations: 5000, start: fastest });
    annealing.step(1000);
    const progress = annealing.progress();
    const copy = structuredClone(progress);
    annealing.step(4000);
    expect(progress).toEqual(copy);
    expect(annealing.progress().trace.evaluations.length).toBeGreaterThan(progress.trace.evaluations.length);
  });
});

describe("moves", () => {
  it("propose choices of the stage, and can propose any of them from any other", () => {
    const random = Random.seeded(31);
    fc.assert(
      fc.property(models("exact"), fc.nat(), (model, from) => {
        const landscape = landscapeOf(model);
        const size = landscape.choices[0]!.blocks.length;
        fc.pre(size < 100);
        const moves = stageMoves(landscape, 0);
        const proposed = new Set(Array.from({ length: 300 * size }, () => moves.propose(from % size, random)));
        expect([...proposed].sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, i) => i));
      }),
      { numRuns: 30 },
    );
  });
});

describe("annealing reaches", () => {
  it("the proven optimum of a person's own space and predictors", () => {
    for (const share of [0.1, 0.25, 0.4, 0.6, 0.8]) {
      for (const seed of [1, 2, 3]) {
        const annealing = run({ budget: budgetAt(share), seed, evaluations: 200_000, start: fastest });
        expect(LANDSCAPE.accuracy.value(annealing.bestState)).toBeCloseTo(FRONT.accuracy[frontIndexAt(FRONT, budgetAt(share))]!, 9);
      }
    }
  });

  it("the best of all architectures where terms span two stages, and no exact front exists", () => {
    const crossed: fc.Arbitrary<Model> = fc
      .tuple(fc.oneof(models("real"), models("real", SATURATING)), fc.constantFrom(-0.02, 0.01), fc.constantFrom(0.3, -0.2))
      .filter(([model]) => model.space.stages.length > 1)
      .map(([model, a, l]) => ({ ...model, accuracy: withCrossTerm(model.accuracy, model.space, a), latency: withCrossTerm(model.latency, model.space, l) }));
    fc.assert(
      fc.property(crossed, fc.nat(), fc.integer({ min: 5, max: 95 }), (model, seed, percent) => {
        const landscape = landscapeOf(model);
        expect(() => paretoFront(landscape)).toThrow(TypeError);
        const { fastest: start, latency } = latencyExtremes(landscape);
        const budget = latency[0] + ((latency[1] - latency[0]) * percent) / 100 + 1e-9;
        const annealing = new Annealing(landscape, { budget, seed, evaluations: 60_000, start });
        annealing.step(60_000);
        const best = Math.max(...predictAll(model).filter((point) => point.latency <= budget).map((point) => point.accuracy));
        expect(landscape.accuracy.value(annealing.bestState)).toBeCloseTo(best, 9);
      }),
      { numRuns: 40, seed: 20_26 },
    );
  });
});
