import { createScanner, parseTree, type Node as JsonNode, type ParseError } from "jsonc-parser/lib/esm/main.js";
import { MAX_DEPTH } from "../../shared/files/document.js";
import type { Member, TreeNode } from "./tree.js";

/** Of jsonc-parser's SyntaxKind, a const enum that isolated modules cannot read. */
const OPEN_BRACE = 1;
const CLOSE_BRACE = 2;
const OPEN_BRACKET = 3;
const CLOSE_BRACKET = 4;
const END = 17;

/** JSON as far as it goes. */
export interface JsonTree {
  /** Null where there is no value, or it is nested deeper than any file of ours. */
  readonly root: TreeNode | null;
  /** By the grammar of strict JSON. */
  readonly wellFormed: boolean;
}

export function readJsonTree(source: string): JsonTree {
  // A byte-order mark becomes a space, so that offsets stay true.
  const text = source.replace(/^\uFEFF/, " ");
  if (isDeep(text)) return { root: null, wellFormed: true };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: false, disallowComments: true });
  return { root: root === undefined ? null : nodeOf(root), wellFormed: errors.length === 0 };
}

/** The parser recurses; the tokens are counted first, without recursion. */
function isDeep(text: string): boolean {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (let token: number = scanner.scan(); token !== END; token = scanner.scan()) {
    if (token === OPEN_BRACE || token === OPEN_BRACKET) depth++;
    else if (token === CLOSE_BRACE || token === CLOSE_BRACKET) depth = Math.max(0, depth - 1);
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

function nodeOf(node: JsonNode): TreeNode {
  const place = { span: { start: node.offset, end: node.offset + node.length }, alias: false };
  const children = node.children ?? [];
  if (node.type === "object") return { kind: "object", flow: true, members: children.flatMap(membersOf), ...place };
  if (node.type === "array") return { kind: "list", flow: true, dashes: [], items: children.map(nodeOf), ...place };
  return { kind: "scalar", value: node.value as string | number | boolean | null, ...place };
}

/** None where the value is missing. */
function membersOf(property: JsonNode): Member[] {
  const [key, value] = property.children ?? [];
  if (key === undefined || value === undefined) return [];
  return [{ key: String(key.value), keySpan: { start: key.offset, end: key.offset + key.length }, value: nodeOf(value) }];
}
