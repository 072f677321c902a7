import { createHash } from "node:crypto";
import type { Request } from "../shared/messages.js";

/** SHA-256 of a request, in hex, whatever the order of its keys. */
export function digestOf(request: Request): string {
  return sha256(JSON.stringify(request, sortKeys));
}

/** SHA-256 in hex. */
export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
