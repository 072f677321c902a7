import { readFileSync } from "node:fs";
import path from "node:path";
import { readPredictor, readSpace } from "../../../src/shared/files/index.js";
import type { SearchRequest } from "../../../src/shared/messages.js";
import type { SearchRunView } from "../../../src/shared/panel.js";
import type { Source } from "../../../src/shared/source.js";
import type { Job, Json } from "../../../src/worker/job.js";
import { search } from "../../../src/worker/jobs/search.js";

// Bundled scripts lie elsewhere than this file.
const ROOT = process.env["FOXNAS_ROOT"] ?? process.cwd();
const media = (file: string): Source => ({ name: file, text: readFileSync(path.join(ROOT, "media", file), "utf8") });

/** The built-in space and predictors. */
export const BUILT_IN = {
  space: media("spaces/foxnas-cpu.json"),
  accuracy: media("predictors/foxnas-cpu-256-accuracy.predictor.json"),
  latency: media("predictors/foxnas-cpu-256-latency-pi4.predictor.json"),
};

/** Does a job in this process, as a worker would. */
export function doHere<R, Q>(job: Job<R, Q, never>, request: R): Promise<Q> {
  const context = { progress: () => {}, resumed: null, checkpoint: () => {}, cancelled: () => false, breathe: async () => {}, log: () => {} };
  return (job as unknown as Job<R, Q, Json>)(request, context);
}

/** A finished search on the built-in predictors, as the host sends it. */
export async function realRun(budget: number): Promise<SearchRunView> {
  const request: SearchRequest = { kind: "search", ...BUILT_IN, budget, seed: 1, evaluations: null };
  const result = await doHere(search as unknown as Job<SearchRequest, NonNullable<SearchRunView["result"]>, never>, request);
  const model = { space: readSpace(request.space), accuracy: readPredictor(request.accuracy), latency: readPredictor(request.latency) };
  return {
    kind: "search", id: "real", title: "foxnas-cpu at 256 px", state: "done", space: "foxnas-cpu", resolution: 256, budget, seed: 1,
    accuracyPredictor: request.accuracy.name, latencyPredictor: request.latency.name, startedAt: "2026-11-25T10:00:00Z", restarts: 0, measurable: false, evaluable: false,
    progress: null, error: null, measured: [], result, model,
  };
}
