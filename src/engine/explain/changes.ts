import type { Block, Stage } from "../architecture.js";
import { stageName, type Space } from "../space.js";

/**
 * What turns one architecture into another, stage by stage, then block by block:
 * `stage 40, block 2: expand 3 → 4`, `stage 40: 2 → 3 blocks (e4 k5)`.
 */
export function changesBetween(space: Space, from: readonly Stage[], to: readonly Stage[]): string[] {
  return space.stages.flatMap((stage, index) =>
    stageChanges(`stage ${stageName(stage)}`, from[index]!.blocks, to[index]!.blocks),
  );
}

function stageChanges(stage: string, from: readonly Block[], to: readonly Block[]): string[] {
  const changes = from.slice(0, to.length).flatMap((block, b) =>
    (["expand", "kernel"] as const)
      .filter((gene) => block[gene] !== to[b]![gene])
      .map((gene) => `${stage}, block ${b + 1}: ${gene} ${block[gene]} → ${to[b]![gene]}`),
  );
  if (from.length === to.length) return changes;
  const added = to.slice(from.length).map(({ expand, kernel }) => `e${expand} k${kernel}`);
  const depth = `${stage}: ${from.length} → ${to.length} ${to.length === 1 ? "block" : "blocks"}`;
  return [...changes, added.length === 0 ? depth : `${depth} (${added.join(", ")})`];
}
