import type { ArchitectureConfig } from "../../shared/architecture.js";
import { inputErrorAt, readConfig } from "../../shared/files/index.js";
import { PrecisionSchema } from "../../shared/measure.js";
import type { Source } from "../../shared/messages.js";
import type { Options, OptionSpec } from "../command.js";
import { builtInIds, readBuiltIn, readFromLibrary, readSource } from "../files.js";

export const SPACE: OptionSpec = { value: "ID|FILE", help: "search space: a built-in one, or a JSON file", required: true };

export const PREDICTORS = {
  accuracy: { value: "ID|FILE", help: "predictor of accuracy: a built-in one, or a file", required: true },
  latency: { value: "ID|FILE", help: "predictor of latency: a built-in one, or a file", required: true },
} satisfies Record<string, OptionSpec>;

export const CONFIG = {
  config: { value: "FILE", help: "architecture config (*.foxnas.json or YAML)", required: true },
  space: { value: "ID|FILE", help: "search space; default: the built-in one that the config names" },
} satisfies Record<string, OptionSpec>;

/** How a command measures. */
export const MEASURING = {
  precision: { value: PrecisionSchema.options.join("|"), help: "precision of the timed models", required: true },
  threads: { value: "N", help: "threads of onnxruntime; default 1" },
  provider: { value: "NAME", help: "execution provider of onnxruntime; default cpu" },
  rounds: { value: "N", help: "readings of each network, at least 4; default 60" },
  seed: { value: "N", help: "seed of everything random; default 1" },
} satisfies Record<string, OptionSpec>;

/** The options of MEASURING. @throws UsageError */
export function readMeasuring(options: Options) {
  return {
    precision: options.choice("precision", PrecisionSchema.options),
    threads: options.numberOr("threads", 1, { min: 1, max: 1024, integer: true }),
    executionProvider: options.get("provider") ?? "cpu",
    rounds: options.numberOr("rounds", 60, { min: 4, max: 10_000, integer: true }),
    seed: options.numberOr("seed", 1, { min: 0, max: 0xffff_ffff, integer: true }),
  };
}

/** The files of the options --space, --accuracy and --latency. @throws InputError */
export async function readModel(options: Options): Promise<{ space: Source; accuracy: Source; latency: Source }> {
  const space = await readFromLibrary("space", options.need("space"));
  return { space, ...(await readPredictors(options)) };
}

/** The files of the options --accuracy and --latency. @throws InputError */
export async function readPredictors(options: Options): Promise<{ accuracy: Source; latency: Source }> {
  const accuracy = await readFromLibrary("predictor", options.need("accuracy"));
  const latency = await readFromLibrary("predictor", options.need("latency"));
  return { accuracy, latency };
}

/** The config of --config, and the space of --space or else the one it names. @throws InputError */
export async function readConfigAndSpace(options: Options): Promise<{ config: Source; parsed: ArchitectureConfig; space: Source }> {
  return readConfigFile(options.need("config"), options.get("space"));
}

/** A config's file, and the space `named` or else the one it names. @throws InputError */
export async function readConfigFile(path: string, named: string | undefined): Promise<{ config: Source; parsed: ArchitectureConfig; space: Source }> {
  const config = await readSource(path);
  const parsed = readConfig(config);
  const space = named === undefined ? await spaceNamedBy(config, parsed) : await readFromLibrary("space", named);
  return { config, parsed, space };
}

/** A config names its space by ID; a file it names is never opened. */
async function spaceNamedBy(config: Source, { space }: ArchitectureConfig): Promise<Source> {
  const builtIn = await readBuiltIn("space", space);
  if (builtIn !== undefined) return builtIn;
  throw inputErrorAt(config, ["space"], {
    what: "there is no built-in space of this name",
    found: JSON.stringify(space),
    expected: (await builtInIds("space")).join(", "),
    next: "Give the space's file with --space FILE.",
  });
}
