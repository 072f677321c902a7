/**
 * Sends progress with one message in flight: while it is not acknowledged, a newer progress replaces the waiting
 * one. So neither side ever queues more than one, however fast the job and however slow the parent.
 */
export class LatestProgress<P extends object> {
  #waiting: P | null = null;
  #inFlight: number | null = null;
  #seq = 0;

  constructor(private readonly send: (seq: number, progress: P) => void) {}

  offer(progress: P): void {
    if (this.#inFlight === null) this.#send(progress);
    else this.#waiting = progress;
  }

  /** The parent took message `seq`; any other number is ignored. */
  acknowledge(seq: number): void {
    if (seq !== this.#inFlight) return;
    this.#inFlight = null;
    const next = this.#waiting;
    this.#waiting = null;
    if (next !== null) this.#send(next);
  }

  #send(progress: P): void {
    this.#inFlight = ++this.#seq;
    this.send(this.#inFlight, progress);
  }
}
