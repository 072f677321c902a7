import type { ArchitectureConfig } from "../../shared/architecture.js";
import { configOf, configText, predictedOf, readSpace } from "../../shared/files/index.js";
import type { Source } from "../../shared/messages.js";
import type { SearchResult } from "../../shared/results.js";
import { programVersion } from "../files.js";

/** The config that a search found, as text in the format of the file's name; with what was measured, where it was. */
export function configOutput(
  path: string,
  { space, budget, probability }: { space: Source; budget: number; probability?: number | null | undefined },
  { architecture, predicted, predictors, search }: Pick<SearchResult, "architecture" | "predicted" | "predictors" | "search">,
  measured?: ArchitectureConfig["measured"],
): string {
  if (architecture === null || predicted === null) throw new Error("A search with status ok carries an architecture");
  const provenance: ArchitectureConfig["provenance"] = {
    tool: "fox-nas",
    version: programVersion(),
    date: new Date().toISOString(),
    accuracyPredictor: predictors.accuracy.name,
    latencyPredictor: predictors.latency.name,
    budget,
    ...(probability == null ? {} : { probability }),
    seed: search.seed,
  };
  const config = configOf(architecture, readSpace(space).id, predictedOf(predicted, predictors), provenance, measured);
  return configText(config, /\.ya?ml$/i.test(path) ? "yaml" : "json");
}
