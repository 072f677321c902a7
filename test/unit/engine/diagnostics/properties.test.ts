import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diagnose, rounded, type Diagnostics } from "../../../../src/engine/diagnostics/index.js";
import { fitSubset } from "../../../../src/engine/diagnostics/subset.js";
import { basisOf } from "../../../../src/engine/diagnostics/basis.js";
import { cooksDistances, judged, standardisedResiduals } from "../../../../src/engine/diagnostics/influence.js";
import { ppoints } from "../../../../src/engine/diagnostics/quantiles.js";
import { designMatrix } from "../../../../src/engine/design.js";
import { chi2Upper, normalQuantile } from "../../../../src/engine/diagnostics/tails.js";
import { fitPredictor, type Sample } from "../../../../src/engine/fitPredictor.js";
import { formTerms, type Form } from "../../../../src/engine/forms.js";
import { Random } from "../../../../src/engine/random.js";
import { fitLinear, INTERCEPT } from "../../../../src/engine/regression.js";
import type { Space } from "../../../../src/engine/space.js";
import * as v from "valibot";
import { DiagnosticsSchema } from "../../../../src/shared/diagnostics.js";
import { SATURATING, smallSpaces, stagesOf } from "../helpers.js";
import { hasR, runR } from "../r.js";

/** With indicators of the depths beside the depth, which makes some terms aliased. */
const formOfLink = (link: Form["link"], indicators: boolean): Form => ({ name: "test", target: "accuracy", link, perStage: ["tot_S", "tot_e_S", ...(indicators ? ["depthD_S"] : [])] });

type Noise = "some" | "none" | "constant";
interface Drawn {
  space: Space;
  form: Form;
  samples: Sample[];
}
/** Samples of a random space, from just more than the coefficients up to 90. */
const draws = (noise: Noise): fc.Arbitrary<Drawn> =>
  smallSpaces.chain((space) =>
    fc
      .record({ indicators: fc.boolean(), link: fc.constantFrom(null, SATURATING), more: fc.integer({ min: 2, max: 60 }), seed: fc.nat(), architectures: fc.array(stagesOf(space), { minLength: 90, maxLength: 90 }) })
      .map(({ indicators, link, more, seed, architectures }) => {
        const form = formOfLink(link, indicators);
        const n = Math.min(90, formTerms(form, space).length + more);
        const random = Random.seeded(seed);
        const value = (stages: Sample["stages"]) => {
          if (noise === "constant") return 71.25;
          const exact = stages.reduce((sum, { blocks }, i) => sum + (0.3 + 0.1 * i) * blocks.length, 65);
          return noise === "none" ? exact : exact + random.unit() + random.unit();
        };
        return { space, form, samples: architectures.slice(0, n).map((stages) => ({ stages, value: value(stages) })) };
      }),
  );

const diagnosed = ({ space, form, samples }: Drawn, seed = 1) => {
  const fitting = fitPredictor(space, form, samples, seed);
  return { fitting, diagnostics: diagnose(space, form, samples, fitting, seed) };
};
const numbersOf = (value: unknown): number[] =>
  typeof value === "number" ? [value] : typeof value === "object" && value !== null ? Object.values(value).flatMap(numbersOf) : [];
const expectWritable = (diagnostics: Diagnostics) => {
  expect(numbersOf(diagnostics).filter((value) => !Number.isFinite(value))).toEqual([]);
  expect(v.parse(DiagnosticsSchema, JSON.parse(JSON.stringify(rounded(diagnostics))))).toEqual(rounded(diagnostics));
};

describe("diagnostics of random designs, with aliased terms among them", () => {
  it("have leverages that sum to the rank, distances and shares in their ranges, and numbers that a file can hold", () => {
    let aliased = 0;
    fc.assert(
      fc.property(draws("some"), (drawn) => {
        const { fitting, diagnostics } = diagnosed(drawn);
        const { fit } = fitting;
        const n = drawn.samples.length;
        aliased += fit.aliased.length > 0 ? 1 : 0;
        expect(diagnostics.leverage.mean * n).toBeCloseTo(fit.terms.length, 6);
        expect(diagnostics.cook.max).toBeGreaterThanOrEqual(0);
        for (const { cook, leverage } of diagnostics.points ?? []) {
          expect(cook).toBeGreaterThanOrEqual(0);
          expect(leverage).toBeLessThanOrEqual(1 + 1e-9);
        }
        if (diagnostics.coverage !== null) {
          expect(diagnostics.coverage).toBeGreaterThanOrEqual(0);
          expect(diagnostics.coverage).toBeLessThanOrEqual(1);
        }
        for (const { vif } of diagnostics.collinearity) expect(vif).toBeGreaterThan(1 - 1e-9);
        expect(diagnostics.collinearity.map(({ term }) => term).sort()).toEqual(fit.terms.map(({ name }) => name).filter((name) => name !== INTERCEPT).sort());
        expect(diagnostics.bins.reduce((sum, bin) => sum + bin.n, 0)).toBe(n >= 30 ? n : 0);
        expectWritable(diagnostics);
      }),
      { numRuns: 150 },
    );
    expect(aliased, "some draws have aliased terms").toBeGreaterThan(0);
    expect(aliased, "and some have not").toBeLessThan(150);
  });

  it("are the same for the same seed", () => {
    fc.assert(
      fc.property(draws("some"), fc.nat({ max: 1000 }), (drawn, seed) => {
        expect(diagnosed(drawn, seed).diagnostics).toEqual(diagnosed(drawn, seed).diagnostics);
      }),
      { numRuns: 20 },
    );
  });

  it.each(["none", "constant"] as const)("say nothing of residuals where the values have no noise (%s)", (noise) => {
    fc.assert(
      fc.property(draws(noise), (drawn) => {
        fc.pre(noise === "constant" || drawn.form.link === null);
        const { diagnostics } = diagnosed(drawn);
        expect(diagnostics).toMatchObject({ reset: null, breuschPagan: null, coverage: null, learning: [], bins: [], quantiles: [], cook: { above: 0, max: 0 } });
        expectWritable(diagnostics);
      }),
      { numRuns: 40 },
    );
  });

  it("fit subsets as a fit of the terms does: the residual error and a new row's leverage", () => {
    fc.assert(
      fc.property(draws("some"), ({ space, form, samples }) => {
        const all = fitPredictor(space, form, samples, 1);
        const basis = basisOf(all.fit, designMatrix(space, form, samples));
        const rows = samples.map((_, i) => i).filter((i) => i % 5 !== 0);
        const eta = Float64Array.from(samples, ({ value }, i) => (form.link === null ? value : i % 7));
        const subset = fitSubset(basis, eta, rows);
        fc.pre(subset !== null);
        // Normal equations: the residuals are orthogonal to every column.
        for (const column of [...basis.columns, new Float64Array(samples.length).fill(1)]) {
          const length = Math.sqrt(rows.reduce((sum, i) => sum + column[i]! ** 2, 0)) * Math.sqrt(rows.reduce((sum, i) => sum + eta[i]! ** 2, 0));
          expect(Math.abs(rows.reduce((sum, i) => sum + column[i]! * (eta[i]! - subset!.predict(i)), 0))).toBeLessThan(1e-7 * length);
        }
        expect(rows.reduce((sum, i) => sum + subset!.leverage(i), 0)).toBeCloseTo(basis.q.length, 5);
      }),
      { numRuns: 60 },
    );
  });
});

describe("a sample that alone decides a coefficient", () => {
  it("has leverage 1, no residual to judge, and no influence that could be told", () => {
    const n = 12;
    const x = Float64Array.from({ length: n }, (_, i) => i);
    const only = Float64Array.from({ length: n }, (_, i) => (i === 4 ? 1 : 0));
    const fit = fitLinear(["x", "only"], [x, only], x.map((value) => value + Math.sin(7 * value)));
    expect(fit.leverage[4]).toBeCloseTo(1, 12);
    expect(judged(fit)).toEqual(Array.from({ length: n }, (_, i) => i !== 4));
    for (const values of [standardisedResiduals(fit), cooksDistances(fit)]) {
      expect(values[4]).toBe(0);
      expect([...values].every(Number.isFinite)).toBe(true);
      expect(Math.max(...values)).toBeGreaterThan(0);
    }
  });
});

describe.runIf(hasR)("distributions of the diagnostics", () => {
  it("are R's pchisq, qnorm and ppoints", () => {
    const x = [0, 0.01, 1, 5, 30, 100, 400];
    const dof = [1, 2, 5, 25, 40, 200];
    const p = [1e-10, 1e-4, 0.025, 0.3, 0.5, 0.7, 0.975, 0.9999];
    const r = runR(`for (v in c(${dof.join(",")})) out(sprintf("chi2 %d", v), pchisq(c(${x.join(",")}), v, lower.tail = FALSE))
out("normal", qnorm(c(${p.join(",")}))); out("few", ppoints(7)); out("many", ppoints(23))`);
    for (const v of dof) {
      r.numbers(`chi2 ${v}`).forEach((value, i) => expect(Math.abs(chi2Upper(x[i]!, v) - value), `chi2 ${x[i]} at ${v}`).toBeLessThanOrEqual(1e-10 * value));
    }
    r.numbers("normal").forEach((value, i) => expect(Math.abs(normalQuantile(p[i]!) - value)).toBeLessThan(1e-12));
    r.numbers("few").forEach((value, i) => expect(ppoints(7)[i]).toBeCloseTo(value, 14));
    r.numbers("many").forEach((value, i) => expect(ppoints(23)[i]).toBeCloseTo(value, 14));
  });
});
