/** Benches for the panel's tests: made up, near what a small server gives; only tests see them. */
import type { BenchResult, BenchRow } from "../../../src/shared/bench.js";
import type { BenchRunView } from "../../../src/shared/panel.js";
import { toyProfile } from "./toyProfile.js";

const FACTORS = [1, 0.985, 1.021];

function row(kind: BenchRow["kind"], key: string, title: string, latencyMs: number, resolution: number, accuracy: BenchRow["accuracy"]): BenchRow {
  const perBatch = FACTORS.map((factor, i) => latencyMs * (factor + (i * key.length) / 2000));
  return { key, kind, title, resolution, latencyMs: [...perBatch].sort((a, b) => a - b)[1]!, perBatch, standardError: 0.008, parameters: 4.4e6, multiplyAdds: 31e6 * latencyMs, accuracy };
}

const predicted = (value: number): BenchRow["accuracy"] => ({
  value, unit: "%", source: "foxnas-cpu-256.csv: 300 samples published with FOX-NAS (Liu et al., ICCVW 2021, arXiv 2108.08189)", origin: "predicted", precision: null,
});
const published = (value: number, source: string): BenchRow["accuracy"] => ({ value, unit: "%", source, origin: "published", precision: "fp32" });

/** Two searched architectures, a file in a folder without a known accuracy, three baselines. */
export function toyBench(): BenchResult {
  const rows = [
    row("config", "foxnas-cpu-256px-120ms", "foxnas-cpu-256px-120ms", 5.81, 256, predicted(75.55)),
    row("config", "foxnas-cpu-256px-90ms", "foxnas-cpu-256px-90ms", 4.12, 256, predicted(72.31)),
    row("config", "configs/our-own-classifier-for-the-sorting-line.foxnas.yaml", "configs/our-own-classifier-for-the-sorting-line.foxnas.yaml", 3.37, 192, null),
    row("baseline", "mobilenet-v2", "MobileNetV2 1.0", 9.42, 224, published(71.878, "torchvision, MobileNet_V2_Weights.IMAGENET1K_V1")),
    row("baseline", "mobilenet-v3-large", "MobileNetV3-Large 1.0", 7.05, 224, published(75.2, "Howard et al. 2019, arXiv 1905.02244, table 3")),
    row("baseline", "efficientnet-lite0", "EfficientNet-Lite0", 12.6, 224, published(75.1, "tensorflow/tpu, models/official/efficientnet/lite")),
  ];
  const ratios = rows.filter(({ kind }) => kind === "config").flatMap((config) =>
    rows.filter(({ kind }) => kind === "baseline").map((baseline) => {
      const perBatch = config.perBatch.map((ms, i) => baseline.perBatch[i]! / ms);
      return { config: config.key, baseline: baseline.key, perBatch, median: [...perBatch].sort((a, b) => a - b)[1]!, min: Math.min(...perBatch), max: Math.max(...perBatch) };
    }),
  );
  const { device, protocol, noise } = toyProfile();
  return { device, protocol: { ...protocol, resolution: null }, noise: { ...noise, batches: 3 }, rows, ratios, elapsedMs: 27_400 };
}

/** The same against no baselines. */
export function toyBenchAlone(): BenchResult {
  const bench = toyBench();
  return { ...bench, rows: bench.rows.filter(({ kind }) => kind === "config"), ratios: [] };
}

/** A run around a bench, as the host would send it. */
export function toyBenchRun(result: BenchResult | null, state: BenchRunView["state"] = "done"): BenchRunView {
  return {
    kind: "bench", id: "run-11", title: "bench: 3 architectures, int8", state, seed: 1, startedAt: "2026-11-23T15:10:00Z", restarts: 0, error: null, progress: null, result,
    asked: { precision: "int8", threads: 1, executionProvider: "cpu", rounds: 60, batches: 3, configs: 3, baselines: 3 },
  };
}

/** In the first batch, before (false) or after there is something to go by. */
export function toyBenching(known: boolean): NonNullable<BenchRunView["progress"]> {
  return {
    kind: "measure", done: known ? 0.46 : 0.02, total: 1, elapsedMs: known ? 12_600 : 900, remainingMs: known ? 14_800 : null,
    note: known ? "batch 2 of 3: round 23 of 60" : "batch 1 of 3: loading the models",
  };
}
