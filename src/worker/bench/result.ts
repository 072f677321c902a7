import type { BenchRatio, BenchResult, BenchRow } from "../../shared/bench.js";
import type { Measured } from "../../shared/measure.js";
import type { NoiseSummary } from "../../shared/profile.js";
import { geometricMean, mean, median } from "../measure/statistics.js";
import type { Entry } from "./plan.js";
import { measuredIn, type Batch } from "./state.js";

/** What the batches say together; at least one batch, and every entry in each. */
export function resultOf(entries: readonly Entry[], batches: readonly Batch[]): Omit<BenchResult, "elapsedMs"> {
  const rows = entries.map((entry) => rowOf(entry, batches));
  const [first] = batches as [Batch, ...Batch[]];
  const of = (kind: Entry["kind"]) => rows.filter((row) => row.kind === kind);
  return {
    device: first.device,
    protocol: first.protocol,
    noise: noiseOf(batches),
    rows,
    ratios: of("config").flatMap((config) => of("baseline").map((baseline) => ratioOf(config, baseline))),
  };
}

function rowOf({ key, kind, title, accuracy }: Entry, batches: readonly Batch[]): BenchRow {
  const measured = batches.map((batch) => find(batch, key));
  const perBatch = measured.map(({ latencyMs }) => latencyMs);
  const { resolution, parameters, multiplyAdds } = measured[0]!;
  const standardError = standardErrorOf(measured);
  return { key, kind, title, resolution, latencyMs: median(perBatch), perBatch, standardError, parameters, multiplyAdds, accuracy };
}

function find(batch: Batch, key: string): Measured {
  const found = measuredIn(batch).find((each) => each.key === key);
  if (found === undefined) throw new Error(`A batch has no network "${key}".`);
  return found;
}

/**
 * Relative standard error of a latency over several batches. What a batch knows of its own noise is too little where
 * processes differ, and a few batches may agree by chance: the larger of the two counts.
 */
function standardErrorOf(measured: readonly Measured[]): number {
  const n = measured.length;
  const within = Math.sqrt(mean(measured.map(({ standardError }) => standardError ** 2)) / n);
  if (n === 1) return within;
  const latencies = measured.map(({ latencyMs }) => latencyMs);
  const centre = mean(latencies);
  const deviation = Math.sqrt(latencies.reduce((sum, ms) => sum + (ms - centre) ** 2, 0) / (n - 1));
  return Math.max(within, deviation / Math.sqrt(n) / centre);
}

/** Speed of a config over that of a baseline, batch by batch: processes differ by more than networks within one. */
function ratioOf(config: BenchRow, baseline: BenchRow): BenchRatio {
  const perBatch = config.perBatch.map((ms, i) => baseline.perBatch[i]! / ms);
  return { config: config.key, baseline: baseline.key, perBatch, median: median(perBatch), min: Math.min(...perBatch), max: Math.max(...perBatch) };
}

function noiseOf(batches: readonly Batch[]): NoiseSummary {
  const levels = batches.map((batch) => geometricMean(measuredIn(batch).map(({ latencyMs }) => latencyMs)));
  return {
    batches: batches.length,
    repeated: batches.reduce((sum, { repeated }) => sum + repeated, 0),
    suspect: batches.filter(({ suspect }) => suspect).length,
    drift: Math.max(Math.max(...levels) / Math.min(...levels), ...batches.map(({ noise }) => noise.drift)),
    contention: median(batches.map(({ noise }) => noise.contention)),
    splitHalf: median(batches.map(({ noise }) => noise.splitHalf)),
  };
}
