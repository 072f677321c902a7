import { describeProblem } from "../../shared/errors.js";
import type { EditorProblem, Span } from "../types.js";
import type { ReadDocument } from "../read/document.js";

/** What the strict readers refuse the text for. */
export function syntaxProblems({ failure, source, wellFormed }: ReadDocument): EditorProblem[] {
  if (failure === null) return [];
  const { line = 1, column = 1, file: _, ...problem } = failure.problem;
  const start = offsetOf(source.text, line, column);
  return [{ code: wellFormed ? "unreadable" : "syntax", severity: "error", message: describeProblem(problem), span: tokenAt(source.text, start), path: [], fixes: [] }];
}

/** Offset of a 1-based line and column; lines end as placeOf has it. */
function offsetOf(text: string, line: number, column: number): number {
  const ends = /\r\n|\r|\n/g;
  for (let before = 1; before < line && ends.exec(text) !== null; before++);
  return Math.min(text.length, ends.lastIndex + column - 1);
}

/** The word or sign at an offset; where the text has ended, the last one. */
function tokenAt(text: string, offset: number): Span {
  const start = text.slice(offset).trim() === "" ? text.trimEnd().length - 1 : offset;
  const length = /^[^\s,:[\]{}]+/.exec(text.slice(Math.max(0, start), Math.max(0, start) + 60))?.[0].length ?? 1;
  return { start: Math.max(0, start), end: Math.min(text.length, Math.max(0, start) + length) };
}
