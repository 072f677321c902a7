import type { ListNode } from "../read/tree.js";
import type { Edit } from "../types.js";
import { blanksBefore, columnOf, deleteLines, deletion, insertion, lineBreak, lineEnd, lineStart } from "./text.js";

/** Removes items, at least one of which stays; null where that cannot be written without knowing more. */
export function removeItems(text: string, list: ListNode, indices: readonly number[]): Edit[] | null {
  if (list.alias || indices.length >= list.items.length) return null;
  const edits = runsOf(indices).map(([first, last]) => (list.flow ? removeFlow(list, first, last) : removeLines(text, list, first, last)));
  return edits.every((edit) => edit !== null) ? edits : null;
}

/** Neighbouring indices as [first, last]. */
function runsOf(indices: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const index of [...indices].sort((a, b) => a - b)) {
    const run = runs[runs.length - 1];
    if (run !== undefined && run[1] === index - 1) run[1] = index;
    else runs.push([index, index]);
  }
  return runs;
}

function removeFlow({ items }: ListNode, first: number, last: number): Edit {
  return last + 1 < items.length ? deletion(items[first]!.span.start, items[last + 1]!.span.start) : deletion(items[first - 1]!.span.end, items[last]!.span.end);
}

function removeLines(text: string, { items, dashes }: ListNode, first: number, last: number): Edit | null {
  const dash = dashes[first];
  if (dash === undefined) return null;
  const start = lineStart(text, dash);
  if (text.slice(start, dash).trim() !== "") return last + 1 < items.length ? deletion(dash, dashes[last + 1]!) : null;
  return deleteLines(text, start, items[last]!.span.end);
}

/** Inserts items before `index`, written as they stand; null where that cannot be written without knowing more. */
export function insertItems(text: string, list: ListNode, index: number, values: readonly string[]): Edit | null {
  if (list.alias) return null;
  if (!list.flow) return insertLines(text, list, index, values);
  const { items, span } = list;
  if (items.length === 0) return text[span.end - 1] === "]" ? { span: { start: span.start + 1, end: span.end - 1 }, newText: values.join(", ") } : null;
  const atEnd = index >= items.length;
  const gap = gapBefore(text, list, atEnd ? items.length - 1 : index);
  return atEnd
    ? insertion(items[items.length - 1]!.span.end, values.map((value) => `,${gap}${value}`).join(""))
    : insertion(items[index]!.span.start, values.map((value) => `${value},${gap}`).join(""));
}

/** What stands between a comma and an item. */
function gapBefore(text: string, { items }: ListNode, index: number): string {
  const gap = blanksBefore(text, items[index]!.span.start);
  return gap === "" && items.length === 1 ? " " : gap;
}

function insertLines(text: string, list: ListNode, index: number, values: readonly string[]): Edit | null {
  const { items, dashes } = list;
  if (items.length === 0 || dashes.length !== items.length) return null;
  if (index < items.length) return insertion(dashes[index]!, values.map((value) => `${dashOf(text, list)}${value}${lineBreak(text)}${columnOf(text, dashes[index]!)}`).join(""));
  return insertion(lineEnd(text, items[items.length - 1]!.span.end), values.map((value) => beforeItem(text, list) + value).join(""));
}

/** What stands before an item that comes right after another: a comma and a gap, or a line break and a dash. */
export function beforeItem(text: string, list: ListNode): string {
  if (list.flow) return `,${gapBefore(text, list, list.items.length - 1)}`;
  return lineBreak(text) + columnOf(text, list.dashes[0]!) + dashOf(text, list);
}

/** The dash of a list with the blanks after it. */
function dashOf(text: string, { items, dashes }: ListNode): string {
  const between = text.slice(dashes[0]!, items[0]!.span.start);
  return /^- +$/.test(between) ? between : "- ";
}
