import { runJob } from "../../runs/supervisor.js";
import type { SearchRequest } from "../../shared/messages.js";
import type { FrontResult } from "../../shared/results.js";

/** The front of a pair of predictors, being computed by a worker. */
export interface FrontJob {
  /** Null where the predictors have no exact front. Throws InputError and RunFailure. */
  result: Promise<FrontResult | null>;
  /** Ends the worker when nobody waits for it any more. */
  dispose(): void;
}

/** Computes the exact front beside the wizard, so that a typed budget is answered at once. */
export function startFrontJob(
  predictors: Pick<SearchRequest, "space" | "accuracy" | "latency">,
  workerPath: string,
  onLog: (level: "info" | "warn" | "error", message: string) => void,
): FrontJob {
  const abort = new AbortController();
  const result = runJob({ kind: "front", ...predictors }, { workerPath, journal: null, onLog, signal: abort.signal }).then((outcome) =>
    outcome.status === "done" && outcome.result.points.length > 0 ? outcome.result : null,
  );
  // The wizard may be gone by the time it fails; whoever awaits `result` still sees the error.
  result.catch(() => undefined);
  return { result, dispose: () => abort.abort() };
}
