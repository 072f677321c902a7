import fc from "fast-check";

/** Pieces that break things: keys of prototypes, wrong types, numbers out of every range, structure. */
const PIECES = [
  ...['"__proto__": {"polluted": 1},', '"constructor": {"prototype": {"polluted": 1}},', "__proto__", "prototype", "toString", "hasOwnProperty"],
  ...["1e999", "-1e308", "1e-400", "NaN", "Infinity", ".inf", "null", "true", "{}", "[]", '""', "-0", "0.1", "99999999999999999999", "0x1F", "1_000"],
  ...["{", "}", "[", "]", ",", ":", '"', "'", "\\", "\n", "\r\n", "\t", " ", "//", "/*", "#", "&a ", "*a", "!!js/function x", "<<: *a", "---", "? ", "- ", "| ", "%"],
  ...["\u0000", "\uFEFF", "\uD800", "é", "\u2028", "\u{1F98A}", "[".repeat(500), '{"a":'.repeat(500), "- ".repeat(300), ",".repeat(300)],
];

export interface Edit {
  at: number;
  length: number;
  kind: "insert" | "replace" | "delete" | "cut" | "repeat" | "flip" | "value";
  piece: string;
  bit: number;
}

export const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 0.999, noNaN: true }),
  length: fc.integer({ min: 1, max: 40 }),
  kind: fc.constantFrom("insert", "replace", "delete", "cut", "repeat", "flip", "value"),
  piece: fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 5 })),
  bit: fc.integer({ min: 0, max: 7 }),
});

export function mutate(text: string, edits: readonly Edit[]): string {
  return edits.reduce((current, { at, length, kind, piece, bit }) => {
    const start = Math.floor(at * current.length);
    const rest = current.slice(start + length);
    switch (kind) {
      case "insert":
        return current.slice(0, start) + piece + current.slice(start);
      case "replace":
        return current.slice(0, start) + piece + rest;
      case "delete":
        return current.slice(0, start) + rest;
      case "cut":
        return current.slice(0, start);
      case "repeat":
        return current.slice(0, start + length) + current.slice(start, start + length) + rest;
      case "flip":
        return current.slice(0, start) + String.fromCharCode((current.charCodeAt(start) || 0) ^ (1 << bit)) + current.slice(start + 1);
      case "value": {
        // The next number or word becomes something else: the text stays well-formed, the value is wrong.
        const word = /[\w.+-]+/.exec(current.slice(start));
        return word === null ? current : current.slice(0, start + word.index) + piece + current.slice(start + word.index + word[0].length);
      }
    }
  }, text);
}
