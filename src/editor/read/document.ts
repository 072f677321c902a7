import * as v from "valibot";
import { ArchitectureConfigSchema, ArchitectureSchema, type Architecture, type ArchitectureConfig } from "../../shared/architecture.js";
import { InputError } from "../../shared/errors.js";
import type { ConfigFormat, Path } from "../../shared/files/index.js";
import { parseJson } from "../../shared/files/json.js";
import { composeYaml, parseYaml } from "../../shared/files/yaml.js";
import { t } from "../../shared/l10n.js";
import type { Source } from "../../shared/source.js";
import type { ConfigDocument, Span } from "../types.js";
import { readJsonTree } from "./json.js";
import { memberOf, nodeAt, pathAt, plainValue, type TreeNode } from "./tree.js";
import { yamlTree } from "./yaml.js";

/** A config has some 2,000 characters. The strict readers take more, but this is read at every keystroke. */
const MAX_CHARACTERS = 128 * 1024;
/** The parsers take a time that grows with the square of the depth; brackets in strings and comments count here. */
const MAX_BRACKETS = 512;

/** Reads a config's text as far as it goes. Never throws for bad text. */
export function readDocument(source: Source): ReadDocument {
  return new ReadDocument(source);
}

export class ReadDocument implements ConfigDocument {
  readonly format: ConfigFormat;
  readonly root: TreeNode | null;
  /** What the strict reader refuses the text for. */
  readonly failure: InputError | null;
  /** By the grammar: what fails then is refused for its contents. */
  readonly wellFormed: boolean;
  /** The tree without its places. */
  readonly value: unknown;
  readonly config: ArchitectureConfig | null;
  readonly architecture: Architecture | null;
  readonly spaceId: string | null;

  constructor(readonly source: Source) {
    this.format = /\.ya?ml$/i.test(source.name) ? "yaml" : "json";
    const { root, failure, wellFormed } = readTree(source, this.format);
    this.root = root;
    this.failure = failure;
    this.wellFormed = wellFormed;
    this.value = plainValue(this.root ?? undefined);
    this.config = this.failure === null ? outputOf(v.safeParse(ArchitectureConfigSchema, this.value)) : null;
    this.architecture = this.config ?? outputOf(v.safeParse(ArchitectureSchema, this.value));
    const id = this.root?.kind === "object" ? nodeAt(this.root, ["space"]) : undefined;
    this.spaceId = id?.kind === "scalar" && typeof id.value === "string" ? id.value : null;
  }

  span(path: Path): Span | undefined {
    for (let length = path.length; length >= 0; length--) {
      const node = nodeAt(this.root, path.slice(0, length));
      if (node !== undefined) return node.span;
    }
    return undefined;
  }

  keySpan(path: Path): Span | undefined {
    return path.length === 0 ? undefined : memberOf(nodeAt(this.root, path.slice(0, -1)), String(path[path.length - 1]))?.keySpan;
  }

  pathAt(offset: number): Path {
    return pathAt(this.root, offset);
  }
}

function outputOf<T>(result: { success: true; output: T } | { success: false }): T | null {
  return result.success ? result.output : null;
}

/** What can be read of a text, and what the strict reader refuses it for. */
interface Read {
  readonly root: TreeNode | null;
  readonly failure: InputError | null;
  readonly wellFormed: boolean;
}

function readTree(source: Source, format: ConfigFormat): Read {
  if (isBeyond(source.text)) return { root: null, failure: beyondError(source), wellFormed: true };
  if (format === "json") return { ...readJsonTree(source.text), failure: failureOf(() => parseJson(source)) };
  let root: TreeNode | null = null;
  let wellFormed = true;
  const failure = failureOf(() => {
    const documents = composeYaml(source);
    root = yamlTree(documents);
    wellFormed = documents.every(({ errors }) => errors.length === 0);
    parseYaml(source, documents);
  });
  return { root, failure, wellFormed };
}

function failureOf(read: () => void): InputError | null {
  try {
    read();
    return null;
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

const isBeyond = (text: string): boolean => text.length > MAX_CHARACTERS || isTangled(text);

/** More brackets open at once, or more dashes in a row, than any config has. */
function isTangled(text: string): boolean {
  let open = 0;
  for (let i = 0; i < text.length && open <= MAX_BRACKETS; i++) {
    const sign = text[i]!;
    if (sign === "[" || sign === "{") open++;
    else if ((sign === "]" || sign === "}") && open > 0) open--;
  }
  return open > MAX_BRACKETS || /(?:[-?:]\s+){200}/.test(text);
}

function beyondError({ name, text }: Source): InputError {
  return text.length > MAX_CHARACTERS
    ? new InputError({ what: t("the file is too large for a config"), file: name, line: 1, found: t("{0} characters", text.length), expected: t("at most {0}", MAX_CHARACTERS) })
    : new InputError({ what: t("the values are nested too deeply for a config"), file: name, line: 1 });
}
