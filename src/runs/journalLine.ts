import { sha256 } from "./digest.js";

// A line is `{"sum":"<16 hex digits>","entry":<JSON>}` + newline. The sum covers the bytes of the entry alone and
// not the lines before it: lines of two writers (see journal.ts) stay good in any order.
const HEAD = '{"sum":"';
const MIDDLE = '","entry":';
const SUM_LENGTH = 16;
const ENTRY_START = HEAD.length + SUM_LENGTH + MIDDLE.length;
/** Byte that ends a line. */
export const NEWLINE = 0x0a;

/** One journal line, newline included. `entry` must be what JSON can hold. */
export function formatLine(entry: unknown): string {
  const json = JSON.stringify(entry);
  return `${HEAD}${sumOf(json)}${MIDDLE}${json}}\n`;
}

/** Entries of the good lines before the first torn or corrupt one, and the length in bytes of these lines. */
export function parseLines(bytes: Buffer): { entries: unknown[]; goodBytes: number } {
  const entries: unknown[] = [];
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(NEWLINE, start);
    if (end < 0) break;
    const entry = parseLine(bytes.subarray(start, end));
    if (entry === undefined) break;
    entries.push(entry);
    start = end + 1;
  }
  return { entries, goodBytes: start };
}

/** Whether bytes could be the beginning of a journal: also a torn one, or the zeros a power loss leaves. */
export function looksLikeJournal(bytes: Buffer): boolean {
  const start = bytes.subarray(0, HEAD.length).toString("latin1").replace(/\0+$/, "");
  return HEAD.startsWith(start);
}

function parseLine(line: Buffer): unknown {
  const text = line.toString("utf8");
  const wellFormed =
    text.startsWith(HEAD) && text.startsWith(MIDDLE, HEAD.length + SUM_LENGTH) && text.endsWith("}");
  if (!wellFormed) return undefined;
  const json = text.slice(ENTRY_START, -1);
  if (text.slice(HEAD.length, HEAD.length + SUM_LENGTH) !== sumOf(json)) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function sumOf(json: string): string {
  return sha256(json).slice(0, SUM_LENGTH);
}
