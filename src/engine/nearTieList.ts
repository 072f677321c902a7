import type { Criterion } from "./criterion.js";
import type { State } from "./landscape.js";

/** What is looked for among the near-ties of an optimum. */
export interface Wanted {
  /** By stage and choice, how much a choice differs from the optimum's; an architecture with 0 is of the optimum's group. */
  readonly distance: readonly Float64Array[];
  /** Of each, the near-tie with the least. */
  readonly criteria: readonly Criterion[];
  /** How many of the most different groups to keep. */
  readonly most: number;
  /** Whether a group is a near-tie by its prediction; the counter has a margin for sums in another order. */
  readonly confirms: (state: State) => boolean;
}

/** One group of near-ties. */
export interface Listed {
  readonly state: State;
  readonly distance: number;
  /** Sums over the stages, on the scale of eta. */
  readonly accuracy: number;
  readonly latency: number;
}

/**
 * Collects, while near-ties are visited, those that a person may prefer: the most different from the optimum (of equally
 * different ones the more accurate), the fastest, and for each criterion the one with the least. Memory for `most` and
 * one for each criterion; a group that is not kept costs one comparison for each of them.
 */
export class NearTieList {
  /** By falling distance, then accuracy. */
  readonly mostDifferent: Listed[] = [];
  fastest: Listed | null = null;
  /** By criterion. */
  readonly least: (Listed | null)[];
  private readonly leastCost: Float64Array;
  /** By stage and choice: the distance, then the cost of each criterion. */
  private readonly rows: readonly Float64Array[];
  /** Before each stage: sums of the rows of the choices made. */
  private readonly sums: readonly Float64Array[];
  private readonly width: number;
  private readonly state: State;
  /** First stage whose choice the sums behind it do not have yet. */
  private fresh = 0;

  constructor(private readonly wanted: Wanted) {
    const { distance, criteria } = wanted;
    const width = (this.width = 1 + criteria.length);
    this.least = criteria.map(() => null);
    this.leastCost = new Float64Array(criteria.length).fill(Number.POSITIVE_INFINITY);
    this.rows = distance.map((of, stage) => {
      const columns = [of, ...criteria.map(({ costs }) => costs[stage]!)];
      return new Float64Array(of.length * width).map((_, at) => columns[at % width]![Math.floor(at / width)]!);
    });
    this.sums = distance.map(() => new Float64Array(width));
    this.state = new Int32Array(distance.length);
  }

  /** A choice of a stage before the last is made. Most lead to no near-tie: nothing is added up before `visit`. */
  enter(stage: number, choice: number): void {
    this.state[stage] = choice;
    if (stage < this.fresh) this.fresh = stage;
  }

  /** The last stage's choice completes a near-tie; `accuracy` and `latency` are its sums over the stages. */
  visit(stage: number, choice: number, accuracy: number, latency: number): void {
    if (this.fresh < stage) this.addUp(stage);
    const { width } = this;
    const sums = this.sums[stage]!;
    const row = this.rows[stage]!;
    const at = choice * width;
    const distance = sums[0]! + row[at]!;
    if (distance === 0) return;
    this.state[stage] = choice;
    if (this.isDifferent(distance, accuracy)) this.keepDifferent(distance, accuracy, latency);
    if (this.fastest === null || latency < this.fastest.latency) this.fastest = this.confirmed(distance, accuracy, latency) ?? this.fastest;
    for (let c = 1; c < width; c++) {
      const cost = sums[c]! + row[at + c]!;
      if (cost > this.leastCost[c - 1]!) continue;
      if (cost < this.leastCost[c - 1]! || accuracy > this.least[c - 1]!.accuracy) this.keepLeast(c - 1, cost, distance, accuracy, latency);
    }
  }

  /** Sums of the choices before `last`, from the first that changed. */
  private addUp(last: number): void {
    const { width } = this;
    for (let stage = this.fresh; stage < last; stage++) {
      const before = this.sums[stage]!;
      const after = this.sums[stage + 1]!;
      const row = this.rows[stage]!;
      const at = this.state[stage]! * width;
      for (let c = 0; c < width; c++) after[c] = before[c]! + row[at + c]!;
    }
    this.fresh = last;
  }

  private isDifferent(distance: number, accuracy: number): boolean {
    if (this.mostDifferent.length < this.wanted.most) return true;
    const last = this.mostDifferent.at(-1)!;
    return distance > last.distance || (distance === last.distance && accuracy > last.accuracy);
  }

  private keepDifferent(distance: number, accuracy: number, latency: number): void {
    const one = this.confirmed(distance, accuracy, latency);
    if (one === null) return;
    const list = this.mostDifferent;
    const behind = list.findIndex((other) => distance > other.distance || (distance === other.distance && accuracy > other.accuracy));
    list.splice(behind < 0 ? list.length : behind, 0, one);
    if (list.length > this.wanted.most) list.pop();
  }

  private keepLeast(criterion: number, cost: number, distance: number, accuracy: number, latency: number): void {
    const one = this.confirmed(distance, accuracy, latency);
    if (one === null) return;
    this.least[criterion] = one;
    this.leastCost[criterion] = cost;
  }

  private confirmed(distance: number, accuracy: number, latency: number): Listed | null {
    if (!this.wanted.confirms(this.state)) return null;
    return { state: Int32Array.from(this.state), distance, accuracy, latency };
  }
}
