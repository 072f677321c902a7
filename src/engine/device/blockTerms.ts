import type { Block, Stage } from "../architecture.js";
import type { Space } from "../space.js";
import { blockCountName, blockHotName } from "../variables.js";

/** One kind of block of a space: a choice of expand ratio and kernel size in a stage, as transition block or as another. */
export interface BlockTerm extends Block {
  /** Its variable: `mbcv_e4_k5_24` or, for the other blocks, `mbcv_e4_k5_24_I`. */
  readonly name: string;
  readonly stage: number;
  readonly transition: boolean;
}

/** Every kind of block of a space, 120 for foxnas-cpu: the terms of the per-block form, stage by stage. */
export function blockTerms(space: Space): BlockTerm[] {
  return space.stages.flatMap((stage, index) => {
    const places = stage.depth[stage.depth.length - 1]! > 1 ? [true, false] : [true];
    return places.flatMap((transition) =>
      stage.expand.flatMap((expand) =>
        stage.kernel.map((kernel) => ({
          name: (transition ? blockHotName : blockCountName)(stage, { expand, kernel }),
          stage: index,
          transition,
          expand,
          kernel,
        })),
      ),
    );
  });
}

/** How many blocks of each kind an architecture has, in the order of the terms. */
export function blockCounts(terms: readonly BlockTerm[], stages: readonly Stage[]): Float64Array {
  return Float64Array.from(terms, ({ stage, transition, expand, kernel }) => {
    const [first, ...others] = stages[stage]!.blocks;
    const blocks = transition ? [first!] : others;
    return blocks.filter((block) => block.expand === expand && block.kernel === kernel).length;
  });
}
