import type { Block, Stage } from "../../engine/architecture.js";
import type { ConfigFormat } from "../../shared/files/index.js";
import { valueAt, type ListNode, type TreeNode } from "../read/tree.js";
import type { Edit, Span } from "../types.js";
import { beforeItem } from "./list.js";
import { applyEdits, deletion, insertion, sliceOf } from "./text.js";

/** New blocks and stages, written as their neighbours in the same list are. */
export class Renderer {
  constructor(
    private readonly text: string,
    private readonly format: ConfigFormat,
  ) {}

  /** @param siblings of the list it is for: the first that is written plainly is the pattern */
  block(block: Block, siblings: readonly TreeNode[]): string {
    const pattern = siblings.find((node) => this.isBlock(node));
    return pattern === undefined ? this.plainBlock(block) : applyEdits(sliceOf(this.text, pattern.span), this.genes(pattern, block).map((edit) => moved(edit, pattern.span)));
  }

  stage(stage: Stage, siblings: readonly TreeNode[]): string {
    const pattern = siblings.find((node) => this.isStage(node));
    if (pattern === undefined) {
      const [width, blocks] = this.format === "json" ? ['"width"', '"blocks"'] : ["width", "blocks"];
      return `{ ${width}: ${stage.width}, ${blocks}: [${stage.blocks.map((block) => this.plainBlock(block)).join(", ")}] }`;
    }
    const list = valueAt(pattern, "blocks") as ListNode;
    const edits = [{ span: valueAt(pattern, "width")!.span, newText: String(stage.width) }, ...this.blocks(list, stage.blocks)];
    return applyEdits(sliceOf(this.text, pattern.span), edits.map((edit) => moved(edit, pattern.span)));
  }

  /** Turns the blocks of a pattern into others. */
  private blocks(list: ListNode, blocks: readonly Block[]): Edit[] {
    const { items } = list;
    const kept = items.slice(0, blocks.length);
    const genes = kept.flatMap((node, b) => this.genes(node, blocks[b]!));
    const [last, end] = [kept[kept.length - 1]!.span.end, items[items.length - 1]!.span.end];
    if (kept.length < items.length) return [...genes, deletion(last, end)];
    const more = blocks.slice(items.length).map((block) => beforeItem(this.text, list) + this.block(block, items));
    return more.length === 0 ? genes : [...genes, insertion(end, more.join(""))];
  }

  private genes(pattern: TreeNode, block: Block): Edit[] {
    return (["expand", "kernel"] as const).map((gene) => ({ span: valueAt(pattern, gene)!.span, newText: String(block[gene]) }));
  }

  private plainBlock({ expand, kernel }: Block): string {
    return this.format === "json" ? `{ "expand": ${expand}, "kernel": ${kernel} }` : `{ expand: ${expand}, kernel: ${kernel} }`;
  }

  /** Its two fields and nothing else: neither comments nor anchors would be right a second time. */
  private isBlock(node: TreeNode): boolean {
    return this.isPlain(node, ["expand", "kernel"]) && (["expand", "kernel"] as const).every((gene) => isWritten(valueAt(node, gene)!));
  }

  private isStage(node: TreeNode): boolean {
    if (!this.isPlain(node, ["blocks", "width"]) || !isWritten(valueAt(node, "width")!)) return false;
    const list = valueAt(node, "blocks")!;
    return list.kind === "list" && list.items.length > 0 && list.items.every((block) => this.isBlock(block)) && (list.flow || list.dashes.length === list.items.length);
  }

  private isPlain(node: TreeNode, keys: readonly string[]): boolean {
    if (node.kind !== "object" || node.alias || /[#&*!]|\/\//.test(sliceOf(this.text, node.span))) return false;
    return node.members.map(({ key }) => key).sort().join() === keys.join();
  }
}

const isWritten = ({ kind, span }: TreeNode): boolean => kind === "scalar" && span.end > span.start;
const moved = ({ span, newText }: Edit, { start }: Span): Edit => ({ span: { start: span.start - start, end: span.end - start }, newText });
