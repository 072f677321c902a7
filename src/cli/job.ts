import { runJob } from "../runs/supervisor.js";
import type { Request, ResultOf } from "../shared/messages.js";
import { Interrupted, type Context } from "./command.js";
import { WORKER_PATH } from "./files.js";

/**
 * Runs one job in the worker, with progress on stderr.
 * @param journal file to write and to resume from, null for none
 * @throws Interrupted, InputError, RunFailure
 */
export async function doJob<K extends Request["kind"]>(
  request: Extract<Request, { kind: K }>,
  { signal, progress }: Context,
  journal: string | null = null,
): Promise<ResultOf<K>> {
  // A failure brings them in its own log.
  const errors: string[] = [];
  try {
    const outcome = await runJob<K>(request, {
      workerPath: WORKER_PATH,
      journal,
      signal,
      onProgress: (p) => progress.show(p),
      onLog: (level, message) => {
        if (level === "warn") progress.note(`warning: ${message}`);
        if (level === "error") errors.push(message);
      },
    });
    for (const error of errors) progress.note(`error: ${error}`);
    if (outcome.status === "cancelled") throw new Interrupted();
    return outcome.result;
  } finally {
    progress.clear();
  }
}
