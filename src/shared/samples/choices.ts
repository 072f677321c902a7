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
  return choices.length < 2 ? choices.join("") : `${choices.slice(0, -1).join(", ")} or ${choices.at(-1)}`;
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
  const name = choice === "expand" ? "expand ratio" : choice === "kernel" ? "kernel size" : "depth";
  throw row.error(column, {
    what: `the ${name} is outside the space`,
    found: String(value),
    expected: `${oneOf(stage[choice])} in stage ${stage.width}`,
    next: "Were the samples made with another space?",
  });
}
