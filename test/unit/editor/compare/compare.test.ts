import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare } from "../../../../src/editor/compare/index.js";
import type { Block, Stage } from "../../../../src/engine/architecture.js";
import { ablationPath } from "../../../../src/engine/explain/path.js";
import type { Comparison } from "../../../../src/shared/comparison.js";
import { mixedModels } from "../../engine/explain/helpers.js";
import { add, gap, models, SATURATING, stagesOf, valueOf, withCrossTerm, type Model } from "../../engine/helpers.js";
import { builtInModel, builtInSpace, FOXNAS, LARGE, modelOf, sideOf, SMALL, stages } from "./sides.js";

const TARGETS = ["accuracy", "latency"] as const;
const anyModel: fc.Arbitrary<Model> = fc.oneof(mixedModels(null), mixedModels(SATURATING), models("real", SATURATING), models("exact"));
const anyCase = anyModel.chain((model) => fc.tuple(fc.constant(model), stagesOf(model.space), stagesOf(model.space)));
const compared = (model: Model, from: Stage[], to: Stage[], budget: number | null = null): Comparison => {
  const both = modelOf(model);
  return compare(sideOf("a", from, both), sideOf("b", to, both), budget);
};
const same = (a: Block | undefined, b: Block | undefined) => a?.expand === b?.expand && a?.kernel === b?.kernel;

describe("a comparison", () => {
  it("of an architecture with itself is empty and 0", () => {
    fc.assert(
      fc.property(anyCase, ([model, from]) => {
        const { stages: rows, total, path } = compared(model, from, from);
        expect(rows.some(({ differs }) => differs)).toBe(false);
        expect(rows.flatMap(({ blocks }) => blocks).every(({ status, price }) => status === "same" && price.accuracy === null && price.latency === null)).toBe(true);
        expect(path).toEqual([]);
        for (const target of TARGETS) {
          expect(total![target].value).toBe(0);
          expect(total![target].interval ?? [0, 0]).toEqual([0, 0]);
          for (const { price } of rows) expect(price![target].value).toBe(0);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("turned round has every number with the other sign, and every block the other way", () => {
    const OTHER = { same: "same", changed: "changed", added: "removed", removed: "added" } as const;
    fc.assert(
      fc.property(anyCase, ([model, from, to]) => {
        const [there, back] = [compared(model, from, to), compared(model, to, from)];
        there.stages.forEach((stage, s) => {
          const other = back.stages[s]!;
          expect(stage.blocks.map(({ status }) => OTHER[status])).toEqual(other.blocks.map(({ status }) => status));
          expect(stage.blocks.map(({ from: before, to: after }) => [before, after])).toEqual(other.blocks.map(({ from: before, to: after }) => [after, before]));
          for (const target of TARGETS) expect(gap(stage.price![target].value, -other.price![target].value)).toBeLessThan(1e-9);
        });
        for (const target of TARGETS) {
          const [one, two] = [there.total![target], back.total![target]];
          expect(gap(one.value, -two.value)).toBeLessThan(1e-9);
          if (one.interval !== null) expect(gap(one.interval[0], -two.interval![1])).toBeLessThan(1e-9);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("has stages that add up to the difference of the predictions", () => {
    fc.assert(
      fc.property(anyCase, ([model, from, to]) => {
        const { a, b, stages: rows, total } = compared(model, from, to);
        for (const target of TARGETS) {
          const difference = valueOf(model[target], to) - valueOf(model[target], from);
          const scale = Math.max(1, Math.abs(valueOf(model[target], to)), Math.abs(valueOf(model[target], from)));
          expect(Math.abs(add(rows.map(({ price }) => price![target].value)) - total![target].value)).toBeLessThan(1e-9 * scale);
          expect(Math.abs(total![target].value - difference)).toBeLessThan(1e-9 * scale);
          expect(Math.abs(b.predicted![target].value - a.predicted![target].value - difference)).toBeLessThan(1e-9 * scale);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("lists every place that differs, and no other", () => {
    fc.assert(
      fc.property(anyCase, ([model, from, to]) => {
        const listed = compared(model, from, to).stages.flatMap(({ stage, blocks }) => blocks.flatMap(({ block, status }) => (status === "same" ? [] : [`${stage} ${block} ${status}`])));
        const expected: string[] = [];
        for (const [s, { width }] of from.entries()) {
          for (let b = 0; b < 8; b++) {
            const [before, after] = [from[s]!.blocks[b], to[s]!.blocks[b]];
            if (!same(before, after)) expected.push(`${width} ${b + 1} ${before === undefined ? "added" : after === undefined ? "removed" : "changed"}`);
          }
        }
        expect(listed).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it("prices blocks so that parts add up to their stage, and what stands alone is that one change", () => {
    let [parts, alone] = [0, 0];
    fc.assert(
      fc.property(anyCase, ([model, from, to]) => {
        compared(model, from, to).stages.forEach(({ blocks, price }, s) => {
          for (const target of TARGETS) {
            const priced = blocks.flatMap((block) => (block.price[target] === null ? [] : [{ ...block, price: block.price[target] }]));
            if (priced.some(({ price: { how } }) => how === "part")) {
              expect(Math.abs(add(priced.map(({ price: { value } }) => value)) - price![target].value)).toBeLessThan(1e-7);
              parts++;
            }
            for (const { status, block, price: { how, value } } of priced.filter((one) => one.status === "changed" && one.price.how === "alone")) {
              const changed = from.with(s, { ...from[s]!, blocks: from[s]!.blocks.with(block - 1, to[s]!.blocks[block - 1]!) });
              expect([status, how]).toEqual(["changed", "alone"]);
              expect(gap(value, valueOf(model[target], changed) - valueOf(model[target], from))).toBeLessThan(1e-7);
              alone++;
            }
          }
        });
      }),
      { numRuns: 300 },
    );
    expect(Math.min(parts, alone)).toBeGreaterThan(20);
  });

  it("follows the ablation path", () => {
    fc.assert(
      fc.property(anyCase, ([model, from, to]) => {
        const { accuracy: value, latency: time } = modelOf(model).model.models;
        const steps = ablationPath(value.predictor, time.predictor, from, to);
        expect(compared(model, from, to).path).toEqual(steps.map(({ stage, accuracy, latency }) => ({ stage: String(from[stage]!.width), accuracy, latency })));
      }),
      { numRuns: 100 },
    );
  });

  it("without shares of stages keeps the total, and says why there is no more", () => {
    const spaces = anyModel.filter(({ space }) => space.stages.length > 1);
    fc.assert(
      fc.property(spaces.chain((model) => fc.tuple(fc.constant({ ...model, accuracy: withCrossTerm(model.accuracy, model.space, 0.03) }), stagesOf(model.space), stagesOf(model.space))), ([model, from, to]) => {
        const { total, stages: rows, limits } = compared(model, from, to);
        expect(gap(total!.accuracy.value, valueOf(model.accuracy, to) - valueOf(model.accuracy, from))).toBeLessThan(1e-9);
        expect(rows.every(({ price }) => price === null)).toBe(true);
        expect(limits).toEqual(["A predictor has terms across stages, so no stage has a price of its own."]);
      }),
      { numRuns: 50 },
    );
  });
});

describe("what cannot be compared is said, and the rest compared", () => {
  const model = builtInModel();
  const [a, b] = [sideOf("a", stages(SMALL), model), sideOf("b", stages(LARGE), model)];

  it("another resolution: blocks, and each side's own prediction", () => {
    const { stages: rows, total, limits, a: one, b: two } = compare(a, { ...b, config: { ...b.config, resolution: 224 }, model: null }, null);
    expect(rows.filter(({ differs }) => differs).map(({ stage }) => stage)).toEqual(["40", "80", "112", "160"]);
    expect(total).toBeNull();
    expect([one.predicted === null, two.predicted === null]).toEqual([false, true]);
    expect(limits[0]).toMatch(/^A is for 256 px, B for 224 px: the blocks can be compared/);
    expect(limits[1]).toBe("No pair of predictors speaks of B, foxnas-cpu at 224 px: nothing is predicted of it.");
  });

  it("another space: stages of the same width stand side by side", () => {
    const ofa = builtInSpace("ofa-mbv3");
    const other = compare(a, { ...b, config: { ...b.config, space: ofa.id }, space: ofa, model: null }, null);
    expect(other.stages.map(({ stage }) => stage)).toEqual(["24", "40", "80", "112", "160"]);
    expect(other.limits[0]).toMatch(/^A is of the search space foxnas-cpu, B of ofa-mbv3/);
    const narrower = compare({ ...a, space: null, model: null, config: { ...a.config, space: "mine", stages: [{ width: 16, blocks: [{ expand: 2, kernel: 3 }] }, ...a.config.stages.slice(1)] } }, b, null);
    expect(narrower.stages.map(({ stage, from, to }) => [stage, from, to])).toEqual([["24", 0, 2], ["16", 1, 0], ["40", 2, 2], ["80", 2, 3], ["112", 2, 2], ["160", 2, 3]]);
    expect(narrower.limits.join(" ")).toContain("A is of the search space mine, which is not known here");
    expect(narrower.a.card).toBeNull();
  });

  it("an architecture outside its space: the place is named", () => {
    const outside = stages(SMALL.replace("e3k5", "e5k5"));
    const { total, limits } = compare(sideOf("a", outside, model), b, 120);
    expect(total).toBeNull();
    expect(limits).toEqual(["A lies outside its search space foxnas-cpu, so nothing is predicted of it: stage 40, block 1 (from 24 channels) has a choice outside the space (found expand 5, expected 2, 3, 4 or 6)."]);
  });

  it("predictors that cannot be used: why not", () => {
    const { total, limits } = compare(a, { ...b, model: { refused: "the term is unknown: tot_7" } }, null);
    expect(total).toBeNull();
    expect(limits).toEqual(["The predictors of B cannot be used: the term is unknown: tot_7."]);
  });

  it("keeps to the architecture of the built-in space", () => {
    const { a: side, b: other } = compare(a, b, null);
    expect(side.card!.stages.map(({ name }) => name)).toEqual(FOXNAS.stages.map(({ width }) => String(width)));
    expect(other.architecture).toEqual({ resolution: 256, stages: stages(LARGE) });
  });
});
