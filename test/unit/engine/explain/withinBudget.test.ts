import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withinBudget } from "../../../../src/engine/withinBudget.js";
import { Predictor } from "../../../../src/engine/predictor.js";
import { etaOf, linked, models, SATURATING, stagesOf } from "../helpers.js";
import { hasR, runR } from "../r.js";
import { Enumeration, mixedModels } from "./helpers.js";

/** The first predictor of these models may have a link; taken as one of latency, since intervals of accuracies end at 0 and 100 %. */
const cases = fc.oneof(mixedModels(null), mixedModels(SATURATING)).chain((model) => fc.tuple(fc.constant(model), stagesOf(model.space)));

describe("the probability to stay within a budget", () => {
  it("is one half at the prediction, 0.025 and 0.975 at the ends of its 95 % interval, and grows with the budget", () => {
    fc.assert(
      fc.property(cases, ([{ space, accuracy }, stages]) => {
        const predictor = new Predictor(space, { ...accuracy, target: "latency" });
        const { value, interval } = predictor.estimate(stages);
        // Far out on the link neighbouring budgets are one number.
        fc.pre(accuracy.link === null || (Math.abs(predictor.eta(stages)) < 4 && value - interval![0] < 1e4));
        const at = (budget: number) => withinBudget(predictor, stages, budget)!;
        expect(at(value)).toBeCloseTo(0.5, 7);
        expect(at(interval![0])).toBeCloseTo(0.025, 7);
        expect(at(interval![1])).toBeCloseTo(0.975, 7);
        const steps = [-30, -3, -1, 0, 1, 3, 30].map((step) => at(value + (step * (interval![1] - value)) / 3));
        steps.forEach((probability, i) => {
          expect(probability).toBeGreaterThanOrEqual(steps[i - 1] ?? 0);
          expect(probability).toBeLessThanOrEqual(1);
        });
      }),
      { numRuns: 200 },
    );
  });

  it("is sure at the ceiling of a link and for a fit without residual error, and unknown without a covariance", () => {
    fc.assert(
      fc.property(models("exact").chain((model) => fc.tuple(fc.constant(model), stagesOf(model.space))), ([{ space, latency }, stages]) => {
        const bare = new Predictor(space, latency);
        expect(withinBudget(bare, stages, bare.value(stages))).toBeNull();
        const terms = ["(Intercept)"];
        const exact = new Predictor(space, { ...latency, fit: { dof: 3, residualStdError: 0, terms, covariance: [0], maxLeverage: 1 } });
        expect(withinBudget(exact, stages, exact.value(stages))).toBe(1);
        expect(withinBudget(exact, stages, exact.value(stages) - 1e-6)).toBe(0);
        const fit = { dof: 3, residualStdError: 1, terms, covariance: [1], maxLeverage: 1 };
        const limited = new Predictor(space, { ...latency, link: SATURATING, fit });
        expect(withinBudget(limited, stages, 79)).toBe(1);
        expect(withinBudget(limited, stages, 80)).toBe(1);
      }),
      { numRuns: 30 },
    );
  });
});

describe.runIf(hasR)("the probability to stay within a budget, in R", () => {
  it("is pt of the distance in standard errors of prediction", () => {
    const sampled = fc.sample(fc.tuple(cases, fc.double({ min: -3, max: 3, noNaN: true })), { numRuns: 30, seed: 7 });
    const rows = sampled.map(([[{ space, accuracy }, stages], distance]) => {
      const enumeration = new Enumeration(space, accuracy);
      const row = enumeration.all.find((other) => JSON.stringify(other.stages) === JSON.stringify(stages))!.row;
      const { residualStdError, dof } = accuracy.fit!;
      const error = Math.hypot(residualStdError, enumeration.error(row));
      const budget = linked(accuracy.link, etaOf(accuracy, stages) + distance * error);
      return { distance, dof, ours: withinBudget(new Predictor(space, accuracy), stages, budget)! };
    });
    const p = runR(`out("p", pt(c(${rows.map(({ distance }) => distance.toPrecision(17)).join(",")}), c(${rows.map(({ dof }) => dof).join(",")})))`).numbers("p");
    rows.forEach(({ ours }, i) => expect(Math.abs(ours - p[i]!)).toBeLessThan(1e-7));
  });
});
