import { partOf, type Part, type Shift } from "../../engine/explain/part.js";
import { linkSecant } from "../../engine/link.js";
import type { Predictor } from "../../engine/predictor.js";
import type { Stage } from "../../engine/architecture.js";
import type { BlockPrice } from "../../shared/comparison.js";
import type { AlignedBlock, Block } from "./align.js";

/** Differences of eta below this, relative to it, are rounding. */
const ROUNDING = 1e-9;

/** Prediction of `to` minus that of `from`, with the interval of the difference; through a link by the secant between the two. */
export function difference(predictor: Predictor, from: readonly Stage[], to: readonly Stage[]): Part {
  const [before, after] = [predictor.eta(from), predictor.eta(to)];
  return partOf(shiftOf(predictor, from, to), linkSecant(predictor.link, before, after));
}

/** The same on the scale of the link's argument. */
function shiftOf(predictor: Predictor, from: readonly Stage[], to: readonly Stage[]): Shift {
  const { uncertainty } = predictor;
  const value = predictor.eta(to) - predictor.eta(from);
  if (uncertainty === null) return { value, half: null };
  const before = uncertainty.row(from);
  return { value, half: uncertainty.confidenceHalfWidth(uncertainty.row(to).map((x, i) => x - before[i]!)) };
}

/** One block's change, all other blocks as they were. */
interface Step {
  readonly before: readonly Block[];
  readonly after: readonly Block[];
}

/** Null where the step leads through a depth that the space does not have, and for a block that is the same. */
function stepOf({ status, block, to }: AlignedBlock, from: readonly Block[], all: readonly AlignedBlock[], depths: readonly number[]): Step | null {
  const index = block - 1;
  const step = (): Step | null => {
    switch (status) {
      case "same":
        return null;
      case "changed":
        return { before: from, after: from.with(index, to!) };
      case "removed":
        return { before: from.slice(0, block), after: from.slice(0, index) };
      case "added": {
        // Added blocks come one after the other, each on those before it.
        const added = all.flatMap((one) => (one.status === "added" && one.block <= block ? [one.to!] : []));
        return { before: [...from, ...added.slice(0, -1)], after: [...from, ...added] };
      }
    }
  };
  const made = step();
  return made === null || [made.before, made.after].every(({ length }) => depths.includes(length)) ? made : null;
}

/**
 * What the blocks of stage `index` bring, by place. Where the steps from A add up to the stage's whole difference, they
 * are its parts, on the slope of the whole; elsewhere each stands alone.
 */
export function blockPrices(predictor: Predictor, index: number, from: readonly Stage[], to: readonly Stage[], blocks: readonly AlignedBlock[]): (BlockPrice | null)[] {
  const { depth } = predictor.space.stages[index]!;
  const filled = (own: readonly Block[]): Stage[] => from.with(index, { ...from[index]!, blocks: own });
  const steps = blocks.map((block) => stepOf(block, from[index]!.blocks, blocks, depth));
  const shifts = steps.map((step) => (step === null ? null : shiftOf(predictor, filled(step.before), filled(step.after))));
  const sum = shifts.reduce((total, shift) => total + (shift?.value ?? 0), 0);
  const whole = predictor.stagePart(index, to[index]!.blocks) - predictor.stagePart(index, from[index]!.blocks);
  const told = blocks.every(({ status }, i) => status === "same" || steps[i] !== null);
  const [start, end] = [predictor.eta(from), predictor.eta(to)];
  const adds = predictor.additive && told && Math.abs(sum - whole) <= ROUNDING * Math.max(1, Math.abs(start));
  const slope = linkSecant(predictor.link, start, end);
  return steps.map((step, i) => {
    if (step === null) return null;
    return adds ? { ...partOf(shifts[i]!, slope), how: "part" } : { ...difference(predictor, filled(step.before), filled(step.after)), how: "alone" };
  });
}
