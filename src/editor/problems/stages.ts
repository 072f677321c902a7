import type { Stage } from "../../engine/architecture.js";
import { oneOf } from "../words.js";
import { t } from "../../shared/l10n.js";
import type { Space, StageSpace } from "../../shared/space.js";
import { insertItems, removeItems } from "../edit/list.js";
import { replaceValue } from "../edit/member.js";
import { Renderer } from "../edit/render.js";
import { applyEdits, sliceOf } from "../edit/text.js";
import { memberOf, numberOf, valueAt } from "../read/tree.js";
import type { Edit, EditorProblem, Fix } from "../types.js";
import type { Alignment } from "../alignment.js";
import type { Context } from "../context.js";
import { fix, foundText, problem } from "./make.js";

/** The smallest choice everywhere. */
export function smallestStage({ width, depth, expand, kernel }: StageSpace): Stage {
  return { width, blocks: Array.from({ length: depth[0]! }, () => ({ expand: expand[0]!, kernel: kernel[0]! })) };
}

/** A wrong number of stages, and stages that are not those of the space. */
export function stageProblems(context: Context): EditorProblem[] {
  const { space, alignment } = context;
  if (space === null || alignment === null) return [];
  return [...countProblem(context, space, alignment), ...widthProblems(context, space, alignment)];
}

function countProblem({ document }: Context, space: Space, alignment: Alignment): EditorProblem[] {
  const { list, stages, missing } = alignment;
  const extra = [...stages.keys()].filter((index) => stages[index] === null);
  if (missing.length === 0 && extra.length === 0) return [];
  const span = memberOf(document.root ?? undefined, "stages")?.keySpan ?? list.span;
  const words = {
    what: t("the number of stages is not that of space {0}", space.id),
    found: t("{0} stages", list.items.length),
    expected: t("{0} stages of width {1}", space.stages.length, space.stages.map(({ width }) => width).join(", ")),
  };
  const fixes = document.failure === null ? [countFix(document, space, alignment, extra)] : [];
  return [problem("stage-count", "error", { span, path: ["stages"] }, words, fixes)];
}

function countFix(document: Context["document"], space: Space, { list, stages, missing }: Alignment, extra: readonly number[]): Fix | null {
  const { text } = document.source;
  const renderer = new Renderer(text, document.format);
  const places = new Map<number, number[]>();
  for (const index of missing) {
    const next = stages.findIndex((other) => other !== null && other > index);
    const at = next < 0 ? stages.length : next;
    places.set(at, [...(places.get(at) ?? []), index]);
  }
  const added = [...places].map(([at, some]) => insertItems(text, list, at, some.map((index) => renderer.stage(smallestStage(space.stages[index]!), list.items))));
  const removed = extra.length === 0 ? [] : removeItems(text, list, extra);
  const names = missing.map((index) => space.stages[index]!.width).join(", ");
  if (extra.length === 0) return fix(missing.length === 1 ? t("Add stage {0} with its smallest choices", names) : t("Add stages {0} with their smallest choices", names), added);
  if (missing.length > 0) return fix(t("Make the stages those of {0}", space.id), removed === null ? null : [...removed, ...added]);
  return fix(extra.length === 1 ? t("Remove the stage that is too much") : t("Remove the {0} stages that are too many", extra.length), removed);
}

function widthProblems({ document }: Context, space: Space, { list, stages }: Alignment): EditorProblem[] {
  const order = orderFix(document.source.text, space, list);
  return list.items.flatMap((stage, index) => {
    const expected = space.stages[stages[index] ?? -1];
    const node = valueAt(stage, "width");
    if (expected === undefined || node === undefined || numberOf(node) === expected.width) return [];
    const words = { what: t("stage {0} has another width than in space {1}", stages[index]! + 1, space.id), found: foundText(node), expected: String(expected.width) };
    const set = fix(t("Change the width to {0}", expected.width), replaceValue(document.source.text, node, String(expected.width)));
    return [problem("stage-width", "error", { span: node.span, path: ["stages", index, "width"] }, words, [document.failure === null ? order : null, set])];
  });
}

/** Where the stages are those of the space in another order. */
function orderFix(text: string, space: Space, list: Alignment["list"]): Fix | null {
  const widths = list.items.map((stage) => numberOf(valueAt(stage, "width")));
  const from = space.stages.map(({ width }) => widths.indexOf(width));
  if (widths.length !== from.length || new Set(from).size !== from.length || from.includes(-1) || list.items.some(({ alias }) => alias)) return null;
  const edits = list.items.flatMap(({ span }, index): Edit[] => (from[index] === index ? [] : [{ span, newText: sliceOf(text, list.items[from[index]!]!.span) }]));
  return applyEdits(text, edits) === text ? null : fix(t("Put the stages into the order of {0}", space.id), edits);
}

export const depthText = (depth: readonly number[]): string => t("{0} blocks", oneOf(depth));
