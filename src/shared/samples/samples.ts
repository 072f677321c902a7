import type { Architecture } from "../architecture.js";
import { InputError } from "../errors.js";
import { t } from "../l10n.js";
import type { Source } from "../messages.js";
import { UNIT, type Target } from "../predictor.js";
import type { Space } from "../space.js";
import { isOwnLayout, OwnLayout, ownColumns } from "./ownLayout.js";
import { PublishedLayout } from "./published.js";
import { columnName, Table, type Row } from "./table.js";

/** One architecture with one measured value. */
export interface Sample {
  stages: Architecture["stages"];
  /** Accuracy in %, latency in ms. */
  value: number;
  /** Line of the file the sample stands on, 1-based. */
  line: number;
}

/**
 * Reads samples: CSV with a header, in the published layout (targets `acc`, `latency`) or in this
 * project's own (`accuracy`, `latency`). The order of columns is free; columns of neither are ignored.
 * @throws InputError naming file, line and column
 */
export function readSamples(source: Source, space: Space, target: Target): Sample[] {
  const table = new Table(source);
  const own = isOwnLayout(table);
  const column = own || target === "latency" ? target : "acc";
  table.require([column], target === "accuracy" ? t("It holds the measured accuracy in {0}.", UNIT[target]) : t("It holds the measured latency in {0}.", UNIT[target]));
  const layout = own ? new OwnLayout(table, space) : new PublishedLayout(table, space);
  const samples = table.rows.map((row) => ({
    stages: layout.stagesOf(row),
    value: measured(row, column, target),
    line: row.line,
  }));
  requirePercent(source, samples, column, target);
  return samples;
}

function measured(row: Row, column: string, target: Target): number {
  const value = row.number(column);
  const possible = target === "accuracy" ? value >= 0 && value <= 100 : value > 0;
  if (possible) return value;
  throw row.error(column, {
    what: target === "accuracy" ? t("this cannot be an accuracy") : t("this cannot be a latency"),
    found: row.text(column),
    expected: target === "accuracy" ? t("0 to 100 (%)") : t("more than 0 (ms)"),
  });
}

/** 0.755 for 75.5 % would fit without complaint, and mean nothing. */
function requirePercent(source: Source, samples: readonly Sample[], column: string, target: Target): void {
  if (target !== "accuracy" || samples.some(({ value }) => value > 1)) return;
  throw new InputError({
    what: t("no accuracy is above 1: these are fractions, not percentages"),
    file: source.name,
    line: samples[0]!.line,
    field: columnName(column),
    found: String(samples[0]!.value),
    expected: t("percentages, e.g. 75.5"),
    next: t("Multiply the column by 100."),
  });
}

/**
 * Samples in this project's own layout: one line each, every block in its place.
 * @throws RangeError for an architecture with more blocks in a stage than the space has
 */
export function samplesText(samples: readonly Pick<Sample, "stages" | "value">[], space: Space, target: Target): string {
  const lines = samples.map(({ stages, value }) => {
    const cells = space.stages.flatMap((stage, s) => {
      const blocks = stages[s]?.blocks ?? [];
      const depth = stage.depth.at(-1)!;
      if (blocks.length > depth) throw new RangeError(`stage ${stage.width} has ${blocks.length} blocks, the space at most ${depth}`);
      return Array.from({ length: depth }, (_, b) => [blocks[b]?.expand ?? "", blocks[b]?.kernel ?? ""]).flat();
    });
    return [...cells, value].join(",");
  });
  return [[...ownColumns(space), target].join(","), ...lines, ""].join("\n");
}
