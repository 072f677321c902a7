import { requireArchitecture } from "../../engine/architecture.js";
import { requireSpace } from "../../engine/space.js";
import type { ArchitectureConfig } from "../../shared/architecture.js";
import { inputErrorAt, readConfig, readSpace } from "../../shared/files/index.js";
import { t } from "../../shared/l10n.js";
import type { Source } from "../../shared/messages.js";
import type { PredictResult } from "../../shared/results.js";
import type { Space } from "../../shared/space.js";
import type { Job, RequestOf } from "../job.js";
import { copyOf, estimateOf } from "./describe.js";
import { placing, readInputs, type Inputs } from "./inputs.js";

/** Predicts accuracy and latency of a config. */
export const predict: Job<RequestOf<"predict">, PredictResult> = async (request) => {
  const inputs = readInputs(request);
  const config = readPlacedConfig(request.config, inputs);
  return { accuracy: estimateOf(inputs.accuracy, config), latency: estimateOf(inputs.latency, config) };
};

/** Reads a config that the predictors can speak of. @throws InputError */
export function readPlacedConfig(source: Source, inputs: Inputs): ArchitectureConfig {
  const config = readConfigOf(source, inputs.space);
  if (config.resolution !== inputs.resolution) {
    throw inputErrorAt(source, ["resolution"], {
      what: t("the config has another resolution than the predictors"),
      found: `${config.resolution} px`,
      expected: `${inputs.resolution} px`,
      next: t("Pick predictors of the config's resolution."),
    });
  }
  return config;
}

/** Checks that a config lies in its space. */
export const validate: Job<RequestOf<"validate">, { space: string; architecture: PredictedArchitecture }> = async (
  request,
) => {
  const space = readSpace(request.space);
  const config = readConfigOf(request.config, space);
  return { space: space.id, architecture: copyOf(config) };
};
type PredictedArchitecture = ReturnType<typeof copyOf>;

/** Reads a config and checks that it lies in its space. @throws InputError */
export function readConfigOf(source: Source, space: Space): ArchitectureConfig {
  const config = readConfig(source);
  placing(source, () => {
    requireSpace(space, config.space);
    requireArchitecture(space, config);
  });
  return config;
}
