import type { RunRecord } from "../runs/runStore.js";
import type { ArchitectureConfig } from "../shared/architecture.js";
import { InputError } from "../shared/errors.js";
import { configOf, predictedOf, type ConfigFormat } from "../shared/files/index.js";
import type { SearchResult } from "../shared/results.js";
import { roundUp } from "./format.js";

/** A config to insert, with the name its file would have, without ending. */
export interface InsertableConfig {
  config: ArchitectureConfig;
  /** e.g. `foxnas-cpu-256px-120ms` */
  name: string;
}

/**
 * The config of what a run found, or of a point of its front, with predicted values and provenance.
 * @param point index into the result's front; null takes the found architecture
 * @param date of the config, ISO 8601
 * @throws InputError where the result has no such architecture
 */
export function configOfRun(record: RunRecord<"search">, result: SearchResult, point: number | null, version: string, date: string): InsertableConfig {
  const chosen = point === null ? result.found : result.front[point];
  if (chosen === null || chosen === undefined) {
    throw new InputError(
      point === null
        ? { what: "the run found no architecture, there is nothing to insert", next: "Search with a feasible budget." }
        : { what: "the front has no such point", found: String(point), expected: `0 … ${result.front.length - 1}` },
    );
  }
  // A point of the front is the optimum of its own latency: with that as budget the same search finds it again.
  const budget = point === null ? record.request.budget : roundUp(chosen.latency.value);
  const { accuracy, latency } = result.predictors;
  const config = configOf(chosen.architecture, result.space.id, predictedOf(chosen, result.predictors), {
    tool: "fox-nas",
    version,
    date,
    accuracyPredictor: nameOf(accuracy),
    latencyPredictor: nameOf(latency),
    budget,
    seed: record.request.seed,
  });
  return { config, name: `${result.space.id}-${config.resolution}px-${Math.round(budget)}ms` };
}

/** Ending of a config's file. */
export function configEnding(format: ConfigFormat): string {
  return `.foxnas.${format}`;
}

/** A name alone may mean another file tomorrow; the digest says which it was. */
function nameOf({ name, digest }: { name: string; digest: string }): string {
  return `${name} (sha256 ${digest.slice(0, 16)})`;
}
