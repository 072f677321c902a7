import type { Architecture } from "../../src/engine/architecture.js";
import type { MeasureProgress, MeasureRequest, MeasureResult, NetworkRequest } from "../../src/shared/measure.js";
import type { PredictorFile } from "../../src/shared/predictor.js";
import type { ProfileResult } from "../../src/shared/profile.js";
import type { Source } from "../../src/shared/source.js";
import type { TuneResult } from "../../src/shared/tune.js";
import { anchorOf } from "../../src/shared/anchor.js";
import { clearStatus, showStatus } from "./table.js";
import { inWorker } from "./workerJobs.js";

export type Precision = MeasureRequest["precision"];

/** px */
export const RESOLUTION = 224;
const ROUNDS = 60;
/** As the command line's default. */
const SAMPLES = 40;
const TIME_LIMIT_MS = 60_000;
const BATCH = 10;
const REPEATS = 2;

const setting = (precision: Precision) => ({ precision, threads: 1, executionProvider: "cpu" });
const show = (what: string) => ({ note, done, total }: MeasureProgress) => showStatus(`${what}: ${Math.floor((100 * done) / total)} %, ${note}`);

/** A profile with the defaults, but that it times as many as it can, so that the regression forms have enough. */
export async function profileOf(space: Source, precision: Precision): Promise<ProfileResult> {
  const request = { kind: "profile" as const, space, resolution: RESOLUTION, ...setting(precision), samples: SAMPLES, target: 0, timeLimitMs: TIME_LIMIT_MS, rounds: ROUNDS, seed: 1 };
  return inWorker<"profile">(request, show(`profile ${precision}`)).finally(clearStatus);
}

export const asSource = (name: string, file: PredictorFile): Source => ({ name, text: JSON.stringify(file) });

/** Search, measure, refit with the defaults. */
export async function tuneAt(sources: { space: Source; accuracy: Source; latency: Source }, budget: number): Promise<TuneResult> {
  return inWorker<"tune">({ kind: "tune", ...sources, budget, rounds: ROUNDS, seed: 2 }, show(`budget ${budget.toFixed(1)} ms`)).finally(clearStatus);
}

/** Measured latencies of architectures on the level of a profile, ms; and how many batches stayed suspect. */
export async function levelled(space: Source, file: PredictorFile, architectures: readonly Pick<Architecture, "stages">[], seed: number): Promise<{ ms: number[]; suspect: number; batches: number }> {
  const { references, protocol } = file.measured!;
  const ms: number[] = [];
  let suspect = 0;
  let batches = 0;
  for (let from = 0; from < architectures.length; from += BATCH) {
    const part = architectures.slice(from, from + BATCH);
    const result = await batchOf(space, protocol.precision, part, references, ROUNDS, seed + from);
    const { factor } = anchorOf(references.map(({ latencyMs }) => latencyMs), result.references.map(({ latencyMs }) => latencyMs));
    ms.push(...result.networks.map(({ latencyMs }) => latencyMs * factor));
    suspect += result.suspect ? 1 : 0;
    batches++;
  }
  return { ms, suspect, batches };
}

/** One batch, again where it is suspect. */
export async function batchOf(
  space: Source,
  precision: Precision,
  architectures: readonly Pick<Architecture, "stages">[],
  references: readonly Pick<Architecture, "stages">[],
  rounds: number,
  seed: number,
): Promise<MeasureResult> {
  const named = (kind: string) => ({ stages }: Pick<Architecture, "stages">, i: number): NetworkRequest => ({
    key: `${kind} ${i}`,
    resolution: RESOLUTION,
    network: { space, stages: stages.map(({ width, blocks }) => ({ width, blocks: blocks.map(({ expand, kernel }) => ({ expand, kernel })) })) },
  });
  const networks = architectures.map(named("network"));
  const request = { kind: "measure" as const, networks, references: references.map(named("reference")), ...setting(precision), batch: 1, warmup: 3, rounds, traces: false };
  for (let repeat = 0; ; repeat++) {
    const result = await inWorker<"measure">({ ...request, seed: seed + repeat }, show(`batch of ${networks.length}, ${precision}`)).finally(clearStatus);
    if (!result.suspect || repeat === REPEATS) return result;
  }
}
