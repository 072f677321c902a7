import { cardsOfFinalist, measuredOfFinalist } from "../../shared/files/index.js";
import type { SearchRequest } from "../../shared/messages.js";
import type { SearchResult } from "../../shared/results.js";
import type { FinalistsResult } from "../../shared/supernet.js";
import { EXIT, UsageError, type Command, type Context, type Options, type OptionSpec } from "../command.js";
import { writeOutput } from "../files.js";
import { doJob } from "../job.js";
import { saveRun } from "../runFiles.js";
import { finalistsText } from "../text/finalists.js";
import { infeasibleText, searchText } from "../text/search.js";
import { configOutput } from "./configOutput.js";
import { measureFinalists, WITH_SUPERNET } from "./measuredFinalists.js";
import { CORRECTING, measuredSearch, WITH_MEASURE } from "./measuredSearch.js";
import { PREDICTORS, readModel, SPACE } from "./shared.js";
import { MATERIAL } from "./supernet.js";

/** Annealing under a latency budget, with the proven optimum beside it. */
export const search: Command = {
  name: "search",
  summary: "finds the most accurate architecture within a latency budget",
  options: {
    space: SPACE,
    ...PREDICTORS,
    budget: { value: "MS", help: "latency limit in ms", required: true },
    probability: { value: "P", help: "keeps the budget for one measurement with this probability, 0.5 to 1; default: on average" },
    seed: { value: "N", help: "seed of the annealing; default 1" },
    evaluations: { value: "N", help: "annealing evaluations; default: the engine's" },
    journal: { value: "FILE", help: "journal to write, and to resume from where it exists" },
    out: { value: "FILE", help: "writes the config there; YAML where it ends in .yaml or .yml" },
    "save-run": { value: "FILE", help: "writes request and result there, *.foxnas-run.json: fox-nas replay repeats it anywhere" },
    measure: { help: "measures the winners on this machine and corrects the latency predictor, a profile of it" },
    ...WITH_MEASURE,
    supernet: { ...MATERIAL.supernet, help: "measures the accuracy of the best with its weights, and ranks them by that", required: false },
    ...WITH_SUPERNET,
    ...CORRECTING,
  },
  async run(options, context) {
    const supernet = options.get("supernet") !== undefined;
    if (!supernet) requireNone(options, WITH_SUPERNET, "supernet");
    if (options.get("measure") !== undefined) {
      if (supernet) throw new UsageError("--measure and --supernet exclude each other: measure latencies first, then accuracies with the corrected predictor of --refit");
      return measuredSearch(options, context);
    }
    requireNone(options, WITH_MEASURE, "measure");
    if (!supernet) requireNone(options, CORRECTING, "measure or --supernet");
    if (supernet && options.get("save-run") !== undefined) throw new UsageError("--save-run and --supernet exclude each other: save the search by itself");
    const request: SearchRequest = {
      kind: "search",
      budget: options.number("budget"),
      probability: probabilityOf(options),
      seed: options.numberOr("seed", 1, { min: 0, max: 0xffff_ffff, integer: true }),
      evaluations: options.get("evaluations") === undefined ? null : options.number("evaluations", { min: 1, max: 1e12, integer: true }),
      ...(await readModel(options)),
    };
    const result = await doJob<"search">(request, context, supernet ? null : (options.get("journal") ?? null));
    const json = jsonOf(result);
    const saved = await saveIfAsked(options, request, result, context);
    if (result.status === "infeasible") return { exitCode: EXIT.infeasible, json, text: "", message: `${infeasibleText(result)}${saved}` };
    const { result: finalists, written: refit } = supernet ? await measureFinalists(options, request, context) : { result: null, written: "" };
    const out = options.get("out");
    const written = out === undefined ? undefined : await writeOutput(out, found(out, request, result, finalists));
    const text = `${searchText(result)}${finalists === null ? "" : `\n${finalistsText(finalists)}`}`;
    return {
      exitCode: EXIT.done,
      json: finalists === null ? json : { ...json, finalists: withoutPredictor(finalists) },
      text: `${text}${written === undefined ? "" : `\n  Written to ${out} (${written.bytes} bytes)\n`}${refit}${saved}`,
    };
  },
};

/** The config of the winner by measurement where accuracies were measured, of the optimum where not. */
function found(out: string, request: SearchRequest, result: SearchResult, finalists: FinalistsResult | null): string {
  const winner = finalists?.finalists[0];
  if (finalists === null || winner === undefined) return configOutput(out, request, result);
  const { architecture, predicted } = winner;
  return configOutput(out, request, { ...result, architecture, predicted, predictors: cardsOfFinalist(winner, finalists) }, measuredOfFinalist(winner, finalists));
}

/** @throws UsageError for an option that belongs to `flag`, which is not there */
function requireNone(options: Options, specs: Readonly<Record<string, OptionSpec>>, flag: string): void {
  const stray = Object.keys(specs).find((name) => options.get(name) !== undefined);
  if (stray !== undefined) throw new UsageError(`--${stray} is for a search with --${flag}`);
}

/** @throws UsageError */
function probabilityOf(options: Options): number | null {
  if (options.get("probability") === undefined) return null;
  const probability = options.number("probability");
  if (probability > 0.5 && probability < 1) return probability;
  throw new UsageError(`--probability: found ${options.get("probability")}, expected a number between 0.5 and 1, both excluded; leave it out to keep the budget on average`);
}

/** The option --save-run; the line that tells of it. @throws InputError */
async function saveIfAsked(options: Options, request: SearchRequest, result: SearchResult, context: Context): Promise<string> {
  const path = options.get("save-run");
  if (path === undefined) return "";
  return `\n${await saveRun(path, `${result.space.id} at ${result.predictors.latency.resolution} px`, request, result, context)}`;
}

/** The corrected predictor is a file of its own: --refit. */
function withoutPredictor({ corrected: _, ...facts }: FinalistsResult): Omit<FinalistsResult, "corrected"> {
  return facts;
}

/** What the contract promises; the front and the trace are the panel's. */
function jsonOf(result: SearchResult): object {
  const { status, architecture, predicted, certificate, search, feasible, nearTies, budget, probability, withinBudget, nearestBudget, predictors } = result;
  return { status, architecture, predicted, certificate, search, feasible, nearTies, budget, probability, withinBudget, nearestBudget, predictors };
}
