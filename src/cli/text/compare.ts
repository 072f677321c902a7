import type { BlockPrice, ComparedSide, Comparison } from "../../shared/comparison.js";
import { blockPriceNote, changeText, comparisonSentences, differenceDigits, pathSentence, priceText, stageText } from "../../shared/comparisonText.js";
import { sourceText } from "../../shared/comparisonMarkdown.js";
import type { Part } from "../../shared/explanation.js";
import { signedIntervalText } from "../../shared/format.js";
import { estimateLine } from "./numbers.js";
import { table } from "./table.js";
import { wrapped } from "./wrapped.js";

const TARGETS = ["accuracy", "latency"] as const;
type Target = (typeof TARGETS)[number];

/** A comparison as a person reads it in a terminal: what sums it up, both predictions, stages and blocks with their prices. */
export function comparisonText(comparison: Comparison): string {
  const { a, b, limits } = comparison;
  const more = [pathSentence(comparison), blockPriceNote(comparison)].filter((one) => one !== null);
  const parts = [
    [`FOX-NAS · A ${a.title} · B ${b.title}`],
    wrapped([...comparisonSentences(comparison), ...limits].join(" ")),
    [...predictionLines("A", a), ...predictionLines("B", b)],
    changeLines(comparison),
    ...more.map(wrapped),
    sourceLines(comparison),
  ];
  return `${parts.filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function predictionLines(name: string, { predicted }: ComparedSide): string[] {
  return predicted === null ? [] : TARGETS.map((target) => `  ${name}${estimateLine(target, predicted[target])}`);
}

function changeLines(comparison: Comparison): string[] {
  const digits = differenceDigits(comparison);
  const cell = (target: Target, part: Part | null) => (part === null ? "" : `${priceText(target, part.value, digits)}${part.interval === null ? "" : ` (${signedIntervalText(part.interval, target === "accuracy" ? "pp" : "ms", digits)})`}`);
  const blockCell = (target: Target, price: BlockPrice | null) => (price === null ? "" : `${price.how === "alone" ? "≈ " : ""}${priceText(target, price.value, digits)}`);
  const rows = comparison.stages.filter(({ differs }) => differs).flatMap((stage) => [
    [`stage ${stage.stage}: ${stageText(stage)}`, ...TARGETS.map((target) => cell(target, stage.price?.[target] ?? null))],
    ...stage.blocks.filter(({ status }) => status !== "same").map((block) => [`  block ${block.block}: ${changeText(block)}`, ...TARGETS.map((target) => blockCell(target, block.price[target]))]),
  ]);
  if (rows.length === 0) return [];
  const sum = comparison.total === null ? [] : [["total", ...TARGETS.map((target) => cell(target, comparison.total![target]))]];
  return table(["", "accuracy, 95 % interval", "latency, 95 % interval"], [...rows, ...sum]);
}

function sourceLines({ a, b }: Comparison): string[] {
  const cards = [a, b].flatMap(({ predictors }) => (predictors === null ? [] : [predictors.accuracy, predictors.latency]));
  return cards.filter((card, i) => cards.findIndex(({ digest }) => digest === card.digest) === i).flatMap((card) => wrapped(sourceText(card)));
}
