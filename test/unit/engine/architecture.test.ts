import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeArchitecture, randomArchitecture, requireArchitecture, type Block, type Stage } from "../../../src/engine/architecture.js";
import { ModelError } from "../../../src/engine/errors.js";
import { Random } from "../../../src/engine/random.js";
import { architectureCount, inputWidth, requireSpace, stageChoiceCount, stageSides } from "../../../src/engine/space.js";
import { architecturesOf, smallSpaces, stagesOf } from "./helpers.js";
import { FOXNAS } from "./published.js";
import { SHAPES } from "./shapes.js";

const plain = (): Stage[] => FOXNAS.stages.map(({ width }) => ({ width, blocks: [{ expand: 2, kernel: 3 }, { expand: 6, kernel: 7 }] }));

/** The plain architecture with one block, or one stage, replaced. */
const withBlock = (s: number, b: number, change: Partial<Block>): Stage[] =>
  plain().map((stage, i) => (i === s ? { ...stage, blocks: stage.blocks.map((block, j) => (j === b ? { ...block, ...change } : block)) } : stage));
const withStage = (s: number, change: Partial<Stage>): Stage[] => plain().map((stage, i) => (i === s ? { ...stage, ...change } : stage));

function problem(stages: Stage[]): ModelError {
  try {
    requireArchitecture(FOXNAS, { stages });
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("an architecture outside the space is refused, naming stage, block, field, what was found and what is allowed", () => {
  it.each([
    ["an expand ratio", withBlock(1, 1, { expand: 5 }), ["stages", 1, "blocks", 1, "expand"], "stage 40, block 2 (from 40 channels)", "expand 5", "2, 3, 4 or 6"],
    ["a kernel size of a transition block", withBlock(4, 0, { kernel: 9 }), ["stages", 4, "blocks", 0, "kernel"], "stage 160, block 1 (from 112 channels)", "kernel 9", "3, 5 or 7"],
    ["a choice that is no number", withBlock(0, 0, { expand: Number.NaN }), ["stages", 0, "blocks", 0, "expand"], "stage 24, block 1 (from 16 channels)", "expand NaN", "2, 3, 4 or 6"],
    ["a depth", withStage(2, { blocks: [{ expand: 2, kernel: 3 }] }), ["stages", 2, "blocks"], "stage 80 has a depth", "1 blocks", "2, 3 or 4 blocks"],
    ["no blocks", withStage(3, { blocks: [] }), ["stages", 3, "blocks"], "stage 112 has a depth", "0 blocks", "2, 3 or 4 blocks"],
    ["a width", withStage(1, { width: 48 }), ["stages", 1, "width"], "stage 2 has another width", "48", "40"],
    ["a stage too few", plain().slice(1), ["stages"], "the number of stages", "4 stages", "5 stages of width 24, 40, 80, 112, 160"],
    ["no stages", [], ["stages"], "the number of stages", "0 stages", "5 stages of width 24, 40, 80, 112, 160"],
  ])("%s", (_, stages, path, what, found, expected) => {
    expect(problem(stages)).toMatchObject({ path, what: expect.stringContaining(what) as string, found, expected });
  });

  it("and none inside it is", () => {
    fc.assert(
      fc.property(fc.constantFrom(FOXNAS, SHAPES.space).chain((space) => fc.tuple(fc.constant(space), stagesOf(space))), ([space, stages]) => {
        requireArchitecture(space, { stages });
      }),
    );
    expect(() => requireArchitecture(SHAPES.space, { stages: plain() })).toThrow(ModelError);
  });
});

describe("the text of an architecture", () => {
  it("differs between any two architectures, and shows every block", () => {
    fc.assert(
      fc.property(stagesOf(FOXNAS), stagesOf(FOXNAS), (a, b) => {
        const same = JSON.stringify(a) === JSON.stringify(b);
        expect(encodeArchitecture({ stages: a }) === encodeArchitecture({ stages: b })).toBe(same);
        expect(encodeArchitecture({ stages: a.map((stage) => structuredClone(stage)) })).toBe(encodeArchitecture({ stages: a }));
      }),
    );
    expect(encodeArchitecture({ stages: withBlock(4, 1, { expand: 3, kernel: 5 }) })).toBe("e2k3,e6k7|e2k3,e6k7|e2k3,e6k7|e2k3,e6k7|e2k3,e3k5");
  });

  it("is another for every architecture of a small space", () => {
    fc.assert(
      fc.property(smallSpaces, (space) => {
        const all = architecturesOf(space);
        expect(new Set(all.map((stages) => encodeArchitecture({ stages }))).size).toBe(all.length);
      }),
      { numRuns: 30 },
    );
  });
});

describe("random architectures", () => {
  it("lie in the space, carry the resolution and follow from the seed", () => {
    fc.assert(
      fc.property(fc.constantFrom(FOXNAS, SHAPES.space), fc.nat(), (space, seed) => {
        const one = randomArchitecture(space, 224, Random.seeded(seed));
        requireArchitecture(space, one);
        expect(one.resolution).toBe(224);
        expect(randomArchitecture(space, 224, Random.seeded(seed))).toEqual(one);
      }),
    );
  });

  it("draw every depth, expand ratio and kernel size of every stage about equally often", () => {
    const random = Random.seeded(12);
    const drawn = Array.from({ length: 3000 }, () => randomArchitecture(SHAPES.space, 32, random).stages);
    SHAPES.space.stages.forEach((stage, s) => {
      const share = (of: (stage: Stage) => number, value: number) => drawn.filter((stages) => of(stages[s]!) === value).length / drawn.length;
      for (const depth of stage.depth) expect(share(({ blocks }) => blocks.length, depth)).toBeCloseTo(1 / stage.depth.length, 1);
      for (const expand of stage.expand) expect(share(({ blocks }) => blocks.at(-1)!.expand, expand)).toBeCloseTo(1 / stage.expand.length, 1);
      for (const kernel of stage.kernel) expect(share(({ blocks }) => blocks[0]!.kernel, kernel)).toBeCloseTo(1 / stage.kernel.length, 1);
    });
  });
});

describe("a space", () => {
  it("foxnas-cpu has 22,608 choices a stage and 5.9e21 architectures", () => {
    for (const stage of FOXNAS.stages) expect(stageChoiceCount(stage)).toBe(22_608n);
    expect(architectureCount(FOXNAS)).toBe(22_608n ** 5n);
    expect(Number(architectureCount(FOXNAS)).toPrecision(2)).toBe("5.9e+21");
  });

  it("has as many architectures as can be written down", () => {
    fc.assert(
      fc.property(smallSpaces, (space) => {
        expect(architectureCount(space)).toBe(BigInt(architecturesOf(space).length));
      }),
      { numRuns: 50 },
    );
  });

  it("tells the width that enters a stage", () => {
    expect(FOXNAS.stages.map((_, s) => inputWidth(FOXNAS, s))).toEqual([16, 24, 40, 80, 112]);
    expect(SHAPES.space.stages.map((_, s) => inputWidth(SHAPES.space, s))).toEqual([12, 16, 20]);
  });

  it("halves the side of an image stage by stage, rounding up as padded convolutions do", () => {
    const sides = (input: number[], output: number[]) => input.map((side, s) => ({ input: side, output: output[s] }));
    expect(stageSides(FOXNAS, 256)).toEqual(sides([128, 64, 32, 16, 16], [64, 32, 16, 16, 8]));
    expect(stageSides(FOXNAS, 224)).toEqual(sides([112, 56, 28, 14, 14], [56, 28, 14, 14, 7]));
    expect(stageSides(FOXNAS, 97)).toEqual(sides([49, 25, 13, 7, 7], [25, 13, 7, 7, 4]));
    expect(stageSides(SHAPES.space, 32)).toEqual(sides([32, 32, 16], [32, 16, 8]));
    // Counted: a padded convolution of odd kernel visits every stride-th pixel from the first.
    const visited = (side: number, stride: number) => Array.from({ length: side }, (_, i) => i).filter((i) => i % stride === 0).length;
    fc.assert(
      fc.property(smallSpaces, fc.integer({ min: 1, max: 400 }), (space, resolution) => {
        let side = visited(resolution, space.stem.stride);
        for (const { input, output } of stageSides(space, resolution).map((pair, s) => ({ ...pair, s }))) {
          expect(input).toBe(side);
          side = output;
        }
        stageSides(space, resolution).forEach(({ input, output }, s) => expect(output).toBe(visited(input, space.stages[s]!.stride)));
      }),
    );
  });

  it("refuses what belongs to another", () => {
    requireSpace(FOXNAS, "foxnas-cpu");
    expect(() => requireSpace(FOXNAS, "ofa-mbv3")).toThrow(expect.objectContaining({ path: ["space"], found: '"ofa-mbv3"', expected: '"foxnas-cpu"' }) as Error);
  });
});
