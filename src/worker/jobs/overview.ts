import { overviewOf } from "../../engine/explain/overview.js";
import type { Overview, OverviewRequest } from "../../shared/explanation.js";
import type { Job } from "../job.js";
import { placing, readInputs, type Inputs, type PredictorSources } from "./inputs.js";

/** What matters in the whole space, by both predictors. @throws InputError */
export function overviewFor(sources: PredictorSources, { accuracy, latency }: Inputs): Overview {
  return placing(sources.space, () => ({ accuracy: overviewOf(accuracy), latency: overviewOf(latency) }));
}

/** The overview alone, for the panel. */
export const overview: Job<OverviewRequest, { overview: Overview }> = async (request) => ({ overview: overviewFor(request, readInputs(request)) });
