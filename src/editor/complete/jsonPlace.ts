import { getLocation } from "jsonc-parser/lib/esm/main.js";
import type { Place } from "./place.js";

export function jsonPlace(text: string, offset: number): Place | null {
  const { path, previousNode, isAtPropertyKey } = getLocation(text, offset);
  const last = path[path.length - 1];
  if (isAtPropertyKey || last === undefined) return null;
  const isHere = previousNode !== undefined && previousNode.type !== "property" && previousNode.offset <= offset && offset <= previousNode.offset + previousNode.length;
  const span = isHere ? { start: previousNode.offset, end: previousNode.offset + previousNode.length } : { start: offset, end: offset };
  const lead = text[span.start - 1] === ":" ? " " : "";
  if (typeof last === "number") return isHere ? null : { kind: "item", path: path.slice(0, -1), index: last, span, lead: "" };
  return { kind: "value", path, index: 0, span, lead };
}
