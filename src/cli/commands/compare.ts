import { compare, comparisonModel, type Side } from "../../editor/compare/index.js";
import { Models } from "../../editor/index.js";
import { sha256 } from "../../runs/digest.js";
import type { ArchitectureConfig } from "../../shared/architecture.js";
import { predictorCard } from "../../shared/cards.js";
import { comparisonMarkdown } from "../../shared/comparisonMarkdown.js";
import { readConfig, readPredictorOf, readSpace } from "../../shared/files/index.js";
import type { Source } from "../../shared/messages.js";
import { EXIT, UsageError, type Command, type Options } from "../command.js";
import { readBuiltIn, readFromLibrary, readSource } from "../files.js";
import { comparisonText } from "../text/compare.js";
import { CONFIG, PREDICTORS, readPredictors } from "./shared.js";

/** How the second config differs from the first. */
export const compareConfigs: Command = {
  name: "compare",
  summary: "tells how two architecture configs differ by stage and block, and what that costs",
  options: {
    config: { ...CONFIG.config, help: "architecture config; twice: A, then B", multiple: true },
    space: { ...CONFIG.space, help: "search space; default: the built-in one that each config names" },
    ...PREDICTORS,
    budget: { value: "MS", help: "latency limit in ms; default: B's own, else A's" },
    markdown: { help: "prints Markdown, for a pull request" },
  },
  async run(options) {
    const files = options.all("config");
    if (files.length !== 2) throw new UsageError(`--config: found ${files.length === 1 ? "one file" : `${files.length} files`}, expected two: A, then B`);
    const sources = await Promise.all(files.map(readSource));
    const configs = sources.map(readConfig);
    const predictors = await readPredictors(options);
    const models = new Models();
    const [a, b] = await Promise.all(configs.map((config, i) => sideOf(files[i]!, config, options, predictors, models)));
    const own = configs[1]!.provenance?.budget ?? configs[0]!.provenance?.budget ?? null;
    const comparison = compare(a!, b!, options.get("budget") === undefined ? own : options.number("budget", { min: 0 }));
    return { exitCode: EXIT.done, json: comparison, text: options.get("markdown") === undefined ? comparisonText(comparison) : comparisonMarkdown(comparison) };
  },
};

/** One config with its space and the model of the given predictors; without one where they are for something else. @throws InputError */
async function sideOf(title: string, config: ArchitectureConfig, options: Options, sources: { accuracy: Source; latency: Source }, models: Models): Promise<Side> {
  const named = options.get("space");
  const source = named === undefined ? await readBuiltIn("space", config.space) : await readFromLibrary("space", named);
  const read = source === undefined ? null : readSpace(source);
  const space = read?.id === config.space ? read : null;
  const files = { accuracy: readPredictorOf(sources.accuracy, "accuracy"), latency: readPredictorOf(sources.latency, "latency") };
  const speak = Object.values(files).every((file) => file.space === config.space && file.resolution === config.resolution);
  if (space === null || !speak) return { title, config, space, model: null };
  const cards = { accuracy: predictorCard(sources.accuracy, files.accuracy, sha256(sources.accuracy.text)), latency: predictorCard(sources.latency, files.latency, sha256(sources.latency.text)) };
  return { title, config, space, model: comparisonModel(models, space, files, cards) };
}
