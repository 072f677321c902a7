import type { Architecture } from "../../shared/architecture.js";
import type { ComparedBlock } from "../../shared/comparison.js";

type Stage = Architecture["stages"][number];
export type Block = Stage["blocks"][number];

/** A stage of both architectures; no blocks where one has no such stage. */
export interface StagePair {
  readonly stage: string;
  readonly from: readonly Block[];
  readonly to: readonly Block[];
}

export type AlignedBlock = Omit<ComparedBlock, "price">;

/**
 * Stages of the same width belong together: a stage is named by its width, in every space. Those that only B has stand
 * behind the stage that they follow in B.
 */
export function alignStages(a: readonly Stage[], b: readonly Stage[]): StagePair[] {
  const blocksOf = (stages: readonly Stage[], width: number) => stages.find((stage) => stage.width === width)?.blocks ?? [];
  const widths = a.map(({ width }) => width);
  b.forEach(({ width }, index) => {
    if (widths.includes(width)) return;
    const before = b[index - 1];
    widths.splice(before === undefined ? 0 : widths.indexOf(before.width) + 1, 0, width);
  });
  return widths.map((width) => ({ stage: String(width), from: blocksOf(a, width), to: blocksOf(b, width) }));
}

/** The blocks of a stage place by place: with shared weights a place is a set of weights, and a shallower stage lacks its last. */
export function alignBlocks(from: readonly Block[], to: readonly Block[]): AlignedBlock[] {
  return Array.from({ length: Math.max(from.length, to.length) }, (_, index) => {
    const [before, after] = [from[index] ?? null, to[index] ?? null];
    return { block: index + 1, status: statusOf(before, after), from: before, to: after };
  });
}

function statusOf(from: Block | null, to: Block | null): ComparedBlock["status"] {
  if (from === null) return "added";
  if (to === null) return "removed";
  return from.expand === to.expand && from.kernel === to.kernel ? "same" : "changed";
}
