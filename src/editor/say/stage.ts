import { CHOICES, type Choice } from "../../shared/explanation.js";
import { t } from "../../shared/l10n.js";
import type { Context } from "../context.js";
import type { Hint } from "../types.js";
import { lineEnd } from "../edit/text.js";
import { oneOf, partText, priceText } from "../words.js";
import { paragraphs, plain, table, whoSays } from "./markdown.js";

const NAMES: Readonly<Record<Choice, () => string>> = {
  depth: () => t("its depth"),
  transition: () => t("the transition block"),
  expand: () => t("expand ratios of the other blocks"),
  kernel: () => t("kernel sizes of the other blocks"),
  together: () => t("only in combination"),
};

/** What a stage costs and brings against the space's mean, and what of it does. @param stage index in the space */
export function stageText(context: Context, stage: number): string | null {
  const { space, architecture, figures } = context;
  const of = space?.stages[stage];
  if (of === undefined) return null;
  const features = [of.stride === 2 ? t("halves the side of the image") : null, of.squeezeExcite ? t("squeeze-excite") : null, of.activation].filter((part) => part !== null);
  const choices = t("depth {0}, expand {1}, kernel {2}", oneOf(of.depth), oneOf(of.expand), oneOf(of.kernel));
  const head = `**${t("Stage {0}", of.width)}** · ${features.join(", ")} · ${choices}`;
  if (figures === null || architecture === null) return paragraphs(head, plain(context.unavailable ?? ""));
  return paragraphs(head, partsTable(context, stage), whoSays(figures.says));
}

function partsTable({ architecture, models, figures }: Context, stage: number): string | null {
  const { contribution } = figures!.stages[stage]!;
  if (contribution === null) return null;
  const [value, time] = [models!.accuracy, models!.latency].map(({ explained }) => explained!.explainer.explain(architecture!.stages).contributions[stage]!.parts);
  const row = (name: string, choice: Choice) => [name, partText(value![choice], "pp"), partText(time![choice], "ms")];
  const whole = [`**${t("against the space’s mean")}**`, `**${partText(contribution.accuracy, "pp")}**`, `**${partText(contribution.latency, "ms")}**`];
  return table(["", t("accuracy"), t("latency")], [whole, ...CHOICES.map((choice) => row(NAMES[choice](), choice))]);
}

/** What every stage brings, behind its width. */
export function stageHints(context: Context): Hint[] {
  const { figures, document } = context;
  const { text } = document.source;
  return (figures?.stages ?? []).flatMap(({ path, contribution }, stage): Hint[] => {
    const width = document.span([...path, "width"]);
    if (contribution === null || width === undefined) return [];
    // Behind the comma, where nothing else follows in the line.
    const end = lineEnd(text, width.end);
    const offset = /^[\s,]*$/.test(text.slice(width.end, end)) ? end : width.end;
    return [{ offset, path, text: priceText(contribution), tooltip: stageText(context, stage) ?? "" }];
  });
}
