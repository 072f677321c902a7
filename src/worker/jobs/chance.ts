import { chanceOptimum, safestState, type ChanceOptimum, type Safest } from "../../engine/chance.js";
import { ChanceConstraint } from "../../engine/chanceConstraint.js";
import type { Extremes } from "../../engine/feasible.js";
import type { Front } from "../../engine/front.js";
import type { Landscape, State } from "../../engine/landscape.js";
import { inputErrorAt } from "../../shared/files/index.js";
import { t } from "../../shared/l10n.js";
import type { SearchRequest } from "../../shared/messages.js";
import { askedText } from "../../shared/probability.js";
import type { SearchResult } from "../../shared/results.js";
import { placing, type Inputs } from "./inputs.js";

/** A few seconds of looking. */
const MOST_LOOKED = 10_000_000;

/** A search whose budget is to be kept with a probability. */
export interface Chance {
  readonly probability: number;
  readonly safest: Safest;
  /** Null where the budget is infeasible, or there is no exact front. */
  readonly optimum: ChanceOptimum | null;
  /** For the annealing: nothing above this predicted latency (ms) is admitted. */
  readonly largestLatency: number;
  readonly admits: (state: State) => boolean;
}

/** Null where the request asks for no probability. @throws InputError where the latency predictor cannot give one */
export function chanceOf(request: SearchRequest, inputs: Inputs, landscape: Landscape, { fastest }: Extremes, front: Front | null): Chance | null {
  const { probability, budget } = request;
  if (probability === null || probability === undefined) return null;
  requireProbable(request, inputs);
  const constraint = placing(request.latency, () => new ChanceConstraint(landscape, inputs.latency, probability));
  const safest = safestState(landscape, constraint, fastest, MOST_LOOKED);
  const feasible = safest.bound <= budget;
  return {
    probability,
    safest,
    optimum: front === null || !feasible ? null : chanceOptimum(landscape, front, constraint, budget, safest.state, MOST_LOOKED),
    largestLatency: constraint.largestLatency(budget),
    admits: (state) => constraint.bound(state) <= budget,
  };
}

function requireProbable({ latency }: SearchRequest, inputs: Inputs): void {
  if (inputs.latency.uncertainty === null) {
    throw inputErrorAt(latency, ["coefficients"], {
      what: t("this latency predictor carries no covariance, so it cannot say how probable it is that a budget is kept"),
      found: t("no field {0}", "fit"),
      expected: t("a predictor fitted from samples, or profiled on a device"),
      next: t("Fit it again from its samples, profile the device, or search without a probability."),
    });
  }
  if (!inputs.latency.additive) {
    throw inputErrorAt(latency, ["coefficients"], {
      what: t("a latency predictor with terms across stages cannot be searched with a probability"),
      expected: t("terms of one stage each"),
      next: t("Search without a probability."),
    });
  }
}

/** Why nothing is found, and the nearest budget. */
export function infeasibleChance({ probability, safest }: Chance): { reason: string; nearestBudget: number } {
  const kept = `within the budget with ${askedText(probability)} probability`;
  const reason = safest.proved
    ? `No architecture stays ${kept}.`
    : `No architecture was found that stays ${kept}. The nearest budget is the smallest that was found; too many architectures are near it to prove that none is smaller.`;
  return { reason, nearestBudget: safest.bound };
}

/** What the found architecture lacks to the optimum among those that keep the budget with the probability. */
export function chanceCertificate({ optimum: best }: Chance, found: number): SearchResult["certificate"] {
  if (best === null) return { optimum: null, gap: null, proved: false, reason: "A predictor has terms across stages, so the optimum cannot be proved by adding stages up." };
  const { accuracy, latency, atMost } = best;
  if (!best.proved) {
    const reason = `There are more architectures near the budget than could be looked at. None is above ${atMost.toFixed(3)} %.`;
    return { optimum: null, gap: null, proved: false, reason, atMost };
  }
  const gap = accuracy - found;
  if (gap < 0) throw new Error(`The search found ${found} %, above the proven optimum of ${accuracy} %: one of the two is wrong.`);
  return { optimum: { accuracy, latency }, gap, proved: true, reason: null };
}
