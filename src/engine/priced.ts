import type { Front } from "./front.js";
import type { Landscape } from "./landscape.js";
import { linkEta } from "./link.js";

/** Slope of the front around a point, on the scale of eta per ms of eta: a price under which little slack is left. */
export function priceAt(landscape: Landscape, front: Front, index: number): number {
  const low = Math.max(0, index - 5);
  const high = Math.min(front.states.length - 1, index + 5);
  if (low === high) return 0;
  const rise = (of: Landscape["accuracy"]) => of.eta(front.states[high]!) - of.eta(front.states[low]!);
  return Math.max(0, rise(landscape.accuracy) / rise(landscape.latency));
}

/**
 * With a price of lambda on latency, what each choice loses to its stage's best priced choice, on the scale of the
 * accuracy's eta: an architecture's accuracy is at most the priced bound minus its reduced costs (Lagrangian relaxation
 * of the multiple-choice knapsack).
 */
export function reducedCosts({ choices, accuracy, latency }: Landscape, price: number): { best: number; reduced: Float64Array[] } {
  let sum = 0;
  const reduced = choices.map((_, stage) => {
    const times = latency.parts[stage]!;
    const values = accuracy.parts[stage]!.map((value, i) => value - price * times[i]!);
    const best = values.reduce((a, b) => Math.max(a, b));
    sum += best;
    return values.map((value) => best - value);
  });
  return { best: sum, reduced };
}

/** What a budget (ms) leaves to the sum of the stages' latency parts, on the scale of eta; no limit beyond a link's ceiling. */
export function stageRoom({ latency: { link, intercept } }: Landscape, budget: number): number {
  return link !== null && budget >= link.ceiling ? Number.POSITIVE_INFINITY : linkEta(link, budget) - intercept;
}
