import { findNodeAtLocation, parseTree } from "jsonc-parser/lib/esm/main.js";
import { Document, isMap, isScalar, parseDocument, type Pair } from "yaml";
import type { ArchitectureConfig } from "../../shared/architecture.js";
import { InputError } from "../../shared/errors.js";
import { t } from "../../shared/l10n.js";
import type { Source } from "../../shared/source.js";

type Measured = NonNullable<ArchitectureConfig["measured"]>;

/** Replaces `length` characters at `offset`. */
export interface TextEdit {
  offset: number;
  length: number;
  text: string;
}

interface Layout {
  tabSize: number;
  insertSpaces: boolean;
  eol: string;
}

/** Fields that `measured` stands behind, where a config has them. */
const BEFORE = ["$schema", "version", "space", "resolution", "stages", "predicted"];

/**
 * The edits that put a measured latency into a config's text, and leave the rest of it as its writer laid it out.
 * @throws InputError where the text is no object or mapping
 */
export function measuredEdits(source: Source, measured: Measured, layout: Layout): TextEdit[] {
  return /\.ya?ml$/i.test(source.name) ? yamlEdits(source, measured, layout) : jsonEdits(source, measured, layout);
}

function jsonEdits({ name, text }: Source, measured: Measured, { tabSize, insertSpaces, eol }: Layout): TextEdit[] {
  const root = parseTree(text);
  const fields = root?.children ?? [];
  const first = fields[0];
  if (root?.type !== "object" || first === undefined) throw new InputError({ what: t("the config is no object"), file: name });
  // A field that begins its line shows how the others are indented; else all stand on one line.
  const indent = /(?:^|[\r\n])([ \t]*)$/.exec(text.slice(0, first.offset))?.[1];
  const written = indent === undefined ? JSON.stringify(measured) : JSON.stringify(measured, null, insertSpaces ? tabSize : "\t").replaceAll("\n", eol + indent);
  const existing = findNodeAtLocation(root, ["measured"]);
  if (existing !== undefined) return [{ offset: existing.offset, length: existing.length, text: written }];
  const before = fields.findLast(({ children }) => BEFORE.includes(String(children?.[0]?.value))) ?? fields.at(-1)!;
  return [{ offset: before.offset + before.length, length: 0, text: `,${indent === undefined ? " " : eol + indent}"measured": ${written}` }];
}

function yamlEdits({ name, text }: Source, measured: Measured, { eol }: Layout): TextEdit[] {
  const document = parseDocument(text);
  const root = document.contents;
  if (!isMap(root)) throw new InputError({ what: t("the config is no mapping"), file: name });
  if (root.flow === true) {
    document.set("measured", document.createNode(measured));
    return [{ offset: 0, length: text.length, text: document.toString({ lineWidth: 0 }) }];
  }
  const written = new Document({ measured }).toString({ lineWidth: 0 }).replaceAll("\n", eol);
  const pairs = root.items as Pair[];
  const at = pairs.findIndex(({ key }) => isScalar(key) && key.value === "measured");
  const startOf = (pair: Pair | undefined) => (isScalar(pair?.key) ? pair.key.range![0] : undefined);
  if (at >= 0) {
    const start = startOf(pairs[at])!;
    const end = endOf(pairs[at]!, text, start);
    return [{ offset: start, length: end - start, text: written.slice(0, text.slice(start, end).endsWith("\n") ? undefined : -eol.length) }];
  }
  const before = pairs.findLastIndex(({ key }) => isScalar(key) && BEFORE.includes(String(key.value)));
  const next = startOf(pairs[before + 1]);
  if (next !== undefined) return [{ offset: next, length: 0, text: written }];
  const end = root.range?.[1] ?? text.length;
  return [{ offset: end, length: 0, text: `${text.slice(0, end).endsWith("\n") ? "" : eol}${written}` }];
}

/** End of a field: of its last value, without the comments that follow. */
function endOf({ value }: Pair, text: string, start: number): number {
  const range = (value as { range?: readonly number[] } | null)?.range;
  return range?.[1] ?? text.indexOf("\n", start) + 1;
}
