import { frontIndexAt, type Front } from "../front.js";

/**
 * Where along the budget the candidates lie, in standard errors of a prediction. The optimum comes first. It lies just
 * under the budget, so by the error of its prediction every second one is measured above it; hence one standard error
 * below, which five of six times is not. The point above may turn out to be within the budget all the same.
 */
const STEPS = [0, -1, -0.5, -1.5, 0.5, -2, 1, -0.25, -2.5, -3];

/** An architecture this near (pp) to the optimum is as good: half the step of the published accuracies. */
export const NEAR_PP = 0.05;

/**
 * Which points of a front to measure next, the most important first; the optimum under the budget unless it is measured.
 * @param spread relative standard error of a prediction near the budget, 0.01 = 1 %
 * @returns indices of the front, fewer than `count` only where no more are left
 */
export function chooseCandidates(front: Front, budget: number, spread: number, count: number, isMeasured: (index: number) => boolean): number[] {
  const chosen: number[] = [];
  for (let i = 0; chosen.length < count; i++) {
    const limit = budget * (1 + STEPS[i % STEPS.length]! * spread);
    const wanted = Math.max(0, frontIndexAt(front, limit));
    const index = nearestFree(wanted, front.latency.length, (at) => !isMeasured(at) && !chosen.includes(at));
    if (index === null) break;
    chosen.push(index);
  }
  return chosen;
}

/** The first free index from `from` downwards, or else upwards: what is faster is more likely within the budget. */
function nearestFree(from: number, length: number, free: (index: number) => boolean): number | null {
  for (let i = from; i >= 0; i--) if (free(i)) return i;
  for (let i = from + 1; i < length; i++) if (free(i)) return i;
  return null;
}

/** An architecture that was measured. */
export interface Tried {
  /** Predicted, %. */
  readonly accuracy: number;
  /** By the predictor as it is now, corrected by the measurement among others; ms. */
  readonly predicted: number;
  /** Measured, ms. */
  readonly latency: number;
  /** The measured latency lies in the interval of the predictor as it is now. */
  readonly within: boolean;
}

export interface Verdict {
  /** Index of the winner. */
  readonly winner: number;
  /** It measures within the budget. */
  readonly underBudget: boolean;
  /** Predictor and measurement agree: the winner is as good as the predictor's optimum, in its interval, and both say that it is within the budget. */
  readonly agreed: boolean;
}

/**
 * Judges what was measured. The winner is the most accurate one that measures within the budget, the faster of equals;
 * one that is predicted within it too goes before those that are not, since of many that lie at the budget those measure
 * within it whose measurement errs downwards. Where none measures within the budget, it is the fastest.
 * @param tried at least one
 * @param optimum accuracy (%) of the present predictor's optimum under the budget, null where it has none
 */
export function judge(tried: readonly Tried[], optimum: number | null, budget: number): Verdict {
  const measured = tried.filter(({ latency }) => latency <= budget);
  const both = measured.filter(({ predicted }) => predicted <= budget);
  const better = (a: Tried, b: Tried) => b.accuracy > a.accuracy || (b.accuracy === a.accuracy && b.latency < a.latency);
  const faster = (a: Tried, b: Tried) => b.latency < a.latency;
  const [from, beats] = both.length > 0 ? [both, better] : measured.length > 0 ? [measured, better] : [tried, faster];
  const best = from.reduce((a, b) => (beats(a, b) ? b : a));
  const agreed = from === both && best.within && optimum !== null && best.accuracy >= optimum - NEAR_PP;
  return { winner: tried.indexOf(best), underBudget: measured.length > 0, agreed };
}
