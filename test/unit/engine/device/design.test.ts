import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blockCounts, blockTerms } from "../../../../src/engine/device/blockTerms.js";
import { blockTable } from "../../../../src/engine/device/blockTable.js";
import { latinDesign } from "../../../../src/engine/device/latinDesign.js";
import { Random } from "../../../../src/engine/random.js";
import { readTerm, parseTerm, variablesOf } from "../../../../src/engine/variables.js";
import { FOXNAS } from "../../files/examples.js";
import { smallSpaces, stagesOf } from "../helpers.js";

const withStages = smallSpaces.chain((space) => fc.tuple(fc.constant(space), stagesOf(space)));

describe("the terms of the per-block form", () => {
  it("are 120 for foxnas-cpu, by the names of the published columns", () => {
    const names = blockTerms(FOXNAS).map(({ name }) => name);
    expect(names).toHaveLength(120);
    expect(new Set(names).size).toBe(120);
    expect(names).toEqual(expect.arrayContaining(["mbcv_e2_k3_24", "mbcv_e6_k7_24_I", "se_e4_k5_40", "se_e3_k3_160_I", "mbcv_e6_k3_80"]));
  });

  it("count every block of an architecture once, as the variables of the same names do", () => {
    fc.assert(
      fc.property(withStages, ([space, stages]) => {
        const terms = blockTerms(space);
        const variables = variablesOf(space);
        const counts = blockCounts(terms, stages);
        expect(counts.reduce((a, b) => a + b, 0)).toBe(stages.flatMap(({ blocks }) => blocks).length);
        expect(terms.map(({ name }) => readTerm(parseTerm(variables, name), stages))).toEqual([...counts]);
      }),
    );
  });
});

describe("the Latin design", () => {
  it("holds every block of any space, at greatest depth", () => {
    fc.assert(
      fc.property(smallSpaces, fc.nat(), (space, seed) => {
        const design = latinDesign(space, 64, Random.seeded(seed));
        const terms = blockTerms(space);
        const counts = design.map(({ stages }) => blockCounts(terms, stages));
        terms.forEach((_, i) => expect(counts.some((row) => row[i]! > 0)).toBe(true));
        for (const { stages } of design) stages.forEach(({ blocks }, s) => expect(blocks).toHaveLength(Math.max(...space.stages[s]!.depth)));
      }),
    );
  });

  it("takes twelve architectures of foxnas-cpu, each transition block in one of them, each other block three times", () => {
    const design = latinDesign(FOXNAS, 224, Random.seeded(7));
    expect(design).toHaveLength(12);
    const terms = blockTerms(FOXNAS);
    const totals = terms.map((_, i) => design.reduce((sum, { stages }) => sum + blockCounts(terms, stages)[i]!, 0));
    terms.forEach(({ transition }, i) => expect(totals[i]).toBe(transition ? 1 : 3));
  });
});

describe("the block table", () => {
  it("is the mean of what the traces say of each kind of block", () => {
    const design = latinDesign(FOXNAS, 224, Random.seeded(3));
    const time = (s: number, b: number, e: number, k: number) => (s + 1) * e + k / 10 + (b === 0 ? 5 : 0);
    // The three places of the other blocks read 1 ms less, as it is, and 1 ms more.
    const traced = design.map(({ stages }) => ({
      stages,
      blocks: stages.map(({ blocks }, s) => blocks.map(({ expand, kernel }, b) => time(s, b, expand, kernel) + (b === 0 ? 0 : b - 2))),
    }));
    const terms = blockTerms(FOXNAS);
    blockTable(terms, traced).forEach((ms, i) => {
      const { stage, transition, expand, kernel } = terms[i]!;
      expect(ms).toBeCloseTo(time(stage, transition ? 0 : 1, expand, kernel), 12);
    });
  });

  it("names a block that no trace has", () => {
    const [first] = latinDesign(FOXNAS, 224, Random.seeded(3));
    const one = { stages: first!.stages, blocks: first!.stages.map(({ blocks }) => blocks.map(() => 1)) };
    expect(() => blockTable(blockTerms(FOXNAS), [one])).toThrow(/no traced architecture has the block (mbcv|se)_e\d_k\d_24/);
  });
});
