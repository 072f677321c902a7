import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crossValidate, kendallTau, quality } from "../../../src/engine/crossValidation.js";
import { fitPredictor } from "../../../src/engine/fitPredictor.js";
import { formOf } from "../../../src/engine/forms.js";
import { Random } from "../../../src/engine/random.js";
import { randomArchitecture } from "../../../src/engine/architecture.js";
import { FOXNAS } from "./published.js";
import { csvOf, hasR, runR } from "./r.js";

/** tau-b from its contingency: concordant and discordant pairs, and pairs tied in one of the two only. */
function tauB(x: readonly number[], y: readonly number[]): number {
  const pairs = x.flatMap((_, j) => x.slice(0, j).map((_, i) => [i, j] as const));
  const kinds = pairs.map(([i, j]) => {
    if (x[i] === x[j]) return y[i] === y[j] ? "both" : "onlyX";
    if (y[i] === y[j]) return "onlyY";
    return x[i]! < x[j]! === y[i]! < y[j]! ? "same" : "opposite";
  });
  const count = (kind: string) => kinds.filter((k) => k === kind).length;
  const ordered = count("same") + count("opposite");
  return (count("same") - count("opposite")) / Math.sqrt((ordered + count("onlyX")) * (ordered + count("onlyY")));
}

const values = fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 8 })), { minLength: 2, maxLength: 30 });
const split = (pairs: [number, number][]) => [pairs.map(([x]) => x), pairs.map(([, y]) => y)] as const;

describe("Kendall's tau", () => {
  it("is tau-b, ties and all", () => {
    fc.assert(
      fc.property(values, (pairs) => {
        const [x, y] = split(pairs);
        const expected = tauB(x, y);
        if (Number.isNaN(expected)) expect(kendallTau(x, y)).toBeNaN();
        else expect(kendallTau(x, y)).toBeCloseTo(expected, 12);
      }),
    );
  });

  it.runIf(hasR)("equals R's cor(method = 'kendall')", () => {
    const some = fc.sample(values, { numRuns: 40, seed: 4 }).map(split).filter(([x, y]) => new Set(x).size > 1 && new Set(y).size > 1);
    const files = Object.fromEntries(some.map(([x, y], i) => [`${i}.csv`, csvOf({ x, y })]));
    const r = runR(`out("tau", sapply(0:${some.length - 1}, function(i) { d <- read.csv(paste0(i, ".csv")); cor(d$x, d$y, method = "kendall") }))`, files);
    const tau = r.numbers("tau");
    expect(tau.length).toBeGreaterThan(20);
    some.forEach(([x, y], i) => expect(kendallTau(x, y)).toBeCloseTo(tau[i]!, 12));
  });
});

describe("cross-validation", () => {
  it("predicts each row once in every repeat, never from itself, in folds of equal size", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 2, max: 10 }), fc.integer({ min: 1, max: 4 }), fc.nat(), (n, folds, repeats, seed) => {
        fc.pre(n >= folds);
        const tests: number[][] = [];
        const actual = Array.from({ length: n }, (_, i) => i * i);
        const result = crossValidate(
          actual,
          (train, test) => {
            expect([...train, ...test].sort((a, b) => a - b)).toEqual(actual.map((_, i) => i));
            expect(Math.abs(test.length - n / folds)).toBeLessThan(1);
            tests.push([...test]);
            return test.map((row) => actual[row]! + (row % 2 === 0 ? 3 : -3));
          },
          { folds, repeats, random: Random.seeded(seed) },
        );
        expect(tests).toHaveLength(folds * repeats);
        for (let repeat = 0; repeat < repeats; repeat++) {
          const rows = tests.slice(repeat * folds, (repeat + 1) * folds).flat();
          expect(rows.sort((a, b) => a - b)).toEqual(actual.map((_, i) => i));
        }
        // Every prediction is 3 off, so these figures show that each came back to its own row.
        expect(result.rmse).toBeCloseTo(3, 9);
        expect(result.mae).toBeCloseTo(3, 9);
        expect(result).toMatchObject({ folds, repeats });
      }),
      { numRuns: 60 },
    );
  });

  it("shuffles anew for every repeat, and the same for the same seed", () => {
    const orders = (seed: number) => {
      const seen: string[] = [];
      crossValidate(Array.from({ length: 30 }, (_, i) => i), (_, test) => (seen.push(test.join()), test), { folds: 3, repeats: 3, random: Random.seeded(seed) });
      return seen;
    };
    expect(orders(1)).toEqual(orders(1));
    expect(orders(1)).not.toEqual(orders(2));
    expect(new Set(orders(1)).size).toBe(9);
  });

  it("measures errors by their definitions", () => {
    const numbers = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(numbers, (pairs) => {
        const [actual, predicted] = split(pairs);
        fc.pre(new Set(actual).size > 1);
        const errors = actual.map((value, i) => value - predicted[i]!);
        const mean = actual.reduce((a, b) => a + b) / actual.length;
        const { rmse, mae, r2 } = quality(actual, predicted);
        expect(rmse ** 2 * actual.length).toBeCloseTo(errors.reduce((sum, e) => sum + e * e, 0), 6);
        expect(mae * actual.length).toBeCloseTo(errors.reduce((sum, e) => sum + Math.abs(e), 0), 6);
        expect((1 - r2) * actual.reduce((sum, value) => sum + (value - mean) ** 2, 0)).toBeCloseTo(rmse ** 2 * actual.length, 6);
      }),
    );
  });
});

describe("fitting a predictor", () => {
  const random = Random.seeded(6);
  const drawn = Array.from({ length: 60 }, () => randomArchitecture(FOXNAS, 256, random).stages);
  const samples = (n: number) => drawn.slice(0, n).map((stages) => ({ stages, value: 60 + stages.reduce((sum, { blocks }) => sum + blocks.length, 0) / 2 + random.unit() }));

  it("falls back on leaving one out where a fold would leave too few samples to fit", () => {
    const form = formOf("accuracy", "log-saturating");
    // 26 coefficients: folds of 3 leave 27 of 30, folds of 3 leave 26 of 29.
    expect(fitPredictor(FOXNAS, form, samples(30), 1).crossValidation).toMatchObject({ folds: 10, repeats: 10 });
    const few = fitPredictor(FOXNAS, form, samples(29), 1);
    expect(few.crossValidation).toMatchObject({ folds: 29, repeats: 1, rmse: few.leaveOneOutRmse });
    expect(() => fitPredictor(FOXNAS, form, samples(26), 1)).toThrow(expect.objectContaining({ what: "too few samples for this form", found: "26 samples" }) as Error);
  });

  it("refuses a value at the ceiling of its form, and names the row", () => {
    const wrong = samples(60).map((sample, i) => (i === 41 ? { ...sample, value: 79 } : sample));
    expect(() => fitPredictor(FOXNAS, formOf("accuracy", "log-saturating"), wrong, 1)).toThrow(
      expect.objectContaining({ name: "ModelError", path: ["samples", 41], found: "79 %", expected: "below 79 %" }) as Error,
    );
    expect(fitPredictor(FOXNAS, formOf("accuracy", "published"), wrong, 1).fit.n).toBe(60);
  });
});
