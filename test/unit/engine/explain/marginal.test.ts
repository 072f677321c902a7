import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { marginalAt } from "../../../../src/engine/explain/marginal.js";
import { paretoFront } from "../../../../src/engine/front.js";
import { gap, landscapeOf, models, predictAll, SATURATING, type Model } from "../helpers.js";

/** Stretches latencies over some milliseconds, so that a step of one crosses few points of the front. */
function stretched(model: Model, span: number): Model {
  const latencies = predictAll(model).map(({ latency }) => latency);
  const range = Math.max(...latencies) - Math.min(...latencies);
  const scale = range < 1e-3 ? 1 : span / range;
  const coefficients = Object.fromEntries(Object.entries(model.latency.coefficients).map(([name, value]) => [name, value * scale]));
  return { ...model, latency: { ...model.latency, coefficients } };
}

const anyModel = fc
  .tuple(fc.oneof(models("real"), models("exact"), models("real", SATURATING)), fc.constantFrom(2, 4, 7))
  .map(([model, span]) => stretched(model, span));

describe("what one millisecond is worth", () => {
  it("is the difference of the optima, by going through every architecture", () => {
    let [rising, unfit] = [0, 0];
    fc.assert(
      fc.property(anyModel, fc.nat(1000), fc.constantFrom(-1, 0, 1), (model, pick, step) => {
        const all = predictAll(model);
        const front = paretoFront(landscapeOf(model));
        const budget = front.latency[pick % front.latency.length]! + step + 0.0123;
        fc.pre(all.every(({ latency }) => [-1, 0, 1].every((by) => Math.abs(latency - budget - by) > 1e-9)));
        const optimum = (limit: number) => Math.max(...all.filter(({ latency }) => latency <= limit).map(({ accuracy }) => accuracy));
        const least = Math.min(...all.map(({ latency }) => latency));
        const margin = marginalAt(front, budget);
        if (least > budget) {
          expect(margin).toBeNull();
          unfit++;
          return;
        }
        expect(gap(margin!.above, optimum(budget + 1) - optimum(budget))).toBeLessThan(1e-9);
        if (least > budget - 1) expect(margin!.below).toBeNull();
        else expect(gap(margin!.below!, optimum(budget) - optimum(budget - 1))).toBeLessThan(1e-9);
        const at = front.latency.findLastIndex((latency) => latency <= budget);
        expect(gap(front.accuracy[at]!, optimum(budget))).toBeLessThan(1e-9);
        expect(margin!.cheaper).toBe(at === 0 ? null : at - 1);
        expect(margin!.better).toBe(at === front.latency.length - 1 ? null : at + 1);
        if (optimum(budget + 2) > optimum(budget + 1) && margin!.above > 0) rising++;
      }),
      // Each step of shrinking goes through every architecture again.
      { numRuns: 400, endOnFailure: true },
    );
    expect(rising).toBeGreaterThan(0);
    expect(unfit).toBeGreaterThan(0);
  });
});
