import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Block, Stage } from "../../../src/engine/architecture.js";
import { frontIndexAt, paretoFront } from "../../../src/engine/front.js";
import { countNearTies, type NearTies } from "../../../src/engine/nearTies.js";
import { add, landscapeOf, models, predictAll, predictorsOf, SATURATING, type Model } from "./helpers.js";

/** What the predictors read of a stage's other blocks, from the names of their terms. */
function readsOf(model: Model): ((block: Block) => number)[][] {
  const names = [model.accuracy, model.latency].flatMap(({ coefficients }) => Object.keys(coefficients).flatMap((name) => name.split(":")));
  const kinds: [RegExp, (block: Block) => number][] = [
    [/^(tot|avg)_e_/, (b) => b.expand],
    [/^(tot|avg)_k_/, (b) => b.kernel],
    [/^tot_ekk_/, (b) => b.expand * b.kernel ** 2],
    [/^avg_log_e_/, (b) => Math.log(b.expand)],
    [/^avg_log_k_/, (b) => Math.log(b.kernel)],
  ];
  return model.space.stages.map(({ width }) => {
    // Variables of the transition block carry two widths.
    const mine = names.filter((name) => name.endsWith(`_${width}`) && !/_\d+_\d+$/.test(name));
    return kinds.filter(([pattern]) => mine.some((name) => pattern.test(name))).map(([, read]) => read);
  });
}

const groupOf = (reads: ReturnType<typeof readsOf>, stages: readonly Stage[]): string =>
  stages
    .map(({ blocks: [first, ...rest] }, s) => [rest.length, first!.expand, first!.kernel, ...reads[s]!.map((read) => add(rest.map(read)).toFixed(8))].join(" "))
    .join("|");

const UNLIMITED = 1e9;
const count = (model: Model, budget: number, within: number, limit = UNLIMITED, mostLooked = Number.POSITIVE_INFINITY): NearTies | null => {
  const landscape = landscapeOf(model);
  const front = paretoFront(landscape);
  return countNearTies(landscape, front, model.accuracy.link, frontIndexAt(front, budget), budget, within, limit, { mostLooked });
};

/** By definition, over every architecture; null where one lies so near an edge that rounding decides. */
function bruteForce(model: Model, budget: number, within: number): { count: bigint; distinct: number } | null {
  const all = predictAll(model);
  const near = (a: number, b: number) => Math.abs(a - b) < 1e-6;
  const feasible = all.filter(({ latency }) => latency <= budget);
  const optimum = Math.max(...feasible.map(({ accuracy }) => accuracy));
  if (all.some(({ latency, accuracy }) => near(latency, budget) || near(accuracy, optimum - within))) return null;
  const ties = feasible.filter(({ accuracy }) => accuracy >= optimum - within);
  const reads = readsOf(model);
  return { count: BigInt(ties.length) - 1n, distinct: new Set(ties.map(({ stages }) => groupOf(reads, stages))).size - 1 };
}

/** A budget inside the feasible range. */
function budgetOf(model: Model, share: number): number {
  const latencies = predictAll(model).map(({ latency }) => latency);
  const [low, high] = [Math.min(...latencies), Math.max(...latencies)];
  return low + (share + 0.000123) * (high - low + 1);
}

const shares = fc.integer({ min: 0, max: 100 }).map((n) => n / 100);
const withins = fc.constantFrom(0.0213, 0.1091, 0.5137, 3.0219);

describe("near-ties", () => {
  it.each([["without a link", null], ["under a saturating link", SATURATING]] as const)("are counted as by going through every architecture, %s", (_, link) => {
    let compared = 0;
    fc.assert(
      fc.property(fc.oneof(models("real", link), models("exact", link), models("tenths", link)), shares, withins, (model, share, within) => {
        const budget = budgetOf(model, share);
        const expected = bruteForce(model, budget, within);
        fc.pre(expected !== null);
        compared++;
        expect(count(model, budget, within)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  it("are counted as by going through every architecture where the latency has a link too", () => {
    const linked = models("real", SATURATING).chain((model) => predictorsOf(model.space, "latency", "real", { kind: "saturating", ceiling: 200 }).map((latency) => ({ ...model, latency })));
    let compared = 0;
    fc.assert(
      fc.property(linked, fc.integer({ min: 0, max: 110 }).map((n) => n / 100), withins, (model, share, within) => {
        const latencies = predictAll(model).map(({ latency }) => latency);
        const [low, high] = [Math.min(...latencies), Math.max(...latencies)];
        // Up to budgets that nothing can take.
        const budget = share > 1 ? 200 + share : low + (share + 0.000123) * (high - low);
        const expected = bruteForce(model, budget, within);
        fc.pre(expected !== null);
        compared++;
        expect(count(model, budget, within)).toEqual(expected);
      }),
      { numRuns: 100 },
    );
    expect(compared).toBeGreaterThan(40);
  });

  it("are counted at a budget that the optimum meets exactly, with all that tie with it", () => {
    fc.assert(
      fc.property(models("exact"), shares, withins, (model, share, within) => {
        const { latency } = paretoFront(landscapeOf(model));
        const budget = latency[Math.floor(share * (latency.length - 1))]!;
        const feasible = predictAll(model).filter((point) => point.latency <= budget);
        const optimum = Math.max(...feasible.map(({ accuracy }) => accuracy));
        const ties = feasible.filter(({ accuracy }) => accuracy >= optimum - within);
        expect(count(model, budget, within)!.count).toBe(BigInt(ties.length) - 1n);
      }),
      { numRuns: 100 },
    );
  });

  it("grow with the tolerance, and with a wide one take in all that is feasible", () => {
    fc.assert(
      fc.property(models("exact"), shares, (model, share) => {
        const budget = budgetOf(model, share);
        const counts = [0.001, 0.1, 1, 10].map((within) => count(model, budget, within)!.count);
        expect(counts).toEqual([...counts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
        const feasible = predictAll(model).filter(({ latency }) => latency <= budget);
        expect(count(model, budget, 1e6)!.count).toBe(BigInt(feasible.length) - 1n);
      }),
      { numRuns: 50 },
    );
  });

  it("are given up, not guessed, where there are more groups than the limit", () => {
    fc.assert(
      fc.property(models("exact"), shares, (model, share) => {
        const budget = budgetOf(model, share);
        const all = count(model, budget, 5.0113)!;
        const groups = all.distinct + 1;
        expect(count(model, budget, 5.0113, groups)).toEqual(all);
        expect(count(model, budget, 5.0113, groups - 1)).toBeNull();
        // Every group has to be looked at.
        expect(count(model, budget, 5.0113, UNLIMITED, groups - 1)).toBeNull();
      }),
      { numRuns: 50 },
    );
  });
});
