import type { Landscape } from "./landscape.js";
import { linkEta } from "./link.js";

const DOUBLINGS = 60;
const HALVINGS = 40;

/**
 * The price of latency (accuracy's eta for latency's) under which the priced bound is least for a room, so that the
 * least slack is left: the bound is convex in the price, its slope the room less the latency of the best priced
 * choices, which is halved upon.
 * @param room of the sum of the stages' latency parts, as much as the fastest choices take at least
 */
export function bestPrice(landscape: Landscape, room: number): number {
  if (room === Number.POSITIVE_INFINITY || pricedLatency(landscape, 0) <= room) return 0;
  let high = 1e-6;
  for (let i = 0; i < DOUBLINGS && pricedLatency(landscape, high) > room; i++) high *= 2;
  let low = 0;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (pricedLatency(landscape, middle) > room) low = middle;
    else high = middle;
  }
  return high;
}

/** Sum of the latency parts of the stages' best priced choices; of equally good ones the faster. */
function pricedLatency({ accuracy, latency }: Landscape, price: number): number {
  return latency.parts.reduce((sum, times, stage) => {
    const gains = accuracy.parts[stage]!;
    let best = 0;
    for (let i = 1; i < times.length; i++) {
      const change = gains[i]! - gains[best]! - price * (times[i]! - times[best]!);
      if (change > 0 || (change === 0 && times[i]! < times[best]!)) best = i;
    }
    return sum + times[best]!;
  }, 0);
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
