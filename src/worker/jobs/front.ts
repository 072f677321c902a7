import { paretoFront } from "../../engine/front.js";
import { tabulate } from "../../engine/landscape.js";
import { inputErrorAt } from "../../shared/files/index.js";
import { t } from "../../shared/l10n.js";
import type { FrontResult } from "../../shared/results.js";
import type { Job, RequestOf } from "../job.js";
import { copyOf } from "./describe.js";
import { placing, readInputs } from "./inputs.js";

/** The whole exact Pareto front; `elapsedMs` counts from the read files to the front. */
export const front: Job<RequestOf<"front">, FrontResult> = async (request) => {
  const inputs = readInputs(request);
  const started = performance.now();
  const landscape = placing(request.space, () => tabulate(inputs.space, inputs.accuracy, inputs.latency));
  if (!landscape.additive) {
    const source = inputs.accuracy.additive ? request.latency : request.accuracy;
    throw inputErrorAt(source, ["coefficients"], {
      what: t("a predictor with terms across stages has no exact front"),
      expected: t("terms of one stage each"),
      next: t("Search works with it, without a certificate."),
    });
  }
  const { states, latency, accuracy } = paretoFront(landscape);
  const elapsedMs = performance.now() - started;
  const points = states.map((state, i) => ({
    latency: latency[i]!,
    accuracy: accuracy[i]!,
    architecture: copyOf(landscape.architecture(state, inputs.resolution)),
  }));
  return { points, elapsedMs, predictors: inputs.cards };
};
