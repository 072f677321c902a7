import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeArchitecture, requireArchitecture, type Stage } from "../../../../src/engine/architecture.js";
import { balancedSample, heldOutSample } from "../../../../src/engine/accuracy/sample.js";
import { Random } from "../../../../src/engine/random.js";
import { architectureCount, type Space } from "../../../../src/engine/space.js";
import { architecturesOf, smallSpaces } from "../helpers.js";
import { FOXNAS } from "../published.js";

const textOf = (stages: readonly Stage[]): string => encodeArchitecture({ stages });
const texts = (sample: readonly Stage[][]): string[] => sample.map(textOf);

/** How far the counts of choices among values differ. */
function unevenness(choices: readonly number[], values: readonly number[]): number {
  const counts = choices.map((choice) => values.filter((value) => value === choice).length);
  expect(counts.reduce((a, b) => a + b, 0)).toBe(values.length);
  return Math.max(...counts) - Math.min(...counts);
}

/** The guarantee of balancedSample, counted from its words. */
function expectBalance(space: Space, sample: readonly Stage[][]): void {
  space.stages.forEach((stage, index) => {
    const blocks = sample.map((stages) => stages[index]!.blocks);
    if (sample.length >= stage.depth.length) expect(unevenness(stage.depth, blocks.map((of) => of.length))).toBeLessThanOrEqual(1);
    for (const field of ["expand", "kernel"] as const) {
      const choices = stage[field];
      const places = Array.from({ length: Math.max(...stage.depth) }, (_, place) => blocks.flatMap((of) => (of.length > place ? [of[place]![field]] : [])));
      const enough = places.map((values) => values.length >= choices.length);
      places.forEach((values, place) => enough[place] && expect(unevenness(choices, values)).toBeLessThanOrEqual(1));
      if (enough.every((one) => one)) expect(unevenness(choices, places.flat())).toBeLessThanOrEqual(1);
    }
  });
}

function expectDistinct(space: Space, sample: readonly Stage[][]): void {
  sample.forEach((stages) => requireArchitecture(space, { stages }));
  expect(new Set(texts(sample)).size).toBe(sample.length);
}

describe("a balanced sample", () => {
  it("begins with the smallest and the largest, never repeats, and sees every choice equally often", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 90 }), fc.nat(), (n, seed) => {
        const sample = balancedSample(FOXNAS, n, Random.seeded(seed));
        expect(sample).toHaveLength(n);
        expectDistinct(FOXNAS, sample);
        expect(sample[0]).toEqual(FOXNAS.stages.map(({ width }) => ({ width, blocks: [2, 2].map(() => ({ expand: 2, kernel: 3 })) })));
        expect(sample[1]).toEqual(FOXNAS.stages.map(({ width }) => ({ width, blocks: [6, 6, 6, 6].map(() => ({ expand: 6, kernel: 7 })) })));
        expectBalance(FOXNAS, sample);
      }),
      { numRuns: 40 },
    );
  });

  it("keeps the balance also where repeats have to be exchanged away", () => {
    // Seven of 14 have one block in the first stage: 18 ways to fill both stages, so that most draws repeat one.
    const stage = { width: 24, stride: 2, squeezeExcite: false, depth: [1, 2], expand: [2, 3, 6], kernel: [3, 5, 7] };
    const space: Space = { id: "toy", stem: { stride: 2 }, first: { width: 16 }, widthMultiple: 8, stages: [stage, { ...stage, width: 40, depth: [1], expand: [3], kernel: [3, 5] }] };
    for (let seed = 0; seed < 40; seed++) {
      const sample = balancedSample(space, 14, Random.seeded(seed));
      expectDistinct(space, sample);
      expectBalance(space, sample);
    }
  });

  it("gives distinct architectures of any small space, all of them where n is as many or more", () => {
    fc.assert(
      fc.property(smallSpaces, fc.double({ min: 0, max: 1.5, noNaN: true }), fc.nat(), (space, share, seed) => {
        const all = Number(architectureCount(space));
        const n = Math.min(200, Math.round(share * all));
        const sample = balancedSample(space, n, Random.seeded(seed));
        expect(sample).toHaveLength(Math.min(n, all));
        expectDistinct(space, sample);
        if (n >= all) expect(texts(sample).sort()).toEqual(texts(architecturesOf(space)).sort());
        if (n >= 2 && all >= 2) {
          const sizes = architecturesOf(space).map((stages) => stages.flatMap(({ blocks }) => blocks).reduce((sum, { expand, kernel }) => sum + 100 + expand + kernel, 0));
          const size = (stages: readonly Stage[]) => stages.flatMap(({ blocks }) => blocks).reduce((sum, { expand, kernel }) => sum + 100 + expand + kernel, 0);
          expect(size(sample[0]!)).toBe(Math.min(...sizes));
          expect(size(sample[1]!)).toBe(Math.max(...sizes));
        }
      }),
      { numRuns: 60 },
    );
  });

  it("is the same for the same seed, and another for another", () => {
    const of = (seed: number) => texts(balancedSample(FOXNAS, 20, Random.seeded(seed)));
    expect(of(3)).toEqual(of(3));
    expect(of(3)).not.toEqual(of(4));
  });
});

describe("a held-out sample", () => {
  it("is distinct, disjoint from the other, and complete where nothing more is left", () => {
    fc.assert(
      fc.property(smallSpaces, fc.nat({ max: 40 }), fc.nat({ max: 40 }), fc.nat(), (space, n, m, seed) => {
        const random = Random.seeded(seed);
        const sample = balancedSample(space, n, random);
        const heldOut = heldOutSample(space, m, random, sample);
        expectDistinct(space, [...sample, ...heldOut]);
        expect(heldOut).toHaveLength(Math.min(m, Number(architectureCount(space)) - sample.length));
      }),
      { numRuns: 60 },
    );
  });

  it("draws depths uniformly, as Once-for-All does", () => {
    const heldOut = heldOutSample(FOXNAS, 900, Random.seeded(5), []);
    const deep = heldOut.filter(([first]) => first!.blocks.length === 4).length;
    // A third of 900, standard deviation 14; uniform over architectures it would be nearly all.
    expect(Math.abs(deep - 300)).toBeLessThan(60);
  });
});
