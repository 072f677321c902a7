import type { Landscape, State } from "./landscape.js";
import { stageMoves, type StageMoves } from "./moves.js";
import { Random } from "./random.js";
import { RunningValue } from "./runningValue.js";

export interface AnnealingOptions {
  /** Latency limit, ms. */
  readonly budget: number;
  readonly seed: number;
  /** How many architectures to evaluate in all. */
  readonly evaluations: number;
  /** A feasible state to start from. */
  readonly start: State;
  /** A further limit, dearer to look at than the budget: only proposals that would otherwise be accepted are. */
  readonly admits?: ((state: State) => boolean) | undefined;
}

/** What a step of the annealing looks like from outside, thinned to some 400 rows of equal spacing. */
export interface Trace {
  readonly evaluations: number[];
  readonly current: number[];
  readonly best: number[];
  readonly temperature: number[];
}

/** Everything needed to go on from here: plain JSON. */
export interface AnnealingSnapshot {
  readonly evaluations: number;
  readonly random: readonly number[];
  readonly current: readonly number[];
  readonly best: readonly number[];
  readonly trace: Trace;
}

/** Temperatures in percentage points of accuracy, from that of early differences to that of near-ties. */
const HOTTEST = 0.1;
const COLDEST = 0.001;
/** Share of moves that change two stages at once: under a hard budget one stage often has to give what another takes. */
const PAIR_SHARE = 0.9;
const TRACE_ROWS = 400;
/** The temperature changes once in so many evaluations. */
const PLATEAU = 64;

export const DEFAULT_EVALUATIONS = 1_000_000;

/**
 * Simulated annealing (Kirkpatrick, Gelatt, Vecchi 1983) of accuracy under a latency budget: Metropolis
 * acceptance, geometric cooling, infeasible proposals refused. The caller ticks it; the result depends on the
 * options alone, not on how the steps were cut.
 */
export class Annealing {
  private readonly random: Random;
  private readonly current: State;
  private readonly best: State;
  private readonly accuracy: RunningValue;
  private readonly latency: RunningValue;
  private currentAccuracy: number;
  private bestAccuracy: number;
  private done: number;
  private readonly moves: readonly StageMoves[];
  private readonly traceStride: number;
  readonly trace: Trace;

  constructor(
    landscape: Landscape,
    private readonly options: AnnealingOptions,
    snapshot: AnnealingSnapshot | null = null,
  ) {
    this.random = snapshot === null ? Random.seeded(options.seed) : Random.restored(snapshot.random);
    this.current = Int32Array.from(snapshot?.current ?? options.start);
    this.best = Int32Array.from(snapshot?.best ?? options.start);
    this.done = snapshot?.evaluations ?? 0;
    this.trace = copyOf(snapshot?.trace ?? { evaluations: [], current: [], best: [], temperature: [] });
    this.currentAccuracy = landscape.accuracy.value(this.current);
    this.bestAccuracy = landscape.accuracy.value(this.best);
    this.accuracy = new RunningValue(landscape.accuracy, this.current);
    this.latency = new RunningValue(landscape.latency, this.current);
    this.moves = landscape.choices.map((_, stage) => stageMoves(landscape, stage));
    this.traceStride = Math.max(PLATEAU, Math.ceil(options.evaluations / TRACE_ROWS / PLATEAU) * PLATEAU);
  }

  get evaluations(): number {
    return this.done;
  }

  get finished(): boolean {
    return this.done >= this.options.evaluations;
  }

  /** pp */
  get temperature(): number {
    return HOTTEST * (COLDEST / HOTTEST) ** (this.done / this.options.evaluations);
  }

  get bestState(): State {
    return this.best;
  }

  get currentState(): State {
    return this.current;
  }

  /** Evaluates up to n more architectures. */
  step(n: number): void {
    const end = Math.min(this.done + n, this.options.evaluations);
    while (this.done < end) {
      const plateau = Math.min(end, (Math.floor(this.done / PLATEAU) + 1) * PLATEAU);
      const temperature = this.plateauTemperature();
      if (this.done % this.traceStride === 0) this.record(temperature);
      for (; this.done < plateau; this.done++) this.move(temperature);
    }
    if (this.finished && this.trace.evaluations.at(-1) !== this.done) this.record(this.temperature);
  }

  snapshot(): AnnealingSnapshot {
    return {
      evaluations: this.done,
      random: this.random.state(),
      current: [...this.current],
      best: [...this.best],
      trace: copyOf(this.trace),
    };
  }

  /** What a picture of the run needs; a copy that later steps leave alone. */
  progress(): { evaluations: number; temperature: number; trace: Trace } {
    return { evaluations: this.done, temperature: this.temperature, trace: copyOf(this.trace) };
  }

  /** Of the plateau that the next evaluation belongs to, however the steps are cut. */
  private plateauTemperature(): number {
    const start = Math.floor(this.done / PLATEAU) * PLATEAU;
    return HOTTEST * (COLDEST / HOTTEST) ** (start / this.options.evaluations);
  }

  private move(temperature: number): void {
    const { random, current, moves } = this;
    const { admits } = this.options;
    const stages = current.length;
    const one = random.below(stages);
    const oldOne = current[one]!;
    const pair = stages > 1 && random.unit() < PAIR_SHARE;
    const two = pair ? (one + 1 + random.below(stages - 1)) % stages : one;
    const oldTwo = current[two]!;
    current[one] = moves[one]!.propose(oldOne, random);
    if (pair) current[two] = moves[two]!.propose(oldTwo, random);
    const from = Math.min(one, two);
    if (this.latency.propose(current, from) <= this.options.budget) {
      const accuracy = this.accuracy.propose(current, from);
      const change = accuracy - this.currentAccuracy;
      if ((change >= 0 || random.unit() < Math.exp(change / temperature)) && (admits === undefined || admits(current))) {
        this.accept(accuracy, from);
        return;
      }
    }
    current[two] = oldTwo;
    current[one] = oldOne;
  }

  private accept(accuracy: number, from: number): void {
    this.accuracy.accept(from);
    this.latency.accept(from);
    this.currentAccuracy = accuracy;
    if (accuracy <= this.bestAccuracy) return;
    this.bestAccuracy = accuracy;
    this.best.set(this.current);
  }

  private record(temperature: number): void {
    this.trace.evaluations.push(this.done);
    this.trace.current.push(this.currentAccuracy);
    this.trace.best.push(this.bestAccuracy);
    this.trace.temperature.push(temperature);
  }
}

const copyOf = (trace: Trace): Trace => ({
  evaluations: [...trace.evaluations],
  current: [...trace.current],
  best: [...trace.best],
  temperature: [...trace.temperature],
});
