import type { Path } from "../../shared/files/index.js";
import type { Context } from "../context.js";
import { nodeAt } from "../read/tree.js";
import type { HoverText, Span } from "../types.js";
import { blockText, GENES } from "./block.js";
import { budgetHover, predictedText, resolutionText, spaceText } from "./fields.js";
import { stageText } from "./stage.js";

/** What is to be said where the mouse rests; null for blanks, brackets of large things and fields that say enough themselves. */
export function hoverAt(context: Context, offset: number): HoverText | null {
  const { document } = context;
  const path = document.pathAt(offset);
  const span = placeAt(context, path, offset);
  const markdown = span === null ? null : textFor(context, path);
  return span === null || markdown === null || markdown === "" ? null : { markdown, span };
}

function textFor(context: Context, path: Path): string | null {
  const [first, index, third, block, gene] = path;
  if (first === "stages" && typeof index === "number") {
    const stage = context.alignment?.stages[index];
    if (stage === null || stage === undefined) return null;
    return typeof block === "number" ? blockText(context, stage, block, GENES.filter((name) => gene === undefined || name === gene)) : third === undefined ? null : stageText(context, stage);
  }
  switch (path.join(".")) {
    case "space":
      return spaceText(context);
    case "resolution":
      return resolutionText(context);
    case "provenance.budget":
    case "provenance.probability":
      return budgetHover(context);
    default:
      return first === "predicted" ? predictedText(context) : null;
  }
}

/** What the hover is about: a key with its value where that stands by itself, a block, a key of more. */
function placeAt({ document }: Context, path: Path, offset: number): Span | null {
  const node = nodeAt(document.root, path);
  const key = document.keySpan(path);
  if (node === undefined || path.length === 0) return null;
  const isBlock = path.length === 4 && path[0] === "stages" && path[2] === "blocks";
  if (node.kind === "scalar" || isBlock) return { start: key?.start ?? node.span.start, end: node.span.end };
  return key !== undefined && offset <= key.end ? key : null;
}
