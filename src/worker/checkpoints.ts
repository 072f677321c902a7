import type { Journal } from "../runs/journal.js";
import type { Json } from "./job.js";

/** Share of the time that checkpoints may take; on a slow disk they become rarer ... */
const MAX_SHARE = 0.05;
/** ... but at most so many times the interval: with 250 ms a kill costs a second of work, not more. */
const MAX_STRETCH = 4;

/** Writes a job's state to the journal, rarely enough to cost next to nothing. */
export class Checkpoints {
  #due: number;

  /** @param interval least time between two checkpoints, ms; 0 writes every one that is offered */
  constructor(
    private readonly journal: Journal,
    private readonly interval: number,
  ) {
    this.#due = performance.now() + interval;
  }

  /** Calls `state` only when a checkpoint is due, or must not be left out. */
  offer(state: () => Json, must = false): void {
    const start = performance.now();
    if (start < this.#due && !must) return;
    this.journal.checkpoint(state());
    const end = performance.now();
    const wanted = Math.max(this.interval, (end - start) / MAX_SHARE);
    this.#due = end + Math.min(wanted, this.interval * MAX_STRETCH);
  }
}
