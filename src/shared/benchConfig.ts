import type { ArchitectureConfig } from "./architecture.js";
import type { BenchRequest } from "./bench.js";
import { inputErrorAt } from "./files/index.js";
import { t } from "./l10n.js";
import type { Source } from "./source.js";

/** Published networks that a bench compares with; the worker knows them, and lists them when it is asked for another. */
export const BENCH_BASELINES = ["mobilenet-v2", "mobilenet-v3-large", "efficientnet-lite0"] as const;
/** px; what the baselines were published for. */
export const BASELINE_RESOLUTION = 224;
/** Processes one after another, and readings of each network in each. */
export const BENCH_BATCHES = 3;
export const BENCH_ROUNDS = 60;

/**
 * An architecture config as a bench takes it.
 * @param key the caller's name for it
 * @param file where errors point; null where the config was read from none
 * @param resolution px, instead of the config's own
 * @throws InputError where its accuracy is in another unit than the baselines'
 */
export function benchConfig(key: string, config: ArchitectureConfig, space: Source, file: Source | null, resolution?: number): BenchRequest["configs"][number] {
  const accuracy = config.predicted?.accuracy;
  if (accuracy !== undefined && accuracy.unit !== "%") {
    throw inputErrorAt(file ?? { name: key, text: "" }, ["predicted", "accuracy", "unit"], {
      what: t("accuracies are compared in per cent"),
      found: JSON.stringify(accuracy.unit),
      expected: '"%"',
    });
  }
  const { value, unit, source, resolution: predictedFor } = accuracy ?? {};
  return {
    key,
    network: { space, stages: config.stages },
    resolution: resolution ?? config.resolution,
    predicted: value === undefined ? null : { value, unit: unit!, source: source!, resolution: predictedFor! },
  };
}
