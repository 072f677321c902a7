import type { Architecture } from "../../shared/architecture.js";
import type { Contributions, Point, SearchResult } from "../../shared/results.js";
import { fixed, latencyDecimals, signed } from "./numbers.js";

const CELLS = 6;
const COLUMN = 16;
/** Stages side by side that fit a terminal of 80 columns. */
const PER_ROW = 5;

type StageCard = SearchResult["space"]["stages"][number];

/** The stages side by side, a line for each block, and below what each stage adds to both predictions. */
export function stagesDrawn(architecture: Architecture, cards: readonly StageCard[], why: Point["why"]): string[] {
  const columns = architecture.stages.map(({ width, blocks }, s) => {
    const card = cards[s];
    return {
      title: `stage ${width}${card?.squeezeExcite ? " SE" : ""}`,
      side: card === undefined ? "" : card.input === card.output ? `${card.output} px` : `${card.input} → ${card.output} px`,
      blocks: blocks.map(({ expand, kernel }) => `${bar(expand, card)} e${expand} k${kernel}`),
      accuracy: contribution(why?.accuracy, s, "pp", 2),
      latency: contribution(why?.latency, s, "ms", latencyDecimals(why?.latency.baseline ?? 0)),
    };
  });
  const lines: string[] = [];
  for (let from = 0; from < columns.length; from += PER_ROW) {
    const part = columns.slice(from, from + PER_ROW);
    const depth = Math.max(...part.map(({ blocks }) => blocks.length));
    const row = (cell: (column: (typeof part)[number]) => string | undefined) =>
      `  ${part.map((column) => (cell(column) ?? "").padEnd(COLUMN)).join("")}`.trimEnd();
    lines.push(row((c) => c.title), row((c) => c.side));
    for (let b = 0; b < depth; b++) lines.push(row((c) => c.blocks[b]));
    if (why !== null) lines.push(row((c) => c.accuracy), row((c) => c.latency));
    lines.push("");
  }
  lines.push("  A bar is a block: e expand ratio, k kernel size; the topmost carries the stride. SE: squeeze-and-excite.");
  if (why !== null) {
    const { accuracy, latency } = why;
    lines.push(
      `  Below the blocks: what the stage adds to the space's mean, ${fixed(accuracy.baseline, 2)} % and ${fixed(latency.baseline, latencyDecimals(latency.baseline))} ms.`,
    );
  }
  return lines;
}

function bar(expand: number, card: StageCard | undefined): string {
  const largest = Math.max(expand, ...(card?.expand ?? []));
  const filled = Math.max(1, Math.round((CELLS * expand) / largest));
  return "█".repeat(filled) + "░".repeat(CELLS - filled);
}

function contribution(contributions: Contributions | undefined, stage: number, unit: string, decimals: number): string {
  const value = contributions?.stages[stage]?.value;
  return value === undefined ? "" : `${signed(value, decimals)} ${unit}`;
}
