import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeArchitecture, type Stage } from "../../../../src/engine/architecture.js";
import { importanceOf, productVariance, shapleyEffects } from "../../../../src/engine/explain/importance.js";
import { Predictor } from "../../../../src/engine/predictor.js";
import { add, gap, models, predictAll, SATURATING, withCrossTerm, type Model } from "../helpers.js";
import { BUILT_IN, FOXNAS } from "../published.js";
import { mixedModels, probability } from "./helpers.js";

type Key = (stages: readonly Stage[]) => string;

/** Var E[value | key] over every architecture. */
function explainedBy(model: Model): (key: Key) => number {
  const all = predictAll(model).map(({ stages, accuracy }) => ({ stages, value: accuracy, weight: probability(model.space, stages) }));
  const mean = add(all.map(({ value, weight }) => value * weight));
  return (key) => {
    const groups = new Map<string, { weight: number; sum: number }>();
    for (const { stages, value, weight } of all) {
      const name = key(stages);
      const group = groups.get(name) ?? { weight: 0, sum: 0 };
      groups.set(name, { weight: group.weight + weight, sum: group.sum + weight * (value - mean) });
    }
    return add([...groups.values()].map(({ weight, sum }) => sum ** 2 / weight));
  };
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
const subsets = (n: number): number[][] => Array.from({ length: 2 ** n }, (_, bits) => Array.from({ length: n }, (__, s) => s).filter((s) => (bits >> s) & 1));

/** By definition: the mean gain over all subsets of the others (Shapley). */
function shapley(n: number, worth: (set: number[]) => number): number[] {
  return Array.from({ length: n }, (_, s) =>
    add(
      subsets(n)
        .filter((set) => !set.includes(s))
        .map((set) => ((factorial(set.length) * factorial(n - 1 - set.length)) / factorial(n)) * (worth([...set, s]) - worth(set))),
    ),
  );
}

const stageKey = (s: number): Key => (stages) => encodeArchitecture({ stages: [stages[s]!] });
const depthKey = (s: number): Key => (stages) => String(stages[s]!.blocks.length);
const others = (s: number, gene: "expand" | "kernel"): Key => (stages) => `${depthKey(s)(stages)} ${stages[s]!.blocks.slice(1).map((block) => block[gene]).join()}`;
const transition = (s: number): Key => (stages) => `${depthKey(s)(stages)} ${encodeArchitecture({ stages: [{ width: 0, blocks: stages[s]!.blocks.slice(0, 1) }] })}`;

describe("shares of the variance", () => {
  it.each([["no link", null], ["a link", SATURATING]] as const)("are Shapley effects over all architectures, and inside a stage a functional ANOVA, %s", (_, link) => {
    fc.assert(
      fc.property(fc.oneof(models("real", link), mixedModels(link)), (model) => {
        const explained = explainedBy(model);
        const variance = explained((stages) => encodeArchitecture({ stages }));
        fc.pre(variance > 1e-9);
        const { deviation, shares } = importanceOf(new Predictor(model.space, model.accuracy));
        expect(gap(deviation, Math.sqrt(variance))).toBeLessThan(1e-9);
        expect(gap(add(shares.map(({ share }) => share)), 1)).toBeLessThan(1e-12);
        const effects = shapley(model.space.stages.length, (set) => explained((stages) => set.map((s) => stageKey(s)(stages)).join("|")));
        shares.forEach(({ stage, share, parts }, s) => {
          expect(stage).toBe(String(model.space.stages[s]!.width));
          expect(gap(share, effects[s]! / variance)).toBeLessThan(1e-7);
          expect(gap(add(Object.values(parts)), share)).toBeLessThan(1e-12);
          const whole = explained(stageKey(s));
          if (whole / variance < 1e-9) return;
          const depth = explained(depthKey(s));
          const expected = {
            depth,
            transition: explained(transition(s)) - depth,
            expand: explained(others(s, "expand")) - depth,
            kernel: explained(others(s, "kernel")) - depth,
          };
          for (const choice of ["depth", "transition", "expand", "kernel"] as const) {
            expect(gap(parts[choice], (share * expected[choice]) / whole)).toBeLessThan(1e-7);
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  it("are all 0 where nothing varies", () => {
    fc.assert(
      fc.property(fc.oneof(models("real"), models("real", SATURATING)), ({ space, accuracy }) => {
        const constant = { ...accuracy, coefficients: { [`tot_${space.stages[0]!.width}`]: 0 } };
        const { deviation, shares } = importanceOf(new Predictor(space, constant));
        expect(deviation).toBe(0);
        for (const { share, parts } of shares) expect([share, ...Object.values(parts)]).toEqual([0, 0, 0, 0, 0, 0]);
      }),
      { numRuns: 20 },
    );
  });

  it.each(["accuracy", "latency"] as const)("of the built-in %s add up, and none is negative", (target) => {
    const { deviation, shares } = importanceOf(new Predictor(FOXNAS, BUILT_IN[target]));
    expect(deviation).toBeGreaterThan(0);
    expect(add(shares.map(({ share }) => share))).toBeCloseTo(1, 12);
    for (const { share, parts } of shares) {
      expect(add(Object.values(parts))).toBeCloseTo(share, 12);
      for (const part of Object.values(parts)) expect(part).toBeGreaterThanOrEqual(0);
    }
  });

  it("need an additive predictor, and stages that can be enumerated", () => {
    const cross = withCrossTerm(BUILT_IN.latency, FOXNAS, 1);
    expect(() => importanceOf(new Predictor(FOXNAS, cross))).toThrow(TypeError);
    const deep = { ...FOXNAS, stages: FOXNAS.stages.map((stage) => ({ ...stage, depth: [2, 9] })) };
    expect(() => importanceOf(new Predictor(deep, BUILT_IN.latency))).toThrow(
      expect.objectContaining({ name: "ModelError", what: "stage 24 has too many choices to tabulate" }) as Error,
    );
  });
});

describe("Shapley effects of a product", () => {
  const variances = fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 1, maxLength: 9 });

  it("equal those by definition", () => {
    fc.assert(
      fc.property(variances, (some) => {
        const expected = shapley(some.length, (set) => productVariance(set.map((s) => some[s]!)));
        shapleyEffects(some).forEach((effect, s) => expect(gap(effect, expected[s]!)).toBeLessThan(1e-9));
      }),
      { numRuns: 50 },
    );
  });

  it("add up to its variance, however many factors there are", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 }), (some) => {
        expect(gap(add(shapleyEffects(some)), productVariance(some))).toBeLessThan(1e-9);
      }),
    );
  });
});
