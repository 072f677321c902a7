import { frontIndexAt, type Front } from "../front.js";
import type { Landscape, State } from "../landscape.js";
import { bestPrice, reducedCosts, stageRoom } from "../priced.js";
import { sumKey } from "../stageChoices.js";

/** Sums in another order differ in their last digits. */
const MARGIN = 1e-9;

/** A stage's choices that the accuracy predictor tells apart, by rising reduced cost. */
interface Ranked {
  readonly order: Int32Array;
  readonly reduced: Float64Array;
  readonly latency: Float64Array;
}

/**
 * The most accurate architectures under a budget (ms), the front's optimum first, then by falling accuracy; fewer than
 * `count` only where no more exist. Architectures whose accuracy terms are equal in every stage are one, shown by its
 * fastest. Exact: no other is more accurate than the last by over 1e-9 on the scale of eta.
 *
 * Depth-first over the stages with a price on latency (see countNearTies): whatever leads to no more than the last of
 * the best so far is never visited. The front's own points under the budget are a start: that many there are.
 * @param index the optimum's place on the front, at least 0
 */
export function bestUnder(landscape: Landscape, front: Front, budget: number, count: number): State[] {
  const optimum = front.states[frontIndexAt(front, budget)]!;
  const room = stageRoom(landscape, budget);
  const price = bestPrice(landscape, room);
  const { best, reduced } = reducedCosts(landscape, price);
  const bound = landscape.accuracy.intercept + best + (price === 0 ? 0 : price * room);
  const ranked = reduced.map((costs, stage) => rank(landscape, stage, costs));
  const finder = new Finder(landscape, ranked, { room: room + MARGIN, budget, count, floor: floorOf(landscape, front, budget, count) });
  finder.visit(0, bound, 0);
  const same = (state: State) => state.every((choice, stage) => keyOf(landscape, stage, choice) === keyOf(landscape, stage, optimum[stage]!));
  return [optimum, ...finder.best.map(({ state }) => state).filter((state) => !same(state))].slice(0, count);
}

const keyOf = ({ accuracy }: Landscape, stage: number, choice: number): number => sumKey(accuracy.parts[stage]![choice]!);

/** Of choices with equal accuracy parts the fastest. */
function rank(landscape: Landscape, stage: number, reduced: Float64Array): Ranked {
  const latency = landscape.latency.parts[stage]!;
  const fastest = new Map<number, number>();
  for (let choice = 0; choice < reduced.length; choice++) {
    const key = keyOf(landscape, stage, choice);
    const known = fastest.get(key);
    if (known === undefined || latency[choice]! < latency[known]!) fastest.set(key, choice);
  }
  const order = Int32Array.from(fastest.values()).sort((a, b) => reduced[a]! - reduced[b]!);
  const by = (values: (choice: number) => number) => Float64Array.from(order, values);
  return { order, reduced: by((i) => reduced[i]!), latency: by((i) => latency[i]!) };
}

/** eta of the last of `count` points of the front under the budget, no two of them one; none where there are fewer. */
function floorOf({ accuracy }: Landscape, front: Front, budget: number, count: number): number {
  let last = Number.POSITIVE_INFINITY;
  let left = count;
  for (let i = frontIndexAt(front, budget); i >= 0 && left > 0; i--) {
    const eta = accuracy.eta(front.states[i]!);
    // Points that are one differ by less than this in all.
    if (eta > last - 1e-9 * (accuracy.parts.length + 1)) continue;
    last = eta;
    left--;
  }
  return left === 0 ? last : Number.NEGATIVE_INFINITY;
}

interface Goal {
  /** Of the sums of the latency parts. */
  readonly room: number;
  /** ms */
  readonly budget: number;
  readonly count: number;
  readonly floor: number;
}

class Finder {
  /** By falling eta of accuracy, then rising latency. */
  readonly best: { readonly state: State; readonly eta: number; readonly latency: number }[] = [];
  private readonly path: State;
  /** Least latency of the stages from each on. */
  private readonly rest: Float64Array;
  /** What a bound must reach. */
  private limit: number;

  constructor(
    private readonly landscape: Landscape,
    private readonly ranked: readonly Ranked[],
    private readonly goal: Goal,
  ) {
    this.path = new Int32Array(ranked.length);
    this.rest = new Float64Array(ranked.length + 1);
    for (let stage = ranked.length - 1; stage >= 0; stage--) {
      this.rest[stage] = this.rest[stage + 1]! + ranked[stage]!.latency.reduce((a, b) => Math.min(a, b));
    }
    this.limit = goal.floor - MARGIN;
  }

  /** @param bound no architecture from here has a larger eta */
  visit(stage: number, bound: number, latency: number): void {
    const { order, reduced, latency: times } = this.ranked[stage]!;
    const room = this.goal.room - latency - this.rest[stage + 1]!;
    for (let i = 0; i < order.length; i++) {
      const left = bound - reduced[i]!;
      if (left < this.limit) return;
      if (times[i]! > room) continue;
      this.path[stage] = order[i]!;
      if (stage < this.ranked.length - 1) this.visit(stage + 1, left, latency + times[i]!);
      else this.meet();
    }
  }

  private meet(): void {
    const { landscape, path, best, goal } = this;
    const eta = landscape.accuracy.eta(path);
    const latency = landscape.latency.value(path);
    if (eta < this.limit || latency > goal.budget) return;
    const behind = best.findIndex((other) => eta > other.eta || (eta === other.eta && latency < other.latency));
    best.splice(behind < 0 ? best.length : behind, 0, { state: Int32Array.from(path), eta, latency });
    if (best.length > goal.count) best.pop();
    if (best.length === goal.count) this.limit = best.at(-1)!.eta + MARGIN;
  }
}
