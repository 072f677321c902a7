import type { Architecture } from "../architecture.js";
import { t } from "../l10n.js";
import type { Space, StageSpace } from "../space.js";
import { choiceOf, oneOf, type Block } from "./choices.js";
import type { Row, Table } from "./table.js";

/** A column of this layout: `s24_b1_e`, the expand ratio of the first block of the stage of width 24. */
const COLUMN = /^s(\d+)_b(\d+)_([ek])$/;

/** Columns of every stage and block of a space, in order: `s24_b1_e, s24_b1_k, s24_b2_e, …`. */
export function ownColumns(space: Space): string[] {
  return space.stages.flatMap((stage) => blockColumns(stage).flatMap(({ e, k }) => [e, k]));
}

function blockColumns(stage: StageSpace): { e: string; k: string }[] {
  const depth = stage.depth.at(-1)!;
  return Array.from({ length: depth }, (_, b) => {
    const name = `s${stage.width}_b${b + 1}`;
    return { e: `${name}_e`, k: `${name}_k` };
  });
}

/** Whether a table is in this project's own layout, of whatever space. */
export function isOwnLayout(table: Table): boolean {
  return [...table.columns.keys()].some((column) => COLUMN.test(column));
}

/** This project's own layout: every block with its place; empty cells for absent blocks. */
export class OwnLayout {
  /** Columns of blocks that the space does not have. */
  private readonly strangers: readonly string[];

  /** @throws InputError naming the first column that is missing */
  constructor(
    table: Table,
    private readonly space: Space,
  ) {
    const known = ownColumns(space);
    table.require(known, t("Space {0} needs the columns {1} to {2}.", space.id, known[0]!, known.at(-1)!));
    this.strangers = [...table.columns.keys()].filter((column) => COLUMN.test(column) && !known.includes(column));
  }

  /** @throws InputError naming line and column of the first cell that is wrong */
  stagesOf(row: Row): Architecture["stages"] {
    for (const column of this.strangers) {
      if (row.text(column) === "") continue;
      throw row.error(column, {
        what: t("space {0} has no such block", this.space.id),
        found: row.text(column),
        expected: t("an empty cell"),
        next: t("Were the samples made with another space?"),
      });
    }
    return this.space.stages.map((stage) => ({ width: stage.width, blocks: readBlocks(row, stage) }));
  }
}

function readBlocks(row: Row, stage: StageSpace): Block[] {
  const blocks: Block[] = [];
  const columns = blockColumns(stage);
  for (const [b, { e, k }] of columns.entries()) {
    if (row.text(e) === "" && row.text(k) === "") continue;
    if (blocks.length < b) {
      throw row.error(columns[blocks.length]!.e, {
        what: t("the cell is empty, but a later block of the stage is there"),
        expected: oneOf(stage.expand),
      });
    }
    blocks.push({ expand: choiceOf(row, e, stage, "expand"), kernel: choiceOf(row, k, stage, "kernel") });
  }
  if (!stage.depth.includes(blocks.length)) {
    // The first block that is missing, or the first too many.
    const wanted = stage.depth.find((depth) => depth > blocks.length);
    const at = wanted === undefined ? blocks.length - 1 : blocks.length;
    throw row.error(columns[at]!.e, {
      what: t("the depth is outside the space"),
      found: t("{0} blocks", blocks.length),
      expected: t("{0} in stage {1}", oneOf(stage.depth), stage.width),
    });
  }
  return blocks;
}
