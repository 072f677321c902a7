import type { SearchResult } from "../../shared/results.js";
import { askedText, probabilityText } from "../../shared/probability.js";
import { originLines } from "./cards.js";
import { bigCount, count, estimateLine, fixed } from "./numbers.js";
import { stagesDrawn } from "./stages.js";

/** A search result as a person reads it: what was found, how sure, what it looks like, who says so. */
export function searchText(result: SearchResult): string {
  const { space, predicted, architecture, budget, predictors, found } = result;
  if (architecture === null || predicted === null) return infeasibleText(result);
  return [
    `FOX-NAS · ${space.id} at ${architecture.resolution} px · budget ${budget} ms · ${predictors.latency.device ?? "device unknown"}`,
    "",
    estimateLine("accuracy", predicted.accuracy),
    estimateLine("latency", predicted.latency),
    ...withinBudgetLine(result),
    "",
    ...certificateLines(result),
    ...searchLines(result),
    "",
    ...stagesDrawn(architecture, space.stages, found?.why ?? null),
    "",
    ...originLines(predictors),
    "",
  ].join("\n");
}

/** Why nothing was searched, with the range that can be searched. */
export function infeasibleText(result: Pick<SearchResult, "budget" | "probability" | "feasible" | "nearestBudget" | "predictors">): string {
  const { budget, feasible, nearestBudget, predictors } = result;
  const [low, high] = feasible.latency;
  const { device, resolution } = predictors.latency;
  const nearest = nearestBudget === null ? "" : ` The nearest feasible budget is ${ceiled(nearestBudget)} ${feasible.unit}.`;
  return (
    `No architecture of the space is within ${budget} ${feasible.unit}${asked(result)}: ` +
    `predicted latencies go from ${fixed(low, 2)} to ${fixed(high, 2)} ${feasible.unit} (${device ?? "device unknown"}, ${resolution} px).${nearest}\n`
  );
}

/** Rounded up: rounded down it would be infeasible again. */
function ceiled(value: number): string {
  return (Math.ceil(value * 100) / 100).toFixed(2);
}

/** ` with 95 % probability`, where it was asked for. */
const asked = ({ probability }: Pick<SearchResult, "probability">): string => (probability == null ? "" : ` with ${askedText(probability)} probability`);

function withinBudgetLine({ withinBudget, budget, feasible }: SearchResult): string[] {
  if (withinBudget == null) return [];
  return [`${"".padStart(13)}one measurement stays under ${budget} ${feasible.unit} with ${probabilityText(withinBudget)} probability`];
}

function certificateLines(result: SearchResult): string[] {
  const { certificate, nearTies, space, budget } = result;
  const { optimum, gap, proved, reason } = certificate;
  if (!proved || optimum === null || gap === null) return [`  No certificate: ${reason ?? "the optimum could not be proved"}.`];
  const proof =
    gap <= 1e-9
      ? `  ✓ Optimal for these predictors: no other of the ${space.size} architectures is predicted better within ${budget} ms${asked(result)}.`
      : `  ✗ ${fixed(gap, 4)} pp below the proven optimum for these predictors, ${fixed(optimum.accuracy, 2)} % at ${fixed(optimum.latency, 2)} ms.`;
  if (nearTies === null) return [proof];
  return [proof, `    ${tiesText(nearTies)}`];
}

function tiesText({ count: others, distinct, withinPp }: NonNullable<SearchResult["nearTies"]>): string {
  if (others === "0") return `No other lies within ${withinPp} pp of it.`;
  if (others === "1") return `One other lies within ${withinPp} pp of it.`;
  const apart = distinct === 1 ? "cannot tell them apart" : `tell ${count(distinct)} groups of them apart`;
  return `${bigCount(others)} others lie within ${withinPp} pp of it; the predictors ${apart}.`;
}

function searchLines({ search, feasible }: SearchResult): string[] {
  const { seed, evaluations, elapsedMs } = search;
  const rate = elapsedMs > 0 ? ` (${fixed(evaluations / elapsedMs / 1000, 1)} million a second)` : "";
  const [low, high] = feasible.latency;
  return [
    `    Simulated annealing: seed ${seed}, ${count(evaluations)} evaluations in ${fixed(elapsedMs, 0)} ms${rate}.`,
    `    Predicted latencies in the space: ${fixed(low, 2)} to ${fixed(high, 2)} ${feasible.unit}.`,
  ];
}
