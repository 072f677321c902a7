import type { ChanceConstraint } from "./chanceConstraint.js";
import { frontIndexAt, type Front } from "./front.js";
import type { Landscape, State } from "./landscape.js";
import { bestPrice, reducedCosts, stageRoom } from "./priced.js";

/** The most accurate architecture that keeps a budget with a probability. */
export interface ChanceOptimum {
  readonly state: State;
  /** % */
  readonly accuracy: number;
  /** ms */
  readonly latency: number;
  /** Nothing better is left; otherwise the best that was found before the limit. */
  readonly proved: boolean;
  /** No architecture that keeps the budget with the probability is above this (%); the accuracy itself where proved. */
  readonly atMost: number;
}

/** Sums in another order differ in their last digits. */
const MARGIN = 1e-9;

/**
 * The most accurate architecture with value + t f s sqrt(1 + leverage) <= budget, exactly.
 *
 * The front gives a first answer: its best point that keeps the budget. Then branch and bound over the stages, as for
 * near-ties: with a price of lambda on latency an architecture's accuracy is at most the priced bound minus its reduced
 * costs, and minus what the variance settled so far takes from the budget, at that price.
 * @param safest a state that keeps the budget with the probability
 * @param mostLooked gives up after looking at so many choices
 */
export function chanceOptimum(
  landscape: Landscape,
  front: Front,
  constraint: ChanceConstraint,
  budget: number,
  safest: State,
  mostLooked = Number.POSITIVE_INFINITY,
): ChanceOptimum {
  // Nothing beyond this keeps the budget, so the front's optimum here bounds all accuracies.
  const relaxed = frontIndexAt(front, constraint.largestLatency(budget) + MARGIN);
  let first = relaxed;
  while (first >= 0 && constraint.bound(front.states[first]!) > budget) first--;
  const start = first >= 0 && front.accuracy[first]! > landscape.accuracy.value(safest) ? front.states[first]! : safest;
  const { state, proved } = new ChanceSearch(landscape, constraint, budget, start, mostLooked).run();
  const accuracy = landscape.accuracy.value(state);
  const bound = relaxed < 0 ? accuracy : Math.max(accuracy, front.accuracy[relaxed]!);
  return { state, accuracy, latency: landscape.latency.value(state), proved, atMost: proved ? accuracy : bound };
}

/** Depth-first over the stages, cheapest reduced cost first. */
class ChanceSearch {
  private readonly room: number;
  private readonly price: number;
  /** The priced bound on the accuracies, on the scale of eta without the intercept. */
  private readonly slack: number;
  private readonly ranked: readonly { readonly order: Int32Array; readonly reduced: Float64Array; readonly latency: Float64Array }[];
  /** By stage: least latency of the stages from it on. */
  private readonly leastLatency: Float64Array;
  /** Before each stage, of the choices made. */
  private readonly components: readonly Float64Array[];
  private readonly path: State;
  private best: State;
  private accuracy: number;
  /** Of the best, without the intercept, less the margin. */
  private floor: number;
  private looked = 0;

  constructor(
    private readonly landscape: Landscape,
    private readonly constraint: ChanceConstraint,
    private readonly budget: number,
    start: State,
    private readonly mostLooked: number,
  ) {
    const { latency } = landscape;
    this.room = roomOf(landscape, budget);
    this.price = bestPrice(landscape, this.room - constraint.leastMargin);
    const { best, reduced } = reducedCosts(landscape, this.price);
    this.slack = best + (this.price === 0 ? 0 : this.price * (this.room - constraint.leastMargin));
    this.ranked = reduced.map((costs, stage) => {
      const order = new Int32Array(costs.length).map((_, i) => i).sort((a, b) => costs[a]! - costs[b]!);
      const by = (values: Float64Array) => Float64Array.from(order, (i) => values[i]!);
      return { order, reduced: by(costs), latency: by(latency.parts[stage]!) };
    });
    this.leastLatency = leastFrom(latency.parts);
    this.components = [constraint.origin, ...latency.parts.map(() => new Float64Array(constraint.origin.length))];
    this.path = Int32Array.from(start);
    this.best = Int32Array.from(start);
    this.accuracy = landscape.accuracy.value(start);
    this.floor = this.floorOf(start);
  }

  run(): { state: State; proved: boolean } {
    const proved = this.visit(0, this.slack, 0, 0);
    return { state: this.best, proved };
  }

  /** @param upper what the priced bound leaves of the accuracy, but for the variance settled */
  private visit(stage: number, upper: number, latency: number, squares: number): boolean {
    const { order, reduced, latency: latencies } = this.ranked[stage]!;
    const last = stage === this.ranked.length - 1;
    const margin = this.constraint.margin(squares);
    const dearer = this.price * (margin - this.constraint.leastMargin);
    for (let i = 0; i < order.length && upper - reduced[i]! - dearer >= this.floor; i++) {
      if (++this.looked > this.mostLooked) return false;
      const l = latency + latencies[i]!;
      const least = l + this.leastLatency[stage + 1]!;
      if (least + margin > this.room) continue;
      const settled = squares + this.constraint.settle(stage, order[i]!, this.components[stage]!, this.components[stage + 1]!);
      if (least + this.constraint.margin(settled) > this.room) continue;
      this.path[stage] = order[i]!;
      if (last) this.consider();
      else if (!this.visit(stage + 1, upper - reduced[i]!, l, settled)) return false;
    }
    return true;
  }

  /** Takes the path where it is better by the tables themselves. */
  private consider(): void {
    const { landscape, path } = this;
    const accuracy = landscape.accuracy.value(path);
    if (accuracy < this.accuracy || this.constraint.bound(path) > this.budget) return;
    if (accuracy === this.accuracy && landscape.latency.value(path) >= landscape.latency.value(this.best)) return;
    this.accuracy = accuracy;
    this.best = Int32Array.from(path);
    this.floor = this.floorOf(path);
  }

  private floorOf(state: State): number {
    return this.landscape.accuracy.eta(state) - this.landscape.accuracy.intercept - MARGIN;
  }
}

/** What a budget leaves to the stages' latency parts and the margin, on the scale of eta. */
const roomOf = (landscape: Landscape, budget: number): number => stageRoom(landscape, budget) + MARGIN;

/** Sums of the least part of each stage, from each stage on. */
function leastFrom(parts: readonly Float64Array[]): Float64Array {
  const least = new Float64Array(parts.length + 1);
  for (let stage = parts.length - 1; stage >= 0; stage--) least[stage] = least[stage + 1]! + parts[stage]!.reduce((a, b) => Math.min(a, b));
  return least;
}

/** The architecture whose latency is the least that a measurement stays under with the probability. */
export interface Safest {
  readonly state: State;
  /** ms: the smallest budget that can be kept with the probability. */
  readonly bound: number;
  readonly proved: boolean;
}

/** The smallest budget that can be kept with the probability: branch and bound over the stages, the fastest choice first. */
export function safestState(landscape: Landscape, constraint: ChanceConstraint, fastest: State, mostLooked = Number.POSITIVE_INFINITY): Safest {
  const { parts, intercept } = landscape.latency;
  const orders = parts.map((values) => new Int32Array(values.length).map((_, i) => i).sort((a, b) => values[a]! - values[b]!));
  const least = leastFrom(parts);
  const components = [constraint.origin, ...parts.map(() => new Float64Array(constraint.origin.length))];
  const path = Int32Array.from(fastest);
  let best = Int32Array.from(fastest);
  let bound = constraint.etaBound(fastest);
  let looked = 0;
  const visit = (stage: number, latency: number, squares: number): boolean => {
    const margin = constraint.margin(squares);
    for (const choice of orders[stage]!) {
      const l = latency + parts[stage]![choice]!;
      if (l + least[stage + 1]! + margin > bound + MARGIN) break;
      if (++looked > mostLooked) return false;
      const settled = squares + constraint.settle(stage, choice, components[stage]!, components[stage + 1]!);
      if (l + least[stage + 1]! + constraint.margin(settled) > bound + MARGIN) continue;
      path[stage] = choice;
      if (stage < parts.length - 1) {
        if (!visit(stage + 1, l, settled)) return false;
        continue;
      }
      const value = constraint.etaBound(path);
      if (value < bound) [bound, best] = [value, Int32Array.from(path)];
    }
    return true;
  };
  const proved = visit(0, intercept, 0);
  return { state: best, bound: constraint.bound(best), proved };
}
