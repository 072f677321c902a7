import { sha256 } from "../runs/digest.js";
import { runFileText } from "../shared/runFile.js";
import type { RunRequest } from "../shared/runs.js";
import type { Context } from "./command.js";
import { programVersion, writeOutput } from "./files.js";
import { doJob } from "./job.js";

/** What runs here: the versions that a run's file carries. */
export async function versionsHere(context: Context) {
  const { node, onnxruntime, platform } = await doJob<"device">({ kind: "device" }, context);
  return { foxnas: programVersion(), node, onnxruntime: onnxruntime?.version ?? null, platform };
}

/** Writes a finished run as one file that replays it. @throws InputError */
export async function saveRun(path: string, title: string, request: RunRequest, result: unknown, context: Context): Promise<string> {
  const startedAt = new Date().toISOString();
  const text = runFileText({ title, startedAt, versions: await versionsHere(context), request, result }, sha256);
  const { bytes } = await writeOutput(path, text);
  return `  Run written to ${path} (${bytes} bytes); fox-nas replay --run ${path} repeats it\n`;
}
