import type { FromWorker, Progress, ProgressOf, Request, ResultOf } from "../shared/messages.js";

/** What JSON gives back as it was: no NaN, no undefined, no class. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type Kind = Request["kind"];
export type RequestOf<K extends Kind> = Extract<Request, { kind: K }>;

/** A job's way to the world. `S` is its state as the journal keeps it, `P` its progress. Every method but `breathe` is cheap: call often. */
export interface JobContext<S extends Json = Json, P = Progress> {
  /** Latest wins: only the newest is sent, when the parent has taken the one before. Do not change it afterwards. */
  progress(progress: P): void;
  /** Newest state of the journal, null at a fresh start. It comes from a file: validate it. */
  readonly resumed: unknown;
  /**
   * Calls `state` and writes it to the journal, at most every 250 ms; does nothing without a journal.
   * @param must writes it in any case: what it holds cannot be had again, as a measurement
   */
  checkpoint(state: () => S, must?: boolean): void;
  /** True once cancel was asked for; `breathe` then throws. */
  cancelled(): boolean;
  /**
   * Lets messages in; call it after every 10-20 ms of work, at a point where the state is whole.
   * @throws Cancelled once cancel was asked for: let it pass through, do not catch it
   */
  breathe(): Promise<void>;
  log(level: Extract<FromWorker, { type: "log" }>["level"], message: string): void;
}

/**
 * One kind of work. For the same request it must give the same result (but for `elapsedMs`), wherever it was
 * interrupted and resumed. Throws InputError for bad input; anything else it throws is an internal failure.
 */
export type Job<R, Q, S extends Json = Json, P = Progress> = (request: R, context: JobContext<S, P>) => Promise<Q>;

/** The jobs a worker can do, by kind of request. */
export type Jobs = { readonly [K in Kind]?: Job<RequestOf<K>, ResultOf<K>, Json, ProgressOf<K>> };

/** Thrown by `breathe` to unwind a cancelled job. */
export class Cancelled extends Error {
  override readonly name = "Cancelled";
}
