import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeArchitecture, type Stage } from "../../../../src/engine/architecture.js";
import { tCritical } from "../../../../src/engine/distributions.js";
import { stageDistance } from "../../../../src/engine/distance.js";
import { changesBetween } from "../../../../src/engine/explain/changes.js";
import { judgeMoves, moves } from "../../../../src/engine/explain/moves.js";
import { Predictor } from "../../../../src/engine/predictor.js";
import { add, architecturesOf, gap, models, smallSpaces, SATURATING, stagesOf, valueOf, withCrossTerm, type Model } from "../helpers.js";
import { FOXNAS } from "../published.js";
import { combine, Enumeration, mixedModels } from "./helpers.js";

const text = (stages: readonly Stage[]) => encodeArchitecture({ stages });
const distance = (a: readonly Stage[], b: readonly Stage[]) => add(a.map(({ blocks }, s) => stageDistance(blocks, b[s]!.blocks)));
const depthChange = (a: readonly Stage[], b: readonly Stage[]) => add(a.map(({ blocks }, s) => Math.abs(blocks.length - b[s]!.blocks.length)));

const fox = (...depths: number[]): Stage[] =>
  FOXNAS.stages.map(({ width }, s) => ({ width, blocks: Array.from({ length: depths[s]! }, (_, b) => ({ expand: 3 + (b % 2), kernel: 5 })) }));

describe("moves", () => {
  it("are all architectures of the space one gene or one block away, each once", () => {
    fc.assert(
      fc.property(smallSpaces.chain((space) => fc.tuple(fc.constant(space), stagesOf(space))), ([space, stages]) => {
        const expected = architecturesOf(space).filter((other) => {
          const [genes, depths] = [distance(stages, other), depthChange(stages, other)];
          return (genes === 1 && depths === 0) || (genes === 2 && depths === 1);
        });
        const found = moves(space, stages);
        expect(found.map((move) => text(move.stages)).sort()).toEqual(expected.map(text).sort());
        for (const move of found) {
          expect(move.stages.filter(({ blocks }, s) => stageDistance(blocks, stages[s]!.blocks) > 0)).toEqual([move.stages[move.stage]]);
          expect(changesBetween(space, stages, move.stages)).toEqual([move.change]);
        }
      }),
    );
  });

  it("are named by stage, block and gene", () => {
    const changes = moves(FOXNAS, fox(2, 3, 4, 3, 2)).map(({ change }) => change);
    // Five other genes for each of 14 blocks; 12 blocks more in four stages, one block less in three.
    expect(changes).toHaveLength(14 * 5 + 4 * 12 + 3);
    expect(new Set(changes).size).toBe(changes.length);
    for (const change of ["stage 40, block 2: expand 4 → 3", "stage 40, block 1: kernel 5 → 3", "stage 40: 3 → 2 blocks", "stage 40: 3 → 4 blocks (e4 k5)"]) {
      expect(changes).toContain(change);
    }
  });
});

/** Both predictors, with or without a covariance, link or a term across stages. */
const anyModel: fc.Arbitrary<Model> = fc
  .tuple(fc.oneof(mixedModels(null), mixedModels(SATURATING), models("real"), models("exact"), models("tenths")), fc.boolean())
  .map(([model, across]) => (across && model.space.stages.length > 1 ? { ...model, accuracy: withCrossTerm(model.accuracy, model.space, 0.01) } : model));
const anyCase = anyModel.chain((model) => fc.tuple(fc.constant(model), stagesOf(model.space), fc.integer({ min: -3, max: 3 })));

describe("judged moves", () => {
  it("differ from the architecture as the predictions do, and say so", () => {
    fc.assert(
      fc.property(anyCase, ([model, stages, room]) => {
        const budget = valueOf(model.latency, stages) + room + 0.000123;
        const judged = judgeMoves(new Predictor(model.space, model.accuracy), new Predictor(model.space, model.latency), stages, budget);
        expect(judged.map((move) => text(move.stages))).toEqual(moves(model.space, stages).map((move) => text(move.stages)));
        for (const move of judged) {
          for (const target of ["accuracy", "latency"] as const) {
            const difference = valueOf(model[target], move.stages) - valueOf(model[target], stages);
            expect(gap(move[target].value, difference)).toBeLessThan(1e-9);
            expect(move[target].interval === null).toBe(model[target].fit === undefined);
          }
          const { value, interval } = move.accuracy;
          const [low, high] = interval ?? [value, value];
          // Rounding may decide here.
          if (Math.min(Math.abs(low), Math.abs(high)) < 1e-9 && Math.max(Math.abs(low), Math.abs(high)) > 1e-14) continue;
          const expected = low <= 1e-14 && high >= -1e-14 ? "equal within error" : value > 0 ? "better" : "worse";
          expect(move.verdict).toBe(valueOf(model.latency, move.stages) > budget ? "over budget" : expected);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("have the confidence interval of the difference of two rows of the design matrix", () => {
    fc.assert(
      fc.property(mixedModels(null).chain((model) => fc.tuple(fc.constant(model), stagesOf(model.space))), ([model, stages]) => {
        const enumeration = new Enumeration(model.space, model.accuracy);
        const rows = new Map(enumeration.all.map((other) => [text(other.stages), other.row]));
        const critical = tCritical(0.95, model.accuracy.fit!.dof);
        for (const move of judgeMoves(new Predictor(model.space, model.accuracy), new Predictor(model.space, model.latency), stages, null)) {
          const half = critical * enumeration.error(combine([1, rows.get(text(move.stages))!], [-1, rows.get(text(stages))!]));
          const [low, high] = move.accuracy.interval!;
          expect(gap((high - low) / 2, half)).toBeLessThan(1e-7);
          expect(gap((high + low) / 2, move.accuracy.value)).toBeLessThan(1e-9);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("are never over a budget where there is none", () => {
    fc.assert(
      fc.property(anyCase, ([model, stages]) => {
        const judged = judgeMoves(new Predictor(model.space, model.accuracy), new Predictor(model.space, model.latency), stages, null);
        expect(judged.map(({ verdict }) => verdict)).not.toContain("over budget");
      }),
      { numRuns: 50 },
    );
  });
});
