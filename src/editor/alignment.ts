import type { Space } from "../shared/space.js";
import { nodeAt, numberOf, valueAt, type ListNode, type TreeNode } from "./read/tree.js";

/** Which stage of the space each stage of a text is. */
export interface Alignment {
  readonly list: ListNode;
  /** By index in the text: the stage's index in the space; null for one that is too much. */
  readonly stages: readonly (number | null)[];
  /** Indices in the space of those that the text has not. */
  readonly missing: readonly number[];
}

/** More stages than any space has are not compared by width. */
const MOST = 64;

/**
 * As many stages as the space has are taken in their order. Else stages of the same width belong together, as many as
 * can in order, and of those between them, one by one, whatever their width.
 */
export function alignStages(space: Space, root: TreeNode | null): Alignment | null {
  const list = nodeAt(root, ["stages"]);
  if (list?.kind !== "list") return null;
  const found = list.items.map((stage) => numberOf(valueAt(stage, "width")));
  const expected = space.stages.map(({ width }) => width);
  const pairs = found.length === expected.length || found.length > MOST ? [] : commonInOrder(found, expected);
  const stages = found.map((): number | null => null);
  let [from, to] = [0, 0];
  for (const [f, e] of [...pairs, [found.length, expected.length] as const]) {
    for (; from < f && to < e; from++, to++) stages[from] = to;
    if (f < found.length) stages[f] = e;
    [from, to] = [f + 1, e + 1];
  }
  const taken = new Set(stages);
  return { list, stages, missing: [...expected.keys()].filter((index) => !taken.has(index)) };
}

/** Index pairs of a longest common subsequence. */
function commonInOrder(a: readonly (number | undefined)[], b: readonly number[]): [number, number][] {
  const longest = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) longest[i]![j] = a[i] === b[j] ? longest[i + 1]![j + 1]! + 1 : Math.max(longest[i + 1]![j]!, longest[i]![j + 1]!);
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (longest[i + 1]![j]! >= longest[i]![j + 1]!) i++;
    else j++;
  }
  return pairs;
}
