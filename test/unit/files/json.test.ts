import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/shared/errors.js";
import { parseJson } from "../../../src/shared/files/json.js";
import { locate } from "../../../src/shared/files/locate.js";
import { problemOf } from "./examples.js";

const parse = (text: string) => parseJson({ name: "a.json", text }).value;
const problem = (text: string) => problemOf(() => parse(text));

describe("strict JSON", () => {
  it("reads what JSON.parse reads", () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), (text) => {
        if (/"(__proto__|constructor|prototype)"/.test(text)) return;
        expect(parse(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  it("refuses what JSON.parse refuses", () => {
    const pieces = fc.constantFrom("{", "}", "[", "]", ",", ":", '"a"', '"b"', "1", "-", "0", ".5", "e9", "true", "nul", " ", "\n", '"', "\\", "//", "/*", "\u0001");
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join("");
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        if (valid) return;
        expect(() => parse(text)).toThrow(InputError);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["an empty file", "", 1, 1],
    ["a comma too many", '{\n  "a": 1,\n}', 3, 1],
    ["a missing bracket", "[1,\r\n 2", 2, 3],
    ["a comment", '{\n "a": 1 // one\n}', 2, 9],
    ["something after the end", "{}\n{}", 2, 1],
    ["a key twice", '{"a": 1,\n "a": 2}', 2, 2],
    ["a number beyond every double", "[1,\r2e999]", 2, 1],
    ["a line break in a string", '["a\nb"]', 1, 2],
  ])("places %s", (_, text, line, column) => {
    expect(problem(text)).toMatchObject({ file: "a.json", line, column });
  });

  it.each(["__proto__", "constructor", "prototype"])("refuses the key %s at any depth", (key) => {
    expect(problem(`{"x": [{\n"${key}": {"polluted": 1}}]}`)).toMatchObject({ line: 2, column: 1, what: `the key "${key}" is not allowed`, field: `x[0].${key}` });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it("refuses an escaped form of a refused key", () => {
    expect(problem('{"__pr\\u006fto__": 1}').what).toContain("__proto__");
  });

  it("refuses deep nesting without running out of stack", () => {
    expect(problem("[".repeat(1_000_000))).toMatchObject({ line: 1, column: 65 });
    expect(problem('{"a":'.repeat(1_000_000)).what).toContain("nested");
    expect(parse("[".repeat(64) + "]".repeat(64))).toBeDefined();
  });

  it("keeps its places true behind a byte-order mark", () => {
    expect(parse('\uFEFF{"a": 1}')).toEqual({ a: 1 });
    expect(problem("\uFEFF{\n!}")).toMatchObject({ line: 2, column: 1 });
  });

  it("locates a value by its path, and a missing one by its parent", () => {
    const source = { name: "a.json", text: '{\n  "stages": [\n    { "width": 24 }\n  ]\n}' };
    expect(locate(source, ["stages", 0, "width"])).toEqual({ line: 3, column: 16 });
    expect(locate(source, ["stages", 0, "blocks", 1, "kernel"])).toEqual({ line: 3, column: 5 });
    expect(locate(source, [])).toEqual({ line: 1, column: 1 });
    expect(locate({ name: "a.json", text: "{" }, ["stages"])).toBeUndefined();
    expect(locate({ name: "a.yaml", text: "a:\n  - b: 1" }, ["a", 0, "b"])).toEqual({ line: 2, column: 8 });
  });
});
