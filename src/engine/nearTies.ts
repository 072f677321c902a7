import type { Front } from "./front.js";
import { linkEta, type Link } from "./link.js";
import type { Landscape, State } from "./landscape.js";
import type { NearTieList } from "./nearTieList.js";
import { bestPrice, reducedCosts, stageRoom } from "./priced.js";

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

/** What else a count does. */
export interface CountOptions {
  /** Gives up (null) after looking at so many choices, whether they lead to near-ties or not. */
  readonly mostLooked?: number;
  /** Is shown every group of near-ties, the optimum's own included. */
  readonly list?: NearTieList | undefined;
  /** A further limit that the architectures must keep, with the best that does in place of the front's point. */
  readonly among?: { readonly optimum: State; readonly admits: (state: State) => boolean } | undefined;
}

/**
 * Counts the architectures with latency <= budget and accuracy >= optimum - withinPp, exactly.
 *
 * With a price of lambda on latency, a choice's reduced cost is what it loses to its stage's best priced choice;
 * an architecture's accuracy is at most the priced bound minus its reduced costs, so those whose reduced costs
 * exceed the slack are never visited (Lagrangian fixing for the multiple-choice knapsack).
 * @param index the optimum's place on the front
 * @param limit gives up (null) after so many groups
 */
export function countNearTies(
  landscape: Landscape,
  front: Front,
  link: Link,
  index: number,
  budget: number,
  withinPp: number,
  limit: number,
  { mostLooked = Number.POSITIVE_INFINITY, list, among }: CountOptions = {},
): NearTies | null {
  const optimum = among === undefined ? front.accuracy[index]! : landscape.accuracy.value(among.optimum);
  const floor = linkEta(link, optimum - withinPp) - landscape.accuracy.intercept;
  const room = stageRoom(landscape, budget);
  const price = bestPrice(landscape, room);
  const { best, reduced } = reducedCosts(landscape, price);
  // Sums in another order differ in their last digits; the margin keeps those at the very edge.
  const slack = best + (price === 0 ? 0 : price * room) - floor + MARGIN;
  const ranked = reduced.map((costs, stage) => rank(landscape, stage, costs, slack));
  const counter = new Counter(ranked, { room: room + MARGIN, floor: floor - MARGIN, limit, mostLooked, list, admits: among?.admits });
  return counter.count(slack);
}

const MARGIN = 1e-9;

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

interface Limits extends Pick<CountOptions, "list"> {
  /** Of the sums of the parts. */
  readonly room: number;
  readonly floor: number;
  readonly limit: number;
  readonly mostLooked: number;
  readonly admits: ((state: State) => boolean) | undefined;
}

/** Depth-first over the stages, cheapest reduced cost first. */
class Counter {
  private total = 0n;
  private small = 0;
  private distinct = 0;
  private looked = 0;
  private readonly path: State;

  constructor(
    private readonly ranked: readonly Ranked[],
    private readonly limits: Limits,
  ) {
    this.path = new Int32Array(ranked.length);
  }

  count(slack: number): NearTies | null {
    if (!this.visit(0, slack, 0, 0, 1)) return null;
    // The optimum itself is one architecture of one group.
    return { count: this.total + BigInt(this.small) - 1n, distinct: this.distinct - 1 };
  }

  private visit(stage: number, slack: number, latency: number, accuracy: number, count: number): boolean {
    const list = this.ranked[stage]!;
    const last = stage === this.ranked.length - 1;
    const { room, floor, mostLooked } = this.limits;
    for (let i = 0; i < list.reduced.length && list.reduced[i]! <= slack; i++) {
      if (++this.looked > mostLooked) return false;
      const l = latency + list.latency[i]!;
      const a = accuracy + list.accuracy[i]!;
      const c = count * list.counts[i]!;
      if (!last) {
        this.path[stage] = list.order[i]!;
        this.limits.list?.enter(stage, list.order[i]!);
        if (!this.visit(stage + 1, slack - list.reduced[i]!, l, a, c)) return false;
      } else if (l <= room && a >= floor) {
        this.path[stage] = list.order[i]!;
        if (!this.meet(c, a, l)) return false;
      }
    }
    return true;
  }

  /** The path is a near-tie, unless a further limit excludes it. */
  private meet(count: number, accuracy: number, latency: number): boolean {
    const { admits, list, limit } = this.limits;
    if (admits !== undefined && !admits(this.path)) return true;
    this.add(count);
    list?.visit(this.path.length - 1, this.path[this.path.length - 1]!, accuracy, latency);
    return this.distinct <= limit;
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
