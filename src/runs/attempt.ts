import * as v from "valibot";
import type { Problem } from "../shared/errors.js";
import { progressSchemaOf, ResultSchemas, type FromWorker, type ProgressOf, type Request, type ResultOf } from "../shared/messages.js";
import { describeIssues } from "./describeIssues.js";
import type { LogLevel, RunOptions } from "./runOptions.js";
import { WorkerProcess } from "./workerProcess.js";

/** How one worker process ended. */
export type Ending<K extends Request["kind"]> =
  | { kind: "result"; result: ResultOf<K> }
  | { kind: "cancelled" }
  | { kind: "problem"; problem: Problem }
  | { kind: "failure"; message: string; stack: string }
  | { kind: "crash"; why: string };

/** How long a worker may take to answer a cancel, or to leave after its last message, before it is killed. */
const PATIENCE_MS = 2000;

/** One worker process for one request, from its start to its end. */
export class Attempt<K extends Request["kind"]> {
  /** Settles when the process is gone; never rejects. */
  readonly ending: Promise<Ending<K>>;
  readonly #worker: WorkerProcess;
  #answer: Ending<K> | null = null;
  #patience: NodeJS.Timeout | null = null;
  #finish: (ending: Ending<K>) => void = () => undefined;

  constructor(
    private readonly request: Extract<Request, { kind: K }>,
    private readonly options: RunOptions<K>,
    private readonly log: (level: LogLevel, message: string) => void,
  ) {
    this.ending = new Promise((resolve) => (this.#finish = resolve));
    this.#worker = new WorkerProcess(options.workerPath, {
      onMessage: (message) => this.#take(message),
      onRefused: (why) => log("error", `Refused a malformed message of the worker: ${why}`),
      onOutput: (stream, line) => log(stream === "stderr" ? "warn" : "info", line),
      onGone: (why) => this.#leave(why),
    });
    if (this.#worker.pid !== undefined) options.onSpawn?.(this.#worker.pid);
    this.#worker.send({ type: "start", request, journal: options.journal });
    options.signal?.addEventListener("abort", this.#cancel);
    // An `onSpawn` that aborts did so before there was a listener.
    if (options.signal?.aborted) this.#cancel();
  }

  readonly #cancel = () => {
    this.#worker.send({ type: "cancel" });
    this.#killSoon();
  };

  #take(message: FromWorker): void {
    switch (message.type) {
      case "progress":
        void this.#show(message.seq, message.progress);
        return;
      case "log":
        this.log(message.level, message.message);
        return;
      case "result":
        return this.#settle(this.#checkResult(message.result));
      case "cancelled":
        return this.#settle({ kind: "cancelled" });
      case "problem":
        return this.#settle({ kind: "problem", problem: message.problem });
      case "failure":
        return this.#settle({ kind: "failure", message: message.message, stack: message.stack });
    }
  }

  async #show(seq: number, progress: unknown): Promise<void> {
    try {
      const parsed = v.safeParse(progressSchemaOf(this.request.kind), progress);
      // The schema of kind K gives ProgressOf<K>; the compiler cannot follow the look-up.
      if (parsed.success) await this.options.onProgress?.(parsed.output as ProgressOf<K>);
      else this.log("error", `Refused a malformed progress of the worker: ${describeIssues(parsed.issues)}`);
    } catch (error) {
      // Who shows the progress must not be able to stop the run.
      this.log("error", `Showing the progress failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
    this.#worker.send({ type: "ack", seq });
  }

  #checkResult(result: unknown): Ending<K> {
    const parsed = v.safeParse(ResultSchemas[this.request.kind], result);
    // The schema of kind K gives ResultOf<K>; the compiler cannot follow the look-up.
    if (parsed.success) return { kind: "result", result: parsed.output as ResultOf<K> };
    return {
      kind: "failure",
      message: `The worker sent a malformed result of the job "${this.request.kind}": ${describeIssues(parsed.issues)}`,
      stack: "",
    };
  }

  /** The first answer counts; the process then leaves by itself. */
  #settle(answer: Ending<K>): void {
    this.#answer ??= answer;
    this.#killSoon();
  }

  #killSoon(): void {
    this.#patience ??= setTimeout(() => this.#worker.kill(), PATIENCE_MS);
  }

  #leave(why: string): void {
    if (this.#patience !== null) clearTimeout(this.#patience);
    this.options.signal?.removeEventListener("abort", this.#cancel);
    const cancelled = this.options.signal?.aborted === true;
    this.#finish(this.#answer ?? (cancelled ? { kind: "cancelled" } : { kind: "crash", why }));
  }
}
