import { isAlias, isMap, isScalar, isSeq, type Document, type Node, type Pair, type YAMLMap, type YAMLSeq } from "yaml";
import { MAX_DEPTH } from "../../shared/files/document.js";
import type { composeYaml } from "../../shared/files/yaml.js";
import type { Span } from "../types.js";
import type { ListNode, Member, ObjectNode, TreeNode } from "./tree.js";

/** As the strict reader has it. */
const MAX_ALIASES = 100;

/** The first YAML document of a text as far as it goes; null where there is no value. */
export function yamlTree(documents: ReturnType<typeof composeYaml>): TreeNode | null {
  const document = documents[0];
  if (document === undefined || document.contents === null) return null;
  return new TreeBuilder(document as Document).build(document.contents as Node, null, 0);
}

class TreeBuilder {
  private aliases = 0;
  constructor(private readonly document: Document) {}

  /** @param alias place of the alias that led here */
  build(node: unknown, alias: Span | null, depth: number): TreeNode {
    const own = spanOf(node);
    if (isAlias(node)) {
      const target = ++this.aliases > MAX_ALIASES || depth > MAX_DEPTH ? undefined : node.resolve(this.document);
      return target === undefined ? { kind: "scalar", value: null, span: alias ?? own, alias: true } : this.build(target, alias ?? own, depth + 1);
    }
    if (depth > MAX_DEPTH) return { kind: "scalar", value: null, span: alias ?? own, alias: alias !== null };
    if (isMap(node)) return this.object(node, alias, depth);
    if (isSeq(node)) return this.list(node, alias, depth);
    const value = isScalar(node) ? node.value : null;
    return { kind: "scalar", value: isPlain(value) ? value : null, span: alias ?? own, alias: alias !== null };
  }

  private object(map: YAMLMap, alias: Span | null, depth: number): ObjectNode {
    const members = map.items.flatMap((pair) => this.member(pair, alias, depth));
    const flow = map.flow === true;
    return { kind: "object", members, flow, alias: alias !== null, span: alias ?? ending(spanOf(map), flow, members.map(({ keySpan, value }) => Math.max(keySpan.end, value.span.end))) };
  }

  private list(seq: YAMLSeq, alias: Span | null, depth: number): ListNode {
    const items = seq.items.map((item) => this.build(item, alias, depth + 1));
    const flow = seq.flow === true;
    return { kind: "list", items, flow, dashes: flow ? [] : dashesOf(seq), alias: alias !== null, span: alias ?? ending(spanOf(seq), flow, items.map(({ span }) => span.end)) };
  }

  private member({ key, value }: Pair, alias: Span | null, depth: number): Member[] {
    if (!isScalar(key)) return [];
    const keySpan = alias ?? spanOf(key);
    const read = value === null ? { kind: "scalar" as const, value: null, span: { start: keySpan.end, end: keySpan.end }, alias: alias !== null } : this.build(value, alias, depth + 1);
    return [{ key: String(key.value), keySpan, value: read }];
  }
}

const isPlain = (value: unknown): value is string | number | boolean | null => value === null || ["string", "number", "boolean"].includes(typeof value);

function spanOf(node: unknown): Span {
  const range = (node as Node | null)?.range;
  return range ? { start: range[0], end: range[1] } : { start: 0, end: 0 };
}

/** A collection without brackets ends with its last member; the parser counts the line's end and comments to it. */
function ending({ start, end }: Span, flow: boolean, ends: readonly number[]): Span {
  return { start, end: flow || ends.length === 0 ? end : Math.max(start, ...ends) };
}

function dashesOf({ srcToken }: YAMLSeq): number[] {
  if (srcToken?.type !== "block-seq") return [];
  return srcToken.items.flatMap(({ start }) => start.filter(({ type }) => type === "seq-item-ind").map(({ offset }) => offset));
}
