import { isKind } from "../../runs/runStore.js";
import { runJob } from "../../runs/supervisor.js";
import type { NearTies } from "../../shared/results.js";
import type { RunController } from "../runs/runController.js";

interface NearTiesParts {
  runs: RunController;
  workerPath: string;
  onLog: (level: "info" | "warn" | "error", message: string) => void;
}

/** Counts near-ties where the slider stands; only the newest question is answered. */
export class NearTiesCounter {
  #abort = new AbortController();

  constructor(private readonly parts: NearTiesParts) {}

  /**
   * Near-ties of a point of a run's front, taken as the optimum of its own latency; null where they are too many
   * to count, undefined where a newer question came, or the run has no such point. Throws InputError, RunFailure.
   */
  async count(runId: string, point: number): Promise<NearTies | null | undefined> {
    this.#abort.abort();
    const { signal } = (this.#abort = new AbortController());
    const { runs, workerPath, onLog } = this.parts;
    const record = await runs.record(runId);
    if (record === undefined || !isKind(record, "search")) return undefined;
    const budget = (await runs.result(runId, "search"))?.front[point]?.latency.value;
    if (budget === undefined || signal.aborted) return undefined;
    const { space, accuracy, latency } = record.request;
    const outcome = await runJob({ kind: "nearTies", space, accuracy, latency, budget }, { workerPath, journal: null, onLog, signal });
    return outcome.status === "done" ? outcome.result.nearTies : undefined;
  }

  /** Ends the worker when the window closes. */
  dispose(): void {
    this.#abort.abort();
  }
}
