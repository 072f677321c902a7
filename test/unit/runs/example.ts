import { readFileSync } from "node:fs";
import { sha256 } from "../../../src/runs/digest.js";
import type { SearchRequest } from "../../../src/shared/messages.js";
import type { SearchResult } from "../../../src/shared/results.js";
import type { Exported } from "../../../src/shared/runFile.js";
import { runFileText } from "../../../src/shared/runFile.js";
import { search } from "../../../src/worker/jobs/search.js";
import { spaceText } from "../files/examples.js";

const predictor = (id: string) => readFileSync(new URL(`../../../media/predictors/${id}.predictor.json`, import.meta.url), "utf8");

/** A short search on the built-in predictors. */
export const REQUEST: SearchRequest = {
  kind: "search",
  space: { name: "foxnas-cpu.json", text: spaceText("foxnas-cpu") },
  accuracy: { name: "accuracy.predictor.json", text: predictor("foxnas-cpu-256-accuracy") },
  latency: { name: "latency.predictor.json", text: predictor("foxnas-cpu-256-latency-pi4") },
  budget: 120,
  probability: null,
  seed: 7,
  evaluations: 2000,
};

/** The search as a worker runs it, without the worker; of the front three points, so that a thousand files are read quickly. */
export async function searched(request: SearchRequest): Promise<SearchResult> {
  const context = { progress: () => undefined, resumed: null, checkpoint: () => undefined, cancelled: () => false, breathe: () => Promise.resolve(), log: () => undefined };
  const result = await search(request, context);
  return { ...result, front: result.front.slice(0, 3) };
}

export async function exportedExample(): Promise<Exported> {
  const versions = { foxnas: "0.1.0", node: "20.0.0", onnxruntime: null, platform: "linux-x64" };
  return { title: "foxnas-cpu at 256 px", startedAt: "2026-11-26T12:00:00.000Z", versions, request: REQUEST, result: await searched(REQUEST) };
}

export const textOf = (exported: Exported): string => runFileText(exported, sha256);
