import type { BlockPrice, ComparedSide, ComparedStage, Comparison } from "./comparison.js";
import { changeText, comparisonSentences, blockPriceNote, differenceDigits, pathSentence, priceText, stageText } from "./comparisonText.js";
import type { Part } from "./explanation.js";
import { intervalText, ms, percent, signedIntervalText } from "./format.js";
import { t } from "./l10n.js";
import { escapeMarkdown as escape, markdownTable as table } from "./markdown.js";
import type { Target } from "./predictor.js";
import type { PredictorCard } from "./results.js";

const TARGETS = ["accuracy", "latency"] as const;

/** A comparison as Markdown, for a pull request: what sums it up, both predictions, a table by stage and block, sources. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { a, b, stages, total, limits } = comparison;
  const digits = differenceDigits(comparison);
  const order = pathSentence(comparison);
  const note = blockPriceNote(comparison);
  const changed = stages.filter(({ differs }) => differs);
  const paragraphs = [
    [`**A** ${escape(a.title)} → **B** ${escape(b.title)}, ${placeText(a)}${placeText(a) === placeText(b) ? "" : ` → ${placeText(b)}`}`],
    [escape([...comparisonSentences(comparison), ...limits].join(" "))],
    a.predicted === null && b.predicted === null ? [] : predictions(comparison, digits),
    changed.length === 0 ? [] : changes(changed, total, digits),
    order === null ? [] : [escape(order)],
    note === null ? [] : [escape(note)],
    sources(comparison),
  ];
  return `${paragraphs.filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

const placeText = ({ space, architecture }: ComparedSide): string => `${escape(space)} at ${architecture.resolution} px`;

function predictions({ a, b, total }: Comparison, digits: number): string[] {
  const rows = TARGETS.map((target) => [
    target === "accuracy" ? t("Accuracy") : t("Latency"),
    ...[a, b].map(({ predicted }) => (predicted === null ? "—" : estimateText(target, predicted[target]))),
    total === null ? "—" : partText(target, total[target], digits),
  ]);
  return table(["", "A", "B", t("B − A")], rows);
}

const estimateText = (target: Target, { value, interval, unit }: NonNullable<ComparedSide["predicted"]>["accuracy"]): string =>
  `${target === "accuracy" ? percent(value) : ms(value)}${interval === null ? "" : ` (${intervalText(interval, unit)})`}`;

function partText(target: Target, { value, interval }: Part, digits: number): string {
  const unit = target === "accuracy" ? "pp" : "ms";
  return `${priceText(target, value, digits)}${interval === null ? "" : ` (${signedIntervalText(interval, unit, digits)})`}`;
}

function changes(stages: readonly ComparedStage[], total: Comparison["total"], digits: number): string[] {
  const rows = stages.flatMap((stage) => [
    [`**${stage.stage}**`, `**${stageText(stage)}**`, ...TARGETS.map((target) => (stage.price === null ? "—" : `**${priceText(target, stage.price[target].value, digits)}**`))],
    ...stage.blocks.filter(({ status }) => status !== "same").map((block) => [
      t("block {0}", block.block),
      changeText(block),
      ...TARGETS.map((target) => blockPrice(target, block.price[target], digits)),
    ]),
  ]);
  const sum = total === null ? [] : [[`**${t("Total")}**`, "", ...TARGETS.map((target) => `**${priceText(target, total[target].value, digits)}**`)]];
  return table([t("Stage"), t("Change"), t("Accuracy"), t("Latency")], [...rows, ...sum], 2);
}

const blockPrice = (target: Target, price: BlockPrice | null, digits: number): string =>
  price === null ? "—" : `${price.how === "alone" ? "≈ " : ""}${priceText(target, price.value, digits)}`;

/** Every predictor once, with what it speaks for. */
function sources({ a, b }: Comparison): string[] {
  const cards = [a, b].flatMap(({ predictors }) => (predictors === null ? [] : [predictors.accuracy, predictors.latency]));
  const once = cards.filter((card, i) => cards.findIndex(({ digest }) => digest === card.digest) === i);
  return once.map((card) => `- ${escape(sourceText(card))}`);
}

/** Who says so, in a line. */
export function sourceText({ target, name, device, resolution, source }: PredictorCard): string {
  if (target === "accuracy") return t("Accuracy predicted by “{0}”, {1} px: {2}", name, resolution, source);
  return t("Latency predicted by “{0}” for {1}, {2} px: {3}", name, device ?? t("a device that it does not name"), resolution, source);
}
