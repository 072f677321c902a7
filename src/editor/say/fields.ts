import { architectureCount, stageSides } from "../../engine/space.js";
import { budgetText, count, intervalText, ms, percent } from "../../shared/format.js";
import { t } from "../../shared/l10n.js";
import { askedText, probabilityText } from "../../shared/probability.js";
import type { Estimate } from "../../shared/results.js";
import type { Context } from "../context.js";
import type { BudgetVerdict, Figures } from "../types.js";
import { oneOf } from "../words.js";
import { paragraphs, plain, table, whoSays } from "./markdown.js";

export function spaceText({ space }: Context): string | null {
  if (space === null) return null;
  const size = t("{0} architectures in {1} stages, {2} classes, meant for {3} px.", count(architectureCount(space).toString()), space.stages.length, space.classes, oneOf([...space.resolutions].sort((a, b) => a - b)));
  const rows = space.stages.map(({ width, depth, expand, kernel }) => [String(width), depth.join(", "), expand.join(", "), kernel.join(", ")]);
  return paragraphs(`**${plain(space.title)}**`, size, table([t("stage"), t("depth"), t("expand"), t("kernel")], rows));
}

/** What becomes of the image: the side that leaves every stage. */
export function resolutionText({ space, document, figures, unavailable }: Context): string | null {
  const { architecture } = document;
  if (space === null || architecture === null) return null;
  const sides = stageSides(space, architecture.resolution).map(({ output }, index) => `${space.stages[index]!.width}: ${output}`);
  const after = t("Sides after the stages, px: {0}.", sides.join(", "));
  const predictors = figures === null ? plain(unavailable ?? "") : t("The chosen predictors are for {0} px.", figures.says.latency.resolution);
  return paragraphs(`**${t("Images of {0} × {0} px", architecture.resolution)}**`, after, predictors);
}

export function budgetHover({ figures, unavailable }: Context): string | null {
  if (figures === null) return unavailable === null ? null : plain(unavailable);
  return figures.verdict === null ? null : paragraphs(verdictText(figures, figures.verdict), whoSays(figures.says));
}

/** Under or over the budget, in a sentence or two. */
export function verdictText({ latency }: Figures, { budget, room, within, probability, asked }: BudgetVerdict): string {
  const standing =
    room < 0 ? t("**Over the budget** of {0} by {1}: {2} predicted.", budgetText(budget), ms(-room), estimateText(latency)) : t("**Within the budget** of {0}, {1} to spare: {2} predicted.", budgetText(budget), ms(room), estimateText(latency));
  const risk = probability === null ? "" : t("A new measurement is predicted to stay within it with {0} probability.", probabilityText(probability));
  const less = !within && room >= 0 && asked !== null ? t("{0} is asked for.", askedText(asked)) : "";
  return [standing, risk, less].filter((part) => part !== "").join(" ");
}

export function estimateText({ value, unit, interval }: Pick<Estimate, "value" | "unit" | "interval">): string {
  const text = unit === "ms" ? ms(value) : percent(value);
  return interval === null ? text : `${text} (${intervalText(interval, unit)})`;
}

/** What the text claims beside what the chosen predictors say now. */
export function predictedText({ document, figures, unavailable }: Context): string | null {
  const predicted = document.config?.predicted;
  if (figures === null) return unavailable === null ? null : plain(unavailable);
  const rows = (["accuracy", "latency"] as const).map((target) => [
    target === "accuracy" ? t("accuracy") : t("latency"),
    predicted === undefined ? "" : estimateText(predicted[target]),
    estimateText(figures[target]) + (figures[target].extrapolated === true ? ` ${t("(extrapolated)")}` : ""),
  ]);
  return paragraphs(table(["", t("in this file"), t("the chosen predictors")], rows), whoSays(figures.says));
}
