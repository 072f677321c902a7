import type { Path } from "../../shared/files/index.js";
import type { Span } from "../types.js";

/** A value of a text with its place. What could not be read is left out, or null. */
export type TreeNode = ObjectNode | ListNode | ScalarNode;

interface Placed {
  readonly span: Span;
  /** Stands here as `*name`: its members have the alias's place, and are written elsewhere. */
  readonly alias: boolean;
}
export interface Member {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: TreeNode;
}
export interface ObjectNode extends Placed {
  readonly kind: "object";
  readonly members: readonly Member[];
  /** In braces; always in JSON. */
  readonly flow: boolean;
}
export interface ListNode extends Placed {
  readonly kind: "list";
  readonly items: readonly TreeNode[];
  /** In brackets; always in JSON. */
  readonly flow: boolean;
  /** Where the `-` of each item stands, of a list without brackets. */
  readonly dashes: readonly number[];
}
export interface ScalarNode extends Placed {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
}

/** The value of a member; undefined where there is none. The last of several, as JSON.parse has it. */
export function memberOf(node: TreeNode | undefined, key: string): Member | undefined {
  return node?.kind === "object" ? node.members.findLast((member) => member.key === key) : undefined;
}

export const valueAt = (node: TreeNode | undefined, key: string): TreeNode | undefined => memberOf(node, key)?.value;

export function nodeAt(root: TreeNode | null, path: Path): TreeNode | undefined {
  let node: TreeNode | undefined = root ?? undefined;
  for (const key of path) {
    node = node?.kind === "list" ? node.items[Number(key)] : valueAt(node, String(key));
    if (node === undefined) return undefined;
  }
  return node;
}

/** The number at a place; undefined for anything else. */
export function numberOf(node: TreeNode | undefined): number | undefined {
  return node?.kind === "scalar" && typeof node.value === "number" ? node.value : undefined;
}

/** As JSON.parse would have it, but for keys that reach a prototype, which are left out. */
export function plainValue(node: TreeNode | undefined): unknown {
  if (node === undefined) return undefined;
  if (node.kind === "scalar") return node.value;
  if (node.kind === "list") return node.items.map(plainValue);
  const members = node.members.filter(({ key }) => key !== "__proto__").map(({ key, value }) => [key, plainValue(value)] as const);
  return Object.fromEntries(members);
}

const holds = ({ start, end }: Span, offset: number): boolean => start <= offset && offset <= end;

/** Path of the deepest value or key at an offset. */
export function pathAt(root: TreeNode | null, offset: number): Path {
  const path: PropertyKey[] = [];
  let node = root;
  while (node !== null && holds(node.span, offset)) {
    const next: readonly [PropertyKey, TreeNode] | undefined = childAt(node, offset);
    if (next === undefined) break;
    path.push(next[0]);
    node = next[1];
  }
  return path;
}

function childAt(node: TreeNode, offset: number): readonly [PropertyKey, TreeNode] | undefined {
  if (node.kind === "scalar" || node.alias) return undefined;
  if (node.kind === "list") {
    const index = node.items.findIndex(({ span }) => holds(span, offset));
    return index < 0 ? undefined : [index, node.items[index]!];
  }
  const member = node.members.find(({ keySpan, value }) => holds({ start: keySpan.start, end: Math.max(keySpan.end, value.span.end) }, offset));
  return member === undefined ? undefined : [member.key, member.value];
}
