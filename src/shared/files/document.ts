import { InputError, type Problem } from "../errors.js";
import { t } from "../l10n.js";
import type { Source } from "../messages.js";

/** Keys from the root of a document to a value, e.g. `["stages", 2, "blocks", 0, "expand"]`. */
export type Path = readonly PropertyKey[];

/** A place in a text; both 1-based. */
export interface Place {
  line: number;
  column: number;
}

/** A parsed text that still knows where its values stand. */
export interface ParsedDocument {
  value: unknown;
  /** Place of the value at `path`, or of its nearest ancestor where the text has no such value. */
  locate(path: Path): Place | undefined;
}

/** Deepest nesting of any file of ours is 6; more than this is no file of ours. */
export const MAX_DEPTH = 64;

/** Keys that would reach an object's prototype where somebody copies objects carelessly. */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** `stages[2].blocks[0].expand`; undefined for the root. Keys that are no identifiers are quoted. */
export function fieldName(path: Path): string | undefined {
  let name = "";
  for (const key of path) {
    if (typeof key === "number") name += `[${key}]`;
    else if (/^[A-Za-z_$][\w$]*$/.test(String(key))) name += name === "" ? String(key) : `.${String(key)}`;
    else name += `[${shown(String(key))}]`;
  }
  return name === "" ? undefined : name;
}

/** A piece of somebody's text as a message may quote it: one short line. */
export function shown(text: string, max = 60): string {
  return JSON.stringify(text.length > max ? `${text.slice(0, max)}…` : text);
}

/** Line and column of a character offset; `\n`, `\r\n` and `\r` end a line. */
export function placeOf(text: string, offset: number): Place {
  let line = 1;
  let start = 0;
  for (let i = 0; i < offset; i++) {
    const char = text.charCodeAt(i);
    if (char === 10 || (char === 13 && text.charCodeAt(i + 1) !== 10)) {
      line++;
      start = i + 1;
    }
  }
  return { line, column: offset - start + 1 };
}

/** An InputError at a character offset of a source. */
export function errorAt(source: Source, offset: number, problem: Omit<Problem, "file" | "line" | "column">): InputError {
  return new InputError({ file: source.name, ...placeOf(source.text, offset), ...problem });
}

/** @throws InputError when the text is longer than `limit` characters */
export function requireSize(source: Source, limit: number): void {
  if (source.text.length <= limit) return;
  throw new InputError({
    what: t("the file is too large"),
    file: source.name,
    line: 1,
    found: t("{0} characters", source.text.length),
    expected: t("at most {0}", limit),
  });
}

/** @throws InputError for a key that is refused or stands twice in the same object */
export function requireKey(source: Source, offset: number, key: string, path: Path, object: object): void {
  const field = fieldName([...path, key]);
  if (FORBIDDEN_KEYS.has(key)) {
    throw errorAt(source, offset, {
      what: t("the key {0} is not allowed", shown(key)),
      field,
      next: t("Rename or remove it."),
    });
  }
  if (Object.hasOwn(object, key)) {
    throw errorAt(source, offset, {
      what: t("the key {0} stands twice", shown(key)),
      field,
      next: t("Remove one of the two."),
    });
  }
}

/** @throws InputError for a number no finite double holds */
export function requireFinite(source: Source, offset: number, value: unknown, path: Path): void {
  if (typeof value !== "number" || Number.isFinite(value)) return;
  throw errorAt(source, offset, {
    what: t("the number is not finite"),
    field: fieldName(path),
    found: String(value),
    expected: t("a finite number"),
  });
}

/** @throws InputError when a collection at `path` is nested deeper than any file of ours */
export function requireDepth(source: Source, offset: number, depth: number): void {
  if (depth <= MAX_DEPTH) return;
  throw errorAt(source, offset, {
    what: t("the values are nested too deeply"),
    found: t("more than {0} levels", MAX_DEPTH),
    expected: t("at most {0}", MAX_DEPTH),
  });
}
