import { atBudget } from "../../shared/front.js";
import { t } from "../../shared/l10n.js";
import type { FrontResult } from "../../shared/results.js";
import { accuracyText, details, errorUnit, latencyText, roundUp } from "../format.js";

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
    const expected = t("A latency in milliseconds is expected, for example 120.");
    return { message: front === null ? expected : `${expected} ${feasibleText(front)}` };
  }
  if (front === null) return { budget, message: t("The feasible range of these predictors is not known beforehand; the search will tell.") };

  const point = front.points[atBudget(front.points, budget)];
  if (point === undefined) {
    const { latency: least } = front.points[0]!;
    return { message: t("{0} ms is infeasible: even the fastest architecture is predicted to take {1} ms. The nearest feasible budget is {2} ms.", match![1]!, latencyText(least), roundUp(least)) };
  }
  const slowest = front.points.at(-1)!;
  const spare = point === slowest && budget > slowest.latency ? t("More than {0} ms buys nothing.", latencyText(slowest.latency)) : "";
  const { accuracy, latency } = front.predictors;
  const error = accuracy.crossValidatedRmse === null ? "" : ` (${t("cross-validated error {0} {1}", accuracyText(accuracy.crossValidatedRmse), errorUnit("accuracy", accuracy.unit))})`;
  const where = details([latency.device ?? t("device not named"), `${latency.resolution} px`]);
  const said = t("{0} ms → {1} {2} predicted{3}, {4}.", match![1]!, accuracyText(point.accuracy), accuracy.unit, error, where);
  return { budget, message: [said, spare, feasibleText(front)].filter((part) => part !== "").join(" ") };
}

/** `Feasible: 57.9 … 331 ms.` */
export function feasibleText(front: FrontResult): string {
  const [low, high] = [front.points[0]!, front.points.at(-1)!];
  return t("Feasible: {0} … {1} {2}.", latencyText(roundUp(low.latency)), latencyText(high.latency), front.predictors.latency.unit);
}
