import type { Stage } from "../../engine/architecture.js";
import type { JudgedMove } from "../../engine/explain/moves.js";
import { budgetText, ceilBudget, intervalText, ms } from "../../shared/format.js";
import { t } from "../../shared/l10n.js";
import { askedText, probabilityText } from "../../shared/probability.js";
import { editsTo } from "../edit/stages.js";
import { replaceValue } from "../edit/member.js";
import { verdictOf, type Budget } from "../figures/figures.js";
import type { Model } from "../figures/models.js";
import { memberOf, nodeAt } from "../read/tree.js";
import type { BudgetVerdict, EditorProblem, Figures, Fix } from "../types.js";
import { priceText, stepText } from "../words.js";
import type { Context } from "../context.js";
import { fix, problem } from "./make.js";

/** Moves that are offered. */
const OFFERED = 6;

/** A predicted latency over the budget: a warning at the stages, since they decide it. */
export function budgetProblems(context: Context): EditorProblem[] {
  const { document, figures, budget } = context;
  const member = memberOf(document.root ?? undefined, "stages");
  if (figures?.verdict == null || budget === null || member === undefined || figures.verdict.within) return [];
  const words = wordsOf(figures, figures.verdict);
  const found = problem("over-budget", "warning", { span: member.keySpan, path: ["stages"] }, words, moveFixes(context, budget));
  const raise = raiseFix(context, budget);
  // Never the one to take without asking: it gives up what was asked for.
  return [raise === null ? found : { ...found, fixes: [...found.fixes, raise] }];
}

function wordsOf({ latency: { value, unit, interval }, says }: Figures, { budget, from, room, probability, asked }: BudgetVerdict) {
  const whose = from === "config" ? t("the config’s budget (provenance.budget)") : t("the budget of the settings");
  const device = says.latency.device ?? t("a device that its predictor does not name");
  const latency = interval === null ? ms(value) : t("{0}, 95 %: {1}", ms(value), intervalText(interval, unit));
  if (room < 0) {
    return { what: t("the predicted latency is over {0} by {1}", whose, ms(-room)), found: t("{0} on {1} at {2} px", latency, device, says.latency.resolution), expected: t("at most {0}", budgetText(budget)) };
  }
  return {
    what: t("a measurement is predicted to stay within {0} less often than asked", whose),
    found: t("{0} on {1} at {2} px, within {3} with {4}", latency, device, says.latency.resolution, budgetText(budget), probabilityText(probability!)),
    expected: askedText(asked!),
  };
}

/** The single steps that come under the budget and cost the least accuracy. */
function moveFixes({ document, models, space, moves, architecture }: Context, budget: Budget): (Fix | null)[] {
  if (models === null || architecture === null || space === null || document.failure !== null) return [];
  const { stages } = architecture;
  return movesWithin(models.latency, moves, budget)
    .slice(0, OFFERED)
    .map((move) => fix(`${stepText(String(space.stages[move.stage]!.width), stages[move.stage]!, move.stages[move.stage]!)} (${priceText(move)})`, editsTo(document, move.stages)));
}

/** Cheapest first: by accuracy, then by latency. */
export function movesWithin(latency: Model, moves: readonly JudgedMove[], budget: Budget): JudgedMove[] {
  return moves
    .filter(({ verdict, stages }) => verdict !== "over budget" && (budget.asked === null || verdictOf(latency, stages, budget).within))
    .sort((a, b) => b.accuracy.value - a.accuracy.value || a.latency.value - b.latency.value);
}

function raiseFix({ document, models, figures }: Context, budget: Budget): Fix | null {
  const node = nodeAt(document.root, ["provenance", "budget"]);
  const stages = document.architecture?.stages;
  if (budget.from !== "config" || node === undefined || models === null || stages === undefined) return null;
  const enough = ceilBudget(leastBudget(models.latency, stages, budget, figures!.latency.value));
  return fix(t("Raise the budget to {0}", budgetText(enough)), replaceValue(document.source.text, node, String(enough)));
}

/** The least budget (ms) that holds an architecture, by halving where a probability is asked. */
function leastBudget(model: Model, stages: readonly Stage[], { asked, from }: Budget, latency: number): number {
  const holds = (budget: number) => verdictOf(model, stages, { budget, from, asked }).within;
  if (holds(latency)) return latency;
  let [low, step] = [latency, Math.max(1, Math.abs(latency))];
  while (!holds(low + step) && step < 1e12) step *= 2;
  let high = low + step;
  for (let i = 0; i < 60 && high - low > 1e-4; i++) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
