import type { RunRecord } from "../runs/runStore.js";
import { readPredictor, readSpace } from "../shared/files/index.js";
import type { Progress } from "../shared/messages.js";
import type { RunView } from "../shared/panel.js";
import type { SearchResult } from "../shared/results.js";

/** A stored run as the panel sees it. Throws InputError when the run's own request cannot be read. */
export function viewOf(record: RunRecord, progress: Progress | null, result: SearchResult | null): RunView {
  const { request } = record;
  const accuracy = readPredictor(request.accuracy);
  const latency = readPredictor(request.latency);
  return {
    id: record.id,
    title: record.title,
    state: record.state,
    space: readSpace(request.space).id,
    resolution: latency.resolution,
    budget: request.budget,
    seed: request.seed,
    accuracyPredictor: accuracy.title ?? request.accuracy.name,
    latencyPredictor: latency.title ?? request.latency.name,
    startedAt: record.startedAt,
    restarts: record.restarts,
    progress,
    result,
    error: record.error,
  };
}
