import { t } from "../../shared/l10n.js";
import { replaceValue, scalarText } from "../edit/member.js";
import { nodeAt, numberOf } from "../read/tree.js";
import type { EditorProblem } from "../types.js";
import { oneOf } from "../words.js";
import type { Context } from "../context.js";
import { fix, problem } from "./make.js";
import { likelySpaces } from "./values.js";

/** A space that nobody knows. */
export function spaceProblems(context: Context): EditorProblem[] {
  const { document, space, surroundings } = context;
  const node = nodeAt(document.root, ["space"]);
  if (space !== null || document.spaceId === null || node === undefined) return [];
  const known = [...surroundings.spaces.keys()];
  const words = {
    what: t("the search space is not known"),
    found: JSON.stringify(document.spaceId.slice(0, 60)),
    expected: known.length === 0 ? undefined : oneOf(known.map((id) => JSON.stringify(id))),
    next: t("A space of your own is a *.space.json file in the workspace."),
  };
  const fixes = likelySpaces(context).map((id) => fix(t("Change the space to {0}", id), replaceValue(document.source.text, node, scalarText(id, document.format))));
  return [problem("unknown-space", "error", { span: node.span, path: ["space"] }, words, fixes)];
}

/** Chosen predictors that say nothing about this config: of another space, or of another resolution. */
export function predictorProblems(context: Context): EditorProblem[] {
  return [...otherSpace(context), ...otherResolution(context)];
}

function otherSpace({ document, space, surroundings: { accuracy, latency } }: Context): EditorProblem[] {
  const node = nodeAt(document.root, ["space"]);
  const others = [...new Set([accuracy, latency].flatMap((file) => (file === null || file.space === space?.id ? [] : [file.space])))];
  if (space === null || node === undefined || others.length === 0) return [];
  const words = {
    what: t("the chosen predictors are for another search space"),
    found: oneOf(others.map((id) => JSON.stringify(id))),
    expected: JSON.stringify(space.id),
    next: t("Choose predictors of this space; until then nothing can be predicted."),
  };
  return [problem("predictors-space", "warning", { span: node.span, path: ["space"] }, words)];
}

function otherResolution({ document, space, surroundings: { accuracy, latency } }: Context): EditorProblem[] {
  const node = nodeAt(document.root, ["resolution"]);
  const found = numberOf(node);
  const files = [accuracy, latency].filter((file) => file !== null && file.space === space?.id).map((file) => file!.resolution);
  const expected = [...new Set(files)];
  if (node === undefined || found === undefined || expected.every((one) => one === found)) return [];
  const words = {
    what: t("the chosen predictors are for another resolution"),
    found: `${found} px`,
    expected: expected.length === 1 ? `${expected[0]!} px` : t("{0} px for accuracy and {1} px for latency", expected[0]!, expected[1]!),
    next: t("Choose predictors of this resolution, or change it; until then nothing can be predicted."),
  };
  const fixes = expected.length > 1 ? [] : expected.map((px) => fix(t("Change the resolution to {0} px", px), replaceValue(document.source.text, node, String(px))));
  return [problem("resolution", "warning", { span: node.span, path: ["resolution"] }, words, fixes)];
}
