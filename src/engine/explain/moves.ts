import type { Block, Stage } from "../architecture.js";
import { linkSecant, linkValue } from "../link.js";
import type { Predictor } from "../predictor.js";
import type { Space, StageSpace } from "../space.js";
import { readTerm } from "../variables.js";
import { changesBetween } from "./changes.js";
import { partOf, type Part, type Shift } from "./part.js";

/** A legal one-step change. */
export interface Move {
  /** Index of the stage it changes. */
  readonly stage: number;
  /** `stage 40, block 2: expand 3 → 4` */
  readonly change: string;
  /** What it leads to. */
  readonly stages: Stage[];
}

export type Verdict = "over budget" | "worse" | "equal within error" | "better";
export interface JudgedMove extends Move {
  /** Differences from the architecture, pp and ms. */
  readonly accuracy: Part;
  readonly latency: Part;
  readonly verdict: Verdict;
}

/**
 * Every architecture one step away: one block's expand ratio or kernel size is any other of its choices, the last block
 * goes, or one more block comes, in each of its forms. Stages whose depths leave gaps (2 or 4) have no step across them.
 */
export function moves(space: Space, stages: readonly Stage[]): Move[] {
  return space.stages.flatMap((stage, index) =>
    neighbours(stage, stages[index]!.blocks).map((blocks) => {
      const result = stages.map((other, s) => (s === index ? { ...other, blocks } : other));
      return { stage: index, change: changesBetween(space, stages, result).join(), stages: result };
    }),
  );
}

function neighbours(stage: StageSpace, blocks: readonly Block[]): Block[][] {
  const genes = (["expand", "kernel"] as const).flatMap((gene) =>
    blocks.flatMap((block, b) =>
      stage[gene].filter((choice) => choice !== block[gene]).map((choice) => blocks.with(b, { ...block, [gene]: choice })),
    ),
  );
  const fewer = stage.depth.includes(blocks.length - 1) ? [blocks.slice(0, -1)] : [];
  const more = stage.depth.includes(blocks.length + 1)
    ? stage.expand.flatMap((expand) => stage.kernel.map((kernel) => [...blocks, { expand, kernel }]))
    : [];
  return [...genes, ...fewer, ...more];
}

/**
 * What every move of an architecture brings. Moves over the budget (ms; null for none) are named so first; the others
 * by accuracy: equal where the confidence interval of the difference contains 0 (without a covariance, where it is 0).
 */
export function judgeMoves(accuracy: Predictor, latency: Predictor, stages: readonly Stage[], budget: number | null): JudgedMove[] {
  const from = { accuracy: new StartingPoint(accuracy, stages), latency: new StartingPoint(latency, stages) };
  return moves(accuracy.space, stages).map((move) => {
    const gain = from.accuracy.to(move);
    const cost = from.latency.to(move);
    const over = budget !== null && cost.value > budget;
    return {
      ...move,
      accuracy: gain.part,
      latency: cost.part,
      verdict: over ? "over budget" : gain.zero ? "equal within error" : gain.part.value < 0 ? "worse" : "better",
    };
  });
}

/** Differences of eta below this are rounding. */
const ROUNDING = 1e-12;

/** The prediction that moves of one stage start from. */
class StartingPoint {
  private readonly eta: number;
  private readonly row: Float64Array | null;

  constructor(
    private readonly predictor: Predictor,
    stages: readonly Stage[],
  ) {
    this.eta = predictor.eta(stages);
    this.row = predictor.uncertainty === null ? null : predictor.uncertainty.row(stages);
  }

  /** The prediction after a move, its difference from here, and whether that is 0 within error. */
  to(move: Move): { readonly value: number; readonly part: Part; readonly zero: boolean } {
    const { predictor, eta } = this;
    const after = predictor.eta(move.stages);
    const shift: Shift = { value: after - eta, half: this.halfWidth(move) };
    const zero = Math.abs(shift.value) <= (shift.half ?? 0) + ROUNDING * Math.max(1, Math.abs(eta));
    return { value: linkValue(predictor.link, after), part: partOf(shift, linkSecant(predictor.link, eta, after)), zero };
  }

  /** Of the difference of the rows of the design matrix: only terms that read the changed stage differ. */
  private halfWidth({ stage, stages }: Move): number | null {
    const { uncertainty } = this.predictor;
    if (uncertainty === null) return null;
    const difference = this.row!.map((before, i) => {
      const term = uncertainty.terms[i]!;
      return term?.variables.some((variable) => variable.stage === stage) ? readTerm(term, stages) - before : 0;
    });
    return uncertainty.confidenceHalfWidth(difference);
  }
}
