import type { BenchRequest } from "../../shared/bench.js";
import { BASELINE_RESOLUTION, BENCH_BASELINES, BENCH_BATCHES, benchConfig } from "../../shared/benchConfig.js";
import { EXIT, UsageError, type Command, type Options } from "../command.js";
import { doJob } from "../job.js";
import { benchText } from "../text/bench.js";
import { CONFIG, MEASURING, readConfigFile, readMeasuring } from "./shared.js";

const NONE = "none";

/** Found architectures against published networks, measured on this machine. */
export const bench: Command = {
  name: "bench",
  summary: "times architectures and published networks side by side on this machine",
  options: {
    config: { ...CONFIG.config, help: `${CONFIG.config.help}; may be repeated`, multiple: true },
    space: CONFIG.space,
    baseline: { value: "NAME", help: `published network to compare with; may be repeated; default: ${BENCH_BASELINES.join(", ")}; or ${NONE}`, multiple: true },
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
      batches: options.numberOr("batches", BENCH_BATCHES, { min: 1, max: 100, integer: true }),
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
  if (names.length === 0) return BENCH_BASELINES;
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
    configs.push(benchConfig(path, parsed, space, config, resolution ?? undefined));
  }
  return configs;
}

function requireOnce(option: string, values: readonly string[]): void {
  const twice = values.find((value, i) => values.indexOf(value) !== i);
  if (twice !== undefined) throw new UsageError(`--${option} ${twice} is given twice`);
}
