import * as v from "valibot";
import { InputError, type Problem } from "../errors.js";
import { t } from "../l10n.js";
import type { Source } from "../messages.js";
import { fieldName, type ParsedDocument, type Path } from "./document.js";

type AnySchema = v.GenericSchema<unknown, unknown>;

/**
 * Validates a parsed document.
 * @throws InputError for the first issue, naming file, line, column and field
 */
export function validate<S extends AnySchema>(schema: S, document: ParsedDocument, source: Source): v.InferOutput<S> {
  const result = v.safeParse(schema, document.value, { abortEarly: true });
  if (result.success) return result.output;
  const issue = result.issues[0];
  const path: Path = (issue.path ?? []).map((item) => item.key as PropertyKey);
  throw new InputError({
    file: source.name,
    ...(document.locate(path) ?? { line: 1 }),
    field: fieldName(path),
    ...describe(issue),
  });
}

/** What is wrong at a place of a document. */
export interface Issue {
  readonly path: Path;
  readonly kind: "missing" | "unknown" | "type" | "value";
  readonly problem: Pick<Problem, "what" | "found" | "expected" | "next">;
}

/** Everything that is wrong with a value, by the schema; the readers stop at the first. */
export function issuesOf(schema: AnySchema, value: unknown): Issue[] {
  const { issues = [] } = v.safeParse(schema, value);
  return issues.map((issue) => ({
    path: (issue.path ?? []).map((item) => item.key as PropertyKey),
    kind: kindOf(issue),
    problem: describe(issue),
  }));
}

function kindOf(issue: v.BaseIssue<unknown>): Issue["kind"] {
  if (issue.kind !== "schema") return "value";
  if (issue.expected === "never") return "unknown";
  if (issue.received === "undefined") return "missing";
  return issue.type === "literal" || issue.type === "picklist" ? "value" : "type";
}

/** valibot's words in ours. */
function describe(issue: v.BaseIssue<unknown>): Pick<Problem, "what" | "found" | "expected" | "next"> {
  if (issue.kind === "schema" && issue.expected === "never") {
    return { what: t("the field is unknown"), next: t("Remove it, or mend its name.") };
  }
  // valibot reports a missing key on the object's schema, with the key's name as what it expected.
  if (issue.received === "undefined") return { what: t("the field is missing") };
  if (issue.type === "check" || issue.type === "regex") {
    return { what: t("the value is not allowed"), found: received(issue), expected: issue.message };
  }
  const wrongType = issue.kind === "schema" && issue.type !== "literal" && issue.type !== "picklist";
  return {
    what: wrongType ? t("the value has a wrong type") : t("the value is not allowed"),
    found: received(issue),
    expected: isDefaultMessage(issue) ? (issue.expected ?? undefined)?.replace(/^\((.*)\)$/, "$1") : issue.message,
  };
}

function isDefaultMessage(issue: v.BaseIssue<unknown>): boolean {
  return issue.message.startsWith("Invalid ");
}

function received(issue: v.BaseIssue<unknown>): string {
  const { input } = issue;
  if (Array.isArray(input)) return input.length <= 16 && input.every((x) => typeof x === "number") ? `[${input.join(", ")}]` : t("a list");
  if (typeof input === "object" && input !== null) return t("an object");
  return issue.received.length > 60 ? `${issue.received.slice(0, 60)}…` : issue.received;
}
