import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Annealing } from "../../../src/engine/annealing.js";
import { chanceOptimum, safestState } from "../../../src/engine/chance.js";
import { ChanceConstraint } from "../../../src/engine/chanceConstraint.js";
import { tQuantile } from "../../../src/engine/distributions.js";
import { ModelError } from "../../../src/engine/errors.js";
import { latencyExtremes } from "../../../src/engine/feasible.js";
import { frontIndexAt, paretoFront } from "../../../src/engine/front.js";
import type { State } from "../../../src/engine/landscape.js";
import type { Link } from "../../../src/engine/link.js";
import { countNearTies } from "../../../src/engine/nearTies.js";
import { Predictor, type PredictorData } from "../../../src/engine/predictor.js";
import { withinBudget } from "../../../src/engine/withinBudget.js";
import { landscapeOf, models, predictorsOf, SATURATING, withCrossTerm, type Model } from "./helpers.js";

/** A covariance of the coefficients: A A' of random numbers, singular where A is narrow. */
function uncertain(latency: PredictorData, error: number, dof: number, spread: number, numbers: readonly number[], rank: number, predictionFactor?: number): PredictorData {
  const terms = ["(Intercept)", ...Object.keys(latency.coefficients)];
  const a = terms.map((_, i) => Array.from({ length: Math.min(rank, terms.length) }, (__, j) => spread * numbers[(i * 17 + j * 5) % numbers.length]!));
  const covariance = a.flatMap((row, i) => a.slice(0, i + 1).map((other) => row.reduce((sum, value, j) => sum + value * other[j]!, 0)));
  // Singular and without error, a variance of nothing but rounding would decide.
  if (error === 0) covariance.fill(0);
  return { ...latency, fit: { dof, residualStdError: error, terms, covariance, maxLeverage: 1, predictionFactor } };
}

const LATENCY_LINK: Link = { kind: "saturating", ceiling: 120 };
/** Models whose latency predictor carries a covariance: leverages of every size, singular ones, a link on either side. */
const uncertainModels: fc.Arbitrary<Model> = fc
  .tuple(fc.oneof(models("real"), models("real", SATURATING), models("tenths")), fc.boolean())
  .chain(([model, linked]) => (linked ? predictorsOf(model.space, "latency", "real", LATENCY_LINK).map((latency) => ({ ...model, latency })) : fc.constant(model)))
  .chain((model) =>
    fc
      .record({
        error: fc.constantFrom(0, 0.01, 0.3),
        dof: fc.constantFrom(3, 40, 300),
        spread: fc.constantFrom(0, 0.003, 0.1),
        numbers: fc.array(fc.integer({ min: -100, max: 100 }).map((n) => n / 100), { minLength: 41, maxLength: 41 }),
        rank: fc.constantFrom(1, 3, 99),
        factor: fc.constantFrom(undefined, 0.6, 1, 1.4),
      })
      .map(({ error, dof, spread, numbers, rank, factor }) => ({ ...model, latency: uncertain(model.latency, error, dof, spread, numbers, rank, factor) })),
  );
const probabilities = fc.constantFrom(0.51, 0.8, 0.95, 0.999);
const shares = fc.integer({ min: 0, max: 100 }).map((n) => n / 100);

/** A landscape with every state, its bound by the predictor's own interval alone, and a budget that some keep. */
function set(model: Model, probability: number, share: number) {
  const landscape = landscapeOf(model);
  const predictor = new Predictor(model.space, model.latency);
  const constraint = new ChanceConstraint(landscape, predictor, probability);
  const t = tQuantile(probability, model.latency.fit!.dof);
  const states = landscape.choices
    .reduce<number[][]>((before, { blocks }) => before.flatMap((state) => blocks.map((_, i) => [...state, i])), [[]])
    .map((state) => Int32Array.from(state));
  const bounds = states.map((state) => {
    const { stages } = landscape.architecture(state, 1);
    const { uncertainty, link } = predictor;
    const eta = predictor.eta(stages) + t * uncertainty!.predictionStdError(uncertainty!.row(stages));
    return link === null ? eta : link.ceiling - Math.exp(-eta);
  });
  const [low, high] = [bounds.reduce((a, b) => Math.min(a, b)), bounds.reduce((a, b) => Math.max(a, b))];
  const budget = low + (share + 0.000123) * (high - low) + 1e-4;
  return { landscape, predictor, constraint, states, bounds, low, budget };
}

const near = (a: number, b: number) => Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a), Math.abs(b));

describe("a budget kept with a probability", () => {
  it("binds each state as the predictor's covariance does", () => {
    fc.assert(
      fc.property(uncertainModels, probabilities, (model, probability) => {
        const { constraint, states, bounds, predictor, landscape } = set(model, probability, 0.5);
        states.forEach((state, i) => {
          expect(near(constraint.bound(state), bounds[i]!)).toBe(true);
          // Bounds at a link's ceiling have lost their digits.
          if (model.latency.fit!.residualStdError === 0 || (model.latency.link !== null && 120 - bounds[i]! < 1e-4)) return;
          // The probability of staying within one's own bound is the one asked for.
          expect(withinBudget(predictor, landscape.architecture(state, 1).stages, bounds[i]!)).toBeCloseTo(probability, 4);
        });
        const budget = bounds[0]!;
        const admitted = states.filter((_, i) => bounds[i]! <= budget - 1e-9);
        for (const state of admitted) expect(landscape.latency.value(state)).toBeLessThanOrEqual(constraint.largestLatency(budget) + 1e-7);
      }),
      { numRuns: 60 },
    );
  });

  it("has its least at the safest state, and its optimum, as by going through every group", () => {
    let off = 0;
    fc.assert(
      fc.property(uncertainModels, probabilities, shares, (model, probability, share) => {
        const { landscape, constraint, states, bounds, low, budget } = set(model, probability, share);
        fc.pre(!bounds.some((bound) => near(bound, budget)));
        const safest = safestState(landscape, constraint, latencyExtremes(landscape).fastest);
        expect(safest.proved).toBe(true);
        expect(near(safest.bound, low)).toBe(true);
        const front = paretoFront(landscape);
        const optimum = chanceOptimum(landscape, front, constraint, budget, safest.state);
        const best = Math.max(...states.filter((_, i) => bounds[i]! <= budget).map((state) => landscape.accuracy.value(state)));
        expect(optimum.proved).toBe(true);
        expect(optimum.accuracy).toBe(best);
        expect(optimum.atMost).toBe(best);
        expect(optimum.accuracy).toBe(landscape.accuracy.value(optimum.state));
        expect(constraint.bound(optimum.state)).toBeLessThanOrEqual(budget);
        if (!front.accuracy.includes(best)) off++;
      }),
      { numRuns: 1600 },
    );
    // Leverage moves optima off the front.
    expect(off).toBeGreaterThan(3);
  });

  it("where the search is cut short says so, with a bound that holds", () => {
    let cut = 0;
    fc.assert(
      fc.property(uncertainModels, probabilities, shares, fc.integer({ min: 0, max: 30 }), (model, probability, share, most) => {
        const { landscape, constraint, states, bounds, budget } = set(model, probability, share);
        const safest = safestState(landscape, constraint, latencyExtremes(landscape).fastest);
        const { proved, accuracy, atMost, state } = chanceOptimum(landscape, paretoFront(landscape), constraint, budget, safest.state, most);
        const best = Math.max(...states.filter((_, i) => bounds[i]! <= budget - 1e-4).map((one) => landscape.accuracy.value(one)));
        expect(constraint.bound(state)).toBeLessThanOrEqual(budget);
        expect(atMost).toBeGreaterThanOrEqual(best);
        expect(accuracy).toBeLessThanOrEqual(atMost);
        if (!proved) cut++;
      }),
      { numRuns: 100 },
    );
    expect(cut).toBeGreaterThan(10);
  });

  it("is the plain budget where measurements have no error, and nearly at even odds where it is small", () => {
    fc.assert(
      fc.property(fc.oneof(models("real"), models("real", SATURATING)), shares, probabilities, (plain, share, probability) => {
        const exact = { ...plain, latency: uncertain(plain.latency, 0, 40, 0, [0], 1) };
        const landscape = landscapeOf(exact);
        const front = paretoFront(landscape);
        const { fastest, latency } = latencyExtremes(landscape);
        const budget = latency[0] + (share + 0.000123) * (latency[1] - latency[0]) + 1e-4;
        const constraint = new ChanceConstraint(landscape, new Predictor(exact.space, exact.latency), probability);
        const expected = front.accuracy[frontIndexAt(front, budget)]!;
        expect(chanceOptimum(landscape, front, constraint, budget, fastest).accuracy).toBe(expected);

        const noisy = uncertain(plain.latency, 1e-6, 40, 1e-6, [0.5, -1, 0.25], 3);
        const even = new ChanceConstraint(landscape, new Predictor(exact.space, noisy), 0.5 + 1e-9);
        fc.pre(Math.abs(front.latency[frontIndexAt(front, budget)]! - budget) > 1e-6);
        expect(chanceOptimum(landscape, front, even, budget, fastest).accuracy).toBe(expected);
      }),
      { numRuns: 100 },
    );
  });

  it("is never left by the annealer, which finds no more than the optimum and mostly all of it", () => {
    let [reached, runs] = [0, 0];
    fc.assert(
      fc.property(uncertainModels, probabilities, shares, fc.nat(), (model, probability, share, seed) => {
        const { landscape, constraint, budget } = set(model, probability, share);
        const safest = safestState(landscape, constraint, latencyExtremes(landscape).fastest);
        const optimum = chanceOptimum(landscape, paretoFront(landscape), constraint, budget, safest.state);
        const admits = (state: State) => constraint.bound(state) <= budget;
        const options = { budget: constraint.largestLatency(budget), seed, evaluations: 4000, start: safest.state, admits };
        const annealing = new Annealing(landscape, options);
        while (!annealing.finished) {
          annealing.step(97);
          expect(admits(annealing.bestState)).toBe(true);
          expect(admits(annealing.currentState)).toBe(true);
        }
        const found = landscape.accuracy.value(annealing.bestState);
        expect(found).toBeLessThanOrEqual(optimum.accuracy);
        runs++;
        if (near(found, optimum.accuracy)) reached++;
      }),
      { numRuns: 60, seed: 7 },
    );
    expect(reached / runs).toBeGreaterThan(0.9);
  });

  it("limits the near-ties too", () => {
    let excluded = 0;
    fc.assert(
      fc.property(uncertainModels, probabilities, shares, (model, probability, share) => {
        const { landscape, constraint, states, bounds, budget } = set(model, probability, share);
        const front = paretoFront(landscape);
        const safest = safestState(landscape, constraint, latencyExtremes(landscape).fastest);
        const { state: optimum, accuracy } = chanceOptimum(landscape, front, constraint, budget, safest.state);
        const floor = accuracy - 0.5137;
        fc.pre(!states.some((state, i) => near(bounds[i]!, budget) || near(landscape.accuracy.value(state), floor)));
        const tied = (state: State) => landscape.accuracy.value(state) >= floor;
        const among = { optimum, admits: (state: State) => constraint.bound(state) <= budget };
        const index = Math.max(0, frontIndexAt(front, budget));
        const counted = countNearTies(landscape, front, model.accuracy.link, index, budget, 0.5137, 1e9, { among })!;
        expect(counted.distinct).toBe(states.filter((state, i) => bounds[i]! <= budget && tied(state)).length - 1);
        excluded += states.filter((state, i) => bounds[i]! > budget && landscape.latency.value(state) <= budget && tied(state)).length;
      }),
      { numRuns: 100 },
    );
    expect(excluded).toBeGreaterThan(0);
  });
});

describe("a probability is refused", () => {
  const [model] = fc.sample(models("real"), { numRuns: 1, seed: 3 });
  const constraintOf = (latency: PredictorData) => new ChanceConstraint(landscapeOf(model!), new Predictor(model!.space, latency), 0.9);
  const certain = uncertain(model!.latency, 0.1, 9, 0.1, [0.3, -0.7, 1], 9);

  it("without a covariance, with one that is none, and with one of terms that the groups do not see", () => {
    expect(() => constraintOf(model!.latency)).toThrow(ModelError);
    const { covariance, terms } = certain.fit!;
    const negative = { ...certain, fit: { ...certain.fit!, covariance: [...covariance.slice(0, -1), -1] } };
    expect(() => constraintOf(negative)).toThrow(/negative variance/);
    const { [terms.at(-1)!]: _, ...others } = certain.coefficients;
    expect(() => constraintOf({ ...certain, coefficients: others })).toThrow(/no coefficient/);
    expect(() => constraintOf(certain)).not.toThrow();
  });

  it("where the latency has terms across stages", () => {
    const [crossed] = fc.sample(models("real").filter(({ space }) => space.stages.length > 1), { numRuns: 1, seed: 3 });
    const latency = withCrossTerm(uncertain(crossed!.latency, 0.1, 9, 0.1, [0.3], 9), crossed!.space, 0.1);
    expect(() => new ChanceConstraint(landscapeOf({ ...crossed!, latency }), new Predictor(crossed!.space, latency), 0.9)).toThrow(TypeError);
  });
});

describe("the probability that a measurement stays within a budget", () => {
  it("is a half at the prediction, rises with the budget, and is certain beyond a link's ceiling", () => {
    fc.assert(
      fc.property(uncertainModels, (model) => {
        const predictor = new Predictor(model.space, model.latency);
        const { stages } = landscapeOf(model).architecture(Int32Array.from(model.space.stages, () => 0), 1);
        const value = predictor.value(stages);
        const rising = [-50, -1, -0.01, 0, 0.01, 1, 50].map((more) => withinBudget(predictor, stages, value + more)!);
        expect(rising).toEqual([...rising].sort((a, b) => a - b));
        expect(rising.every((p) => p >= 0 && p <= 1)).toBe(true);
        if (model.latency.fit!.residualStdError > 0 && model.latency.link === null) expect(rising[3]).toBeCloseTo(0.5, 9);
        if (model.latency.link !== null) expect(withinBudget(predictor, stages, 120)).toBe(1);
        expect(withinBudget(new Predictor(model.space, { ...model.latency, fit: undefined }), stages, value)).toBeNull();
      }),
      { numRuns: 60 },
    );
  });
});
