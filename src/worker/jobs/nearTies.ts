import { frontIndexAt, paretoFront, type Front } from "../../engine/front.js";
import { tabulate, type Landscape, type State } from "../../engine/landscape.js";
import { countNearTies } from "../../engine/nearTies.js";
import type { NearTiesRequest } from "../../shared/messages.js";
import type { NearTies } from "../../shared/results.js";
import type { Job } from "../job.js";
import { placing, readInputs, type Inputs } from "./inputs.js";
import { NearTieTable } from "./nearTieTable.js";

/** Half the step of 0.1 pp in which the published accuracies are given: closer than measurements tell apart. */
const WITHIN_PP = 0.05;
/** A second or two of counting. */
const MOST_GROUPS = 5_000_000;
const MOST_LOOKED = 50_000_000;

/**
 * The near-ties of the optimum under a budget: how many architectures lie within 0.05 pp of it, with those that a person
 * may prefer. Null when no architecture is feasible or they are too many to count.
 */
export function nearTiesAt(inputs: Inputs, landscape: Landscape, front: Front, budget: number): NearTies | null {
  const index = frontIndexAt(front, budget);
  if (index < 0) return null;
  const floor = front.accuracy[index]! - WITHIN_PP;
  const confirms = (state: State) => landscape.latency.value(state) <= budget && landscape.accuracy.value(state) >= floor;
  const table = NearTieTable.of(inputs, landscape, front.states[index]!, confirms);
  const counted = countNearTies(landscape, front, inputs.accuracy.link, index, budget, WITHIN_PP, MOST_GROUPS, MOST_LOOKED, table?.list);
  if (counted === null) return null;
  return { withinPp: WITHIN_PP, count: String(counted.count), distinct: counted.distinct, ...table?.describe() };
}

/** The near-ties at another budget, for the panel's slider. */
export const nearTies: Job<NearTiesRequest, { nearTies: NearTies | null }> = async (request) => {
  const inputs = readInputs(request);
  const landscape = placing(request.space, () => tabulate(inputs.space, inputs.accuracy, inputs.latency));
  if (!landscape.additive) return { nearTies: null };
  return { nearTies: nearTiesAt(inputs, landscape, paretoFront(landscape), request.budget) };
};
