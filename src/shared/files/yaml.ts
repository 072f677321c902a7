import { Composer, isAlias, isMap, isScalar, isSeq, Parser, type CST, type Document, type Node } from "yaml";
import { InputError } from "../errors.js";
import { t } from "../l10n.js";
import type { Source } from "../messages.js";
import {
  errorAt,
  fieldName,
  MAX_DEPTH,
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

/** A config has some 2,000 characters. */
const MAX_CHARACTERS = 1024 * 1024;
/** Enough to write a repeated block once; far too few for a bomb of aliases. */
const MAX_ALIASES = 100;

/**
 * Parses one YAML 1.2 document (core schema) under the same rules as JSON: no duplicate keys, no keys
 * that reach a prototype, string keys only, finite numbers, at most 64 levels, 1 M characters and 100 aliases.
 * @throws InputError naming file, line and column
 */
export function parseYaml(source: Source, documents: readonly Composed[] = composeYaml(source)): ParsedDocument {
  const { text } = source;
  const document = documents[0];
  const problem = documents.flatMap((d) => d.errors)[0];
  if (problem !== undefined) {
    throw errorAt(source, problem.pos[0], { what: t("this is not YAML: {0}", firstLine(problem.message)) });
  }
  if (document === undefined || document.contents === null || documents.length > 1) {
    throw new InputError({
      what: documents.length > 1 ? t("there are several documents") : t("the file is empty"),
      file: source.name,
      line: 1,
      expected: t("one YAML document"),
    });
  }
  const contents = document.contents as Node;
  const value = new ValueBuilder(source, document as Document).build(contents, []);
  return { value, locate: (path) => locateIn(text, contents, path) };
}

type Composed = Document.Parsed;

/**
 * Documents of a text with all their errors, as far as they go. They keep their tokens: an editor finds dashes there.
 * @throws InputError where the text is too large, or nested too deeply to be composed
 */
export function composeYaml(source: Source): Composed[] {
  requireSize(source, MAX_CHARACTERS);
  const { text } = source;
  const tokens = [...new Parser().parse(text)];
  requireShallow(source, tokens);
  return [...new Composer({ version: "1.2", schema: "core", uniqueKeys: false, keepSourceTokens: true }).compose(tokens, true, text.length)];
}

/** The composer recurses; the tokens are checked first, without recursion. */
function requireShallow(source: Source, tokens: readonly CST.Token[]): void {
  const stack: { token: CST.Token; depth: number }[] = [];
  const push = (token: CST.Token | null | undefined, depth: number): void => {
    if (token) stack.push({ token, depth });
  };
  for (const token of tokens) push(token, 0);
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { token, depth } = top;
    if (token.type === "document") push(token.value, depth);
    if (!("items" in token)) continue;
    if (depth >= MAX_DEPTH) requireDepth(source, token.offset, depth + 1);
    for (const item of token.items) {
      push(item.key, depth + 1);
      push("value" in item ? item.value : undefined, depth + 1);
    }
  }
}

class ValueBuilder {
  private aliases = 0;
  constructor(
    private readonly source: Source,
    private readonly document: Document,
  ) {}

  /** @param alias offset of the alias that led to `node` */
  build(node: unknown, path: Path, alias?: number): unknown {
    const offset = alias ?? offsetOf(node);
    if (isAlias(node)) {
      const target = ++this.aliases > MAX_ALIASES ? undefined : node.resolve(this.document);
      if (target === undefined) {
        const what = this.aliases > MAX_ALIASES ? t("there are more than {0} aliases", MAX_ALIASES) : t("no anchor stands before the alias");
        throw errorAt(this.source, offset, { what, field: fieldName(path), found: shown(`*${node.source}`) });
      }
      return this.build(target, path, offset);
    }
    // Also ends an alias to its own parent.
    requireDepth(this.source, offset, path.length);
    if (isMap(node)) {
      const object: Record<string, unknown> = {};
      for (const pair of node.items) {
        const key = this.key(pair.key, path, offset);
        requireKey(this.source, offsetOf(pair.key), key, path, object);
        object[key] = this.build(pair.value, [...path, key]);
      }
      return object;
    }
    if (isSeq(node)) return node.items.map((item, index) => this.build(item, [...path, index]));
    const value: unknown = isScalar(node) ? node.value : null;
    requireFinite(this.source, offset, value, path);
    return value;
  }

  private key(key: unknown, path: Path, parentOffset: number): string {
    if (isScalar(key) && typeof key.value === "string") return key.value;
    throw errorAt(this.source, offsetOf(key) || parentOffset, {
      what: t("a key is not a string"),
      field: fieldName(path),
      expected: t("the name of a field"),
    });
  }
}

function offsetOf(node: unknown): number {
  return (node as Node | null)?.range?.[0] ?? 0;
}

function firstLine(message: string): string {
  return message.split("\n", 1)[0]!.replace(/[.:]$/, "");
}

function locateIn(text: string, root: Node, path: Path): Place {
  let node: unknown = root;
  let offset = offsetOf(root);
  for (const key of path) {
    const child: unknown = isMap(node) ? node.get(String(key), true) : isSeq(node) ? node.items[Number(key)] : undefined;
    if (child === undefined || child === null) break;
    node = child;
    offset = offsetOf(child);
  }
  return placeOf(text, offset);
}
