import { readFileSync } from "node:fs";
import path from "node:path";
import { BASELINES, baselineNetwork } from "../../src/onnx/baselines.js";
import { costsOf } from "../../src/onnx/costs.js";
import { writeModel, type Precision } from "../../src/onnx/model.js";
import type { Network } from "../../src/onnx/network.js";
import { networkOf, type Space } from "../../src/onnx/space.js";
import { randomWeights, rememberedWeights, type WeightSource } from "../../src/onnx/weights.js";
import { root } from "./root.js";
import { repeat, summarize, type Summary } from "./statistics.js";
import { fixed, MiB, millions, SPREAD, spread, table } from "./table.js";

/** What a model may take to be written, ms. */
const LIMIT_MS = 50;
const RUNS = 25;
const WARM_UPS = 5;
const RESOLUTION = 224;

interface Written {
  readonly network: string;
  readonly parameters: number;
  readonly precision: Precision;
  /** Whether the random numbers were drawn before, as in every batch after its first networks. */
  readonly remembered: boolean;
  readonly bytes: number;
  /** CPU time of the process, ms: what it takes when nothing else runs. */
  readonly cpuMs: Summary;
  readonly wallMs: Summary;
}

interface WriteResults {
  /** The first model of this process, before the compiler has seen the code: int8, weights drawn. CPU time, ms. */
  readonly firstMs: number;
  readonly rows: readonly Written[];
}

/** Times the writing of models in memory: fp32 and int8, with weights drawn anew and with weights remembered. */
export function measureWrite(): WriteResults {
  const all = networks();
  const [name, network] = all[0]!;
  const firstMs = timed(() => write(name, network, "int8", randomWeights(1))).cpu;
  const rows = all.flatMap(([of, each]) =>
    (["fp32", "int8"] as const).flatMap((precision) => [false, true].map((remembered) => measureOne(of, each, precision, remembered))),
  );
  return { firstMs, rows };
}

function write(name: string, network: Network, precision: Precision, weights: WeightSource): number {
  return writeModel(network, { precision, weights, metadata: { architecture: name, tool: "FOX-NAS", version: "bench" } }).length;
}

/** ms on both clocks, and what the work returned. */
function timed<T>(work: () => T): { cpu: number; wall: number; result: T } {
  const before = process.cpuUsage();
  const started = performance.now();
  const result = work();
  const wall = performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / 1000, wall, result };
}

function measureOne(name: string, network: Network, precision: Precision, remembered: boolean): Written {
  const known = rememberedWeights(randomWeights(1));
  const runs = repeat(RUNS, WARM_UPS, () => timed(() => write(name, network, precision, remembered ? known : randomWeights(1))));
  return {
    ...{ network: name, parameters: costsOf(network).parameters, precision, remembered, bytes: runs[0]!.result },
    cpuMs: summarize(runs.map(({ cpu }) => cpu))!,
    wallMs: summarize(runs.map(({ wall }) => wall))!,
  };
}

/** An architecture in the middle of foxnas-cpu, and the baselines. */
function networks(): [string, Network][] {
  const space = JSON.parse(readFileSync(path.join(root, "media", "spaces", "foxnas-cpu.json"), "utf8")) as Space;
  const blocks = Array.from({ length: 3 }, () => ({ expand: 4, kernel: 5 }));
  const middle = networkOf(space, space.stages.map(({ width }) => ({ width, blocks })), { resolution: RESOLUTION });
  return [["foxnas-cpu, depth 3, e4, k5", middle], ...BASELINES.map((name): [string, Network] => [name, baselineNetwork(name)])];
}

export function printWrite({ firstMs, rows }: WriteResults): void {
  const cells = rows.map(({ network, parameters, precision, remembered, bytes, cpuMs, wallMs }) => [
    ...[network, millions(parameters), precision, remembered ? "remembered" : "drawn", MiB(bytes)],
    ...spread(cpuMs, (value) => fixed(value, 1)),
    ...spread(wallMs, (value) => fixed(value, 1)),
    cpuMs.median < LIMIT_MS ? "yes" : "NO",
  ]);
  console.log(`  ${RUNS} runs each after ${WARM_UPS} that do not count, ${RESOLUTION} px. CPU time (with the garbage collector's threads), then wall clock.\n`);
  console.log(table(["network", "M parameters", "precision", "weights", "file", ...SPREAD("ms"), ...SPREAD("wall"), `< ${LIMIT_MS} ms`], cells));
  const within = (clock: "cpuMs" | "wallMs") => rows.filter((row) => row[clock].median < LIMIT_MS).length;
  console.log(`\n  Verdict: of ${rows.length} medians, ${within("cpuMs")} are under ${LIMIT_MS} ms of CPU time, and ${within("wallMs")} by the wall clock.`);
  console.log(`  The first model of a process, int8, took ${fixed(firstMs, 0)} ms of CPU time: it is not compiled yet.`);
}
