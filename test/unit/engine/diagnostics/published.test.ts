import { describe, expect, it } from "vitest";
import { designMatrix } from "../../../../src/engine/design.js";
import { basisOf } from "../../../../src/engine/diagnostics/basis.js";
import { intervalCoverage } from "../../../../src/engine/diagnostics/coverage.js";
import { diagnose, rounded } from "../../../../src/engine/diagnostics/index.js";
import { ladder, learningCurve } from "../../../../src/engine/diagnostics/learning.js";
import { fitPredictor } from "../../../../src/engine/fitPredictor.js";
import { formNames, formOf, type Target } from "../../../../src/engine/forms.js";
import { linkEta } from "../../../../src/engine/link.js";
import { predictionFactor } from "../../../../src/engine/predictionFactor.js";
import { Predictor } from "../../../../src/engine/predictor.js";
import { Random } from "../../../../src/engine/random.js";
import { once } from "../helpers.js";
import { BUILT_IN, fitForm, FOXNAS, hasData, predictorOf, publishedSamples } from "../published.js";

const FORMS = (["accuracy", "latency"] as const).flatMap((target) => formNames(target).map((name) => [target, name] as [Target, string]));

describe.runIf(hasData).each(FORMS)("diagnostics of %s by the form %s on the published samples", (target, name) => {
  const form = formOf(target, name);
  const ready = once(() => {
    const samples = publishedSamples(target);
    const fit = fitForm(FOXNAS, form, samples);
    const values = samples.map(({ value }) => value);
    const eta = Float64Array.from(values, (value) => linkEta(form.link, value));
    return { samples, fit, values, eta, basis: basisOf(fit, designMatrix(FOXNAS, form, samples)) };
  });

  it("count the held-out values inside the intervals that predictors of the training parts give", () => {
    const { samples, values, eta, basis } = ready();
    const random = Random.seeded(3);
    let inside = 0;
    for (let repeat = 0; repeat < 10; repeat++) {
      const order = random.permutation(300);
      for (let fold = 0; fold < 10; fold++) {
        const train = order.filter((_, i) => i % 10 !== fold).map((i) => samples[i]!);
        const part = fitForm(FOXNAS, form, train);
        const data = predictorOf(FOXNAS, form, part);
        // Of the training part alone.
        const predictor = new Predictor(FOXNAS, { ...data, fit: { ...data.fit!, predictionFactor: predictionFactor(part)! } });
        for (const i of order.filter((_, place) => place % 10 === fold)) {
          const [from, to] = predictor.estimate(samples[i]!.stages).interval!;
          if (from <= values[i]! && values[i]! <= to) inside++;
        }
      }
    }
    expect(intervalCoverage(basis, form.link, eta, values, 3)).toBe(inside / 3000);
  });

  it("find 93 to 97 % of held-out values inside 95 % intervals, with any folds", () => {
    const { values, eta, basis } = ready();
    const shares = [1, 2, 3, 4, 5].map((seed) => intervalCoverage(basis, form.link, eta, values, seed)!);
    console.log(`${target}, ${name}: 95 % intervals hold ${shares.map((share) => (100 * share).toFixed(2)).join(", ")} %`);
    for (const share of shares) {
      expect(share).toBeGreaterThan(0.93);
      expect(share).toBeLessThan(0.97);
    }
  });

  it("have the held-out errors of predictors fitted to as many samples", () => {
    const { samples, values, eta, basis } = ready();
    const curve = learningCurve(basis, form.link, eta, values, 5);
    expect(curve.map(({ n }) => n)).toEqual(ladder(300, basis.q.length));
    expect(curve.at(-1)!.n).toBe(270);
    const random = Random.seeded(5);
    const orders = Array.from({ length: 20 }, () => random.permutation(300));
    const { n, rmse, deviation } = curve.at(-2)!;
    const errors = orders.map((order) => {
      const fit = fitForm(FOXNAS, form, order.slice(0, n).map((i) => samples[i]!));
      const predictor = new Predictor(FOXNAS, predictorOf(FOXNAS, form, fit));
      const squares = order.slice(n).map((i) => (values[i]! - predictor.value(samples[i]!.stages)) ** 2);
      return Math.sqrt(squares.reduce((a, b) => a + b, 0) / squares.length);
    });
    const mean = errors.reduce((a, b) => a + b, 0) / 20;
    expect(rmse / mean).toBeCloseTo(1, 8);
    expect(deviation / Math.sqrt(errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / 19)).toBeCloseTo(1, 6);
    expect(curve[0]!.rmse).toBeGreaterThan(curve.at(-1)!.rmse);
  });
});

const BUILT_IN_FORMS = { accuracy: "depth-log-saturating", latency: "sums" } as const;
const diagnosed = (target: Target) => {
  const samples = publishedSamples(target);
  const form = formOf(target, BUILT_IN_FORMS[target]);
  return diagnose(FOXNAS, form, samples, fitPredictor(FOXNAS, form, samples, 1), 1);
};

describe.runIf(hasData)("the built-in predictors", () => {
  const accuracy = once(() => diagnosed("accuracy"));
  const latency = once(() => diagnosed("latency"));

  it.each([
    ["accuracy", accuracy],
    ["latency", latency],
  ] as const)("of %s carries these diagnostics, without the samples", (target, of) => {
    const { points, ...rest } = rounded(of());
    expect(points).toHaveLength(300);
    expect(rest.coverage).toBeGreaterThan(0.93);
    expect(rest.coverage).toBeLessThan(0.97);
    expect((BUILT_IN[target].fit as { diagnostics?: unknown }).diagnostics).toEqual(rest);
  });
});
