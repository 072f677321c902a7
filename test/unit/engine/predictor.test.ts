import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tCritical } from "../../../src/engine/distributions.js";
import { formOf } from "../../../src/engine/forms.js";
import { linkEta, linkSlope, linkValue, type Link } from "../../../src/engine/link.js";
import { Predictor, type PredictorData } from "../../../src/engine/predictor.js";
import { gap, SATURATING, stagesOf, valueOf } from "./helpers.js";
import { BUILT_IN, fitForm, FOXNAS, hasData, predictorOf, publishedSamples, publishedText } from "./published.js";
import { hasR, runR } from "./r.js";
import { SHAPES } from "./shapes.js";

const fit = (changes: object = {}): NonNullable<PredictorData["fit"]> => ({
  dof: 20,
  residualStdError: 0.5,
  terms: ["(Intercept)", "tot_24", "tot_24:avg_k_24"],
  covariance: [1, 0.1, 2, 0.2, 0.3, 3],
  maxLeverage: 0.4,
  ...changes,
});
const data = (changes: Partial<PredictorData> = {}): PredictorData => ({
  target: "latency",
  unit: "ms",
  space: "foxnas-cpu",
  intercept: 3,
  coefficients: { tot_24: 2, "tot_24:avg_k_24": 0.5 },
  link: null,
  fit: fit(),
  ...changes,
});

describe("a predictor", () => {
  it.each([["foxnas-cpu, accuracy", FOXNAS, BUILT_IN.accuracy], ["foxnas-cpu, latency", FOXNAS, BUILT_IN.latency], ["shapes, accuracy", SHAPES.space, SHAPES.accuracy], ["shapes, latency", SHAPES.space, SHAPES.latency]] as const)(
    "predicts what the names of its terms say: %s",
    (_, space, some) => {
      const predictor = new Predictor(space, some);
      fc.assert(
        fc.property(stagesOf(space), (stages) => {
          expect(gap(predictor.value(stages), valueOf(some, stages))).toBeLessThan(1e-9);
          expect(predictor.estimate(stages).value).toBe(predictor.value(stages));
        }),
      );
    },
  );

  it("has no interval beyond what can be measured, unless the prediction is itself beyond", () => {
    const wide = { unit: "%", coefficients: {}, fit: fit({ residualStdError: 40, covariance: [0, 0, 0, 0, 0, 0] }) } as const;
    const [architecture] = fc.sample(stagesOf(FOXNAS), 1);
    const interval = (changes: Partial<PredictorData>) => new Predictor(FOXNAS, data({ ...wide, ...changes })).estimate(architecture!).interval!;
    expect(interval({ target: "accuracy", intercept: 60 })).toEqual([0, 100]);
    expect(interval({ target: "latency", intercept: 60 })[1]).toBeGreaterThan(140);
    expect(interval({ target: "accuracy", intercept: 101 })[1]).toBeGreaterThan(180);
  });

  it("of another space, or with a term that is none of the space's, is refused", () => {
    expect(() => new Predictor(FOXNAS, data({ space: "foxnas-tpu" }))).toThrow(
      expect.objectContaining({ name: "ModelError", path: ["space"], found: '"foxnas-tpu"', expected: '"foxnas-cpu"' }) as Error,
    );
    expect(() => new Predictor(FOXNAS, data({ coefficients: { tot_24: 1, "tot_24:avg_q_24": 1 } }))).toThrow(/"avg_q_24" is no variable/);
    expect(() => new Predictor(FOXNAS, data({ fit: fit({ terms: ["(Intercept)", "tot_24", "tot_7"] }) }))).toThrow(/"tot_7" is no variable/);
  });

  it.each([
    ["too few numbers", { covariance: [1, 0.1, 2, 0.2, 0.3] }, "5 numbers for 3 terms"],
    ["a full square of numbers", { covariance: [1, 0, 0, 0, 1, 0, 0, 0, 1] }, "9 numbers for 3 terms"],
    ["the intercept not first", { terms: ["tot_24", "(Intercept)", "tot_40"] }, "6 numbers for 3 terms"],
    ["no terms", { terms: [], covariance: [] }, "0 numbers for 0 terms"],
    ["no degrees of freedom", { dof: 0 }, "0 degrees of freedom"],
  ])("with a malformed covariance is refused: %s", (_, changes, found) => {
    expect(() => new Predictor(FOXNAS, data({ fit: fit(changes) }))).toThrow(
      expect.objectContaining({ name: "ModelError", path: ["fit", "covariance"], found: expect.stringContaining(found) as string }) as Error,
    );
  });

  it("without a covariance gives no interval and no word on extrapolation", () => {
    const predictor = new Predictor(FOXNAS, data({ fit: undefined }));
    const [stages] = fc.sample(stagesOf(FOXNAS), { numRuns: 1, seed: 1 });
    expect(predictor.estimate(stages!)).toEqual({ value: predictor.value(stages!), interval: null, extrapolated: null });
  });

  const intervals = (link: Link, some: Partial<PredictorData> = {}) => new Predictor(FOXNAS, data({ link, intercept: -4, coefficients: { tot_24: 0.2 }, ...some }));

  it.each([["no link", null], ["a saturating link", SATURATING]] as const)("has intervals that contain the value and grow with the residual error, under %s", (_, link) => {
    fc.assert(
      fc.property(stagesOf(FOXNAS), fc.double({ min: 0.01, max: 1, noNaN: true }), (stages, error) => {
        const small = intervals(link, { fit: fit({ residualStdError: error, covariance: [0.01, 0, 0.01, 0, 0, 0.01] }) }).estimate(stages);
        const large = intervals(link, { fit: fit({ residualStdError: error * 1.5, covariance: [0.01, 0, 0.01, 0, 0, 0.01] }) }).estimate(stages);
        expect(small.interval![0]).toBeLessThan(small.value);
        expect(small.interval![1]).toBeGreaterThan(small.value);
        expect(large.interval![0]).toBeLessThan(small.interval![0]);
        expect(large.interval![1]).toBeGreaterThan(small.interval![1]);
        if (link !== null) expect(large.interval![1]).toBeLessThan(link.ceiling);
      }),
    );
  });

  it("has an interval of t s sqrt(1 + leverage) on either side, on the scale of eta", () => {
    fc.assert(
      fc.property(stagesOf(FOXNAS), (stages) => {
        const plain = intervals(null).estimate(stages);
        const through = intervals(SATURATING).estimate(stages);
        const blocks = stages[0]!.blocks;
        const x = [1, blocks.length, (blocks.length * blocks.slice(1).reduce((sum, b) => sum + b.kernel, 0)) / (blocks.length - 1)];
        const c = [[1, 0.1, 0.2], [0.1, 2, 0.3], [0.2, 0.3, 3]];
        const spread = x.reduce((sum, a, i) => sum + x.reduce((row, b, j) => row + a * b * c[i]![j]!, 0), 0);
        const half = tCritical(0.95, 20) * 0.5 * Math.sqrt(1 + spread / 0.25);
        expect(gap(plain.interval![1] - plain.value, half)).toBeLessThan(1e-9);
        expect(plain.extrapolated).toBe(spread / 0.25 > 0.4);
        plain.interval!.forEach((eta, i) => expect(gap(through.interval![i]!, linkValue(SATURATING, eta))).toBeLessThan(1e-9));
      }),
    );
  });
});

describe("the factor of a fit", () => {
  it("multiplies standard errors of prediction to the bit, and nothing else", () => {
    fc.assert(
      fc.property(stagesOf(FOXNAS), fc.double({ min: 0.2, max: 5, noNaN: true }), fc.constantFrom(null, SATURATING), (stages, factor, link) => {
        const some = { link, intercept: -4, coefficients: { tot_24: 0.2 } };
        const [plain, one, scaled] = [undefined, 1, factor].map((predictionFactor) => new Predictor(FOXNAS, data({ ...some, fit: fit({ predictionFactor }) }))) as [Predictor, Predictor, Predictor];
        expect(one.estimate(stages)).toEqual(plain.estimate(stages));
        const [before, after] = [plain.uncertainty!, scaled.uncertainty!];
        const row = after.row(stages);
        expect(after.predictionStdError(row)).toBe(factor * before.predictionStdError(row));
        expect(after.predictionHalfWidth(row)).toBe(tCritical(0.95, 20) * after.predictionStdError(row));
        for (const same of ["leverage", "confidenceHalfWidth"] as const) expect(after[same](row)).toBe(before[same](row));
        const { value, interval, extrapolated } = scaled.estimate(stages);
        expect({ value, extrapolated }).toEqual({ value: plain.value(stages), extrapolated: plain.estimate(stages).extrapolated });
        const [eta, half] = [scaled.eta(stages), after.predictionHalfWidth(row)];
        expect(interval).toEqual([linkValue(link, eta - half), linkValue(link, eta + half)]);
      }),
    );
  });
});

describe("the saturating link", () => {
  it("and its inverse undo each other, rise, and have the slope they claim", () => {
    fc.assert(
      fc.property(fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: 0.01, max: 2, noNaN: true }), (eta, step) => {
        expect(linkEta(SATURATING, linkValue(SATURATING, eta))).toBeCloseTo(eta, 9);
        expect(linkValue(SATURATING, eta + step)).toBeGreaterThan(linkValue(SATURATING, eta));
        const slope = (linkValue(SATURATING, eta + 1e-5) - linkValue(SATURATING, eta - 1e-5)) / 2e-5;
        expect(linkSlope(SATURATING, eta) / slope).toBeCloseTo(1, 6);
      }),
    );
    for (const value of [79, 80]) expect(linkEta(SATURATING, value)).toBeNaN();
  });
});

/** R's predict.lm on 60 samples that the fit has not seen. */
const PREDICT = `
d <- read.csv("samples.csv"); train <- 1:240; test <- 241:300
w <- c(16, 24, 40, 80, 112, 160)
terms <- unlist(lapply(2:6, function(s) { v <- w[s]; p <- paste0(w[s - 1], "_", v); paste0(c("tot_", "avg_e_", "avg_k_", "tot_e_", "tot_k_", "tot_", "tot_"), c(v, v, v, p, p, paste0(v, ":avg_e_", v), paste0(v, ":avg_k_", v))) }))
m <- lm(reformulate(terms, "latency"), d[train, ])
p <- predict(m, d[test, ], interval = "prediction", level = 0.95, se.fit = TRUE)
out("fit", p$fit[, "fit"]); out("low", p$fit[, "lwr"]); out("high", p$fit[, "upr"])
out("leverage", (p$se.fit / p$residual.scale)^2); out("most", max(hatvalues(m)))
`;

describe.runIf(hasData && hasR)("predictions of samples that a fit has not seen", () => {
  it("have the values, prediction intervals and leverage of R's predict", () => {
    const samples = publishedSamples("latency");
    const form = formOf("latency", "published");
    const predictor = new Predictor(FOXNAS, predictorOf(FOXNAS, form, fitForm(FOXNAS, form, samples.slice(0, 240))));
    const r = runR(PREDICT, { "samples.csv": publishedText() });
    const [value, low, high, leverage] = ["fit", "low", "high", "leverage"].map((name) => r.numbers(name)) as [number[], number[], number[], number[]];
    let marked = 0;
    samples.slice(240).forEach(({ stages }, i) => {
      const estimate = predictor.estimate(stages);
      expect(gap(estimate.value, value[i]!)).toBeLessThan(1e-9);
      expect(gap(estimate.interval![0], low[i]!)).toBeLessThan(1e-9);
      expect(gap(estimate.interval![1], high[i]!)).toBeLessThan(1e-9);
      const uncertainty = predictor.uncertainty!;
      expect(gap(uncertainty.leverage(uncertainty.row(stages)), leverage[i]!)).toBeLessThan(1e-9);
      expect(estimate.extrapolated).toBe(leverage[i]! > r.number("most"));
      if (estimate.extrapolated) marked++;
    });
    expect(value).toHaveLength(60);
    expect(marked).toBeLessThan(30);
  });
});
