import { InputError, type Problem } from "../errors.js";
import type { Source } from "../messages.js";
import { fieldName, type ParsedDocument, type Path, type Place } from "./document.js";
import { parseJson } from "./json.js";
import { parseYaml } from "./yaml.js";

/** Parses a source by its name: YAML where it ends in .yaml or .yml, strict JSON otherwise. @throws InputError */
export function parseSource(source: Source): ParsedDocument {
  return /\.ya?ml$/i.test(source.name) ? parseYaml(source) : parseJson(source);
}

/** Place of the value at `path` in a source, or of its nearest ancestor; undefined where the source does not parse. */
export function locate(source: Source, path: Path): Place | undefined {
  try {
    return parseSource(source).locate(path);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** The InputError for something wrong at `path` of a source: adds file, line, column and field. */
export function inputErrorAt(
  source: Source,
  path: Path,
  problem: Pick<Problem, "what" | "found" | "expected" | "next">,
): InputError {
  return new InputError({ file: source.name, ...locate(source, path), field: fieldName(path), ...problem });
}
