import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { marginalAt } from "../../../../src/engine/explain/marginal.js";
import { paretoFront } from "../../../../src/engine/front.js";
import { gap, landscapeOf, models, predictAll, SATURATING } from "../helpers.js";

const anyModel = fc.oneof(models("real"), models("exact"), models("tenths"), models("real", SATURATING));

describe("what one millisecond is worth", () => {
  it("is the difference of the optima, by going through every architecture", () => {
    fc.assert(
      fc.property(anyModel, fc.double({ min: -0.2, max: 1.2, noNaN: true }), (model, share) => {
        const all = predictAll(model);
        const latencies = all.map(({ latency }) => latency);
        const [least, most] = [Math.min(...latencies), Math.max(...latencies)];
        const budget = least + share * (most - least);
        fc.pre(latencies.every((latency) => [-1, 0, 1].every((step) => Math.abs(latency - budget - step) > 1e-9)));
        const optimum = (limit: number) => Math.max(...all.filter(({ latency }) => latency <= limit).map(({ accuracy }) => accuracy));
        const front = paretoFront(landscapeOf(model));
        const margin = marginalAt(front, budget);
        if (least > budget) {
          expect(margin).toBeNull();
          return;
        }
        expect(gap(margin!.above, optimum(budget + 1) - optimum(budget))).toBeLessThan(1e-9);
        if (least > budget - 1) expect(margin!.below).toBeNull();
        else expect(gap(margin!.below!, optimum(budget) - optimum(budget - 1))).toBeLessThan(1e-9);
        const at = front.latency.findLastIndex((latency) => latency <= budget);
        expect(gap(front.accuracy[at]!, optimum(budget))).toBeLessThan(1e-9);
        expect(margin!.cheaper).toBe(at === 0 ? null : at - 1);
        expect(margin!.better).toBe(at === front.latency.length - 1 ? null : at + 1);
      }),
      { numRuns: 120 },
    );
  });
});
