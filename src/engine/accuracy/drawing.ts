import { encodeArchitecture, randomArchitecture, type Block, type Stage } from "../architecture.js";
import type { Random } from "../random.js";
import { architectureCount, type Space, type StageSpace } from "../space.js";

/** Misses in a row after which a space small enough is written down. */
const MOST_MISSES = 200;
const FEW = 50_000;

/**
 * n random architectures that are not in `taken` (texts of encodeArchitecture), each of which it then has too; all that
 * are left, in random order, where they are no more than n.
 */
export function drawUnseen(space: Space, n: number, taken: Set<string>, random: Random): Stage[][] {
  const drawn: Stage[][] = [];
  const take = (stages: Stage[]): boolean => {
    const text = encodeArchitecture({ stages });
    if (taken.has(text)) return false;
    taken.add(text);
    drawn.push(stages);
    return true;
  };
  // Where more than three of four architectures are free, a draw is soon found.
  const small = architectureCount(space) <= BigInt(Math.max(FEW, 4 * (n + taken.size)));
  for (let misses = 0; drawn.length < n && !(small && misses === MOST_MISSES); ) {
    misses = take([...randomArchitecture(space, 0, random).stages]) ? 0 : misses + 1;
  }
  if (drawn.length === n) return drawn;
  const all = allArchitectures(space);
  for (const i of random.permutation(all.length)) {
    if (drawn.length === n) break;
    take(all[i]!);
  }
  return drawn;
}

/** Every architecture of a small space. */
export function allArchitectures(space: Space): Stage[][] {
  return space.stages.reduce<Stage[][]>(
    (before, stage) => {
      const fillings = fillingsOf(stage);
      return before.flatMap((stages) => fillings.map((blocks) => [...stages, { width: stage.width, blocks }]));
    },
    [[]],
  );
}

function fillingsOf({ depth, expand, kernel }: StageSpace): Block[][] {
  const options = expand.flatMap((e) => kernel.map((k) => ({ expand: e, kernel: k })));
  const ofDepth = (blocks: number): Block[][] =>
    blocks === 0 ? [[]] : ofDepth(blocks - 1).flatMap((before) => options.map((option) => [...before, option]));
  return depth.flatMap(ofDepth);
}
