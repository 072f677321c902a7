import type { ConfigFormat } from "../../shared/files/index.js";
import type { Member, ObjectNode, TreeNode } from "../read/tree.js";
import type { Edit } from "../types.js";
import { blanksBefore, columnOf, deleteLines, deletion, insertion, lineBreak, lineEnd, lineStart } from "./text.js";

/** A new value in the place of another; null for one that is written elsewhere. */
export function replaceValue(text: string, node: TreeNode, newText: string): Edit | null {
  if (node.alias) return null;
  const { span } = node;
  // A value that is not there yet needs its blank after the colon.
  const close = span.start === span.end && /[:-]/.test(text[span.start - 1] ?? "");
  return { span, newText: close ? ` ${newText}` : newText };
}

/** A name or a number as a format writes it. */
export const scalarText = (value: string | number, format: ConfigFormat): string => (format === "json" || (typeof value === "string" && !/^[A-Za-z][\w.-]*$/.test(value)) ? JSON.stringify(value) : String(value));

/**
 * Adds a field after the last of those that come before it in `order`.
 * @param value as it is to stand after the colon
 */
export function insertMember(text: string, object: ObjectNode, key: string, value: string, order: readonly string[], format: ConfigFormat): Edit | null {
  if (object.alias) return null;
  const { members, flow, span } = object;
  const written = `${format === "json" ? JSON.stringify(key) : key}:${/^[\r\n]/.test(value) ? "" : " "}${value}`;
  if (members.length === 0) return flow && text[span.end - 1] === "}" ? { span: { start: span.start + 1, end: span.end - 1 }, newText: ` ${written} ` } : null;
  const earlier = new Set(order.slice(0, order.indexOf(key)));
  const before = members.findLast((member) => earlier.has(member.key));
  const [first] = members as [Member];
  if (!flow) {
    const column = columnOf(text, first.keySpan.start);
    return before === undefined ? insertion(first.keySpan.start, `${written}${lineBreak(text)}${column}`) : insertion(lineEnd(text, endOf(before)), `${lineBreak(text)}${column}${written}`);
  }
  const gap = members.length === 1 ? blanksBefore(text, first.keySpan.start) : blanksBefore(text, members[1]!.keySpan.start);
  const apart = gap === "" ? " " : gap;
  return before === undefined ? insertion(first.keySpan.start, `${written},${apart}`) : insertion(endOf(before), `,${apart}${written}`);
}

/** Removes a field that is not the only one. */
export function removeMember(text: string, object: ObjectNode, member: Member): Edit | null {
  const { members, flow, alias } = object;
  const index = members.indexOf(member);
  if (alias || members.length < 2 || index < 0) return null;
  const next = members[index + 1];
  const { start } = member.keySpan;
  if (flow) return next === undefined ? deletion(endOf(members[index - 1]!), endOf(member)) : deletion(start, next.keySpan.start);
  const line = lineStart(text, start);
  if (text.slice(line, start).trim() !== "") return next === undefined ? null : deletion(start, next.keySpan.start);
  return deleteLines(text, line, endOf(member));
}

const endOf = ({ keySpan, value }: Member): number => Math.max(keySpan.end, value.span.end);
