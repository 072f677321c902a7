import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { latencyExtremes } from "../../../src/engine/feasible.js";
import { bestPrice, reducedCosts, stageRoom } from "../../../src/engine/priced.js";
import { landscapeOf, models, predictAll, SATURATING } from "./helpers.js";

const shares = fc.integer({ min: 0, max: 110 }).map((n) => n / 100);
const prices = fc.double({ min: 0, max: 20, noNaN: true });

describe("a price of latency", () => {
  it("bounds what is feasible; the best one bounds it closest", () => {
    fc.assert(
      fc.property(fc.oneof(models("real"), models("real", SATURATING), models("exact")), shares, prices, (model, share, other) => {
        const landscape = landscapeOf(model);
        const { latency } = latencyExtremes(landscape);
        const budget = latency[0] + share * (latency[1] - latency[0]) + 1e-9;
        const room = stageRoom(landscape, budget);
        const bound = (price: number) => reducedCosts(landscape, price).best + price * room;
        const price = bestPrice(landscape, room);
        expect(price).toBeGreaterThanOrEqual(0);
        expect(bound(price)).toBeLessThanOrEqual(bound(other) + 1e-7);
        const link = landscape.accuracy.link;
        const etaOf = (value: number) => (link === null ? value : -Math.log(link.ceiling - value));
        const best = Math.max(...predictAll(model).filter((point) => point.latency <= budget).map((point) => etaOf(point.accuracy)));
        if (Number.isFinite(best)) expect(bound(price) + landscape.accuracy.intercept).toBeGreaterThanOrEqual(best - 1e-7);
      }),
      { numRuns: 150 },
    );
  });

  it("is nothing where there is no limit", () => {
    fc.assert(
      fc.property(models("real"), (model) => {
        const landscape = landscapeOf(model);
        expect(bestPrice(landscape, Number.POSITIVE_INFINITY)).toBe(0);
        expect(bestPrice(landscape, stageRoom(landscape, latencyExtremes(landscape).latency[1] + 1))).toBe(0);
      }),
      { numRuns: 30 },
    );
  });
});
