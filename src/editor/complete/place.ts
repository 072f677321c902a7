import type { Path } from "../../shared/files/index.js";
import type { ReadDocument } from "../read/document.js";
import type { Span } from "../types.js";
import { jsonPlace } from "./jsonPlace.js";
import { yamlPlace } from "./yamlPlace.js";

/** What can be typed at an offset: a value at `path`, a new item of the list at `path`, a field of the object at `path`. */
export interface Place {
  readonly kind: "value" | "item" | "field";
  readonly path: Path;
  /** What is written there already. */
  readonly span: Span;
  /** Of an item: where it comes in the list. */
  readonly index: number;
  /** Goes before what is inserted: a value needs its blank after the colon. */
  readonly lead: string;
}

/** Null where nothing can be offered. */
export function placeAt(document: ReadDocument, offset: number): Place | null {
  if (document.root === null) return null;
  return document.format === "json" ? jsonPlace(document.source.text, offset) : yamlPlace(document.source.text, document.root, offset);
}
