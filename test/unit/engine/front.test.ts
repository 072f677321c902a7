import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frontIndexAt, paretoFront } from "../../../src/engine/front.js";
import { nonDominated } from "../../../src/engine/nonDominated.js";
import { landscapeOf, models, predictAll, SATURATING, withCrossTerm } from "./helpers.js";

interface Point {
  readonly latency: number;
  readonly accuracy: number;
}

/** Points that no other beats, by definition: a faster or equal one is worse, or the same point. */
function bestOf(points: readonly Point[]): Point[] {
  const different = [...new Map(points.map((p) => [`${p.latency} ${p.accuracy}`, p])).values()];
  const beaten = (p: Point) => different.some((q) => q !== p && q.latency <= p.latency && q.accuracy >= p.accuracy);
  return different.filter((p) => !beaten(p)).sort((a, b) => a.latency - b.latency);
}

/** Highest accuracy within a budget, by looking at every architecture. */
const within = (points: readonly Point[], budget: number): number =>
  points.reduce((best, { latency, accuracy }) => (latency <= budget ? Math.max(best, accuracy) : best), Number.NEGATIVE_INFINITY);

describe("the Pareto front", () => {
  it("is that of all architectures written down, point for point, where sums are free of rounding", () => {
    fc.assert(
      fc.property(models("exact"), (model) => {
        const front = paretoFront(landscapeOf(model));
        const points = Array.from(front.latency, (latency, i) => ({ latency, accuracy: front.accuracy[i]! }));
        expect(points).toEqual(bestOf(predictAll(model)).map(({ latency, accuracy }) => ({ latency, accuracy })));
      }),
      { numRuns: 150 },
    );
  });

  it.each([["without a link", null], ["under a saturating link", SATURATING]] as const)("gives the best of all architectures under any budget, %s", (_, link) => {
    fc.assert(
      fc.property(models("real", link), fc.double({ min: -0.1, max: 1.1, noNaN: true }), (model, share) => {
        const front = paretoFront(landscapeOf(model));
        const points = predictAll(model);
        const latencies = points.map((point) => point.latency);
        const [low, high] = [Math.min(...latencies), Math.max(...latencies)];
        for (const budget of [low + share * (high - low), low + 1e-9, high + 1e-9, ...front.latency.map((latency) => latency + 1e-9)]) {
          const index = frontIndexAt(front, budget);
          // The oracle adds in another order: at the very edge both answers are right.
          if (Math.abs(budget - low) < 1e-10) continue;
          if (budget < low) expect(index).toBe(-1);
          else expect(front.accuracy[index]).toBeCloseTo(within(points, budget), 9);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("rises in latency and accuracy, and names architectures that have these values", () => {
    fc.assert(
      fc.property(fc.oneof(models("exact"), models("real"), models("real", SATURATING)), (model) => {
        const landscape = landscapeOf(model);
        const front = paretoFront(landscape);
        expect(front.states.length).toBeGreaterThan(0);
        front.states.forEach((state, i) => {
          expect(landscape.latency.value(state)).toBe(front.latency[i]);
          expect(landscape.accuracy.value(state)).toBe(front.accuracy[i]);
          if (i === 0) return;
          expect(front.latency[i]).toBeGreaterThan(front.latency[i - 1]! - 1e-9);
          expect(front.accuracy[i]).toBeGreaterThan(front.accuracy[i - 1]!);
        });
      }),
    );
  });

  it("is refused where a term spans two stages", () => {
    fc.assert(
      fc.property(models("exact"), ({ space, accuracy, latency }) => {
        fc.pre(space.stages.length > 1);
        const landscape = landscapeOf({ space, accuracy: withCrossTerm(accuracy, space, 1), latency });
        expect(() => paretoFront(landscape)).toThrow(TypeError);
      }),
      { numRuns: 10 },
    );
  });
});

describe("nonDominated", () => {
  it("keeps the first of equal entries, and those that no other beats", () => {
    const numbers = fc.integer({ min: 0, max: 6 });
    fc.assert(
      fc.property(fc.array(fc.tuple(numbers, numbers), { maxLength: 40 }), (pairs) => {
        const kept = nonDominated(Float64Array.from(pairs, ([l]) => l), Float64Array.from(pairs, ([, a]) => a));
        const first = pairs.map(([l, a], i) => pairs.findIndex(([m, b]) => l === m && a === b) === i);
        const beaten = pairs.map(([l, a]) => pairs.some(([m, b]) => m <= l && b >= a && (m < l || b > a)));
        const expected = pairs.map((_, i) => i).filter((i) => first[i] && !beaten[i]);
        expect([...kept]).toEqual(expected.sort((i, j) => pairs[i]![0] - pairs[j]![0]));
      }),
    );
  });
});
