import * as v from "valibot";
import { describeIssues } from "../runs/describeIssues.js";
import { InputError } from "../shared/errors.js";
import { ToWorkerSchema, type AnyProgress, type FromWorker, type Request, type ToWorker } from "../shared/messages.js";
import { execute } from "./execute.js";
import { Cancelled, type Jobs } from "./job.js";
import { dieWithParent, hasParent, sendToParent } from "./parent.js";
import { LatestProgress } from "./progress.js";

type Start = Extract<ToWorker, { type: "start" }>;

/** Makes this process a worker: waits for one `start`, does the job, answers with one last message and ends. */
export function serve(jobs: Jobs): void {
  if (!hasParent()) {
    process.stderr.write("This is FOX-NAS's worker process; it is started by the extension or by fox-nas.\n");
    process.exitCode = 2;
    return;
  }
  dieWithParent();
  process.on("uncaughtException", (error) => void leave(failureOf(error)));
  process.on("unhandledRejection", (error) => void leave(failureOf(error)));

  const progress = new LatestProgress<AnyProgress>((seq, newest) => void sendToParent({ type: "progress", seq, progress: newest }));
  let started = false;
  let cancelled = false;

  const start = async ({ request, journal }: Start) => {
    await leave(await answer(jobs, request, journal, progress, () => cancelled));
  };
  process.on("message", (raw) => {
    const parsed = v.safeParse(ToWorkerSchema, raw);
    if (!parsed.success) {
      const why = `The worker refused a malformed message: ${describeIssues(parsed.issues)}`;
      // Without a start it would wait for ever.
      if (!started && isStart(raw)) void leave({ type: "failure", message: why, stack: "" });
      else void sendToParent({ type: "log", level: "error", message: why });
      return;
    }
    const message = parsed.output;
    if (message.type === "ack") progress.acknowledge(message.seq);
    else if (message.type === "cancel") {
      cancelled = true;
      if (!started) void leave({ type: "cancelled" });
    } else if (started) void sendToParent({ type: "log", level: "error", message: "The worker refused a second start." });
    else {
      started = true;
      void start(message);
    }
  });
}

/** The last message for a request. */
async function answer(
  jobs: Jobs,
  request: Request,
  journal: string | null,
  progress: LatestProgress<AnyProgress>,
  cancelled: () => boolean,
): Promise<FromWorker> {
  try {
    const result = await execute(jobs, request.kind, request, {
      journal,
      cancelled,
      progress: (newest) => progress.offer(newest),
      log: (level, message) => void sendToParent({ type: "log", level, message }),
    });
    return { type: "result", result };
  } catch (error) {
    if (error instanceof Cancelled) return { type: "cancelled" };
    if (error instanceof InputError) return { type: "problem", problem: error.problem };
    return failureOf(error);
  }
}

function failureOf(error: unknown): FromWorker {
  if (!(error instanceof Error)) return { type: "failure", message: String(error), stack: "" };
  return { type: "failure", message: error.message, stack: error.stack ?? error.message };
}

/** Ends the process after its last message has left it. */
async function leave(message: FromWorker): Promise<void> {
  await sendToParent(message);
  process.exit(0);
}

function isStart(raw: unknown): boolean {
  return typeof raw === "object" && raw !== null && "type" in raw && raw.type === "start";
}
