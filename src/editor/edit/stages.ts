import type { Block, Stage } from "../../engine/architecture.js";
import type { ReadDocument } from "../read/document.js";
import { nodeAt, numberOf, valueAt, type ListNode, type TreeNode } from "../read/tree.js";
import type { Edit } from "../types.js";
import { insertItems, removeItems } from "./list.js";
import { replaceValue } from "./member.js";
import { Renderer } from "./render.js";

/**
 * The fewest edits that make a text's stages those of an architecture of the same widths, formatted as they stand; null
 * where the text cannot be edited so (other stages, values written elsewhere).
 */
export function editsTo(document: Pick<ReadDocument, "root" | "source" | "format">, stages: readonly Stage[]): Edit[] | null {
  const list = nodeAt(document.root, ["stages"]);
  if (list?.kind !== "list" || list.items.length !== stages.length) return null;
  const edits = stages.map((stage, index) => (numberOf(valueAt(list.items[index], "width")) === stage.width ? blockEdits(document, list.items[index]!, stage.blocks) : null));
  return edits.every((some) => some !== null) ? edits.flat() : null;
}

/** Turns the blocks of one stage into others. */
export function blockEdits({ source: { text }, format }: Pick<ReadDocument, "source" | "format">, stage: TreeNode, blocks: readonly Block[]): Edit[] | null {
  const list = valueAt(stage, "blocks");
  if (list?.kind !== "list" || blocks.length === 0) return null;
  const { items } = list;
  const genes = items.slice(0, blocks.length).map((node, b) => geneEdits(text, node, blocks[b]!));
  if (genes.some((edits) => edits === null)) return null;
  const size = sizeEdits(text, new Renderer(text, format), list, blocks);
  return size === null ? null : [...(genes as Edit[][]).flat(), ...size];
}

function sizeEdits(text: string, renderer: Renderer, list: ListNode, blocks: readonly Block[]): Edit[] | null {
  const { items } = list;
  if (blocks.length === items.length) return [];
  if (blocks.length < items.length) return removeItems(text, list, [...items.keys()].slice(blocks.length));
  const edit = insertItems(text, list, items.length, blocks.slice(items.length).map((block) => renderer.block(block, items)));
  return edit === null ? null : [edit];
}

function geneEdits(text: string, node: TreeNode, block: Block): Edit[] | null {
  const edits: Edit[] = [];
  for (const gene of ["expand", "kernel"] as const) {
    const value = valueAt(node, gene);
    if (numberOf(value) === block[gene]) continue;
    const edit = value === undefined ? null : replaceValue(text, value, String(block[gene]));
    if (edit === null) return null;
    edits.push(edit);
  }
  return edits;
}
