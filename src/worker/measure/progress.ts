import type { MeasureProgress } from "../../shared/measure.js";

/** Writing and loading a model takes about as long as so many of its runs. */
const LOADING = 20;

/** Counts a batch's work in runs, so that what is done says when it will end. */
export class BatchProgress {
  #done = 0;
  #total: number;
  readonly #started = performance.now();

  constructor(
    private readonly show: (progress: MeasureProgress) => void,
    batch: { networks: number; references: number; rounds: number; warmup: number; traceRuns: number },
  ) {
    const { networks, references, rounds, warmup, traceRuns } = batch;
    const traced = traceRuns === 0 ? 0 : networks * (LOADING + traceRuns);
    this.#total = (networks + references) * (LOADING + Math.max(1, warmup) + rounds) + traced;
  }

  get elapsedMs(): number {
    return performance.now() - this.#started;
  }

  /** A reading takes several runs, now that their time is known. */
  repeat(extraRuns: number): void {
    this.#total += extraRuns;
  }

  loaded(note: string): void {
    this.ran(LOADING, note);
  }

  ran(runs: number, note: string): void {
    this.#done = Math.min(this.#total, this.#done + runs);
    const { elapsedMs } = this;
    this.show({
      kind: "measure",
      done: this.#done,
      total: this.#total,
      elapsedMs,
      remainingMs: this.#done === 0 ? null : (elapsedMs / this.#done) * (this.#total - this.#done),
      note,
    });
  }
}
