import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fUpper, tCritical, tCdf, tTwoSided } from "../../../src/engine/distributions.js";
import { once } from "./helpers.js";
import { hasR, runR } from "./r.js";

const T = [0, 0.01, 0.5, 1, 1.96, 3, 7, 25, 60, 1e3];
const F = [0, 0.01, 0.1, 0.9, 1, 2.5, 12, 130, 1100, 1e5];
const DOF = [1, 2, 3, 7, 30, 259, 264, 1000, 1e5];
const LEVELS = [0.05, 0.5, 0.68, 0.9, 0.95, 0.99, 0.999];
const grid = `
t <- c(${T.join(",")}); f <- c(${F.join(",")}); dof <- c(${DOF.join(",")}); level <- c(${LEVELS.join(",")})
for (v in dof) {
  out(sprintf("t %d", v), 2 * pt(t, v, lower.tail = FALSE, log.p = FALSE))
  out(sprintf("lower %d", v), pt(c(-t, t), v))
  out(sprintf("critical %d", v), qt(1 - (1 - level) / 2, v))
  for (u in dof) out(sprintf("f %d %d", u, v), pf(f, u, v, lower.tail = FALSE))
}
`;

/** Relative, and on the scale of logarithms below 1e-100; where R says 0, so near 0 that no double is left. */
function expectSameP(ours: number, r: number, what: string): void {
  if (r < 1e-300) return expect(ours, what).toBeLessThan(1e-295);
  const difference = Math.abs(Math.log(ours) - Math.log(r));
  expect(difference, `${what}: ${ours} against ${r}`).toBeLessThan(1e-9 * Math.max(1, Math.abs(Math.log(r)) / 100));
}

describe.runIf(hasR)("tails and quantiles equal R's", () => {
  const tables = once(() => runR(grid));

  it.each(DOF)("two-sided p of t at %d degrees of freedom, of either sign", (dof) => {
    const p = tables().numbers(`t ${dof}`);
    T.forEach((t, i) => {
      expectSameP(tTwoSided(t, dof), p[i]!, `t ${t}`);
      expect(tTwoSided(-t, dof)).toBe(tTwoSided(t, dof));
    });
  });

  it.each(DOF)("lower tail of t at %d degrees of freedom, on either side", (dof) => {
    const p = tables().numbers(`lower ${dof}`);
    [...T.map((t) => -t), ...T].forEach((t, i) => expectSameP(tCdf(t, dof), p[i]!, `t ${t}`));
  });

  it.each(DOF)("upper tail of F with %d as denominator", (dof2) => {
    for (const dof1 of DOF) {
      const p = tables().numbers(`f ${dof1} ${dof2}`);
      F.forEach((f, i) => expectSameP(fUpper(f, dof1, dof2), p[i]!, `F ${f} at ${dof1} and ${dof2}`));
    }
  });

  it("p values near 1 are exact too", () => {
    const t = [1e-10, 1e-8, 1e-6, 1e-4];
    const p = runR(`for (v in c(${DOF.join(",")})) out(sprintf("%d", v), 2 * pt(c(${t.join(",")}), v, lower.tail = FALSE))`);
    // stdlib's own closed form for one degree of freedom is exact to 6e-9 only.
    const far = DOF.slice(1).flatMap((dof) => t.filter((value, i) => Math.abs(tTwoSided(value, dof) - p.numbers(String(dof))[i]!) > 1e-9).map((value) => `t ${value}, ${dof} degrees of freedom`));
    expect(far).toEqual([]);
  });

  it.each(DOF)("critical t at %d degrees of freedom", (dof) => {
    const t = tables().numbers(`critical ${dof}`);
    LEVELS.forEach((level, i) => expect(Math.abs(tCritical(level, dof) / t[i]! - 1), `level ${level}`).toBeLessThan(1e-9));
  });
});

describe("tails and quantiles", () => {
  it("of t and of F agree: t squared is F with one degree of freedom", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 30, noNaN: true }), fc.integer({ min: 1, max: 500 }), (t, dof) => {
        expect(tTwoSided(t, dof) / fUpper(t * t, 1, dof)).toBeCloseTo(1, 9);
      }),
    );
  });

  it("invert each other: the critical t leaves 1 - level in the tails", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.999, noNaN: true }), fc.integer({ min: 1, max: 500 }), (level, dof) => {
        expect(tTwoSided(tCritical(level, dof), dof)).toBeCloseTo(1 - level, 9);
      }),
    );
  });

  it("say so when there is nothing to test", () => {
    expect(tTwoSided(Number.NaN, 5)).toBeNaN();
    expect(fUpper(Number.NaN, 2, 5)).toBeNaN();
    expect(tTwoSided(Number.POSITIVE_INFINITY, 5)).toBe(0);
  });
});
