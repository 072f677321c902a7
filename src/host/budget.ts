import { atBudget } from "../shared/front.js";
import type { FrontResult } from "../shared/results.js";
import { accuracyText, details, errorUnit, latencyText, roundUp } from "./format.js";

/** What to say about a budget while it is typed. `budget` undefined: it does not pass. */
export interface BudgetAdvice {
  /** ms */
  budget?: number;
  message: string;
}

/**
 * Judges a typed budget.
 * @param text as typed, e.g. `120`, `120.5 ms`
 * @param front the exact front of the picked predictors; null where there is none, then the search itself judges
 */
export function adviseBudget(text: string, front: FrontResult | null): BudgetAdvice {
  const match = /^\s*(\d+(?:[.,]\d+)?)\s*(?:ms)?\s*$/i.exec(text);
  const budget = match === null ? Number.NaN : Number(match[1]!.replace(",", "."));
  if (!Number.isFinite(budget) || budget <= 0) {
    return { message: `A latency in milliseconds is expected, for example 120.${front === null ? "" : ` ${feasibleText(front)}`}` };
  }
  if (front === null) return { budget, message: "The feasible range of these predictors is not known beforehand; the search will tell." };

  const point = front.points[atBudget(front.points, budget)];
  if (point === undefined) {
    const nearest = roundUp(front.points[0]!.latency);
    return {
      message: `${match![1]} ms is infeasible: even the fastest architecture is predicted to take ${latencyText(front.points[0]!.latency)} ms. The nearest feasible budget is ${nearest} ms.`,
    };
  }
  const slowest = front.points.at(-1)!;
  const spare = point === slowest && budget > slowest.latency ? `; more than ${latencyText(slowest.latency)} ms buys nothing` : "";
  const { accuracy, latency } = front.predictors;
  const error = accuracy.crossValidatedRmse === null ? "" : ` (cross-validated error ${accuracyText(accuracy.crossValidatedRmse)} ${errorUnit("accuracy", accuracy.unit)})`;
  const where = details([latency.device ?? "device not named", `${latency.resolution} px`]);
  return {
    budget,
    message: `${match![1]} ms → ${accuracyText(point.accuracy)} ${accuracy.unit} predicted${error}, ${where}${spare}. ${feasibleText(front)}`,
  };
}

/** `Feasible: 57.9 … 331 ms.` */
export function feasibleText(front: FrontResult): string {
  const [low, high] = [front.points[0]!, front.points.at(-1)!];
  return `Feasible: ${latencyText(roundUp(low.latency))} … ${latencyText(high.latency)} ${front.predictors.latency.unit}.`;
}
