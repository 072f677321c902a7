import { frontIndexAt, paretoFront, type Front } from "../../engine/front.js";
import { tabulate, type Landscape, type State } from "../../engine/landscape.js";
import { countNearTies, type CountOptions } from "../../engine/nearTies.js";
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
 * @param among a further limit, with the best that keeps it
 */
export function nearTiesAt(inputs: Inputs, landscape: Landscape, front: Front, budget: number, among?: CountOptions["among"]): NearTies | null {
  const index = frontIndexAt(front, budget);
  if (index < 0) return null;
  const optimum = among?.optimum ?? front.states[index]!;
  const floor = landscape.accuracy.value(optimum) - WITHIN_PP;
  const confirms = (state: State) => landscape.latency.value(state) <= budget && landscape.accuracy.value(state) >= floor;
  const table = NearTieTable.of(inputs, landscape, optimum, confirms);
  const counted = countNearTies(landscape, front, inputs.accuracy.link, index, budget, WITHIN_PP, MOST_GROUPS, { mostLooked: MOST_LOOKED, list: table?.list, among });
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
