import * as v from "valibot";
import { describeIssues } from "../runs/describeIssues.js";
import { digestOf } from "../runs/digest.js";
import { Journal } from "../runs/journal.js";
import { ResultSchemas, type AnyProgress, type ResultOf } from "../shared/messages.js";
import { Checkpoints } from "./checkpoints.js";
import { Cancelled, type JobContext, type Jobs, type Json, type Kind, type RequestOf } from "./job.js";

export interface ExecuteOptions extends Pick<JobContext<Json, AnyProgress>, "progress" | "log" | "cancelled"> {
  /** File to write and to resume from, null for none. */
  journal: string | null;
  /** Least time between checkpoints, ms; 250 by default, 0 writes every one. */
  checkpointInterval?: number;
}

const CHECKPOINT_INTERVAL_MS = 250;

/**
 * Does one job in this process, from its journal on. A result that the journal already holds is returned as it is.
 * The result is what JSON makes of it, so that one read from a journal equals one just computed.
 * @throws InputError for bad input; Cancelled; anything else is an internal failure
 */
export async function execute<K extends Kind>(
  jobs: Jobs,
  kind: K,
  request: RequestOf<K>,
  options: ExecuteOptions,
): Promise<ResultOf<K>> {
  const journal = options.journal === null ? null : Journal.open(options.journal, digestOf(request));
  try {
    if (journal !== null && journal.found.result !== null) {
      const known = v.safeParse(ResultSchemas[kind], journal.found.result.result);
      // The schema of kind K gives ResultOf<K>; the compiler cannot follow the look-up.
      if (known.success) return known.output as ResultOf<K>;
      options.log("warn", "The journal holds a result of another version: the job is done again.");
    }
    const result = await compute(jobs, kind, request, journal, options);
    journal?.result(result);
    return result;
  } finally {
    journal?.close();
  }
}

async function compute<K extends Kind>(
  jobs: Jobs,
  kind: K,
  request: RequestOf<K>,
  journal: Journal | null,
  options: ExecuteOptions,
): Promise<ResultOf<K>> {
  const job = jobs[kind];
  if (job === undefined) throw new Error(`This worker has no job "${kind}".`);
  const checkpoints =
    journal === null ? null : new Checkpoints(journal, options.checkpointInterval ?? CHECKPOINT_INTERVAL_MS);
  const raw = await job(request, {
    progress: options.progress,
    log: options.log,
    cancelled: options.cancelled,
    resumed: journal?.found.checkpoint?.state ?? null,
    checkpoint: (state, must) => checkpoints?.offer(state, must),
    breathe: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      if (options.cancelled()) throw new Cancelled();
    },
  });
  const asJson: unknown = JSON.parse(JSON.stringify(raw));
  const parsed = v.safeParse(ResultSchemas[kind], asJson);
  if (!parsed.success) throw new Error(`The job "${kind}" gave a malformed result: ${describeIssues(parsed.issues)}`);
  return parsed.output as ResultOf<K>;
}
