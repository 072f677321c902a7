import type { Path } from "../../shared/files/index.js";
import { lineEnd, lineStart } from "../edit/text.js";
import { pathAt, type ListNode, type ObjectNode, type TreeNode } from "../read/tree.js";
import type { Place } from "./place.js";

/** By the line up to the offset: behind a colon, behind a dash, or where a name can begin. */
export function yamlPlace(text: string, root: TreeNode, offset: number): Place | null {
  const start = lineStart(text, offset);
  const before = text.slice(start, offset);
  if (/(^|\s)#/.test(before)) return null;
  return valuePlace(text, root, offset, before) ?? itemPlace(text, root, offset, before) ?? fieldPlace(text, root, offset, before);
}

/** What is written of a word on both sides of the offset. */
function wordAt(text: string, offset: number, left: string): Place["span"] {
  const right = /^[\w.-]*/.exec(text.slice(offset, lineEnd(text, offset)))![0];
  return { start: offset - left.length, end: offset + right.length };
}

function valuePlace(text: string, root: TreeNode, offset: number, before: string): Place | null {
  const found = /(["']?)([\w$]+)\1(:\s*)([\w.-]*)$/.exec(before);
  if (found === null || !/:\s|:$/.test(found[3]!) || (found[3] === ":" && found[4] !== "")) return null;
  const key = offset - before.length + found.index + found[1]!.length;
  const path = pathAt(root, key);
  return path[path.length - 1] === found[2] ? { kind: "value", path, index: 0, span: wordAt(text, offset, found[4]!), lead: found[3] === ":" ? " " : "" } : null;
}

function itemPlace(text: string, root: TreeNode, offset: number, before: string): Place | null {
  const found = /^(\s*(?:-\s+)*)-(\s*)([\w.-]*)$/.exec(before);
  if (found === null) return null;
  const dash = offset - before.length + found[1]!.length;
  const list = lists(root).find(({ node }) => node.dashes.includes(dash));
  if (list === undefined) return null;
  return { kind: "item", path: list.path, index: list.node.dashes.indexOf(dash), span: wordAt(text, offset, found[3]!), lead: found[2] === "" ? " " : "" };
}

function fieldPlace(text: string, root: TreeNode, offset: number, before: string): Place | null {
  const flow = /[{,]\s*([\w$]*)$/.exec(before);
  const column = /^((?:\s|-\s)*)([\w$]*)$/.exec(before);
  const written = (flow?.[1] ?? column?.[2])!;
  if (flow === null && column === null) return null;
  const path = flow === null ? objectOfColumn(text, root, offset, column![1]!.length) : flowObject(root, offset);
  return path === null ? null : { kind: "field", path, index: 0, span: wordAt(text, offset, written), lead: "" };
}

/** The object in braces around an offset. */
function flowObject(root: TreeNode, offset: number): Path | null {
  const around = objects(root).filter(({ node }) => node.flow && node.span.start < offset && offset <= node.span.end);
  return around[around.length - 1]?.path ?? null;
}

/**
 * The last object before an offset whose fields begin at a column, unless a field further out came after it: that has
 * ended it.
 */
function objectOfColumn(text: string, root: TreeNode, offset: number, column: number): Path | null {
  const before = objects(root).flatMap(({ node, path }) => {
    const keys = node.members.map(({ keySpan }) => keySpan.start).filter((start) => start < offset);
    if (node.flow || keys.length === 0) return [];
    return [{ path, column: keys[0]! - lineStart(text, keys[0]!), first: keys[0]!, last: keys[keys.length - 1]! }];
  });
  const found = before.findLast((one) => one.column === column);
  if (found === undefined || before.some((outer) => outer.column < column && outer.last > found.first)) return null;
  return found.path;
}

interface At<T> {
  readonly node: T;
  readonly path: Path;
}

/** In the order of the text, outer before inner. */
const objects = (root: TreeNode): At<ObjectNode>[] => all(root).flatMap(({ node, path }) => (node.kind === "object" && !node.alias ? [{ node, path }] : []));
const lists = (root: TreeNode): At<ListNode>[] => all(root).flatMap(({ node, path }) => (node.kind === "list" && !node.alias ? [{ node, path }] : []));

function all(node: TreeNode, path: Path = []): At<TreeNode>[] {
  const inside = node.kind === "list" ? node.items.flatMap((item, index) => all(item, [...path, index])) : node.kind === "object" ? node.members.flatMap(({ key, value }) => all(value, [...path, key])) : [];
  return [{ node, path }, ...inside];
}
