import { describeProblem, type Problem } from "../../shared/errors.js";
import type { Path } from "../../shared/files/index.js";
import { t } from "../../shared/l10n.js";
import type { TreeNode } from "../read/tree.js";
import type { Edit, EditorProblem, Fix, ProblemCode, Severity, Span } from "../types.js";

type Words = Pick<Problem, "what" | "found" | "expected" | "next">;

export function problem(code: ProblemCode, severity: Severity, at: { readonly span: Span; readonly path: Path }, words: Words, fixes: readonly (Fix | null)[] = []): EditorProblem {
  return { code, severity, message: describeProblem(words), span: at.span, path: at.path, fixes: oneFirst(fixes.filter((fix) => fix !== null)) };
}

/** A fix; null where its edits cannot be written. */
export function fix(title: string, edits: readonly (Edit | null)[] | Edit | null): Fix | null {
  const list = edits === null ? [null] : "span" in edits ? [edits] : edits;
  return list.every((edit) => edit !== null) && list.length > 0 ? { title, edits: list, preferred: false } : null;
}

/** The first fix is the preferred one. */
const oneFirst = (fixes: readonly Fix[]): Fix[] => fixes.map((one, index) => ({ ...one, preferred: index === 0 }));

/** A value as a message quotes it. */
export function foundText(node: TreeNode): string {
  if (node.kind !== "scalar") return node.kind === "list" ? t("a list") : t("an object");
  const text = JSON.stringify(node.value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** Numbers by their distance to one, the nearest first; of two equally near, the smaller. */
export function nearest(choices: readonly number[], to: number | undefined): number[] {
  return to === undefined ? [...choices] : [...choices].sort((a, b) => Math.abs(a - to) - Math.abs(b - to) || a - b);
}
