import { encodeArchitecture, type Block, type Stage } from "../architecture.js";
import type { Random } from "../random.js";
import { architectureCount, type Space } from "../space.js";
import { allArchitectures, drawUnseen } from "./drawing.js";
import { separate } from "./separate.js";

/**
 * n distinct architectures to fit to: the smallest, the largest, then such that every choice is seen equally often.
 *
 * Guarantee, over all n, the smallest and the largest included: in every stage, the depths are seen equally often up to
 * 1; so are the expand ratios and the kernel sizes in each place (first block, second …) that at least as many
 * architectures have as there are choices; and, where that holds of every place, those over all blocks of the stage. Which
 * choices come together is random. Repeats are undone by exchanges between architectures, which leave every count as it
 * is; only where a space is so small that none is left is a repeat replaced by any other architecture.
 * @returns all architectures where n is as many or more
 */
export function balancedSample(space: Space, n: number, random: Random): Stage[][] {
  const fixed = extremesOf(space);
  if (BigInt(n) >= architectureCount(space)) return [...fixed, ...othersThan(space, fixed, random)];
  if (n <= fixed.length) return fixed.slice(0, Math.max(0, n));
  const filled = space.stages.map((_, stage) => dealStage(space, stage, n, fixed, random));
  const rows = Array.from({ length: n }, (_, row) => filled.map((column) => column[row]!));
  separate(space, rows, fixed.length, random);
  return rows;
}

/**
 * n distinct random architectures, none of them in `without`: depths drawn uniformly, then every block's choices (the
 * sampling of Once-for-All).
 * @returns all others in random order where they are no more than n
 */
export function heldOutSample(space: Space, n: number, random: Random, without: readonly (readonly Stage[])[]): Stage[][] {
  return drawUnseen(space, n, new Set(without.map((stages) => encodeArchitecture({ stages }))), random);
}

/** The smallest architecture, and the largest where it is another. */
function extremesOf(space: Space): Stage[][] {
  const of = (pick: (choices: readonly number[]) => number) =>
    space.stages.map(({ width, depth, expand, kernel }) => ({
      width,
      blocks: Array.from({ length: pick(depth) }, () => ({ expand: pick(expand), kernel: pick(kernel) })),
    }));
  const smallest = of((choices) => Math.min(...choices));
  const largest = of((choices) => Math.max(...choices));
  const same = encodeArchitecture({ stages: smallest }) === encodeArchitecture({ stages: largest });
  return same ? [smallest] : [smallest, largest];
}

function othersThan(space: Space, fixed: readonly Stage[][], random: Random): Stage[][] {
  const known = new Set(fixed.map((stages) => encodeArchitecture({ stages })));
  const others = allArchitectures(space).filter((stages) => !known.has(encodeArchitecture({ stages })));
  return random.permutation(others.length).map((i) => others[i]!);
}

/** One stage of n architectures, of which the first are given. */
function dealStage(space: Space, stage: number, n: number, fixed: readonly Stage[][], random: Random): Stage[] {
  const { width, depth, expand, kernel } = space.stages[stage]!;
  const given = fixed.map((stages) => stages[stage]!.blocks);
  const depths = deal(depth, given.map((blocks) => blocks.length), n, new Map(), random);
  const seen = { expand: new Map<number, number>(), kernel: new Map<number, number>() };
  const blocks: Block[][] = depths.map(() => []);
  for (let place = 0; place < Math.max(...depths); place++) {
    const rows = depths.flatMap((of, row) => (of > place ? [row] : []));
    const known = given.filter((of) => of.length > place).map((of) => of[place]!);
    const expands = deal(expand, known.map((block) => block.expand), rows.length, seen.expand, random);
    const kernels = deal(kernel, known.map((block) => block.kernel), rows.length, seen.kernel, random);
    rows.forEach((row, i) => blocks[row]!.push({ expand: expands[i]!, kernel: kernels[i]! }));
  }
  return blocks.map((of) => ({ width, blocks: of }));
}

/**
 * Gives `count` places a choice each, so that choices are used equally often up to 1; the first places are given, the
 * others come in random order. Those used once more are the ones seen least so far (so that they stay equal over all
 * calls too), unless given ones must be. Adds up `seen`.
 */
function deal(choices: readonly number[], given: readonly number[], count: number, seen: Map<number, number>, random: Random): number[] {
  const each = Math.floor(count / choices.length);
  const known = (choice: number) => given.filter((one) => one === choice).length;
  const must = (choice: number) => Number(known(choice) > each);
  const before = (choice: number) => seen.get(choice) ?? 0;
  // Sorting is stable: equals stay in random order.
  const order = random.permutation(choices.length).map((i) => choices[i]!);
  order.sort((a, b) => must(b) - must(a) || before(a) - before(b));
  const rest: number[] = [];
  order.forEach((choice, rank) => {
    const times = each + Number(rank < count % choices.length);
    seen.set(choice, before(choice) + times);
    for (let i = known(choice); i < times; i++) rest.push(choice);
  });
  return [...given, ...random.permutation(rest.length).map((i) => rest[i]!)];
}
