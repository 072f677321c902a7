import type { Front } from "./front.js";
import { linkEta, type Link } from "./link.js";
import type { Landscape } from "./landscape.js";
import type { NearTieList } from "./nearTieList.js";

/** How many architectures lie within a tolerance of the optimum under a budget, the optimum not counted. */
export interface NearTies {
  /** Architectures, order of blocks counted; exact. */
  readonly count: bigint;
  /** Groups of architectures that the predictors can tell apart. */
  readonly distinct: number;
}

/** A stage's choices by rising reduced cost. */
interface Ranked {
  readonly reduced: Float64Array;
  readonly latency: Float64Array;
  readonly accuracy: Float64Array;
  readonly counts: Float64Array;
  /** Their places among the stage's choices. */
  readonly order: Int32Array;
}

/**
 * Counts the architectures with latency <= budget and accuracy >= optimum - withinPp, exactly.
 *
 * With a price of lambda on latency, a choice's reduced cost is what it loses to its stage's best priced choice;
 * an architecture's accuracy is at most the priced bound minus its reduced costs, so those whose reduced costs
 * exceed the slack are never visited (Lagrangian fixing for the multiple-choice knapsack).
 * @param index the optimum's place on the front
 * @param limit gives up (null) after so many groups
 * @param mostLooked gives up (null) after looking at so many, whether they are near-ties or not
 * @param list is shown every group of near-ties, the optimum's own included
 */
export function countNearTies(
  landscape: Landscape,
  front: Front,
  link: Link,
  index: number,
  budget: number,
  withinPp: number,
  limit: number,
  mostLooked = Number.POSITIVE_INFINITY,
  list: NearTieList | null = null,
): NearTies | null {
  const optimum = front.accuracy[index]!;
  const floor = linkEta(link, optimum - withinPp) - interceptOf(landscape, front, index);
  const offset = front.latency[index]! - sumOf(landscape.latency.parts, front.states[index]!);
  const room = budget - offset;
  const price = priceAt(landscape, front, index);
  const priced = landscape.choices.map((_, stage) => {
    const latency = landscape.latency.parts[stage]!;
    return landscape.accuracy.parts[stage]!.map((value, i) => value - price * latency[i]!);
  });
  const best = priced.map((values) => values.reduce((a, b) => Math.max(a, b)));
  // Sums in another order differ in their last digits; the margin keeps those at the very edge.
  const slack = best.reduce((sum, value) => sum + value, price * room - floor) + MARGIN;
  const ranked = priced.map((values, stage) =>
    rank(
      landscape,
      stage,
      values.map((value) => best[stage]! - value),
      slack,
    ),
  );
  return new Counter(ranked, room + MARGIN, floor - MARGIN, limit, mostLooked, list).count(slack);
}

const MARGIN = 1e-9;

const sumOf = (parts: readonly Float64Array[], state: Int32Array): number =>
  parts.reduce((sum, part, stage) => sum + part[state[stage]!]!, 0);

/** What eta has beyond the stage parts. */
const interceptOf = (landscape: Landscape, front: Front, index: number): number =>
  landscape.accuracy.eta(front.states[index]!) - sumOf(landscape.accuracy.parts, front.states[index]!);

/** Slope of the front around a point, on the scale of eta per ms: a price under which little slack is left. */
function priceAt(landscape: Landscape, front: Front, index: number): number {
  const low = Math.max(0, index - 5);
  const high = Math.min(front.states.length - 1, index + 5);
  if (low === high) return 0;
  const eta = (i: number) => landscape.accuracy.eta(front.states[i]!);
  return (eta(high) - eta(low)) / (front.latency[high]! - front.latency[low]!);
}

/** The choices whose reduced cost leaves slack, by rising reduced cost. */
function rank(landscape: Landscape, stage: number, reduced: Float64Array, slack: number): Ranked {
  const indices = new Int32Array(reduced.length).map((_, i) => i);
  const order = indices.filter((i) => reduced[i]! <= slack).sort((a, b) => reduced[a]! - reduced[b]!);
  const by = (values: Float64Array) => Float64Array.from(order, (i) => values[i]!);
  return {
    reduced: by(reduced),
    latency: by(landscape.latency.parts[stage]!),
    accuracy: by(landscape.accuracy.parts[stage]!),
    counts: by(landscape.choices[stage]!.counts),
    order,
  };
}

/** Depth-first over the stages, cheapest reduced cost first. */
class Counter {
  private total = 0n;
  private small = 0;
  private distinct = 0;
  private looked = 0;

  constructor(
    private readonly ranked: readonly Ranked[],
    private readonly room: number,
    private readonly floor: number,
    private readonly limit: number,
    private readonly mostLooked: number,
    private readonly list: NearTieList | null,
  ) {}

  count(slack: number): NearTies | null {
    if (!this.visit(0, slack, 0, 0, 1)) return null;
    // The optimum itself is one architecture of one group.
    return { count: this.total + BigInt(this.small) - 1n, distinct: this.distinct - 1 };
  }

  private visit(stage: number, slack: number, latency: number, accuracy: number, count: number): boolean {
    const list = this.ranked[stage]!;
    const last = stage === this.ranked.length - 1;
    for (let i = 0; i < list.reduced.length && list.reduced[i]! <= slack; i++) {
      if (++this.looked > this.mostLooked) return false;
      const l = latency + list.latency[i]!;
      const a = accuracy + list.accuracy[i]!;
      const c = count * list.counts[i]!;
      if (!last) {
        this.list?.enter(stage, list.order[i]!);
        if (!this.visit(stage + 1, slack - list.reduced[i]!, l, a, c)) return false;
      } else if (l <= this.room && a >= this.floor) {
        this.add(c);
        this.list?.visit(stage, list.order[i]!, a, l);
        if (this.distinct > this.limit) return false;
      }
    }
    return true;
  }

  private add(count: number): void {
    this.distinct++;
    this.small += count;
    if (this.small > 2 ** 50) {
      this.total += BigInt(this.small);
      this.small = 0;
    }
  }
}
