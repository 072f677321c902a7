import { encodeArchitecture, type Stage } from "../architecture.js";
import type { Random } from "../random.js";
import type { Space } from "../space.js";
import { drawUnseen } from "./drawing.js";

/** Exchanges tried for one repeat. */
const TRIES = 300;

/**
 * Makes architectures distinct, in place: a repeat exchanges a stage, or one choice in the same place of a stage, with
 * another one, so that how often each choice is seen stays the same. Where no exchange helps, it is replaced.
 * @param fixed the first so many stay as they are
 */
export function separate(space: Space, rows: Stage[][], fixed: number, random: Random): void {
  const seen = new Map<string, number>();
  const count = (stages: readonly Stage[], by: number) => {
    const text = encodeArchitecture({ stages });
    seen.set(text, (seen.get(text) ?? 0) + by);
    return seen.get(text)!;
  };
  rows.forEach((stages) => count(stages, 1));
  const repeated = (row: number) => seen.get(encodeArchitecture({ stages: rows[row]! }))! > 1;
  for (let row = fixed; row < rows.length; row++) {
    for (let i = 0; i < TRIES && repeated(row); i++) {
      const other = fixed + random.below(rows.length - fixed);
      const exchanged = exchange(rows[row]!, rows[other]!, random);
      if (other === row || exchanged === null) continue;
      const before = [rows[row]!, rows[other]!];
      before.forEach((stages) => count(stages, -1));
      const unique = exchanged.map((stages) => count(stages, 1)).every((times) => times === 1);
      if (unique) [rows[row], rows[other]] = exchanged;
      else {
        exchanged.forEach((stages) => count(stages, -1));
        before.forEach((stages) => count(stages, 1));
      }
    }
    if (!repeated(row)) continue;
    const taken = new Set([...seen].flatMap(([text, times]) => (times > 0 ? [text] : [])));
    const [free] = drawUnseen(space, 1, taken, random);
    count(rows[row]!, -1);
    count(free!, 1);
    rows[row] = free!;
  }
}

/** Two architectures after an exchange at random; null where nothing would change. */
function exchange(a: readonly Stage[], b: readonly Stage[], random: Random): [Stage[], Stage[]] | null {
  const at = random.below(a.length);
  const [one, other] = [a[at]!, b[at]!];
  const replaced = (stages: readonly Stage[], stage: Stage) => stages.map((old, i) => (i === at ? stage : old));
  if (random.below(2) === 0) return [replaced(a, other), replaced(b, one)];
  const place = random.below(Math.min(one.blocks.length, other.blocks.length));
  const field = random.pick(["expand", "kernel"] as const);
  const [mine, theirs] = [one.blocks[place]!, other.blocks[place]!];
  if (mine[field] === theirs[field]) return null;
  const changed = (stage: Stage, value: number): Stage => ({
    ...stage,
    blocks: stage.blocks.map((block, i) => (i === place ? { ...block, [field]: value } : block)),
  });
  return [replaced(a, changed(one, theirs[field])), replaced(b, changed(other, mine[field]))];
}
