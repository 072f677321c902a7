import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Block, Stage } from "../../../../src/engine/architecture.js";
import { stageDistance } from "../../../../src/engine/distance.js";
import { changesBetween } from "../../../../src/engine/explain/changes.js";
import type { Space } from "../../../../src/engine/space.js";
import { add, smallSpaces, stagesOf } from "../helpers.js";

const pairs = smallSpaces.chain((space) => fc.tuple(fc.constant(space), stagesOf(space), stagesOf(space)));

/** Carries out what the lines say. */
function apply(space: Space, stages: readonly Stage[], changes: readonly string[]): Stage[] {
  const result = stages.map(({ width, blocks }) => ({ width, blocks: blocks.map((block) => ({ ...block })) }));
  for (const change of changes) {
    const stage = result.find(({ width }) => change.startsWith(`stage ${width}`))!;
    expect(space.stages.map(({ width }) => width)).toContain(stage.width);
    const gene = /^stage \d+, block (\d+): (expand|kernel) ([\d.]+) → ([\d.]+)$/.exec(change);
    if (gene !== null) {
      const block = stage.blocks[Number(gene[1]) - 1]! as { -readonly [K in keyof Block]: Block[K] };
      expect(block[gene[2] as keyof Block]).toBe(Number(gene[3]));
      block[gene[2] as keyof Block] = Number(gene[4]);
      continue;
    }
    const [, from, to, , added] = /^stage \d+: (\d+) → (\d+) (blocks?)(?: \((.*)\))?$/.exec(change)!;
    expect(stage.blocks).toHaveLength(Number(from));
    const more = (added ?? "").split(", ").filter((block) => block !== "");
    const blocks = more.map((block) => /^e([\d.]+) k(\d+)$/.exec(block)!.slice(1).map(Number) as [number, number]);
    stage.blocks = [...stage.blocks.slice(0, Number(to)), ...blocks.map(([expand, kernel]) => ({ expand, kernel }))];
    expect(stage.blocks).toHaveLength(Number(to));
  }
  return result;
}

describe("changes between architectures", () => {
  it("carried out, lead from the one to the other", () => {
    fc.assert(
      fc.property(pairs, ([space, from, to]) => {
        expect(apply(space, from, changesBetween(space, from, to))).toEqual(to);
      }),
      { numRuns: 300 },
    );
  });

  it("are none exactly where nothing differs", () => {
    fc.assert(
      fc.property(pairs, ([space, from, to]) => {
        expect(changesBetween(space, from, from)).toEqual([]);
        const genes = add(from.map(({ blocks }, s) => stageDistance(blocks, to[s]!.blocks)));
        expect(changesBetween(space, from, to).length === 0).toBe(genes === 0);
      }),
    );
  });
});

describe("the number of genes that differ", () => {
  const block = fc.record({ expand: fc.constantFrom(2, 3, 4), kernel: fc.constantFrom(3, 5) });
  const blocks = fc.array(block, { maxLength: 4 });

  it("is a distance: 0 for equals only, symmetric, no way round is shorter", () => {
    fc.assert(
      fc.property(blocks, blocks, blocks, (a, b, c) => {
        expect(stageDistance(a, a)).toBe(0);
        expect(stageDistance(a, b) === 0).toBe(JSON.stringify(a) === JSON.stringify(b));
        expect(stageDistance(a, b)).toBe(stageDistance(b, a));
        expect(stageDistance(a, c)).toBeLessThanOrEqual(stageDistance(a, b) + stageDistance(b, c));
      }),
      { numRuns: 500 },
    );
  });

  it("counts two for a block that only one has", () => {
    const [a, b] = [{ expand: 3, kernel: 5 }, { expand: 4, kernel: 5 }];
    expect(stageDistance([a], [a, a, b])).toBe(4);
    expect(stageDistance([a, b], [b, b])).toBe(1);
    expect(stageDistance([a, b], [{ expand: 2, kernel: 3 }])).toBe(4);
  });
});
