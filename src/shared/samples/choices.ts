import { t } from "../l10n.js";
import type { StageSpace } from "../space.js";
import type { Row } from "./table.js";

/** One block of an architecture. */
export interface Block {
  expand: number;
  kernel: number;
}

type Choice = "depth" | "expand" | "kernel";

/** Choices as a message lists them: `2, 3 or 4`. */
export function oneOf(choices: readonly number[]): string {
  return choices.length < 2 ? choices.join("") : t("{0} or {1}", choices.slice(0, -1).join(", "), choices.at(-1)!);
}

function outside(choice: Choice): string {
  if (choice === "expand") return t("the expand ratio is outside the space");
  return choice === "kernel" ? t("the kernel size is outside the space") : t("the depth is outside the space");
}

/** A number of a row that is one of a stage's choices. @throws InputError naming line and column */
export function choiceOf(row: Row, column: string, stage: StageSpace, choice: Choice): number {
  const value = row.number(column);
  requireChoice(row, column, stage, choice, value);
  return value;
}

/** @throws InputError when `value` is none of a stage's choices */
export function requireChoice(row: Row, column: string, stage: StageSpace, choice: Choice, value: number): void {
  if (stage[choice].includes(value)) return;
  throw row.error(column, {
    what: outside(choice),
    found: String(value),
    expected: t("{0} in stage {1}", oneOf(stage[choice]), stage.width),
    next: t("Were the samples made with another space?"),
  });
}
