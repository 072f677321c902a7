import { latencyExtremes, type Extremes } from "../../engine/feasible.js";
import { paretoFront, type Front } from "../../engine/front.js";
import { tabulate, type Landscape } from "../../engine/landscape.js";
import { updatePredictor } from "../../engine/update.js";
import { inputErrorAt } from "../../shared/files/index.js";
import { t } from "../../shared/l10n.js";
import type { PredictorFile } from "../../shared/predictor.js";
import { placing, readInputs, type Inputs, type PredictorSources } from "../jobs/inputs.js";
import { mean } from "../measure/statistics.js";
import { samplesOf, type Told } from "./state.js";

/** What the predictors say of the space. */
export interface Standing {
  readonly inputs: Inputs;
  readonly landscape: Landscape;
  readonly extremes: Extremes;
  readonly front: Front;
}

/** @throws InputError also for predictors without an exact front, or that measurements cannot correct */
export function standingOf(sources: PredictorSources): Standing {
  const inputs = readInputs(sources);
  const landscape = placing(sources.space, () => tabulate(inputs.space, inputs.accuracy, inputs.latency));
  if (!landscape.additive) {
    const source = inputs.accuracy.additive ? sources.latency : sources.accuracy;
    throw inputErrorAt(source, ["coefficients"], {
      what: t("a predictor with terms across stages has no exact front, from which candidates could be taken"),
      expected: t("terms of one stage each"),
      next: t("Search without measuring works with it."),
    });
  }
  return { inputs, landscape, extremes: latencyExtremes(landscape), front: paretoFront(landscape) };
}

/**
 * Relative error of a batch's latencies at least, its level included: repeated batches agree no better. A profile of few
 * architectures may think its timings exact, and would then be bent to every measurement.
 */
export const LEAST_ERROR = 0.01;

/** A latency predictor corrected by what was measured; it keeps its references, so that it can be corrected again. */
export function corrected(sources: PredictorSources, space: Inputs["space"], file: PredictorFile, told: Told, date: string): PredictorFile {
  const samples = samplesOf(told);
  const least = LEAST_ERROR * mean(samples.map(({ value }) => value));
  const { fit } = file;
  const honest = fit === undefined ? file : { ...file, fit: { ...fit, residualStdError: Math.max(fit.residualStdError, least) } };
  const updated = placing(sources.latency, () => updatePredictor(space, honest, samples));
  return {
    ...updated,
    // Diagnostics are of the fit, and say nothing of its correction.
    ...(updated.fit === undefined ? {} : { fit: { ...updated.fit, n: updated.fit.n + samples.length, diagnostics: undefined } }),
    source: `${file.source}; corrected by ${samples.length} measurements on ${date.slice(0, 10)}`,
  };
}
