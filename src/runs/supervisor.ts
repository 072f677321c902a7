import { existsSync } from "node:fs";
import { InputError } from "../shared/errors.js";
import { t } from "../shared/l10n.js";
import type { Request, ResultOf } from "../shared/messages.js";
import { Attempt, type Ending } from "./attempt.js";
import { LogTail } from "./logTail.js";
import { RestartPolicy } from "./restartPolicy.js";
import { RunFailure } from "./runFailure.js";
import type { LogLevel, Outcome, RunOptions } from "./runOptions.js";

export { RunFailure } from "./runFailure.js";
export type { LogLevel, Outcome, RunOptions };

/**
 * Runs one job in a worker process of its own. When the promise settles the process is gone.
 *
 * A worker that crashes is started again from the journal, at most 4 times within 3 minutes.
 * @throws InputError for bad input, also for a journal that belongs to another request
 * @throws RunFailure for an internal failure, which is not tried again, and for too many crashes
 */
export async function runJob<K extends Request["kind"]>(
  request: Extract<Request, { kind: K }>,
  options: RunOptions<K>,
): Promise<Outcome<ResultOf<K>>> {
  const tail = new LogTail();
  const log = (level: LogLevel, message: string) => {
    tail.add(message);
    options.onLog?.(level, message);
  };
  if (!existsSync(options.workerPath)) {
    throw new RunFailure(t("The worker program {0} is missing. Install FOX-NAS again.", options.workerPath), "");
  }
  const policy = new RestartPolicy();
  for (;;) {
    if (options.signal?.aborted) return { status: "cancelled" };
    const ending: Ending<K> = await new Attempt(request, options, log).ending;
    switch (ending.kind) {
      case "result":
        return { status: "done", result: ending.result };
      case "cancelled":
        return { status: "cancelled" };
      case "problem":
        throw new InputError(ending.problem);
      case "failure":
        if (ending.stack !== "") log("error", ending.stack);
        throw new RunFailure(ending.message, tail.text());
      case "crash": {
        const restarts = policy.next(Date.now());
        if (restarts === null) {
          throw new RunFailure(
            t("The worker stopped again and again (5 times within 3 minutes, last by {0}), so the run was given up. The log says what it printed last.", ending.why),
            tail.text(),
          );
        }
        log("warn", `The worker stopped unexpectedly (${ending.why}); start ${restarts + 1} of the run.`);
        options.onRestart?.(restarts, ending.why);
      }
    }
  }
}
