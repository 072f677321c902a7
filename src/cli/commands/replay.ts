import { resolve } from "node:path";
import { sha256 } from "../../runs/digest.js";
import { InputError } from "../../shared/errors.js";
import { needsPlaces, readRunFile, withPlaces, type RunFile } from "../../shared/runFile.js";
import type { RunRequest } from "../../shared/runs.js";
import { firstDifference, isReproducible } from "../../shared/sameResult.js";
import { EXIT, UsageError, type Command, type Context, type Options } from "../command.js";
import { readSource, writeOutput } from "../files.js";
import { doJob } from "../job.js";
import { versionsHere } from "../runFiles.js";
import { replayText, type Replayed } from "../text/replay.js";

/** Runs what a file holds once more, and tells whether the result is the same. */
export const replay: Command = {
  name: "replay",
  summary: "repeats the run of a file and compares the results; exit code 4 where they differ",
  options: {
    run: { value: "FILE", help: "run to repeat (*.foxnas-run.json); a file whose digests are wrong is refused", required: true },
    supernet: { value: "FILE", help: "where the supernet is, for a run that needs one: the file has its digest only" },
    data: { value: "DIR", help: "where the data is, likewise" },
    out: { value: "FILE.json", help: "writes the new result there" },
  },
  async run(options, context) {
    const path = options.need("run");
    const file = readRunFile(await readSource(path), sha256);
    const request = await requestOf(options, file, context);
    const result = await doJob(request, context);
    const difference = isReproducible(file.kind) ? firstDifference(file.result, result) : null;
    const status = !isReproducible(file.kind) ? "measured" : difference === null ? "same" : "different";
    const { kind, title, startedAt, versions, inputs } = file;
    const replayed: Replayed = {
      ...{ status, difference, kind, title, startedAt },
      seed: request.seed,
      versions: { file: versions, here: await versionsHere(context) },
      inputs,
    };
    const out = options.get("out");
    const written = out === undefined ? "" : `  Result written to ${out} (${(await writeOutput(out, `${JSON.stringify(result, null, 1)}\n`)).bytes} bytes)\n`;
    return { exitCode: status === "different" ? EXIT.different : EXIT.done, json: replayed, text: `${replayText(path, replayed)}${written}` };
  },
};

/** The file's request, with where its supernet and data are here, if they are the same. @throws UsageError, InputError */
async function requestOf(options: Options, { request, kind }: RunFile, context: Context): Promise<RunRequest> {
  const [supernet, data] = [options.get("supernet"), options.get("data")];
  if (!needsPlaces(request)) {
    if ((supernet ?? data) !== undefined) throw new UsageError(`--supernet and --data are for runs that read them; this one is of the kind ${kind}`);
    return withPlaces(request, null);
  }
  if (supernet === undefined || data === undefined) {
    throw new UsageError(`the run needs the supernet ${request.supernet.name} and the data ${request.data.name}, which are not in the file: tell where they are with --supernet FILE --data DIR`);
  }
  const places = { supernet: resolve(supernet), data: resolve(data) };
  const found = await doJob<"inspect">({ kind: "inspect", space: request.space, ...places }, context);
  for (const one of ["supernet", "data"] as const) {
    if (found[one]?.digest === request[one].digest) continue;
    throw new InputError({
      what: `this is not the ${one} of the run`,
      file: places[one],
      found: `SHA-256 ${found[one]?.digest ?? "of nothing"}`,
      expected: request[one].digest,
      next: `Give the ${request[one].name} that the run was made with.`,
    });
  }
  return withPlaces(request, places);
}
