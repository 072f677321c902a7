import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Block, Stage } from "../../../src/engine/architecture.js";
import { criterionOf, type BlockCost } from "../../../src/engine/criterion.js";
import { architectureDistance, distancesFrom } from "../../../src/engine/distance.js";
import { frontIndexAt, paretoFront } from "../../../src/engine/front.js";
import type { Landscape, State } from "../../../src/engine/landscape.js";
import { countNearTies } from "../../../src/engine/nearTies.js";
import { NearTieList } from "../../../src/engine/nearTieList.js";
import { add, architecturesOf, landscapeOf, models, SATURATING, sequencesOf, type Model } from "./helpers.js";

/** Costs as those of blocks are: of the stage, the block and its place; whole, so that sums are exact. */
const COSTS: BlockCost[] = [
  (_, { kernel }) => Number(kernel === 7),
  () => 1,
  (stage, { expand, kernel }, first) => Math.round(expand * 10) * (kernel ** 2 + 7 * stage) + (first ? 13 * expand : 0),
  // Falls where the enumeration rises: the sequence that stands for a group is seldom the one with the least.
  (_, { expand, kernel }) => 100 - 9 * kernel - 2 * expand,
];
const costOf = (cost: BlockCost, stages: readonly Stage[]): number =>
  add(stages.map(({ blocks }, index) => add(blocks.map((block, i) => cost(index, block, i === 0)))));

/** Every group of a landscape. */
function statesOf({ choices }: Landscape): State[] {
  return choices
    .reduce<number[][]>((before, { blocks }) => before.flatMap((state) => blocks.map((_, i) => [...state, i])), [[]])
    .map((state) => Int32Array.from(state));
}

/** The choice of a sequence, as the enumeration groups them: by depth, transition block and sums. */
function grouper({ space, choices }: Landscape): (stages: readonly Stage[]) => string {
  const nameOf = (stage: number, [first, ...rest]: readonly Block[]) => {
    const sums = choices[stage]!.statistics.map((statistic) => add(rest.map(readerOf(statistic))).toFixed(7));
    return JSON.stringify([rest.length, first, sums]);
  };
  const byName = space.stages.map((_, stage) => new Map(choices[stage]!.blocks.map((blocks, choice) => [nameOf(stage, blocks), choice])));
  return (stages) => stages.map(({ blocks }, stage) => byName[stage]!.get(nameOf(stage, blocks))!).join(" ");
}
function readerOf(statistic: string): (block: Block) => number {
  const readers: Record<string, (block: Block) => number> = {
    e: (b) => b.expand, k: (b) => b.kernel, ekk: (b) => b.expand * b.kernel ** 2, logE: (b) => Math.log(b.expand), logK: (b) => Math.log(b.kernel),
  };
  return readers[statistic]!;
}

const shares = fc.integer({ min: 0, max: 100 }).map((n) => n / 100);
const MOST = 5;

/** Near-ties of the optimum at a share of the front, listed and by going through everything; null where an edge is near. */
function compare(model: Model, share: number, within: number) {
  const landscape = landscapeOf(model);
  const front = paretoFront(landscape);
  const budget = front.latency[0]! + (share + 0.000123) * (front.latency.at(-1)! - front.latency[0]! + 1);
  const index = frontIndexAt(front, budget);
  const optimum = front.states[index]!;
  const floor = front.accuracy[index]! - within;
  const { latency, accuracy } = landscape;
  const states = statesOf(landscape);
  if (states.some((state) => Math.abs(latency.value(state) - budget) < 1e-6 || Math.abs(accuracy.value(state) - floor) < 1e-6)) return null;
  const confirms = (state: State) => latency.value(state) <= budget && accuracy.value(state) >= floor;
  const criteria = COSTS.map((cost) => criterionOf(landscape, cost));
  const list = new NearTieList({ distance: distancesFrom(landscape, optimum), criteria, most: MOST, confirms });
  const counted = (shown?: NearTieList) => countNearTies(landscape, front, model.accuracy.link, index, budget, within, 1e9, { list: shown });
  const ties = states.filter((state) => confirms(state) && state.join() !== optimum.join());
  return { landscape, optimum, list, criteria, ties, plain: counted()!, listing: counted(list)! };
}

const anyModel = fc.oneof(models("real"), models("real", SATURATING), models("exact"));
const withins = fc.constantFrom(0.1091, 0.5137, 3.0219);

describe("the list of near-ties", () => {
  it("keeps the most different groups and the extremes, as by going through every group; the count stays the same", () => {
    let listed = 0;
    fc.assert(
      fc.property(anyModel, shares, withins, (model, share, within) => {
        const compared = compare(model, share, within);
        fc.pre(compared !== null);
        const { landscape, optimum, list, ties, plain, listing } = compared!;
        expect(listing).toEqual(plain);
        const stages = (state: State) => landscape.architecture(state, 1).stages;
        const key = (state: State) => [architectureDistance(stages(state), stages(optimum)), landscape.accuracy.value(state)] as const;
        const expected = ties.map(key).sort(([d, a], [e, b]) => e - d || b - a).slice(0, MOST);
        const found = list.mostDifferent.map(({ state }) => key(state));
        expect(found.map(([distance]) => distance)).toEqual(expected.map(([distance]) => distance));
        found.forEach(([, accuracy], i) => expect(accuracy).toBeCloseTo(expected[i]![1], 8));
        list.mostDifferent.forEach(({ state, distance }) => expect(distance).toBe(key(state)[0]));
        expect(new Set(list.mostDifferent.map(({ state }) => state.join())).size).toBe(list.mostDifferent.length);
        for (const one of [...list.mostDifferent, list.fastest, ...list.least]) {
          if (one !== null) expect(ties.some((state) => state.join() === one.state.join())).toBe(true);
        }
        const fastest = Math.min(...ties.map((state) => landscape.latency.value(state)));
        if (ties.length === 0) expect(list.fastest).toBeNull();
        else expect(landscape.latency.value(list.fastest!.state)).toBeCloseTo(fastest, 8);
        listed += found.length;
      }),
      { numRuns: 150 },
    );
    expect(listed).toBeGreaterThan(150);
  });

  it("has the least of every criterion over all architectures of the groups, not only those that stand for them", () => {
    let cheaper = 0;
    fc.assert(
      fc.property(anyModel, shares, withins, (model, share, within) => {
        const compared = compare(model, share, within);
        fc.pre(compared !== null);
        const { landscape, list, criteria, ties } = compared!;
        const groups = new Set(ties.map((state) => state.join(" ")));
        const group = grouper(landscape);
        const members = architecturesOf(model.space).filter((stages) => groups.has(group(stages)));
        COSTS.forEach((cost, c) => {
          const one = list.least[c]!;
          if (members.length === 0) return expect(one).toBeNull();
          const stages = model.space.stages.map(({ width }, stage) => ({ width, blocks: criteria[c]!.blocks[stage]![one!.state[stage]!]! }));
          const least = Math.min(...members.map((other) => costOf(cost, other)));
          expect(costOf(cost, stages)).toBe(least);
          expect(group(stages)).toBe(one!.state.join(" "));
          if (costOf(cost, landscape.architecture(one!.state, 1).stages) > least) cheaper++;
        });
      }),
      { numRuns: 150 },
    );
    expect(cheaper).toBeGreaterThan(0);
  });
});

describe("a criterion", () => {
  it("gives each choice the least that a sequence of its group has, with the blocks that have it", () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const landscape = landscapeOf(model);
        const group = grouper(landscape);
        const { space, choices } = landscape;
        COSTS.forEach((cost) => {
          const { costs, blocks } = criterionOf(landscape, cost);
          space.stages.forEach((stage, index) => {
            const others = space.stages.map(({ width }, i) => ({ width, blocks: choices[i]!.blocks[0]! }));
            const choiceOf = (filled: readonly Block[]) => Number(group(others.with(index, { width: stage.width, blocks: filled })).split(" ")[index]);
            const price = (filled: readonly Block[]) => add(filled.map((block, i) => cost(index, block, i === 0)));
            const least = new Float64Array(choices[index]!.blocks.length).fill(Number.POSITIVE_INFINITY);
            for (const filled of sequencesOf(stage)) least[choiceOf(filled)] = Math.min(least[choiceOf(filled)]!, price(filled));
            expect(costs[index]).toEqual(least);
            expect(Float64Array.from(blocks[index]!, price)).toEqual(least);
            blocks[index]!.forEach((filled, choice) => expect(choiceOf(filled)).toBe(choice));
          });
        });
      }),
      { numRuns: 60 },
    );
  });
});
