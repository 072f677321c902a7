import { ArchitectureConfigSchema } from "../../shared/architecture.js";
import type { Path } from "../../shared/files/index.js";
import { issuesOf, type Issue } from "../../shared/files/validate.js";
import { t } from "../../shared/l10n.js";
import { insertMember, removeMember, replaceValue } from "../edit/member.js";
import { memberOf, nodeAt, type TreeNode } from "../read/tree.js";
import type { EditorProblem, Fix, ProblemCode } from "../types.js";
import { letterDistance, nearestWords } from "../words.js";
import type { Context } from "../context.js";
import { fix, problem } from "./make.js";
import { fieldsAt, objectAt, unknownFields, type Unknown } from "./schema.js";
import { valuesFor } from "./values.js";

const CODES: Readonly<Record<Issue["kind"], ProblemCode>> = { missing: "missing-field", unknown: "unknown-field", type: "wrong-type", value: "wrong-value" };

/** What the schema of configs says: fields that are missing or unknown, values of a wrong kind. */
export function fieldProblems(context: Context): EditorProblem[] {
  const { root, value, failure } = context.document;
  if (root === null) return [];
  const issues = issuesOf(ArchitectureConfigSchema, value);
  // What is missing from a text that breaks off is still to come.
  const told = failure === null ? issues : issues.filter(({ kind }) => kind !== "missing");
  return [...told.map((issue) => issueProblem(context, issue)), ...unknownFields(root).map((one) => unknownProblem(context, one))];
}

function issueProblem(context: Context, { path, kind, problem: words }: Issue): EditorProblem {
  const { root } = context.document;
  const node = nodeAt(root, path);
  const key = String(path[path.length - 1] ?? "");
  const span = kind === "missing" || node === undefined ? placeOfParent(context, path.slice(0, -1)) : node.span;
  const what = kind === "missing" ? t("the field {0} is missing", JSON.stringify(key)) : path.length === 0 ? words.what : `${key}: ${words.what}`;
  const fixes = kind === "missing" ? missingFixes(context, path) : node === undefined ? [] : valueFixes(context, path, node);
  return problem(CODES[kind], "error", { span, path }, { ...words, what }, [...fixes, dropFix(context, path)]);
}

/** The key that an object stands under, or its first sign: a whole stage underlined helps nobody. */
function placeOfParent({ document }: Context, path: Path): { start: number; end: number } {
  const key = document.keySpan(path);
  const { start, end } = document.span(path) ?? { start: 0, end: 0 };
  return key ?? { start, end: Math.min(end, start + 1) };
}

function missingFixes(context: Context, path: Path): (Fix | null)[] {
  const { document } = context;
  const parent = path.slice(0, -1);
  const object = objectAt(document.root, parent);
  const key = String(path[path.length - 1]);
  if (object === undefined || document.failure !== null) return [];
  return valuesFor(context, path).map(({ text, label }) => fix(t("Add {0}: {1}", key, label), insertMember(document.source.text, object, key, text, fieldsAt(parent), document.format)));
}

function valueFixes(context: Context, path: Path, node: TreeNode): (Fix | null)[] {
  const { document } = context;
  if (node.kind === "scalar" && typeof node.value === "string" && /^\s*-?\d+(\.\d+)?\s*$/.test(node.value)) {
    const number = Number(node.value);
    const asNumber = fix(t("Write {0} as a number", number), replaceValue(document.source.text, node, String(number)));
    if (fits(context, path, number)) return [asNumber];
  }
  return valuesFor(context, path).map(({ text, label }) => fix(t("Change to {0}", label), replaceValue(document.source.text, node, text)));
}

/** Whether a value at a path would be allowed by the schema. */
function fits({ document }: Context, path: Path, value: number): boolean {
  const issues = issuesOf(ArchitectureConfigSchema, withValue(document.value, path, value));
  return !issues.some((issue) => issue.path.length === path.length && issue.path.every((key, i) => key === path[i]));
}

/** A copy with another value at a path that it has. */
function withValue(of: unknown, [key, ...rest]: Path, value: number): unknown {
  if (key === undefined) return value;
  const old = of as Record<PropertyKey, unknown>;
  const next = withValue(old[key], rest, value);
  return Array.isArray(of) ? of.with(Number(key), next) : { ...old, [key]: next };
}

/** What a config can do without: predicted and measured values, provenance. */
const OPTIONAL = ["predicted", "measured", "provenance", "$schema"];

function dropFix({ document: { root, source, failure } }: Context, [first]: Path): Fix | null {
  const object = objectAt(root, []);
  const member = memberOf(root ?? undefined, String(first));
  if (object === undefined || member === undefined || failure !== null || !OPTIONAL.includes(member.key)) return null;
  return fix(t("Remove {0}", member.key), removeMember(source.text, object, member));
}

function unknownProblem({ document }: Context, { path, object, member }: Unknown): EditorProblem {
  const { source, failure, format } = document;
  const free = fieldsAt(path.slice(0, -1)).filter((key) => memberOf(object, key) === undefined);
  const meant = nearestWords(free, member.key)[0];
  const likely = meant !== undefined && letterDistance(meant, member.key) <= Math.max(1, Math.floor(meant.length / 3)) ? meant : undefined;
  const rename = likely === undefined ? null : fix(t("Rename to {0}", likely), { span: member.keySpan, newText: format === "json" ? JSON.stringify(likely) : likely });
  const remove = failure === null ? fix(t("Remove {0}", member.key), removeMember(source.text, object, member)) : null;
  const words = { what: t("the field {0} is unknown: nothing reads it", JSON.stringify(member.key.slice(0, 60))), expected: likely === undefined ? undefined : JSON.stringify(likely) };
  return problem("unknown-field", likely === undefined ? "information" : "warning", { span: member.keySpan, path }, words, [rename, remove]);
}

