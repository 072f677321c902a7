import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseCandidates, judge, NEAR_PP, type Tried } from "../../../../src/engine/device/candidates.js";
import { frontIndexAt, type Front } from "../../../../src/engine/front.js";

const rising = (length: number, least: number) =>
  fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: length, maxLength: length }).map((steps) => {
    let sum = least;
    return Float64Array.from(steps, (step) => (sum += step));
  });

/** A front, a budget somewhere about it, and which of its points are measured. */
const cases = fc.integer({ min: 1, max: 40 }).chain((n) =>
  fc.record({
    front: fc.record({ latency: rising(n, 5), accuracy: rising(n, 60) }).map((front): Front => ({ ...front, states: Array.from({ length: n }, () => new Int32Array(1)) })),
    budget: fc.double({ min: 4, max: 50, noNaN: true }),
    spread: fc.double({ min: 0, max: 0.1, noNaN: true }),
    count: fc.integer({ min: 1, max: 12 }),
    measured: fc.uniqueArray(fc.nat({ max: n - 1 })),
  }),
);

describe("the candidates to measure next", () => {
  it("are points of the front, none twice, none that is measured, as many as asked for or all that are left", () => {
    fc.assert(
      fc.property(cases, ({ front, budget, spread, count, measured }) => {
        const chosen = chooseCandidates(front, budget, spread, count, (i) => measured.includes(i));
        expect(new Set(chosen).size).toBe(chosen.length);
        for (const index of chosen) {
          expect(front.latency[index]).toBeDefined();
          expect(measured).not.toContain(index);
        }
        expect(chosen).toHaveLength(Math.min(count, front.latency.length - measured.length));
      }),
    );
  });

  it("begin with the optimum under the budget unless it is measured, then with the nearest below it", () => {
    fc.assert(
      fc.property(cases, ({ front, budget, spread, count, measured }) => {
        const [first] = chooseCandidates(front, budget, spread, count, (i) => measured.includes(i));
        const optimum = Math.max(0, frontIndexAt(front, budget));
        const below = Array.from({ length: optimum + 1 }, (_, i) => optimum - i).find((i) => !measured.includes(i));
        if (below !== undefined) expect(first).toBe(below);
      }),
    );
  });

  it("have one below the budget by a standard error, whatever the density of the front", () => {
    const n = 2000;
    const front: Front = { latency: Float64Array.from({ length: n }, (_, i) => 10 + i / 100), accuracy: Float64Array.from({ length: n }, (_, i) => 60 + i / 1000), states: [] };
    const chosen = chooseCandidates(front, 20.005, 0.01, 5, () => false).map((i) => front.latency[i]!);
    const wanted = [0, -1, -0.5, -1.5, 0.5];
    chosen.forEach((ms, i) => expect(100 * (ms / 20.005 - 1)).toBeCloseTo(wanted[i]!, 1));
  });
});

const tried = fc.array(
  fc.record({ accuracy: fc.double({ min: 60, max: 80, noNaN: true }), predicted: fc.double({ min: 1, max: 50, noNaN: true }), latency: fc.double({ min: 1, max: 50, noNaN: true }), within: fc.boolean() }),
  { minLength: 1, maxLength: 20 },
);

describe("the verdict on what was measured", () => {
  it("takes the most accurate one under the budget, measured and predicted or else measured; where none is, the fastest", () => {
    fc.assert(
      fc.property(tried, fc.double({ min: 1, max: 50, noNaN: true }), (all, budget) => {
        const { winner, underBudget } = judge(all, null, budget);
        const best = all[winner]!;
        expect(underBudget).toBe(all.some(({ latency }) => latency <= budget));
        expect(best.latency <= budget).toBe(underBudget);
        const both = (one: Tried) => one.latency <= budget && one.predicted <= budget;
        expect(both(best)).toBe(all.some(both));
        for (const other of all) {
          if (!underBudget) expect(best.latency).toBeLessThanOrEqual(other.latency);
          else if (both(other) || (other.latency <= budget && !both(best))) expect(best.accuracy).toBeGreaterThanOrEqual(other.accuracy);
        }
      }),
    );
  });

  it("says that predictor and measurement agree only on a winner under the budget, in its interval, as good as the optimum", () => {
    const one: Tried = { accuracy: 75, predicted: 10, latency: 10, within: true };
    expect(judge([one], 75, 10).agreed).toBe(true);
    expect(judge([one], 75 + 0.9 * NEAR_PP, 10).agreed).toBe(true);
    expect(judge([one], 75 + 1.1 * NEAR_PP, 10).agreed).toBe(false);
    expect(judge([one], 74, 10).agreed).toBe(true);
    expect(judge([one], null, 10).agreed).toBe(false);
    expect(judge([one], 75, 9.9).agreed).toBe(false);
    expect(judge([{ ...one, predicted: 10.1 }], 75, 10)).toEqual({ winner: 0, underBudget: true, agreed: false });
    expect(judge([{ ...one, within: false }], 75, 10).agreed).toBe(false);
    expect(judge([one, { ...one, latency: 9 }], 75, 10).winner).toBe(1);
  });
});
