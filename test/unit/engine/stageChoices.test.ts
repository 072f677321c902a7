import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Block } from "../../../src/engine/architecture.js";
import { Predictor } from "../../../src/engine/predictor.js";
import { stageChoices } from "../../../src/engine/stageChoices.js";
import type { StageSpace } from "../../../src/engine/space.js";
import type { Statistic } from "../../../src/engine/variables.js";
import { add, architecturesOf, etaOf, gap, landscapeOf, models, SATURATING, sequencesOf, smallSpaces, valueOf, withCrossTerm, type Model } from "./helpers.js";
import { FOXNAS } from "./published.js";

const READS = {
  e: (b: Block) => b.expand,
  k: (b: Block) => b.kernel,
  ekk: (b: Block) => b.expand * b.kernel ** 2,
  logE: (b: Block) => Math.log(b.expand),
  logK: (b: Block) => Math.log(b.kernel),
};
const statistics = fc.subarray(Object.keys(READS) as (keyof typeof READS)[]);
const stages: fc.Arbitrary<StageSpace> = smallSpaces.map((space) => space.stages[0]!);

const sumsOf = (some: readonly Statistic[], blocks: readonly Block[]): number[] =>
  some.map((name) => add(blocks.slice(1).map(READS[name as keyof typeof READS])));

/** Whether two sequences have the same depth, transition block and sums over the other blocks. */
function alike(some: readonly Statistic[], a: readonly Block[], b: readonly Block[]): boolean {
  if (a.length !== b.length || a[0]!.expand !== b[0]!.expand || a[0]!.kernel !== b[0]!.kernel) return false;
  const sums = sumsOf(some, b);
  return sumsOf(some, a).every((sum, i) => Math.abs(sum - sums[i]!) < 1e-9);
}

describe("the choices of a stage", () => {
  it("split its sequences into groups that differ in what is read, counted exactly and weighted as they are drawn", () => {
    fc.assert(
      fc.property(stages, statistics, (stage, some) => {
        const { blocks, counts, weights } = stageChoices(stage, some);
        const found = blocks.map(() => 0);
        const drawn = blocks.map(() => 0);
        const perBlock = stage.expand.length * stage.kernel.length;
        for (const sequence of sequencesOf(stage)) {
          const same = blocks.flatMap((choice, i) => (alike(some, choice, sequence) ? [i] : []));
          expect(same).toHaveLength(1);
          found[same[0]!]! += 1;
          drawn[same[0]!]! += 1 / stage.depth.length / perBlock ** sequence.length;
        }
        expect([...counts]).toEqual(found);
        weights.forEach((weight, i) => expect(weight).toBeCloseTo(drawn[i]!, 12));
        expect(add([...weights])).toBeCloseTo(1, 12);
      }),
      { numRuns: 60 },
    );
  });

  it("lie in a grid: index = offset + (expand x kernels + kernel) x rests + rest, depth after depth", () => {
    fc.assert(
      fc.property(stages, statistics, (stage, some) => {
        const { blocks, counts, weights, grid } = stageChoices(stage, some);
        expect(grid.map(({ depth }) => depth)).toEqual(stage.depth);
        let index = 0;
        for (const { depth, offset, expands, kernels, rests } of grid) {
          expect(offset).toBe(index);
          expect([expands, kernels]).toEqual([stage.expand.length, stage.kernel.length]);
          for (let e = 0; e < expands; e++) {
            for (let k = 0; k < kernels; k++) {
              for (let rest = 0; rest < rests; rest++, index++) {
                expect(offset + (e * kernels + k) * rests + rest).toBe(index);
                expect(blocks[index]).toHaveLength(depth);
                expect(blocks[index]![0]).toEqual({ expand: stage.expand[e], kernel: stage.kernel[k] });
                // The same rest means the same other blocks, whatever the transition block.
                expect(blocks[index]!.slice(1)).toEqual(blocks[offset + rest]!.slice(1));
              }
            }
          }
        }
        expect([blocks.length, counts.length, weights.length]).toEqual([index, index, index]);
      }),
    );
  });

  it.each([[[]], [["e"]], [["e", "k"]], [["logE", "e", "k"]], [["ekk", "e"]]] as Statistic[][][])("of foxnas-cpu stand for all its 22,608 sequences, reading %j", (some) => {
    for (const stage of FOXNAS.stages) {
      const { counts, weights } = stageChoices(stage, some);
      expect(add([...counts])).toBe(12 ** 2 + 12 ** 3 + 12 ** 4);
      expect(add([...weights])).toBeCloseTo(1, 12);
    }
  });

  it("are refused where they would not fit in memory, with the stage's name", () => {
    const expand = Array.from({ length: 100 }, (_, i) => 1 + Math.sqrt(i) * Math.PI);
    const stage = { width: 24, stride: 1, squeezeExcite: false, depth: [2, 3], expand, kernel: [3] };
    expect(stageChoices({ ...stage, depth: [2] }, ["e"]).blocks).toHaveLength(100 * 100);
    expect(() => stageChoices(stage, ["e"])).toThrow(
      expect.objectContaining({ name: "ModelError", what: "stage 24 has too many choices to tabulate", expected: "at most 400000" }) as Error,
    );
  });
});

/** A model that may have a term across stages. */
const anyModels: fc.Arbitrary<Model> = fc
  .tuple(fc.oneof(models("real"), models("real", SATURATING), models("exact")), fc.constantFrom(0, 0.03))
  .map(([model, coefficient]) => (coefficient === 0 ? model : { ...model, accuracy: withCrossTerm(model.accuracy, model.space, coefficient) }));

describe("a landscape", () => {
  it("predicts for every architecture what the oracle does, through the choices it maps to", () => {
    fc.assert(
      fc.property(anyModels, (model) => {
        const landscape = landscapeOf(model);
        const { space, accuracy, latency } = model;
        const used = space.stages.map((_, s) => [...new Set([new Predictor(space, accuracy), new Predictor(space, latency)].flatMap((p) => p.statistics(s)))]);
        const seen = space.stages.map(() => new Map<string, number>());
        const choiceOf = (s: number, blocks: readonly Block[]): number => {
          const key = JSON.stringify(blocks);
          const known = seen[s]!.get(key) ?? landscape.choices[s]!.blocks.findIndex((choice) => alike(used[s]!, choice, blocks));
          seen[s]!.set(key, known);
          return known;
        };
        for (const stages of architecturesOf(space).filter((_, i) => i % 7 === 0)) {
          const state = Int32Array.from(stages, ({ blocks }, s) => choiceOf(s, blocks));
          expect(Math.min(...state)).toBeGreaterThanOrEqual(0);
          expect(gap(landscape.accuracy.eta(state), etaOf(accuracy, stages))).toBeLessThan(1e-9);
          expect(gap(landscape.accuracy.value(state), valueOf(accuracy, stages))).toBeLessThan(1e-9);
          expect(gap(landscape.latency.value(state), valueOf(latency, stages))).toBeLessThan(1e-9);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("agrees to the bit with the predictors on the architectures it gives back", () => {
    fc.assert(
      fc.property(anyModels, fc.infiniteStream(fc.nat()), (model, numbers) => {
        const landscape = landscapeOf(model);
        const state = Int32Array.from(landscape.choices, ({ blocks }) => (numbers.next().value as number) % blocks.length);
        const { stages, resolution } = landscape.architecture(state, 192);
        expect(resolution).toBe(192);
        expect(new Predictor(model.space, model.accuracy).value(stages)).toBe(landscape.accuracy.value(state));
        expect(new Predictor(model.space, model.latency).value(stages)).toBe(landscape.latency.value(state));
      }),
    );
  });

  it("is additive exactly where no term has variables of two stages", () => {
    fc.assert(
      fc.property(models("exact"), ({ space, accuracy, latency }) => {
        fc.pre(space.stages.length > 1);
        expect(landscapeOf({ space, accuracy, latency }).additive).toBe(true);
        expect(landscapeOf({ space, accuracy: withCrossTerm(accuracy, space, 1), latency }).additive).toBe(false);
        expect(landscapeOf({ space, accuracy, latency: withCrossTerm(latency, space, 1) }).additive).toBe(false);
      }),
      { numRuns: 20 },
    );
  });
});
