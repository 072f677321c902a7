import type { Source } from "../messages.js";
import { SpaceSchema, type Space } from "../space.js";
import { parseJson } from "./json.js";
import { validate } from "./validate.js";

/**
 * Reads a search space (`*.space.json`).
 * @throws InputError naming file, line, column and field
 */
export function readSpace(source: Source): Space {
  return validate(SpaceSchema, parseJson(source), source);
}
