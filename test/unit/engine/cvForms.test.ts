import { describe, expect, it } from "vitest";
import type { Block } from "../../../src/engine/architecture.js";
import { fitPredictor } from "../../../src/engine/fitPredictor.js";
import { formNames, formOf, formTerms, type Target } from "../../../src/engine/forms.js";
import { Predictor } from "../../../src/engine/predictor.js";
import { Random } from "../../../src/engine/random.js";
import { BUILT_IN, fitForm, FOXNAS, hasData, predictorOf, publishedSamples } from "./published.js";
import { gap, once, valueOf } from "./helpers.js";

/** Terms, and the cross-validated RMSE the project asks for (published forms: what they are known to reach). */
const FORMS: [Target, string, number, [number, number]][] = [
  ["accuracy", "published", 40, [0.25, 0.285]],
  ["accuracy", "log-saturating", 25, [0.19, 0.21]],
  ["accuracy", "depth-log-saturating", 35, [0.1, 0.2]],
  ["latency", "published", 35, [2.75, 3.1]],
  ["latency", "sums", 25, [0.7, 0.9]],
];

describe("the forms", () => {
  it("are listed by name", () => {
    for (const [target, name] of FORMS) expect(formNames(target)).toContain(name);
    for (const target of ["accuracy", "latency"] as const) expect(new Set(formNames(target)).size).toBe(formNames(target).length);
  });

  it.each(FORMS)("%s, %s has %d different terms in foxnas-cpu", (target, name, terms) => {
    const names = formTerms(formOf(target, name), FOXNAS);
    expect(names).toHaveLength(terms);
    expect(new Set(names).size).toBe(terms);
  });

  it("refuse a name that is none, and list those that are", () => {
    expect(() => formOf("latency", "log-saturating")).toThrow(
      expect.objectContaining({ path: ["form"], found: '"log-saturating"', expected: expect.stringMatching(/^published.* or /) as string }) as Error,
    );
  });
});

describe.runIf(hasData).each(FORMS)("%s predicted by the form %s", (target, name, _, [low, high]) => {
  const form = formOf(target, name);
  const published = once(() => publishedSamples(target));

  it("reaches the required cross-validated error on the 300 published samples", () => {
    const samples = published();
    const { crossValidation } = fitPredictor(FOXNAS, form, samples, 1);
    expect(crossValidation.rmse).toBeGreaterThan(low);
    expect(crossValidation.rmse).toBeLessThanOrEqual(high);
    expect(crossValidation).toMatchObject({ folds: 10, repeats: 10 });
    // Errors of any shape: mean absolute <= root mean square.
    expect(crossValidation.mae).toBeLessThan(crossValidation.rmse);
    expect(crossValidation.r2).toBeGreaterThan(0.9);
  });

  it("covers 92 to 98 % of held-out samples by its 95 % intervals", () => {
    const samples = published();
    const random = Random.seeded(2026);
    let inside = 0;
    let all = 0;
    for (let repeat = 0; repeat < 2; repeat++) {
      const order = random.permutation(samples.length);
      for (let fold = 0; fold < 10; fold++) {
        const train = order.filter((_, i) => i % 10 !== fold).map((i) => samples[i]!);
        const predictor = new Predictor(FOXNAS, predictorOf(FOXNAS, form, fitForm(FOXNAS, form, train)));
        for (const i of order.filter((_, place) => place % 10 === fold)) {
          const [from, to] = predictor.estimate(samples[i]!.stages).interval!;
          all++;
          if (from <= samples[i]!.value && samples[i]!.value <= to) inside++;
        }
      }
    }
    expect(all).toBe(600);
    expect(inside / all).toBeGreaterThan(0.92);
    expect(inside / all).toBeLessThan(0.98);
  });

  it("calls none of its own samples an extrapolation", () => {
    const samples = published();
    const predictor = new Predictor(FOXNAS, predictorOf(FOXNAS, form, fitForm(FOXNAS, form, samples)));
    const marked = samples.flatMap(({ stages }, row) => (predictor.estimate(stages).extrapolated === true ? [row] : []));
    expect(marked).toEqual([]);
  });

  it("calls architectures far from its samples extrapolations", () => {
    const samples = published();
    const predictor = new Predictor(FOXNAS, predictorOf(FOXNAS, form, fitForm(FOXNAS, form, samples)));
    const filled = (transition: Block, other: Block) => FOXNAS.stages.map(({ width }) => ({ width, blocks: [transition, other, other, other] }));
    expect(predictor.estimate(filled({ expand: 6, kernel: 7 }, { expand: 6, kernel: 7 })).extrapolated).toBe(true);
    expect(predictor.estimate(filled({ expand: 6, kernel: 3 }, { expand: 2, kernel: 7 })).extrapolated).toBe(true);
  });

  it("gives the leverage of every sample back from the covariance its file keeps", () => {
    const samples = published();
    const fit = fitForm(FOXNAS, form, samples);
    const data = predictorOf(FOXNAS, form, fit);
    const predictor = new Predictor(FOXNAS, data);
    const uncertainty = predictor.uncertainty!;
    samples.forEach(({ stages }, i) => {
      expect(Math.abs(uncertainty.leverage(uncertainty.row(stages)) - fit.leverage[i]!)).toBeLessThan(1e-9);
      expect(gap(predictor.value(stages), valueOf(data, stages))).toBeLessThan(1e-9);
    });
  });
});

describe.runIf(hasData).each(["accuracy", "latency"] as const)("the built-in %s predictor", (target) => {
  it("is the fit of its form to the published samples", () => {
    const name = target === "accuracy" ? "depth-log-saturating" : "sums";
    const form = formOf(target, name);
    const built = BUILT_IN[target];
    const fit = fitForm(FOXNAS, form, publishedSamples(target));
    expect(built.link).toEqual(form.link);
    expect(Object.keys(built.coefficients).sort()).toEqual(formTerms(form, FOXNAS).sort());
    for (const { name: term, estimate } of fit.terms.slice(1)) expect(gap(built.coefficients[term]!, estimate)).toBeLessThan(1e-9);
    expect(gap(built.intercept, fit.terms[0]!.estimate)).toBeLessThan(1e-9);
  });
});
