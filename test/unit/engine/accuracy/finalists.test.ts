import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Stage } from "../../../../src/engine/architecture.js";
import { chooseFinalists, type Candidate } from "../../../../src/engine/accuracy/finalists.js";
import { frontIndexAt, paretoFront } from "../../../../src/engine/front.js";
import { tabulate } from "../../../../src/engine/landscape.js";
import { Predictor } from "../../../../src/engine/predictor.js";
import { architecturesOf, models, SATURATING, withCrossTerm, type Model } from "../helpers.js";
import { BUILT_IN, FOXNAS } from "../published.js";

/** What the accuracy predictor sees of an architecture: equal texts, equal terms in every stage. */
const groupOf = (accuracy: Predictor, stages: readonly Stage[]): string =>
  stages.map(({ blocks }, stage) => Math.round(accuracy.stagePart(stage, blocks) * 1e9)).join(" ");

interface Case extends Model {
  readonly budget: number;
  readonly count: number;
}
/** A budget between the fastest and the slowest, just above some architecture's latency. */
const cases = (model: fc.Arbitrary<Model>): fc.Arbitrary<Case> =>
  fc.tuple(model, fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 12 })).map(([{ space, accuracy, latency }, at, count]) => {
    const predictor = new Predictor(space, latency);
    const latencies = architecturesOf(space)
      .map((stages) => predictor.value(stages))
      .sort((a, b) => a - b);
    return { space, accuracy, latency, count, budget: latencies[Math.floor(at * (latencies.length - 1))]! + 1e-7 };
  });

/** The best accuracy of each group that has an architecture within the budget, best first. */
function bruteForce({ space, budget }: Case, accuracy: Predictor, latency: Predictor): number[] {
  const best = new Map<string, number>();
  for (const stages of architecturesOf(space)) {
    if (latency.value(stages) > budget) continue;
    best.set(groupOf(accuracy, stages), accuracy.value(stages));
  }
  return [...best.values()].sort((a, b) => b - a);
}

function expectCandidates(candidates: readonly Candidate[], accuracy: Predictor, latency: Predictor, budget: number): void {
  for (const one of candidates) {
    expect(one.latency).toBe(latency.value(one.stages));
    expect(one.accuracy).toBe(accuracy.value(one.stages));
    expect(one.latency).toBeLessThanOrEqual(budget);
  }
}

describe("finalists of additive predictors", () => {
  it.each([
    ["linear", null],
    ["saturating", SATURATING],
  ] as const)("are the best that writing down every architecture finds, each group once: %s", (_, link) => {
    fc.assert(
      fc.property(cases(fc.oneof(models("exact", link), models("real", link))), (one) => {
        const [accuracy, latency] = [new Predictor(one.space, one.accuracy), new Predictor(one.space, one.latency)];
        const { candidates, proved, reason, nearestBudget } = chooseFinalists(one.space, accuracy, latency, one.budget, one.count);
        const expected = bruteForce(one, accuracy, latency).slice(0, one.count);
        expect({ proved, reason, nearestBudget }).toEqual({ proved: true, reason: null, nearestBudget: null });
        expect(candidates).toHaveLength(expected.length);
        candidates.forEach((candidate, i) => expect(Math.abs(candidate.accuracy - expected[i]!)).toBeLessThan(1e-6));
        expect(new Set(candidates.map(({ stages }) => groupOf(accuracy, stages))).size).toBe(candidates.length);
        expectCandidates(candidates, accuracy, latency, one.budget);
        const front = paretoFront(tabulate(one.space, accuracy, latency));
        expect(candidates[0]).toMatchObject({ accuracy: front.accuracy[frontIndexAt(front, one.budget)], latency: front.latency[frontIndexAt(front, one.budget)] });
      }),
      { numRuns: 120 },
    );
  });

  it("of foxnas-cpu leave out no single change that is better than the last", () => {
    const [accuracy, latency] = [new Predictor(FOXNAS, BUILT_IN.accuracy), new Predictor(FOXNAS, BUILT_IN.latency)];
    const { candidates, feasible } = chooseFinalists(FOXNAS, accuracy, latency, 100, 20);
    expect(candidates).toHaveLength(20);
    expectCandidates(candidates, accuracy, latency, 100);
    expect(feasible[0]).toBeLessThan(100);
    const groups = candidates.map(({ stages }) => groupOf(accuracy, stages));
    expect(new Set(groups).size).toBe(20);
    const landscape = tabulate(FOXNAS, accuracy, latency);
    const last = candidates.at(-1)!.accuracy + 1e-7;
    let better = 0;
    for (const { stages, accuracy: own, latency: time } of candidates) {
      // Changes of a stage's part alone: sums of the others stay as they are.
      stages.forEach(({ blocks }, stage) => {
        const was = { accuracy: accuracy.stagePart(stage, blocks), latency: latency.stagePart(stage, blocks) };
        const eta = accuracy.eta(stages);
        landscape.choices[stage]!.blocks.forEach((other, i) => {
          if (time + landscape.latency.parts[stage]![i]! - was.latency > 100 - 1e-7) return;
          const value = landscape.accuracy.finish(eta + landscape.accuracy.parts[stage]![i]! - was.accuracy, new Int32Array(5));
          if (value <= last || value === own) return;
          better++;
          const changed = stages.map((old, s) => (s === stage ? { ...old, blocks: other } : old));
          expect(groups).toContain(groupOf(accuracy, changed));
        });
      });
    }
    expect(better).toBeGreaterThan(0);
  });

  it("are none under a budget below the fastest architecture, and say so", () => {
    const [accuracy, latency] = [new Predictor(FOXNAS, BUILT_IN.accuracy), new Predictor(FOXNAS, BUILT_IN.latency)];
    const { candidates, proved, reason, nearestBudget, feasible } = chooseFinalists(FOXNAS, accuracy, latency, 10, 20);
    expect({ candidates, proved }).toEqual({ candidates: [], proved: false });
    expect(reason).toContain("No architecture");
    expect(nearestBudget).toBe(feasible[0]);
    expect(chooseFinalists(FOXNAS, accuracy, latency, nearestBudget!, 3).candidates.length).toBeGreaterThan(0);
  });
});

describe("finalists of predictors with terms across stages", () => {
  it("are within the budget, distinct, by falling accuracy, the first as good as any", () => {
    const crossed = models("real").map((model) => ({ ...model, accuracy: withCrossTerm(model.accuracy, model.space, 0.4) })).filter(({ space }) => space.stages.length > 1);
    fc.assert(
      fc.property(cases(crossed), (one) => {
        const [accuracy, latency] = [new Predictor(one.space, one.accuracy), new Predictor(one.space, one.latency)];
        const { candidates, proved, reason } = chooseFinalists(one.space, accuracy, latency, one.budget, one.count);
        expect(proved).toBe(false);
        expect(reason).toContain("terms across stages");
        expectCandidates(candidates, accuracy, latency, one.budget);
        const values = candidates.map((candidate) => candidate.accuracy);
        values.forEach((value, i) => i > 0 && expect(value).toBeLessThan(values[i - 1]!));
        const feasible = architecturesOf(one.space).filter((stages) => latency.value(stages) <= one.budget);
        expect(values[0]!).toBeCloseTo(Math.max(...feasible.map((stages) => accuracy.value(stages))), 8);
      }),
      { numRuns: 12, seed: 5 },
    );
  });
});
