const MAX_RESTARTS = 4;
const WINDOW_MS = 3 * 60 * 1000;

/** Whether a crashed worker may be started again: at most 4 times within 3 minutes. */
export class RestartPolicy {
  #restarts: number[] = [];
  #total = 0;

  /** Counts one more crash at time `now` (ms). The number of this restart, or null when there have been too many. */
  next(now: number): number | null {
    this.#restarts = this.#restarts.filter((time) => now - time < WINDOW_MS);
    if (this.#restarts.length >= MAX_RESTARTS) return null;
    this.#restarts.push(now);
    return ++this.#total;
  }
}
