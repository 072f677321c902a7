import { frontIndexAt, paretoFront, type Front } from "../../engine/front.js";
import { tabulate, type Landscape } from "../../engine/landscape.js";
import { countNearTies } from "../../engine/nearTies.js";
import type { NearTiesRequest } from "../../shared/messages.js";
import type { NearTies } from "../../shared/results.js";
import type { Job } from "../job.js";
import { placing, readInputs, type Inputs } from "./inputs.js";

/** Half the step of 0.1 pp in which the published accuracies are given: closer than measurements tell apart. */
const WITHIN_PP = 0.05;
/** A second or two of counting. */
const MOST_GROUPS = 5_000_000;
const MOST_LOOKED = 50_000_000;

/** How many architectures lie within 0.05 pp of the optimum under a budget; null when none is feasible or they are too many to count. */
export function nearTiesAt(inputs: Inputs, landscape: Landscape, front: Front, budget: number): NearTies | null {
  const index = frontIndexAt(front, budget);
  if (index < 0) return null;
  const counted = countNearTies(landscape, front, inputs.accuracy.link, index, budget, WITHIN_PP, MOST_GROUPS, MOST_LOOKED);
  return counted === null ? null : { withinPp: WITHIN_PP, count: String(counted.count), distinct: counted.distinct };
}

/** The near-ties at another budget, for the panel's slider. */
export const nearTies: Job<NearTiesRequest, { nearTies: NearTies | null }> = async (request) => {
  const inputs = readInputs(request);
  const landscape = placing(request.space, () => tabulate(inputs.space, inputs.accuracy, inputs.latency));
  if (!landscape.additive) return { nearTies: null };
  return { nearTies: nearTiesAt(inputs, landscape, paretoFront(landscape), request.budget) };
};
