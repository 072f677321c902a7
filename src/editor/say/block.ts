import type { JudgedMove } from "../../engine/explain/moves.js";
import type { Block } from "../../engine/architecture.js";
import { inputWidth } from "../../engine/space.js";
import { t } from "../../shared/l10n.js";
import type { Context } from "../context.js";
import { partText } from "../words.js";
import { paragraphs, plain, table, whoSays } from "./markdown.js";

export type Gene = keyof Block;
export const GENES: readonly Gene[] = ["expand", "kernel"];

/** What a block costs and brings: against the mean choice at its place, and against every other choice there. */
export function blockText(context: Context, stage: number, block: number, genes: readonly Gene[]): string | null {
  const { space, architecture, figures } = context;
  const blocks = architecture?.stages[stage]?.blocks;
  const current = blocks?.[block];
  if (space === null || current === undefined) return null;
  const { width } = space.stages[stage]!;
  const from = block === 0 ? inputWidth(space, stage) : width;
  const role = block === 0 ? t("the transition block") : t("block {0} of {1}", block + 1, blocks!.length);
  const head = `**${t("Stage {0}, {1}", width, role)}** · ${t("{0} to {1} channels, expand {2}, kernel {3}", from, width, current.expand, current.kernel)}`;
  if (figures === null) return paragraphs(head, plain(context.unavailable ?? ""));
  const mean = figures.stages[stage]!.blocks[block]!.againstMean;
  const against = mean === null ? [] : [[t("against the mean choice here"), partText(mean.accuracy, "pp"), partText(mean.latency, "ms")]];
  // One table, so that all figures stand below each other.
  const figuresTable = table(["", t("accuracy"), t("latency")], [...against, ...genes.flatMap((gene) => choiceRows(context, stage, block, gene))]);
  return paragraphs(head, figuresTable, whoSays(figures.says));
}

function choiceRows({ space, architecture, moves }: Context, stage: number, block: number, gene: Gene): string[][] {
  const now = architecture!.stages[stage]!.blocks[block]![gene];
  const rows = space!.stages[stage]![gene].map((choice) => {
    const move = choice === now ? undefined : moveTo(moves, stage, architecture!.stages[stage]!.blocks, block, gene, choice);
    return move === undefined ? [`**${choice}** · ${t("stands here")}`, "", ""] : [String(choice), partText(move.accuracy, "pp"), partText(move.latency, "ms")];
  });
  return [[`**${gene === "expand" ? t("expand instead") : t("kernel instead")}**`, "", ""], ...rows];
}

/** The move that gives one block another choice. */
export function moveTo(moves: readonly JudgedMove[], stage: number, blocks: readonly Block[], block: number, gene: Gene, choice: number): JudgedMove | undefined {
  return moves.find((move) => {
    const to = move.stages[move.stage]!.blocks;
    return move.stage === stage && to.length === blocks.length && to[block]![gene] === choice && blocks[block]![gene] !== choice;
  });
}
