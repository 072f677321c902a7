import type { Edit, Span } from "../types.js";

/** A text after edits that do not overlap; of edits at one place, in the order given. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const sorted = edits.map((edit, order) => ({ ...edit, order })).sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || a.order - b.order);
  let result = "";
  let at = 0;
  for (const { span, newText } of sorted) {
    result += text.slice(at, span.start) + newText;
    at = span.end;
  }
  return result + text.slice(at);
}

export const sliceOf = (text: string, { start, end }: Span): string => text.slice(start, end);
export const insertion = (at: number, newText: string): Edit => ({ span: { start: at, end: at }, newText });
export const deletion = (start: number, end: number): Edit => ({ span: { start, end }, newText: "" });

export function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !isBreak(text, start - 1)) start--;
  return start;
}

/** Before the line break. */
export function lineEnd(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && !isBreak(text, end)) end++;
  return end;
}

/** Deletes whole lines, from the start of one to the end of that of `last`, with a line break: the one after, at the end of a text the one before. */
export function deleteLines(text: string, start: number, last: number): Edit {
  const end = lineEnd(text, last);
  const after = breakAt(text, end);
  if (after > 0 || start === 0) return deletion(start, end + after);
  return deletion(start - (text.startsWith("\r\n", start - 2) ? 2 : 1), end);
}

const breakAt = (text: string, at: number): number => (text.startsWith("\r\n", at) ? 2 : at < text.length ? 1 : 0);

/** The line break that a text uses. */
export const lineBreak = (text: string): string => /\r\n|\r|\n/.exec(text)?.[0] ?? "\n";

/** Blanks that stand for everything before an offset in its line: what is written there stands in the same column. */
export const columnOf = (text: string, offset: number): string => " ".repeat(offset - lineStart(text, offset));

/** The white space right before an offset. */
export const blanksBefore = (text: string, offset: number): string => /\s*$/.exec(text.slice(Math.max(0, offset - 200), offset))![0];

const isBreak = (text: string, at: number): boolean => text[at] === "\n" || text[at] === "\r";
