import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pairedDifference, wilson } from "../../../../src/engine/accuracy/proportion.js";
import { Random } from "../../../../src/engine/random.js";
import { hasR, runR } from "../r.js";

const CASES = [
  [0, 10],
  [1, 10],
  [7, 10],
  [10, 10],
  [1437, 2000],
  [1999, 2000],
  [38_214, 50_000],
] as const;

const expectClose = (ours: readonly number[], theirs: readonly number[], tolerance: number): void => {
  expect(ours).toHaveLength(theirs.length);
  ours.forEach((value, i) => expect(Math.abs(value - theirs[i]!)).toBeLessThan(tolerance));
};

/** Flags of the four cells of a table of pairs. */
function flagsOf(both: number, onlyA: number, onlyB: number, neither: number): [Uint8Array, Uint8Array] {
  const cells = [...Array<number>(both).fill(3), ...Array<number>(onlyA).fill(1), ...Array<number>(onlyB).fill(2), ...Array<number>(neither).fill(0)];
  return [Uint8Array.from(cells, (cell) => cell & 1), Uint8Array.from(cells, (cell) => cell >> 1)];
}

describe.runIf(hasR)("beside R", () => {
  it("Wilson's interval is that of prop.test without correction", () => {
    const calls = CASES.flatMap(([x, n], i) => [0.95, 0.8].map((level) => `out("${i} ${level}", suppressWarnings(prop.test(${x}, ${n}, conf.level = ${level}, correct = FALSE))$conf.int)`));
    const r = runR(calls.join("\n"));
    CASES.forEach(([x, n], i) => {
      expectClose(wilson(x, n), r.numbers(`${i} 0.95`), 1e-12);
      expectClose(wilson(x, n, 0.8), r.numbers(`${i} 0.8`), 1e-12);
    });
  });

  it("the paired interval is Newcombe's method 10, put together from prop.test", () => {
    const tables = [[36, 12, 2, 0], [1500, 60, 45, 395], [20, 0, 0, 30], [50, 0, 0, 0], [0, 5, 0, 45], [3, 9, 8, 2]] as const;
    const script = tables.map(
      ([a, b, c, d], i) => `
a <- ${a}; b <- ${b}; c <- ${c}; d <- ${d}; n <- a + b + c + d
w <- function(x) suppressWarnings(prop.test(x, n, correct = FALSE))$conf.int
p1 <- (a + b) / n; p2 <- (a + c) / n; w1 <- w(a + b); w2 <- w(a + c)
bottom <- sqrt((a + b) * (c + d) * (a + c) * (b + d)); top <- a * d - b * c
phi <- if (bottom == 0) 0 else (if (top > n / 2) top - n / 2 else if (top >= 0) 0 else top) / bottom
delta <- sqrt((p1 - w1[1])^2 - 2 * phi * (p1 - w1[1]) * (w2[2] - p2) + (w2[2] - p2)^2)
epsilon <- sqrt((w1[2] - p1)^2 - 2 * phi * (w1[2] - p1) * (p2 - w2[1]) + (p2 - w2[1])^2)
out("${i}", 100 * c(p1 - p2, p1 - p2 - delta, p1 - p2 + epsilon))`,
    );
    const r = runR(script.join("\n"));
    tables.forEach(([a, b, c, d], i) => {
      const { value, interval } = pairedDifference(...flagsOf(a, b, c, d));
      expectClose([value, ...interval], r.numbers(String(i)), 1e-9);
    });
  });
});

describe("Wilson's interval", () => {
  it("holds the share, stays within 0..1 and mirrors", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60_000 }).chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n))), ([x, n]) => {
        const [low, high] = wilson(x, n);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(x / n);
        expect(high).toBeGreaterThanOrEqual(x / n);
        expect(low).toBeLessThan(high);
        const [mirroredLow, mirroredHigh] = wilson(n - x, n);
        expectClose([1 - mirroredHigh, 1 - mirroredLow], [low, high], 1e-12);
      }),
    );
  });
});

describe("the paired difference", () => {
  it("has the interval that Newcombe gives for 36, 12, 2, 0", () => {
    // 1998, table II: 0.2000, method 10 0.0569 to 0.3404.
    const { value, interval } = pairedDifference(...flagsOf(36, 12, 2, 0));
    expect(value).toBeCloseTo(20, 10);
    expectClose(interval, [5.69, 34.04], 0.006);
  });

  it("is antisymmetric, holds the difference, and keeps within -100..100", () => {
    const flag = fc.tuple(fc.boolean(), fc.boolean());
    fc.assert(
      fc.property(fc.array(flag, { minLength: 1, maxLength: 80 }), (pairs) => {
        const [a, b] = [0, 1].map((of) => Uint8Array.from(pairs, (pair) => Number(pair[of]))) as [Uint8Array, Uint8Array];
        const { value, interval } = pairedDifference(a, b);
        const other = pairedDifference(b, a);
        expect(value).toBeCloseTo((100 * pairs.reduce((sum, [x, y]) => sum + Number(x) - Number(y), 0)) / pairs.length, 9);
        expectClose([value, ...interval], [-other.value, -other.interval[1], -other.interval[0]], 1e-9);
        expect(interval[0]).toBeLessThanOrEqual(value);
        expect(interval[1]).toBeGreaterThanOrEqual(value);
        expect(Math.max(...interval.map(Math.abs))).toBeLessThanOrEqual(100 + 1e-9);
      }),
    );
  });

  it("covers the true difference of two networks on the same images in 95 % of trials, and is narrower than if they had images of their own", () => {
    const random = Random.seeded(7);
    const [n, trials] = [400, 1500];
    let inside = 0;
    for (let trial = 0; trial < trials; trial++) {
      const a = new Uint8Array(n);
      // Of what a gets right, b loses 10 %; of what a gets wrong, b gets 20 %: 80 % and 76 %.
      const b = a.map((_, i) => {
        a[i] = Number(random.unit() < 0.8);
        return Number(random.unit() < (a[i] === 1 ? 0.9 : 0.2));
      });
      const [low, high] = pairedDifference(a, b).interval;
      if (low <= 4 && 4 <= high) inside++;
      // 1.96 sqrt(2 x 0.17 / 400): 5.8 pp to each side.
      expect(high - low).toBeLessThan(9.5);
    }
    expect(inside / trials).toBeGreaterThan(0.93);
    expect(inside / trials).toBeLessThan(0.97);
  });

  it("refuses flags of other images", () => {
    expect(() => pairedDifference(new Uint8Array(3), new Uint8Array(4))).toThrow("3 and 4 images");
  });
});
