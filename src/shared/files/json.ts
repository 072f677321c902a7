import { findNodeAtLocation, parseTree, visit, type JSONPath, type ParseErrorCode } from "jsonc-parser/lib/esm/main.js";
import type { Source } from "../messages.js";
import { t } from "../l10n.js";
import {
  errorAt,
  placeOf,
  requireDepth,
  requireFinite,
  requireKey,
  requireSize,
  shown,
  type ParsedDocument,
  type Path,
  type Place,
} from "./document.js";

const MAX_CHARACTERS = 64 * 1024 * 1024;

/** By jsonc-parser's error code, from 1; a function, so that they are in the language of the moment. */
const syntaxTexts = () => [
  "",
  t("this is not JSON"),
  t("this is not a number"),
  t("the name of a field is missing"),
  t("a value is missing"),
  t("a colon is missing"),
  t("a comma is missing"),
  t("a closing brace is missing"),
  t("a closing bracket is missing"),
  t("there is something after the end"),
  t("comments are not allowed in JSON"),
  t("a comment does not end"),
  t("a string does not end"),
  t("a number does not end"),
  t("a \\u escape is not four hexadecimal digits"),
  t("an escape sequence is unknown"),
  t("a string contains a control character"),
];

/**
 * Parses strict JSON: no comments, no trailing commas, no duplicate keys, no keys that reach a
 * prototype, finite numbers, at most 64 levels and 64 M characters.
 * @throws InputError naming file, line and column
 */
export function parseJson(source: Source): ParsedDocument {
  requireSize(source, MAX_CHARACTERS);
  // A byte-order mark becomes a space, so that offsets stay true.
  const text = source.text.replace(/^\uFEFF/, " ");
  const value = buildValue(source, text);
  return { value, locate: (path) => locateIn(text, path) };
}

function buildValue(source: Source, text: string): unknown {
  const root: { value?: unknown } = {};
  const open: (Record<string, unknown> | unknown[])[] = [];
  const path: (string | number)[] = [];
  const place = (value: unknown): void => {
    const parent = open.at(-1);
    const key = path.at(-1);
    if (parent === undefined) root.value = value;
    else if (Array.isArray(parent)) parent.push(value);
    else parent[key as string] = value;
  };
  // Keeps `path` at the value being read: an array's index before each item, an object's key from onObjectProperty.
  const enter = (): void => {
    const parent = open.at(-1);
    if (Array.isArray(parent)) path[open.length - 1] = parent.length;
  };
  const begin = (container: Record<string, unknown> | unknown[], offset: number): void => {
    enter();
    // Thrown before the parser descends: its recursion stays as shallow as ours.
    requireDepth(source, offset, open.length + 1);
    place(container);
    open.push(container);
  };
  const end = (): void => {
    open.pop();
    path.length = open.length;
  };
  visit(
    text,
    {
      onObjectBegin: (offset) => begin({}, offset),
      onArrayBegin: (offset) => begin([], offset),
      onObjectEnd: end,
      onArrayEnd: end,
      onObjectProperty: (key, offset) => {
        requireKey(source, offset, key, path.slice(0, open.length - 1), open.at(-1)!);
        path[open.length - 1] = key;
      },
      onLiteralValue: (value: unknown, offset) => {
        enter();
        requireFinite(source, offset, value, path);
        place(value);
      },
      onError: (code, offset, length) => {
        throw syntaxError(source, text, code, offset, length);
      },
    },
    { disallowComments: true, allowTrailingComma: false },
  );
  return root.value;
}

function syntaxError(source: Source, text: string, code: ParseErrorCode, offset: number, length: number): Error {
  const token = text.slice(offset, offset + Math.max(1, length));
  return errorAt(source, offset, {
    what: text.trim() === "" ? t("the file is empty") : (syntaxTexts()[code] ?? t("this is not JSON")),
    found: token.trim() === "" ? (offset >= text.trimEnd().length ? t("the end of the file") : undefined) : shown(token, 30),
    expected: "JSON",
  });
}

function locateIn(text: string, path: Path): Place | undefined {
  const tree = parseTree(text);
  if (tree === undefined) return undefined;
  for (let length = path.length; length >= 0; length--) {
    const node = findNodeAtLocation(tree, path.slice(0, length) as JSONPath);
    if (node !== undefined) return placeOf(text, node.offset);
  }
  return undefined;
}
