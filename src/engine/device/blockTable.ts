import type { Stage } from "../architecture.js";
import { ModelError } from "../errors.js";
import { blockCounts, type BlockTerm } from "./blockTerms.js";

/** An architecture with the time of each of its blocks, read off a trace of the runtime. */
export interface TracedArchitecture {
  readonly stages: readonly Stage[];
  /** ms, by stage and block. */
  readonly blocks: readonly (readonly number[])[];
}

/**
 * Mean traced time of every kind of block, ms, in the order of the terms.
 * @throws ModelError naming the first kind of block that no traced architecture has
 */
export function blockTable(terms: readonly BlockTerm[], traced: readonly TracedArchitecture[]): Float64Array {
  const sums = new Float64Array(terms.length);
  const counts = new Float64Array(terms.length);
  for (const { stages, blocks } of traced) {
    stages.forEach((stage, s) =>
      stage.blocks.forEach((block, b) => {
        const at = terms.findIndex(
          (term) => term.stage === s && term.transition === (b === 0) && term.expand === block.expand && term.kernel === block.kernel,
        );
        sums[at]! += blocks[s]![b]!;
        counts[at]! += 1;
      }),
    );
  }
  const missing = counts.findIndex((count) => count === 0);
  if (missing >= 0) {
    const { name } = terms[missing]!;
    throw new ModelError(`no traced architecture has the block ${name}`, [], undefined, "every block of the space in a trace");
  }
  return sums.map((sum, i) => sum / counts[i]!);
}

/** Traced time of an architecture's blocks together, ms. */
export function tableSum(terms: readonly BlockTerm[], table: Float64Array, stages: readonly Stage[]): number {
  return blockCounts(terms, stages).reduce((sum, count, i) => sum + count * table[i]!, 0);
}
