import type { Architecture } from "./architecture.js";
import type { Part } from "./explanation.js";
import type { Target } from "./predictor.js";
import type { Estimate, PredictorCard, SpaceCard } from "./results.js";

type Both<T> = Readonly<Record<Target, T>>;
type Block = Architecture["stages"][number]["blocks"][number];

/**
 * What a block's change brings, pp or ms. As `part` the prices of a stage's blocks add up to the stage's; `alone` it is
 * the price of this one change to A, everything else of A kept: where a predictor's terms mix a stage's blocks, no block
 * has a share of its own.
 */
export interface BlockPrice extends Part {
  readonly how: "part" | "alone";
}

/** One place in a stage. Blocks stand by their place, as weights are shared: a shallower stage lacks its last blocks. */
export interface ComparedBlock {
  /** 1-based; the first is the transition block. */
  readonly block: number;
  readonly status: "same" | "changed" | "added" | "removed";
  /** Null where A, or B, has no such block. */
  readonly from: Block | null;
  readonly to: Block | null;
  /** B minus A; null where it cannot be told, and for a block that is the same. */
  readonly price: Both<BlockPrice | null>;
}

export interface ComparedStage {
  readonly stage: string;
  /** Depths; 0 where that side's space has no such stage. */
  readonly from: number;
  readonly to: number;
  readonly blocks: readonly ComparedBlock[];
  readonly differs: boolean;
  /** B minus A, pp and ms: the stages add up to the total. Null where the stages have no prices. */
  readonly price: Both<Part> | null;
}

/** One of the two, with what is predicted of it. */
export interface ComparedSide {
  /** What a person calls it: a file's name. */
  readonly title: string;
  readonly space: string;
  readonly architecture: Architecture;
  /** Null where no predictor speaks of it. */
  readonly predicted: Both<Estimate> | null;
  readonly predictors: Both<PredictorCard> | null;
  /** For its drawing; null where its space is not known. */
  readonly card: SpaceCard | null;
}

/** How B differs from A, by stage and block, and what that costs. */
export interface Comparison {
  readonly a: ComparedSide;
  readonly b: ComparedSide;
  readonly stages: readonly ComparedStage[];
  /** B minus A with the interval of the difference, pp and ms; null where the two are not predicted by the same predictors. */
  readonly total: Both<Part> | null;
  /**
   * The ablation path: stages taken over from A to B one at a time, always the one that leaves the highest accuracy;
   * predictions after each, % and ms.
   */
  readonly path: readonly ({ readonly stage: string } & Both<number>)[];
  /** Latency limit, ms; null for none. */
  readonly budget: number | null;
  /** Sentences: what cannot be compared, and why. */
  readonly limits: readonly string[];
}
