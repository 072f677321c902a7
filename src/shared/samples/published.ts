import type { Architecture } from "../architecture.js";
import { t } from "../l10n.js";
import type { Space, StageSpace } from "../space.js";
import { choiceOf, requireChoice, type Block } from "./choices.js";
import type { Row, Table } from "./table.js";

/**
 * The layout of the published samples (Liu et al., ICCV Workshops 2021): counts, sums and means by
 * stage, the transition block one-hot, the other blocks as counts. The order of the other blocks is
 * not in it; they come back by rising expand ratio, then kernel size.
 */
export class PublishedLayout {
  private readonly stages: readonly StageColumns[];
  /** Columns of blocks that the space does not have. */
  private readonly strangers: readonly { column: string; width: number; expand: number; kernel: number }[];

  /** @throws InputError naming the first column that is missing */
  constructor(
    table: Table,
    private readonly space: Space,
  ) {
    this.stages = space.stages.map((stage, i) => stageColumns(stage, i === 0 ? space.first.width : space.stages[i - 1]!.width));
    table.require(
      this.stages.flatMap(({ first, others }) => [...first, ...others].map(({ column }) => column)),
      t("Without the columns of every kind of block an architecture cannot be rebuilt from this layout; use the published file as it is, or this project's own layout (s24_b1_e, s24_b1_k, …)."),
    );
    table.require(this.stages.flatMap(({ checks }) => Object.values(checks)), t("The columns are checked against each other; use the published file as it is."));
    const known = new Set(this.stages.flatMap(({ first, others }) => [...first, ...others].map(({ column }) => column)));
    this.strangers = [...table.columns.keys()].flatMap((column) => {
      const match = /^(?:mbcv|se)_e([\d.]+)_k(\d+)_(\d+)(?:_I)?$/.exec(column);
      if (match === null || known.has(column)) return [];
      return [{ column, expand: Number(match[1]), kernel: Number(match[2]), width: Number(match[3]) }];
    });
  }

  /** @throws InputError naming line and column of the first cell that is wrong or disagrees with the others */
  stagesOf(row: Row): Architecture["stages"] {
    for (const stranger of this.strangers) this.requireAbsent(row, stranger);
    return this.stages.map((columns) => ({ width: columns.stage.width, blocks: readBlocks(row, columns) }));
  }

  private requireAbsent(row: Row, { column, width, expand, kernel }: PublishedLayout["strangers"][number]): void {
    if (row.number(column) === 0) return;
    const stage = this.space.stages.find((s) => s.width === width);
    if (stage !== undefined) {
      requireChoice(row, column, stage, "expand", expand);
      requireChoice(row, column, stage, "kernel", kernel);
    }
    throw row.error(column, {
      what: t("the block is outside the space"),
      found: row.text(column),
      expected: "0",
      next: t("Were the samples made with another space?"),
    });
  }
}

interface BlockColumn extends Block {
  column: string;
}
interface StageColumns {
  stage: StageSpace;
  /** One-hot of the transition block, by rising expand ratio, then kernel size. */
  first: readonly BlockColumn[];
  /** Counts over the other blocks, in the same order. */
  others: readonly BlockColumn[];
  checks: Record<"depth" | "sumE" | "meanE" | "sumK" | "meanK" | "firstE" | "firstK", string>;
}

function stageColumns(stage: StageSpace, input: number): StageColumns {
  const { width } = stage;
  const kind = stage.squeezeExcite ? "se" : "mbcv";
  const columns = (suffix: string): BlockColumn[] =>
    stage.expand.flatMap((expand) =>
      stage.kernel.map((kernel) => ({ expand, kernel, column: `${kind}_e${expand}_k${kernel}_${width}${suffix}` })),
    );
  const checks = {
    depth: `tot_${width}`,
    firstE: `tot_e_${input}_${width}`,
    firstK: `tot_k_${input}_${width}`,
    sumE: `tot_e_${width}`,
    meanE: `avg_e_${width}`,
    sumK: `tot_k_${width}`,
    meanK: `avg_k_${width}`,
  };
  return { stage, first: columns(""), others: columns("_I"), checks };
}

function readBlocks(row: Row, { stage, first, others, checks }: StageColumns): Block[] {
  const depth = choiceOf(row, checks.depth, stage, "depth");
  choiceOf(row, checks.firstE, stage, "expand");
  choiceOf(row, checks.firstK, stage, "kernel");
  const transition = countedBlocks(row, first, 1, t("one transition block"));
  const rest = countedBlocks(row, others, depth - 1, t("{0} other blocks, as {1} says", depth - 1, checks.depth));
  const { expand, kernel } = transition[0]!;
  const byTransition = (value: number) => t("{0} by the transition block's columns", value);
  requireEqual(row, checks.firstE, expand, byTransition);
  requireEqual(row, checks.firstK, kernel, byTransition);
  const sum = (of: "expand" | "kernel") => rest.reduce((total, block) => total + block[of], 0);
  const byOthers = (value: number) => t("{0} by the columns of the other blocks", value);
  requireEqual(row, checks.sumE, sum("expand"), byOthers);
  requireEqual(row, checks.sumK, sum("kernel"), byOthers);
  // Without other blocks there is no mean to compare.
  if (rest.length > 0) {
    requireEqual(row, checks.meanE, sum("expand") / rest.length, (value) => t("{0} by {1} and {2}", value, checks.sumE, checks.depth));
    requireEqual(row, checks.meanK, sum("kernel") / rest.length, (value) => t("{0} by {1} and {2}", value, checks.sumK, checks.depth));
  }
  return [...transition, ...rest];
}

/** The blocks that a row's counts add up to; `total` of them. */
function countedBlocks(row: Row, columns: readonly BlockColumn[], total: number, expected: string): Block[] {
  const blocks: Block[] = [];
  for (const { column, expand, kernel } of columns) {
    const count = row.number(column);
    if (!Number.isInteger(count) || count < 0 || count > total) {
      throw row.error(column, { what: t("this is not a count of blocks"), found: row.text(column), expected: t("a whole number from {0} to {1}", 0, total) });
    }
    for (let i = 0; i < count; i++) blocks.push({ expand, kernel });
    if (blocks.length > total) {
      throw row.error(column, { what: t("the row disagrees with itself: too many blocks"), found: t("{0} so far", blocks.length), expected });
    }
  }
  if (blocks.length < total) {
    const { column } = columns[0]!;
    throw row.error(column, { what: t("the row disagrees with itself: too few blocks from this column on"), found: String(blocks.length), expected });
  }
  return blocks;
}

/** Files round means; a real disagreement is at least 1/7 of a choice's step. */
const TOLERANCE = 1e-3;

function requireEqual(row: Row, column: string, expected: number, by: (expected: number) => string): void {
  const found = row.number(column);
  if (Math.abs(found - expected) <= TOLERANCE) return;
  throw row.error(column, {
    what: t("the row disagrees with itself"),
    found: row.text(column),
    expected: by(Number(expected.toFixed(4))),
  });
}
