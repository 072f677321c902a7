import type { RunRecord } from "../../runs/runStore.js";
import type { ArchitectureConfig } from "../../shared/architecture.js";
import { InputError } from "../../shared/errors.js";
import { configOf, nameOf, predictedOf, type ConfigFormat } from "../../shared/files/index.js";
import { budgetNumber } from "../../shared/format.js";
import { t } from "../../shared/l10n.js";
import type { Point, SearchResult } from "../../shared/results.js";
import { measurementsOf, type Verified } from "../../shared/verified.js";
import { roundUp } from "../format.js";

/** As much of a result as a config is made from. */
export interface FoundResult extends Pick<SearchResult, "found" | "front" | "predictors" | "space"> {
  /** `found` is a design of the person's own, which no search has found. */
  own?: boolean;
}

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
 * @param measured what was measured of the run's architectures on this machine
 * @throws InputError where the result has no such architecture
 */
export function configOfRun(record: RunRecord<"search"> | RunRecord<"tune">, result: FoundResult, point: number | null, version: string, date: string, measured: readonly Verified[] = []): InsertableConfig {
  const chosen = pointOf(result, point);
  // A point of the front is the optimum of its own latency: with that as budget the same search finds it again.
  const budget = point === null && !result.own ? record.request.budget : roundUp(chosen.latency.value);
  const { accuracy, latency } = result.predictors;
  const provenance = {
    tool: "fox-nas",
    version,
    date,
    accuracyPredictor: nameOf(accuracy),
    latencyPredictor: nameOf(latency),
    budget,
    // A point of the front was found on average.
    ...(point === null && "probability" in record.request && record.request.probability != null ? { probability: record.request.probability } : {}),
    seed: record.request.seed,
  };
  const config = configOf(chosen.architecture, result.space.id, predictedOf(chosen, result.predictors), result.own ? undefined : provenance, measuredLatency(measured, chosen));
  return { config, name: `${result.space.id}-${config.resolution}px-${budgetName(budget)}` };
}

/**
 * The found architecture, or a point of the front.
 * @param point index into the result's front; null takes the found architecture
 * @throws InputError where the result has none
 */
export function pointOf(result: FoundResult, point: number | null): Point {
  const chosen = point === null ? result.found : result.front[point];
  if (chosen !== null && chosen !== undefined) return chosen;
  throw new InputError(
    point === null
      ? { what: t("the run found no architecture"), next: t("Search with a feasible budget.") }
      : { what: t("the front has no such point"), found: String(point), expected: `0 … ${result.front.length - 1}` },
  );
}

/** The measured latency as a config carries it: the one that the prediction can be compared with, else the newest. */
function measuredLatency(all: readonly Verified[], { architecture, latency }: Point): ArchitectureConfig["measured"] {
  const measured = measurementsOf(all, architecture);
  const chosen = measured.find(({ relation }) => relation === "same") ?? measured[0];
  if (chosen === undefined) return undefined;
  const { latencyMs, machine, protocol, standardError } = chosen;
  const { precision, date } = protocol;
  return { latency: { value: latencyMs, unit: latency.unit, device: machine, resolution: architecture.resolution, precision, date, standardError } };
}

/** Ending of a config's file. */
export function configEnding(format: ConfigFormat): string {
  return `.foxnas.${format}`;
}

/** A budget as part of a file's name: `120ms`, and `0.33ms` where whole milliseconds would tell nothing. */
export const budgetName = (budget: number): string => `${budget < 10 ? budgetNumber(budget) : Math.round(budget)}ms`;
