import type { BenchRequest } from "../../shared/bench.js";
import { inputErrorAt } from "../../shared/files/index.js";
import { EXIT, UsageError, type Command, type Options } from "../command.js";
import { doJob } from "../job.js";
import { benchText } from "../text/bench.js";
import { CONFIG, MEASURING, readConfigFile, readMeasuring } from "./shared.js";

/** The worker knows which there are, and says so when it is asked for another. */
const ALL_BASELINES = ["mobilenet-v2", "mobilenet-v3-large", "efficientnet-lite0"];
const NONE = "none";
/** px; what the baselines were published for. */
const BASELINE_RESOLUTION = 224;

/** Found architectures against published networks, measured on this machine. */
export const bench: Command = {
  name: "bench",
  summary: "times architectures and published networks side by side on this machine",
  options: {
    config: { ...CONFIG.config, help: `${CONFIG.config.help}; may be repeated`, multiple: true },
    space: CONFIG.space,
    baseline: { value: "NAME", help: `published network to compare with; may be repeated; default: ${ALL_BASELINES.join(", ")}; or ${NONE}`, multiple: true },
    resolution: { value: "N", help: `input resolution of all networks, px; default: each config's own, ${BASELINE_RESOLUTION} for baselines` },
    ...MEASURING,
    batches: { value: "N", help: "processes, each of which times all networks; default 3" },
    journal: { value: "FILE", help: "journal to write, and to resume from where it exists" },
  },
  async run(options, context) {
    const resolution = options.get("resolution") === undefined ? null : options.number("resolution", { min: 8, max: 4096, integer: true });
    const request: BenchRequest = {
      kind: "bench",
      ...readMeasuring(options),
      batches: options.numberOr("batches", 3, { min: 1, max: 100, integer: true }),
      baselines: baselinesOf(options).map((name) => ({ name, resolution: resolution ?? BASELINE_RESOLUTION })),
      configs: await configsOf(options, resolution),
    };
    const result = await doJob<"bench">(request, context, options.get("journal") ?? null);
    return { exitCode: EXIT.done, json: result, text: benchText(result) };
  },
};

/** @throws UsageError for a name given twice, which would be timed twice */
function baselinesOf(options: Options): readonly string[] {
  const names = options.all("baseline");
  if (names.length === 0) return ALL_BASELINES;
  if (names.length === 1 && names[0] === NONE) return [];
  requireOnce("baseline", names);
  return names;
}

/** @throws UsageError, InputError */
async function configsOf(options: Options, resolution: number | null): Promise<BenchRequest["configs"]> {
  const paths = options.all("config");
  requireOnce("config", paths);
  const configs: BenchRequest["configs"] = [];
  for (const path of paths) {
    const { config, parsed, space } = await readConfigFile(path, options.get("space"));
    const { value, unit, source, resolution: predictedFor } = parsed.predicted?.accuracy ?? {};
    if (value !== undefined && unit !== "%") {
      throw inputErrorAt(config, ["predicted", "accuracy", "unit"], { what: "accuracies are compared in per cent", found: JSON.stringify(unit), expected: '"%"' });
    }
    configs.push({
      key: path,
      network: { space, stages: parsed.stages },
      resolution: resolution ?? parsed.resolution,
      predicted: value === undefined ? null : { value, unit: unit!, source: source!, resolution: predictedFor! },
    });
  }
  return configs;
}

function requireOnce(option: string, values: readonly string[]): void {
  const twice = values.find((value, i) => values.indexOf(value) !== i);
  if (twice !== undefined) throw new UsageError(`--${option} ${twice} is given twice`);
}
