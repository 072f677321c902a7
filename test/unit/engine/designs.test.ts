import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ModelError } from "../../../src/engine/errors.js";
import { Random } from "../../../src/engine/random.js";
import { fitLinear } from "../../../src/engine/regression.js";
import { csvOf, hasR, runR } from "./r.js";

interface Design {
  readonly columns: number[][];
  readonly y: number[];
}

const ROWS = 30;
/** A column of no pattern: degenerate ones are made on purpose below. */
const cells = fc.integer().map((seed) => {
  const random = Random.seeded(seed);
  return Array.from({ length: ROWS }, () => random.unit() * 10 - 5);
});

/** Adds to independent columns some that follow from those before them, and scales each. */
function withFollowers(free: number[][], y: number[], followers: number[][], places: number[], scales: number[]): Design {
  const columns = free.map((column) => [...column]);
  followers.forEach((weights, f) => {
    const from = columns.slice(0, 2);
    const follower = Array.from({ length: ROWS }, (_, i) => weights[2]! + from.reduce((sum, column, j) => sum + weights[j]! * column[i]!, 0));
    columns.splice(2 + (places[f]! % (columns.length - 1)), 0, follower);
  });
  return { columns: columns.map((column, j) => column.map((value) => value * 10 ** scales[j]!)), y };
}

/** Two to five free columns and up to three followers, each column scaled by up to 1e7 either way. */
const designs = fc
  .tuple(
    fc.array(cells, { minLength: 2, maxLength: 5 }),
    cells,
    fc.array(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 3, maxLength: 3 }), { maxLength: 3 }),
    fc.array(fc.nat(100), { minLength: 3, maxLength: 3 }),
    fc.array(fc.integer({ min: -7, max: 7 }), { minLength: 8, maxLength: 8 }),
  )
  .map(([free, y, followers, places, scales]) => withFollowers(free, y, followers, places, scales));

const name = (j: number): string => `x${j}`;
const fitOf = ({ columns, y }: Design) => fitLinear(columns.map((_, j) => name(j)), columns.map((column) => Float64Array.from(column)), Float64Array.from(y));

const SUMMARY = `
for (i in 0:(n - 1)) {
  d <- read.csv(paste0(i, ".csv")); m <- lm(y ~ ., d); s <- summary(m)
  words(paste0("aliased ", i), names(which(is.na(coef(m)))))
  words(paste0("names ", i), rownames(s$coefficients))
  for (c in 1:4) out(paste(c("estimate", "stdError", "t", "p")[c], i), s$coefficients[, c])
  out(paste("leverage", i), hatvalues(m)); out(paste("figures", i), c(s$r.squared, s$adj.r.squared, s$sigma, m$df.residual))
}
`;

function summaries(some: readonly Design[]) {
  const files = some.map(({ columns, y }, i) => [`${i}.csv`, csvOf({ ...Object.fromEntries(columns.map((column, j) => [name(j), column])), y })]);
  return runR(`n <- ${some.length}\n${SUMMARY}`, Object.fromEntries(files) as Record<string, string>);
}

/** What differs from R's figures beyond a relative tolerance. */
function expectLikeR(design: Design, r: ReturnType<typeof summaries>, i: number): void {
  const fit = fitOf(design);
  expect([...fit.aliased].sort(), `aliased terms of design ${i}`).toEqual(r.words(`aliased ${i}`).sort());
  expect(fit.terms.map((term) => term.name)).toEqual(r.words(`names ${i}`));
  const constant = design.columns.map((column) => Math.max(...column.map(Math.abs)));
  fit.terms.forEach((term, j) => {
    // A coefficient is as exact as the data let it be: relative to its standard error where it is near 0.
    const size = Math.abs(r.numbers(`estimate ${i}`)[j]!) + r.numbers(`stdError ${i}`)[j]!;
    expect(Math.abs(term.estimate - r.numbers(`estimate ${i}`)[j]!) / size, `${term.name} of design ${i}: ${constant.join()}`).toBeLessThan(1e-8);
    expect(term.stdError / r.numbers(`stdError ${i}`)[j]! - 1).toBeCloseTo(0, 8);
    expect(Math.abs(term.t - r.numbers(`t ${i}`)[j]!)).toBeLessThan(1e-7 * (1 + Math.abs(term.t)));
    expect(Math.abs(term.p - r.numbers(`p ${i}`)[j]!)).toBeLessThan(1e-7);
  });
  r.numbers(`leverage ${i}`).forEach((h, row) => expect(Math.abs(fit.leverage[row]! - h)).toBeLessThan(1e-8));
  const figures = [fit.r2, fit.adjustedR2, fit.residualStdError, fit.dof];
  r.numbers(`figures ${i}`).forEach((figure, k) => expect(figures[k]! / figure - 1).toBeCloseTo(0, 8));
}

describe.runIf(hasR)("designs that R finds hard", () => {
  it("random ones with terms that follow from others, scaled by up to 1e7 either way", () => {
    const some = fc.sample(designs, { numRuns: 60, seed: 5 });
    const r = summaries(some);
    some.forEach((design, i) => expectLikeR(design, r, i));
    expect(some.filter((design) => fitOf(design).aliased.length > 0).length).toBeGreaterThan(20);
  });

  it("a column of one value, one that repeats another, and ones that nearly do, to either side of R's tolerance of 1e-7", () => {
    const [a, b, c, y] = fc.sample(cells, { numRuns: 4, seed: 3 }) as [number[], number[], number[], number[]];
    const near = (by: number) => a.map((value, i) => value + by * b[i]!);
    const some = [
      [a, a.map(() => 4), c],
      [a.map(() => 0), b, c],
      [a, b, a.map((value) => 3 * value - 1), c],
      [a, near(1e-9), c],
      [a, near(1e-5), c],
      [near(1e-9), c, a, near(1e-5)],
      [a.map(() => 1e7), a.map((value) => value * 1e7), b.map((value) => value * 1e-7), c],
      [a.map((value) => 1e6 + value), b, c],
    ].map((columns) => ({ columns, y }));
    const r = summaries(some.filter((_, i) => i !== 4 && i !== 5));
    some.filter((_, i) => i !== 4 && i !== 5).forEach((design, i) => expectLikeR(design, r, i));
    // These are kept, but determined to a few digits only: the names count.
    const hard = summaries([some[4]!, some[5]!]);
    for (const i of [0, 1]) expect([...fitOf(some[4 + i]!).aliased].sort()).toEqual(hard.words(`aliased ${i}`).sort());
    expect(fitOf(some[4]!).aliased).toEqual([]);
  });
});

describe("least squares", () => {
  it("leaves residuals that no term explains, and leverages that sum to the rank", () => {
    fc.assert(
      fc.property(designs, (design) => {
        const fit = fitOf(design);
        const rank = fit.terms.length;
        expect(fit.leverage.reduce((sum, h) => sum + h, 0)).toBeCloseTo(rank, 6);
        expect(fit.dof).toBe(ROWS - rank);
        expect(rank + fit.aliased.length).toBe(design.columns.length + 1);
        for (const column of [new Array<number>(ROWS).fill(1), ...design.columns]) {
          const along = column.reduce((sum, value, i) => sum + value * fit.residuals[i]!, 0);
          const length = Math.sqrt(column.reduce((sum, value) => sum + value * value, 0));
          expect(Math.abs(along) / (length || 1)).toBeLessThan(1e-6);
        }
      }),
    );
  });

  it("does not change with the unit of a column", () => {
    fc.assert(
      fc.property(cells, cells, cells, fc.integer({ min: -7, max: 7 }), (a, b, y, scale) => {
        fc.pre(a.join() !== b.join() && a.join() !== y.join() && b.join() !== y.join());
        const plain = fitOf({ columns: [a, b], y });
        const scaled = fitOf({ columns: [a.map((value) => value * 10 ** scale), b], y });
        expect(scaled.r2).toBeCloseTo(plain.r2, 9);
        expect(scaled.terms[1]!.t).toBeCloseTo(plain.terms[1]!.t, 6);
        expect((scaled.terms[1]!.estimate * 10 ** scale) / plain.terms[1]!.estimate).toBeCloseTo(1, 6);
      }),
    );
  });

  const ramp = (n: number) => Array.from({ length: n }, (_, i) => i + (i % 3) / 7);
  const wave = (n: number) => Array.from({ length: n }, (_, i) => Math.sin(i * i));

  it("refuses as many samples as coefficients or fewer, and takes one more", () => {
    const design = (n: number): Design => ({ columns: [ramp(n), wave(n)], y: wave(n).map((value, i) => value + (i % 2)) });
    for (const n of [1, 2, 3]) {
      expect(() => fitOf(design(n))).toThrow(expect.objectContaining({ name: "ModelError", what: "too few samples for this form", found: `${n} samples`, expected: "more than its 3 coefficients" }) as Error);
    }
    expect(fitOf(design(4)).dof).toBe(1);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("refuses %s and names its row and term", (bad) => {
    const columns = [ramp(9), wave(9)];
    const problem = (run: () => unknown): ModelError => {
      try {
        run();
      } catch (error) {
        if (error instanceof ModelError) return error;
      }
      throw new Error("nothing was refused");
    };
    const inColumn = problem(() => fitOf({ columns: [columns[0]!, columns[1]!.with(4, bad)], y: ramp(9) }));
    expect(inColumn).toMatchObject({ what: "term x1 is not a number", path: ["samples", 4, "term x1"], found: String(bad) });
    const inTarget = problem(() => fitOf({ columns, y: ramp(9).with(7, bad) }));
    expect(inTarget).toMatchObject({ what: "the target is not a number", found: String(bad) });
    expect(inTarget.path.slice(0, 2)).toEqual(["samples", 7]);
  });
});
