import type { ArchitectureConfig } from "../../shared/architecture.js";
import { predictorText } from "../../shared/profileFiles.js";
import type { TuneRequest, TuneResult } from "../../shared/tune.js";
import { EXIT, UsageError, type Answer, type Context, type Options, type OptionSpec } from "../command.js";
import { writeOutput } from "../files.js";
import { doJob } from "../job.js";
import { tuneInfeasibleText, tuneText } from "../text/tune.js";
import { configOutput } from "./configOutput.js";
import { readModel } from "./shared.js";

/** What a search takes only with --measure. */
export const WITH_MEASURE = {
  candidates: { value: "N", help: "with --measure: architectures measured in one round; default 5" },
  rounds: { value: "N", help: "with --measure: readings of each architecture, at least 4; default 60" },
} satisfies Record<string, OptionSpec>;

/** What a search takes only where its winners are measured, whether for their latency or for their accuracy. */
export const CORRECTING = {
  most: { value: "N", help: "most rounds of measuring, each of which corrects the predictor; default 4 with --measure, 3 with --supernet" },
  refit: { value: "FILE", help: "writes the corrected predictor there: of latency with --measure, of accuracy with --supernet" },
} satisfies Record<string, OptionSpec>;

/** `search --measure`: search, measure, refit, until predictor and measurement agree on the winner. */
export async function measuredSearch(options: Options, context: Context): Promise<Answer> {
  if (options.get("evaluations") !== undefined) throw new UsageError("--evaluations is for a search without --measure, which takes the exact front instead of annealing");
  if (options.get("save-run") !== undefined) throw new UsageError("--save-run is for a search without --measure: what is measured can be measured again, but not replayed");
  if (options.get("probability") !== undefined) throw new UsageError("--probability is for a search without --measure: measured latencies are judged as they are");
  const request: TuneRequest = {
    kind: "tune",
    budget: options.number("budget"),
    seed: options.numberOr("seed", 1, { min: 0, max: 0xffff_ffff, integer: true }),
    rounds: options.numberOr("rounds", 60, { min: 4, max: 10_000, integer: true }),
    candidates: options.numberOr("candidates", 5, { min: 1, max: 40, integer: true }),
    most: options.numberOr("most", 4, { min: 1, max: 100, integer: true }),
    ...(await readModel(options)),
  };
  const result = await doJob<"tune">(request, context, options.get("journal") ?? null);
  const { predictor, space: _space, found: _found, ...facts } = result;
  const written: string[] = [];
  const write = async (path: string | undefined, text: () => string) => {
    if (path !== undefined) written.push(`  Written to ${path} (${(await writeOutput(path, text())).bytes} bytes)\n`);
  };
  // What was measured is worth keeping, whether or not there is a winner.
  if (result.rounds.length > 0) await write(options.get("refit"), () => predictorText(predictor));
  if (result.status === "infeasible") return { exitCode: EXIT.infeasible, json: facts, text: "", message: `${tuneInfeasibleText(result)}${written.join("")}` };
  const out = options.get("out");
  await write(out, () => configOutput(out!, request, result, measuredOf(result)));
  return { exitCode: EXIT.done, json: facts, text: `${tuneText(result)}${written.length > 0 ? `\n${written.join("")}` : ""}` };
}

/** The measured latency as a config carries it. */
function measuredOf({ measured, protocol, predictors, architecture }: TuneResult): ArchitectureConfig["measured"] {
  if (measured === null || protocol === null || architecture === null) throw new Error("A search with status ok carries what was measured");
  return {
    latency: {
      value: measured.latencyMs,
      unit: predictors.latency.unit,
      device: predictors.latency.device ?? "this device",
      resolution: architecture.resolution,
      precision: protocol.precision,
      date: protocol.date,
      standardError: measured.standardError,
    },
  };
}
