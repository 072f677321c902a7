import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Architecture, Stage } from "../../../src/engine/architecture.js";
import { Explainer } from "../../../src/engine/contributions.js";
import { tCritical } from "../../../src/engine/distributions.js";
import { formOf } from "../../../src/engine/forms.js";
import { Predictor } from "../../../src/engine/predictor.js";
import { add, architecturesOf, etaOf, gap, landscapeOf, linked, models, readName, SATURATING, stagesOf, valueOf, withCrossTerm, type Model } from "./helpers.js";
import { BUILT_IN, fitForm, FOXNAS, hasData, predictorOf, publishedSamples } from "./published.js";

/** Probability of an architecture when depths, then blocks, are drawn uniformly. */
function probability(model: Model, stages: readonly Stage[]): number {
  return stages.reduce((product, { blocks }, s) => {
    const { depth, expand, kernel } = model.space.stages[s]!;
    return product / depth.length / (expand.length * kernel.length) ** blocks.length;
  }, 1);
}

const explainerOf = (model: Model): Explainer => new Explainer(new Predictor(model.space, model.accuracy), landscapeOf(model).choices);
const anyModel = fc.oneof(models("real"), models("exact"), models("real", SATURATING));
const anyArchitecture = anyModel.chain((model) => fc.tuple(fc.constant(model), stagesOf(model.space)));

describe("contributions of the stages", () => {
  it("and the baseline add up to the prediction", () => {
    fc.assert(
      fc.property(anyArchitecture, ([model, stages]) => {
        const { baseline, stages: shares } = explainerOf(model).explain(stages);
        expect(shares).toHaveLength(stages.length);
        expect(gap(baseline + add(shares.map(({ value }) => value)), valueOf(model.accuracy, stages))).toBeLessThan(1e-9);
      }),
      { numRuns: 300 },
    );
  });

  it("start from the mean of eta over all architectures as they are drawn, through the link", () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const all = architecturesOf(model.space);
        const meanEta = add(all.map((stages) => probability(model, stages) * etaOf(model.accuracy, stages)));
        const { baseline } = explainerOf(model).explain(all[0]!);
        expect(gap(baseline, linked(model.accuracy.link, meanEta))).toBeLessThan(1e-9);
      }),
      { numRuns: 30 },
    );
  });

  it("of every stage average 0 over the space, where there is no link", () => {
    fc.assert(
      fc.property(fc.oneof(models("real"), models("exact")), (model) => {
        const explainer = explainerOf(model);
        const sums = model.space.stages.map(() => 0);
        for (const stages of architecturesOf(model.space)) {
          explainer.explain(stages).stages.forEach(({ value }, s) => (sums[s]! += value * probability(model, stages)));
        }
        for (const sum of sums) expect(Math.abs(sum)).toBeLessThan(1e-9);
      }),
      { numRuns: 30 },
    );
  });

  it("keep their order and sign through a link: what helps on the scale of eta helps in percent", () => {
    fc.assert(
      fc.property(models("real", SATURATING).chain((model) => fc.tuple(fc.constant(model), stagesOf(model.space))), ([model, stages]) => {
        const plain = explainerOf({ ...model, accuracy: { ...model.accuracy, link: null } }).explain(stages);
        const through = explainerOf(model).explain(stages);
        plain.stages.forEach(({ value }, s) => {
          if (Math.abs(value) > 1e-9) expect(Math.sign(through.stages[s]!.value)).toBe(Math.sign(value));
          plain.stages.forEach(({ value: other }, t) => {
            if (value - other > 1e-6) expect(through.stages[s]!.value).toBeGreaterThan(through.stages[t]!.value);
          });
        });
      }),
    );
  });

  it("need an additive predictor", () => {
    fc.assert(
      fc.property(models("exact"), ({ space, accuracy, latency }) => {
        fc.pre(space.stages.length > 1);
        expect(() => explainerOf({ space, accuracy: withCrossTerm(accuracy, space, 1), latency })).toThrow(TypeError);
      }),
      { numRuns: 10 },
    );
  });
});

const FOX: Model = { space: FOXNAS, ...BUILT_IN };

describe.each(["accuracy", "latency"] as const)("contributions to the built-in %s", (target) => {
  const explainer = new Explainer(new Predictor(FOXNAS, BUILT_IN[target]), landscapeOf(FOX).choices);

  it("add up to the prediction for any architecture, and lie inside their intervals", () => {
    fc.assert(
      fc.property(stagesOf(FOXNAS), (stages) => {
        const { baseline, stages: shares } = explainer.explain(stages);
        expect(gap(baseline + add(shares.map(({ value }) => value)), valueOf(BUILT_IN[target], stages))).toBeLessThan(1e-9);
        for (const { value, interval } of shares) {
          expect(interval![0]).toBeLessThan(value);
          expect(interval![1]).toBeGreaterThan(value);
        }
      }),
    );
  });
});

describe.runIf(hasData)("confidence intervals of contributions to published latency", () => {
  it("are t times the standard error of the stage's terms against their mean over the space", () => {
    const form = formOf("latency", "published");
    const fit = fitForm(FOXNAS, form, publishedSamples("latency"));
    const data = predictorOf(FOXNAS, form, fit);
    const model: Model = { space: FOXNAS, accuracy: BUILT_IN.accuracy, latency: data };
    const { choices } = landscapeOf(model);
    const explainer = new Explainer(new Predictor(FOXNAS, data), choices);
    const readTerm = (name: string, stage: Stage) => name.split(":").reduce((product, part) => product * readName(part, [stage]), 1);
    const architecture: Architecture["stages"] = FOXNAS.stages.map(({ width }, s) => ({
      width,
      blocks: Array.from({ length: 2 + (s % 3) }, (_, b) => ({ expand: [2, 3, 4, 6][(s + b) % 4]!, kernel: [3, 5, 7][(s * b) % 3]! })),
    }));
    explainer.explain(architecture).stages.forEach(({ value, interval }, s) => {
      const stage = architecture[s]!;
      const row = fit.terms.map(({ name }) => {
        if (name === "(Intercept)" || !name.endsWith(`_${stage.width}`)) return 0;
        const { blocks, weights } = choices[s]!;
        const mean = blocks.reduce((sum, sequence, i) => sum + weights[i]! * readTerm(name, { width: stage.width, blocks: sequence }), 0);
        return readTerm(name, stage) - mean;
      });
      const variance = add(row.map((a, i) => add(row.map((b, j) => a * b * fit.covariance[i]![j]!))));
      const half = tCritical(0.95, fit.dof) * Math.sqrt(variance);
      expect((interval![1] - interval![0]) / 2 / half).toBeCloseTo(1, 8);
      expect((interval![1] + interval![0]) / 2).toBeCloseTo(value, 9);
      expect(value).toBeCloseTo(add(fit.terms.map(({ estimate }, i) => estimate * row[i]!)), 9);
    });
  });
});
