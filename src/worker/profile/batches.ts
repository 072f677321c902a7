import { runJob } from "../../runs/supervisor.js";
import type { Architecture } from "../../engine/architecture.js";
import type { MeasureProgress, MeasureRequest, MeasureResult, NetworkRequest } from "../../shared/measure.js";
import type { Source } from "../../shared/source.js";
import { Cancelled } from "../job.js";

/** What a batch needs of the job that asks for it. */
export interface BatchHooks {
  progress(progress: MeasureProgress): void;
  cancelled(): boolean;
  log(level: "info" | "warn" | "error", message: string): void;
}

/** How often a batch whose references disagree is measured again. */
const REPEATS = 2;
const CANCEL_LOOK_MS = 50;

/**
 * Measures a batch in a process of its own: what one batch leaves behind (heap, caches, clock of the processor) must
 * not reach the next. A suspect batch is measured again, at most twice; the last one counts, marked as it is.
 * @throws Cancelled, InputError, RunFailure
 */
export async function measured(request: MeasureRequest, hooks: BatchHooks): Promise<{ result: MeasureResult; repeated: number }> {
  for (let repeated = 0; ; repeated++) {
    const result = await once({ ...request, seed: (request.seed + repeated) % 2 ** 32 }, hooks);
    if (!result.suspect || repeated === REPEATS) return { result, repeated };
    hooks.log("warn", `The batch is measured again: ${result.reason}`);
  }
}

async function once(request: MeasureRequest, hooks: BatchHooks): Promise<MeasureResult> {
  const abort = new AbortController();
  const look = setInterval(() => {
    if (hooks.cancelled()) abort.abort();
  }, CANCEL_LOOK_MS);
  try {
    const outcome = await runJob<"measure">(request, {
      // This very program: a worker that is started by a worker dies with it.
      workerPath: process.argv[1]!,
      journal: null,
      signal: abort.signal,
      onProgress: hooks.progress,
      onLog: hooks.log,
    });
    if (outcome.status === "cancelled") throw new Cancelled();
    return outcome.result;
  } finally {
    clearInterval(look);
  }
}

/** An architecture as a batch names it. */
export function networkOf(space: Source, key: string, { resolution, stages }: Architecture): NetworkRequest {
  const blocks = (stage: Architecture["stages"][number]) => stage.blocks.map(({ expand, kernel }) => ({ expand, kernel }));
  return { key, resolution, network: { space, stages: stages.map((stage) => ({ width: stage.width, blocks: blocks(stage) })) } };
}
