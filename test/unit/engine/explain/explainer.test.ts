import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Stage } from "../../../../src/engine/architecture.js";
import { tCritical } from "../../../../src/engine/distributions.js";
import { Explainer } from "../../../../src/engine/explain/explainer.js";
import type { Part } from "../../../../src/engine/explain/part.js";
import { formNames, formOf } from "../../../../src/engine/forms.js";
import { Predictor } from "../../../../src/engine/predictor.js";
import type { Space } from "../../../../src/engine/space.js";
import { readSpace } from "../../../../src/shared/files/index.js";
import { add, architecturesOf, etaOf, gap, linked, models, readName, SATURATING, sequencesOf, stagesOf, valueOf, withCrossTerm, type Model } from "../helpers.js";
import { BUILT_IN, fitForm, FOXNAS, hasData, predictorOf, publishedSamples } from "../published.js";
import { combine, Enumeration, formPredictor, mixedModels, probability, sameGenes } from "./helpers.js";

const explainerOf = ({ space, accuracy }: Pick<Model, "space" | "accuracy">): Explainer => new Explainer(new Predictor(space, accuracy));
const total = (parts: readonly Part[]): number => add(parts.map(({ value }) => value));

/** The contributions and the baseline add up to the prediction, and each stage's parts to the stage. */
function expectSums(explainer: Explainer, prediction: number, stages: readonly Stage[]): void {
  const { value, baseline, contributions } = explainer.explain(stages);
  expect(contributions).toHaveLength(stages.length);
  expect(gap(value, prediction)).toBeLessThan(1e-9);
  expect(gap(baseline + total(contributions), value)).toBeLessThan(1e-9);
  for (const stage of contributions) expect(gap(total(Object.values(stage.parts)), stage.value)).toBeLessThan(1e-9);
}

const folder = fileURLToPath(new URL("../../../../media/spaces/", import.meta.url));
const SPACES: Space[] = readdirSync(folder).map((name) => readSpace({ name, text: readFileSync(folder + name, "utf8") }));
const CASES = SPACES.flatMap((space) =>
  (["accuracy", "latency"] as const).flatMap((target) =>
    formNames(target).flatMap((name) => [null, SATURATING].map((link) => ({ space, form: formOf(target, name), link }))),
  ),
);

describe("contributions", () => {
  it.each(CASES.map((of) => [of.space.id, of.form.target, of.form.name, of.link === null ? "no link" : "a link", of] as const))(
    "add up in %s, %s form %s, %s",
    (...[, , , , { space, form, link }]) => {
      fc.assert(
        fc.property(fc.nat(1e6), stagesOf(space), (seed, stages) => {
          const data = formPredictor(space, form, link, seed);
          const explainer = explainerOf({ space, accuracy: data });
          expectSums(explainer, new Predictor(space, data).value(stages), stages);
          for (const { value, interval, parts } of explainer.explain(stages).contributions) {
            for (const part of [{ value, interval }, ...Object.values(parts)]) expect(gap(add(part.interval!) / 2, part.value)).toBeLessThan(1e-9);
          }
        }),
        { numRuns: 20 },
      );
    },
  );

  it("add up in any small space, with terms that mix a stage's choices", () => {
    const any = fc.oneof(models("real"), models("exact"), models("real", SATURATING), mixedModels(null), mixedModels(SATURATING));
    fc.assert(
      fc.property(any.chain((model) => fc.tuple(fc.constant(model), stagesOf(model.space))), ([model, stages]) => {
        expectSums(explainerOf(model), valueOf(model.accuracy, stages), stages);
      }),
      { numRuns: 300 },
    );
  });

  it.each([["no link", null], ["a link", SATURATING]] as const)("are differences of conditional means over all architectures, with their intervals, %s", (_, link) => {
    const anyArchitecture = mixedModels(link).chain((model) => fc.tuple(fc.constant(model), stagesOf(model.space)));
    fc.assert(
      fc.property(anyArchitecture, ([model, stages]) => {
        const { space, accuracy } = model;
        const enumeration = new Enumeration(space, accuracy);
        const { baseline, value, contributions } = explainerOf(model).explain(stages);
        const mean = enumeration.mean(() => true);
        expect(gap(baseline, linked(link, enumeration.eta(mean)))).toBeLessThan(1e-9);
        const change = etaOf(accuracy, stages) - enumeration.eta(mean);
        fc.pre(link === null || Math.abs(change) > 1e-3);
        const slope = link === null ? 1 : (value - baseline) / change;
        const critical = tCritical(0.95, accuracy.fit!.dof);
        const expectPart = (part: Part, row: number[]) => {
          expect(gap(part.value, enumeration.eta(row) * slope)).toBeLessThan(1e-9);
          expect(gap((part.interval![1] - part.interval![0]) / 2, critical * enumeration.error(row) * slope)).toBeLessThan(1e-7);
        };
        contributions.forEach(({ parts, ...whole }, s) => {
          const { blocks } = stages[s]!;
          const given = (holds: (mine: Stage["blocks"]) => boolean) => enumeration.mean((other) => other[s]!.blocks.length === blocks.length && holds(other[s]!.blocks));
          const all = {
            stage: given((mine) => sameGenes("expand", mine, blocks) && sameGenes("kernel", mine, blocks) && mine[0]!.expand === blocks[0]!.expand && mine[0]!.kernel === blocks[0]!.kernel),
            depth: given(() => true),
            transition: given((mine) => mine[0]!.expand === blocks[0]!.expand && mine[0]!.kernel === blocks[0]!.kernel),
            expand: given((mine) => sameGenes("expand", mine, blocks)),
            kernel: given((mine) => sameGenes("kernel", mine, blocks)),
          };
          expectPart(whole, combine([1, all.stage], [-1, mean]));
          expectPart(parts.depth, combine([1, all.depth], [-1, mean]));
          for (const choice of ["transition", "expand", "kernel"] as const) expectPart(parts[choice], combine([1, all[choice]], [-1, all.depth]));
          expectPart(parts.together, combine([1, all.stage], [2, all.depth], [-1, all.transition], [-1, all.expand], [-1, all.kernel]));
        });
      }),
      { numRuns: 60 },
    );
  });

  it("of every stage, and their parts, average 0 over the space, where there is no link", () => {
    fc.assert(
      fc.property(fc.oneof(models("real"), models("exact"), mixedModels(null)), (model) => {
        const explainer = explainerOf(model);
        const sums = model.space.stages.map(() => [0, 0, 0, 0, 0, 0]);
        for (const stages of architecturesOf(model.space)) {
          const weight = probability(model.space, stages);
          explainer.explain(stages).contributions.forEach(({ value, parts }, s) => {
            [value, ...Object.values(parts).map((part) => part.value)].forEach((each, i) => (sums[s]![i]! += each * weight));
          });
        }
        for (const sum of sums.flat()) expect(Math.abs(sum)).toBeLessThan(1e-9);
      }),
      { numRuns: 20 },
    );
  });

  it("keep their order and sign through a link: what helps on the scale of eta helps in percent", () => {
    fc.assert(
      fc.property(models("real", SATURATING).chain((model) => fc.tuple(fc.constant(model), stagesOf(model.space))), ([model, stages]) => {
        const plain = explainerOf({ ...model, accuracy: { ...model.accuracy, link: null } }).explain(stages).contributions;
        const through = explainerOf(model).explain(stages).contributions;
        plain.forEach(({ value }, s) => {
          if (Math.abs(value) > 1e-9) expect(Math.sign(through[s]!.value)).toBe(Math.sign(value));
          plain.forEach(({ value: other }, t) => {
            if (value - other > 1e-6) expect(through[s]!.value).toBeGreaterThan(through[t]!.value);
          });
        });
      }),
    );
  });

  it("need an additive predictor", () => {
    fc.assert(
      fc.property(models("exact"), ({ space, accuracy }) => {
        fc.pre(space.stages.length > 1);
        expect(() => explainerOf({ space, accuracy: withCrossTerm(accuracy, space, 1) })).toThrow(TypeError);
      }),
      { numRuns: 10 },
    );
  });
});

describe("the difference of two predictions", () => {
  const pairs = fc.oneof(mixedModels(null), mixedModels(SATURATING), models("real")).chain((model) =>
    fc.tuple(fc.constant(model), stagesOf(model.space), stagesOf(model.space)),
  );

  it("adds up over the stages, is 0 from an architecture to itself, and turns its sign when taken back", () => {
    fc.assert(
      fc.property(pairs, ([model, from, to]) => {
        const explainer = explainerOf(model);
        const { value, contributions } = explainer.difference(from, to);
        const expected = valueOf(model.accuracy, to) - valueOf(model.accuracy, from);
        expect(gap(value, expected)).toBeLessThan(1e-9);
        expect(gap(total(contributions), expected)).toBeLessThan(1e-9);
        const back = explainer.difference(to, from);
        back.contributions.forEach((part, s) => expect(gap(part.value, -contributions[s]!.value)).toBeLessThan(1e-9));
        for (const part of explainer.difference(from, from).contributions) expect(part.value).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it("has the intervals of the difference of the two rows of the design matrix", () => {
    fc.assert(
      fc.property(mixedModels(null).chain((model) => fc.tuple(fc.constant(model), stagesOf(model.space), stagesOf(model.space))), ([model, from, to]) => {
        const enumeration = new Enumeration(model.space, model.accuracy);
        const rowOf = (stages: readonly Stage[]) => enumeration.all.find((other) => JSON.stringify(other.stages) === JSON.stringify(stages))!.row;
        const rows = model.space.stages.map((_, s) => combine([1, rowOf(from.with(s, to[s]!))], [-1, rowOf(from)]));
        const critical = tCritical(0.95, model.accuracy.fit!.dof);
        const difference = explainerOf(model).difference(from, to);
        const half = ({ interval }: Part) => (interval![1] - interval![0]) / 2;
        difference.contributions.forEach((part, s) => {
          expect(gap(part.value, enumeration.eta(rows[s]!))).toBeLessThan(1e-9);
          expect(gap(half(part), critical * enumeration.error(rows[s]!))).toBeLessThan(1e-7);
        });
        expect(gap(half(difference), critical * enumeration.error(combine([1, rowOf(to)], [-1, rowOf(from)])))).toBeLessThan(1e-7);
      }),
      { numRuns: 20 },
    );
  });
});

describe.each(["accuracy", "latency"] as const)("contributions to the built-in %s", (target) => {
  const explainer = explainerOf({ space: FOXNAS, accuracy: BUILT_IN[target] });

  it("add up to the prediction for any architecture, and lie inside their intervals", () => {
    fc.assert(
      fc.property(stagesOf(FOXNAS), (stages) => {
        expectSums(explainer, valueOf(BUILT_IN[target], stages), stages);
        for (const { value, interval } of explainer.explain(stages).contributions) {
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
    const explainer = explainerOf({ space: FOXNAS, accuracy: predictorOf(FOXNAS, form, fit) });
    const readTerm = (name: string, stage: Stage) => name.split(":").reduce((product, part) => product * readName(part, [stage]), 1);
    const architecture: Stage[] = FOXNAS.stages.map(({ width }, s) => ({
      width,
      blocks: Array.from({ length: 2 + (s % 3) }, (_, b) => ({ expand: [2, 3, 4, 6][(s + b) % 4]!, kernel: [3, 5, 7][(s * b) % 3]! })),
    }));
    explainer.explain(architecture).contributions.forEach(({ value, interval }, s) => {
      const stage = architecture[s]!;
      const sequences = sequencesOf(FOXNAS.stages[s]!);
      const row = fit.terms.map(({ name }) => {
        if (name === "(Intercept)" || !name.endsWith(`_${stage.width}`)) return 0;
        const mean = add(sequences.map((blocks) => readTerm(name, { width: stage.width, blocks }) / 3 / 12 ** blocks.length));
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
