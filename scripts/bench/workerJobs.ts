import path from "node:path";
import { runJob } from "../../src/runs/supervisor.js";
import type { ProgressOf, Request, ResultOf } from "../../src/shared/messages.js";
import type { Sources } from "./problems.js";
import { root } from "./root.js";

/** One job in dist/worker.js, a process of its own, as extension and command line start it. */
export async function inWorker<K extends Request["kind"]>(
  request: Extract<Request, { kind: K }>,
  onProgress?: (progress: ProgressOf<K>) => void,
): Promise<ResultOf<K>> {
  const outcome = await runJob<K>(request, { workerPath: path.join(root, "dist", "worker.js"), journal: null, onProgress });
  if (outcome.status !== "done") throw new Error(`The job "${request.kind}" was cancelled.`);
  return outcome.result;
}

/** ms that a fresh worker took from the read files to the front. */
export async function frontInWorker(sources: Sources): Promise<number> {
  return (await inWorker<"front">({ kind: "front", ...sources })).elapsedMs;
}

/** ms from the call to the first progress and to the result, the worker gone. */
export async function searchInWorker(sources: Sources, budget: number): Promise<{ firstProgressMs: number; resultMs: number }> {
  const started = performance.now();
  let firstProgressMs: number | null = null;
  const result = await inWorker<"search">({ kind: "search", ...sources, budget, seed: 1, evaluations: null }, () => {
    firstProgressMs ??= performance.now() - started;
  });
  const resultMs = performance.now() - started;
  if (result.status !== "ok" || firstProgressMs === null) throw new Error(`The search at ${budget} ms found nothing.`);
  return { firstProgressMs, resultMs };
}

/** ms from the call to the answer of a job that does next to nothing: reading one config. */
export async function smallestJob(space: Sources["space"], config: string): Promise<number> {
  const started = performance.now();
  await inWorker<"validate">({ kind: "validate", space, config: { name: "bench.foxnas.json", text: config } });
  return performance.now() - started;
}
