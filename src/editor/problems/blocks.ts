import type { Block } from "../../engine/architecture.js";
import { oneOf } from "../words.js";
import { inputWidth } from "../../engine/space.js";
import { t } from "../../shared/l10n.js";
import type { Space, StageSpace } from "../../shared/space.js";
import { insertItems, removeItems } from "../edit/list.js";
import { replaceValue } from "../edit/member.js";
import { Renderer } from "../edit/render.js";
import { memberOf, numberOf, valueAt, type ListNode, type TreeNode } from "../read/tree.js";
import type { EditorProblem, Fix } from "../types.js";
import type { Context } from "../context.js";
import { fix, foundText, nearest, problem } from "./make.js";
import { depthText } from "./stages.js";

/** Depths, expand ratios and kernel sizes outside the space. */
export function blockProblems(context: Context): EditorProblem[] {
  const { space, alignment } = context;
  if (space === null || alignment === null) return [];
  return alignment.list.items.flatMap((node, index) => {
    const of = alignment.stages[index];
    const list = valueAt(node, "blocks");
    if (of === null || of === undefined || list?.kind !== "list") return [];
    const stage: Place = { space, stage: space.stages[of]!, index, of, node };
    return [...depthProblem(context, stage, list), ...list.items.flatMap((block, b) => geneProblems(context, stage, block, b))];
  });
}

interface Place {
  readonly space: Space;
  readonly stage: StageSpace;
  /** In the text. */
  readonly index: number;
  /** In the space. */
  readonly of: number;
  readonly node: TreeNode;
}

function depthProblem({ document }: Context, { stage, index, node }: Place, list: ListNode): EditorProblem[] {
  const found = list.items.length;
  if (stage.depth.includes(found)) return [];
  const words = { what: t("stage {0} has a depth outside the space", stage.width), found: found === 1 ? t("1 block") : t("{0} blocks", found), expected: depthText(stage.depth) };
  const span = memberOf(node, "blocks")?.keySpan ?? list.span;
  const fixes = document.failure === null ? nearest(stage.depth, found).map((depth) => depthFix(document, stage, list, depth)) : [];
  return [problem("depth", "error", { span, path: ["stages", index, "blocks"] }, words, fixes)];
}

function depthFix({ source: { text }, format }: Context["document"], stage: StageSpace, list: ListNode, depth: number): Fix | null {
  const { items } = list;
  const more = depth - items.length;
  if (more < 0) {
    const title = more === -1 ? t("Remove the last block") : t("Remove the last {0} blocks", -more);
    return fix(title, removeItems(text, list, [...items.keys()].slice(depth)));
  }
  const block = lastBlock(stage, items);
  const renderer = new Renderer(text, format);
  const title = more === 1 ? t("Add a block e{0} k{1}", block.expand, block.kernel) : t("Add {0} blocks e{1} k{2}", more, block.expand, block.kernel);
  return fix(title, insertItems(text, list, items.length, Array.from({ length: more }, () => renderer.block(block, items))));
}

/** What a block that is added repeats: the last one where it lies in the space, else the smallest. */
function lastBlock({ expand, kernel }: StageSpace, items: readonly TreeNode[]): Block {
  const last = items[items.length - 1];
  const choice = (choices: readonly number[], found: number | undefined) => (found !== undefined && choices.includes(found) ? found : choices[0]!);
  return { expand: choice(expand, numberOf(valueAt(last, "expand"))), kernel: choice(kernel, numberOf(valueAt(last, "kernel"))) };
}

function geneProblems({ document }: Context, { space, stage, index, of }: Place, block: TreeNode, b: number): EditorProblem[] {
  return (["expand", "kernel"] as const).flatMap((gene) => {
    const node = valueAt(block, gene);
    const found = numberOf(node);
    if (node === undefined || (found !== undefined && stage[gene].includes(found))) return [];
    const channels = b === 0 ? inputWidth(space, of) : stage.width;
    const words = {
      what: gene === "expand" ? t("stage {0}, block {1} ({2} channels in) has an expand ratio outside the space", stage.width, b + 1, channels) : t("stage {0}, block {1} ({2} channels in) has a kernel size outside the space", stage.width, b + 1, channels),
      found: foundText(node),
      expected: oneOf(stage[gene]),
    };
    const fixes = nearest(stage[gene], found ?? written(node)).map((choice) =>
      fix(gene === "expand" ? t("Change the expand ratio to {0}", choice) : t("Change the kernel size to {0}", choice), replaceValue(document.source.text, node, String(choice))),
    );
    return [problem(gene, "error", { span: node.span, path: ["stages", index, "blocks", b, gene] }, words, fixes)];
  });
}

/** The number that a string spells. */
function written(node: TreeNode): number | undefined {
  const value = node.kind === "scalar" && typeof node.value === "string" ? Number.parseFloat(node.value) : Number.NaN;
  return Number.isNaN(value) ? undefined : value;
}
