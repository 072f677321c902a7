import { isKind } from "../../runs/runStore.js";
import { runJob } from "../../runs/supervisor.js";
import type { Overview } from "../../shared/explanation.js";
import type { RunController } from "../runs/runController.js";

interface OverviewParts {
  runs: RunController;
  workerPath: string;
  onLog: (level: "info" | "warn" | "error", message: string) => void;
}

/** What matters in the whole space of a search, by its predictors; undefined where there is no such run. Throws InputError, RunFailure. */
export async function overviewOf(runId: string, { runs, workerPath, onLog }: OverviewParts): Promise<Overview | undefined> {
  const record = await runs.record(runId);
  if (record === undefined || !isKind(record, "search")) return undefined;
  const { space, accuracy, latency } = record.request;
  const outcome = await runJob<"overview">({ kind: "overview", space, accuracy, latency }, { workerPath, journal: null, onLog });
  return outcome.status === "done" ? outcome.result.overview : undefined;
}
