import type { FromWorker, ProgressOf, Request } from "../shared/messages.js";

export type LogLevel = Extract<FromWorker, { type: "log" }>["level"];

export interface RunOptions<K extends Request["kind"] = Request["kind"]> {
  /** The worker's bundle, dist/worker.js. */
  workerPath: string;
  /** File to write and to resume from; null: no journal, a crashed run begins again. */
  journal: string | null;
  /** Latest wins: the worker sends the next one, the newest by then, only after this has returned or resolved. */
  onProgress?: (progress: ProgressOf<K>) => void | Promise<void>;
  /** A crashed worker was started again; `restarts` counts from 1. */
  onRestart?: (restarts: number, why: string) => void;
  onLog?: (level: LogLevel, message: string) => void;
  onSpawn?: (pid: number) => void;
  /** Abort = cancel. */
  signal?: AbortSignal;
}

export type Outcome<R> = { status: "done"; result: R } | { status: "cancelled" };
