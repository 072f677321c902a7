import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { latencyExtremes } from "../../../src/engine/feasible.js";
import { landscapeOf, models, predictAll, SATURATING, withCrossTerm } from "./helpers.js";

const extremesOf = (values: readonly number[]): [number, number] => [Math.min(...values), Math.max(...values)];

describe("the feasible range of latency", () => {
  it("reaches from the fastest to the slowest of all architectures written down, and names them", () => {
    fc.assert(
      fc.property(fc.oneof(models("exact"), models("real"), models("tenths", SATURATING)), (model) => {
        const landscape = landscapeOf(model);
        const { fastest, slowest, latency, proved } = latencyExtremes(landscape);
        const [low, high] = extremesOf(predictAll(model).map((point) => point.latency));
        expect(latency[0]).toBeCloseTo(low, 9);
        expect(latency[1]).toBeCloseTo(high, 9);
        expect([landscape.latency.value(fastest), landscape.latency.value(slowest)]).toEqual(latency);
        expect(proved).toBe(true);
      }),
    );
  });

  it("is that of architectures that exist, and not called proved, where a term spans two stages", () => {
    fc.assert(
      fc.property(models("exact"), fc.constantFrom(-2, 0.5), (model, coefficient) => {
        fc.pre(model.space.stages.length > 1);
        const crossed = { ...model, latency: withCrossTerm(model.latency, model.space, coefficient) };
        const landscape = landscapeOf(crossed);
        const { fastest, slowest, latency, proved } = latencyExtremes(landscape);
        const all = predictAll(crossed).map((point) => point.latency);
        const [low, high] = extremesOf(all);
        expect(proved).toBe(false);
        expect(all).toContain(latency[0]);
        expect(all).toContain(latency[1]);
        expect(latency[0]).toBeGreaterThanOrEqual(low);
        expect(latency[1]).toBeLessThanOrEqual(high);
        // No change of a single stage goes further.
        landscape.choices.forEach(({ blocks }, stage) => {
          blocks.forEach((_, choice) => {
            expect(landscape.latency.value(fastest.with(stage, choice))).toBeGreaterThanOrEqual(latency[0]);
            expect(landscape.latency.value(slowest.with(stage, choice))).toBeLessThanOrEqual(latency[1]);
          });
        });
      }),
      { numRuns: 50 },
    );
  });
});
