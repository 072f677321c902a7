import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../../src/runs/digest.js";
import { InputError } from "../../../src/shared/errors.js";
import { fileNameOf, needsPlaces, readRunFile, RunFileSchema, withPlaces, type Exported, type RunFile } from "../../../src/shared/runFile.js";
import { canonicalText } from "../../../src/shared/sameResult.js";
import type { EvaluateRequest } from "../../../src/shared/supernet.js";
import { schemaText } from "../files/examples.js";
import { exportedExample, textOf } from "./example.js";

let exported: Exported;
let text = "";
beforeAll(async () => {
  exported = await exportedExample();
  text = textOf(exported);
});

const read = (changed: string): RunFile => readRunFile({ name: "a.foxnas-run.json", text: changed }, sha256);

function refusal(changed: string): InputError {
  try {
    read(changed);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error("it was accepted");
}

describe("a run's file", () => {
  it("gives back what was written, and is written the same again", () => {
    const file = read(text);
    expect(file.request).toEqual(exported.request);
    expect(canonicalText(file.result)).toBe(canonicalText(exported.result));
    expect(file).toMatchObject({ kind: "search", title: exported.title, startedAt: exported.startedAt, versions: exported.versions });
    expect(file.inputs.map(({ field, included }) => [field, included])).toEqual([["space", true], ["accuracy", true], ["latency", true]]);
    expect(file.inputs[0]!.sha256).toBe(sha256((exported.request as { space: { text: string } }).space.text));
    expect(textOf({ ...exported, request: withPlaces(file.request, null), result: file.result })).toBe(text);
  });

  it("does not depend on the order of the request's keys", () => {
    const turned = Object.fromEntries(Object.entries(exported.request).reverse()) as unknown as Exported["request"];
    expect(textOf({ ...exported, request: turned })).toBe(text);
  });

  it("has the same result digest after another time, and another one after another accuracy", () => {
    const result = exported.result as { search: object; budget: number };
    const of = (changed: object) => read(textOf({ ...exported, result: { ...result, ...changed } })).resultSha256;
    expect(of({ search: { ...result.search, elapsedMs: 1e6 } })).toBe(read(text).resultSha256);
    expect(of({ budget: result.budget + 1e-9 })).not.toBe(read(text).resultSha256);
  });

  it("stays one line for each point of the front, so that people can look at it", () => {
    expect(text.split("\n").length).toBeLessThan(300);
    expect(JSON.parse(text)).toMatchObject({ version: 1, seed: 7, note: expect.stringContaining("same result") as string });
  });

  it("the editor's schema has the fields that the program reads, with a description each", () => {
    const schema = JSON.parse(schemaText("run")) as { properties: Record<string, { description?: string }>; required: string[]; additionalProperties: boolean };
    expect(Object.keys(schema.properties)).toEqual(Object.keys(RunFileSchema.entries));
    expect(schema.required).toEqual(Object.keys(RunFileSchema.entries).filter((key) => key !== "$schema"));
    expect(schema.additionalProperties).toBe(false);
    for (const [name, { description }] of Object.entries(schema.properties)) expect(description, name).toBeTruthy();
  });
});

describe("a file that was changed is refused, naming place and digests", () => {
  it.each<[string, RegExp, string, string]>([
    ["the budget", /"budget": 120,/, '"budget": 121,', "requestSha256"],
    ["the seed of the request", /"seed": 7,(?=\n {4}"evaluations")/, '"seed": 8,', "seed"],
    ["a predictor", /\\"resolution\\": 256,\\n/, '\\"resolution\\": 224,\\n', "inputs[1].sha256"],
    ["a space", /\\"classes\\": 1000/, '\\"classes\\": 100', "inputs[0].sha256"],
    ["an input's name", /"name": "accuracy.predictor.json",\n/, '"name": "other.json",\n', "inputs[1].name"],
    ["the result", /("front": \[\n.*?"value":)(\d)/s, "$19", "resultSha256"],
  ])("%s", (_, what, by, field) => {
    const changed = text.replace(what, by);
    expect(changed).not.toBe(text);
    const { problem } = refusal(changed);
    expect(problem).toMatchObject({ file: "a.foxnas-run.json", field });
    expect(problem.line).toBeGreaterThan(1);
    expect(problem.next).toContain("Export the run again");
    if (field.endsWith("ha256")) {
      expect(problem.found).toMatch(/^SHA-256 [0-9a-f]{64}$/);
      expect(text).toContain(problem.expected!);
    }
  });

  it("an input that is missing, one too many, another order", () => {
    const file = JSON.parse(text) as { inputs: object[] };
    const [first, second, third] = file.inputs;
    const inputs = (list: unknown[]) => refusal(JSON.stringify({ ...file, inputs: list })).problem.what;
    expect(inputs([first, second])).toContain("lacks an input");
    expect(inputs([first, second, third, third])).toContain("no such input");
    expect(inputs([second, first, third])).toContain("order");
  });

  it("a field that this version does not know may mean another run", () => {
    const file = JSON.parse(text) as { request: object };
    expect(refusal(JSON.stringify({ ...file, request: { ...file.request, tilt: 1 } })).problem).toMatchObject({ field: "request.tilt", what: "the field is unknown" });
    expect(refusal(JSON.stringify({ ...file, version: 2 })).problem).toMatchObject({ field: "version", found: "2", expected: "1" });
    expect(refusal("").problem.what).toBe("the file is empty");
  });

  it("whatever is done to it, 600 times: a clear error, or the very request and result", () => {
    const before = { request: canonicalText(exported.request), result: canonicalText(exported.result) };
    const pieces = fc.constantFrom('"__proto__": {"x": 1},', "null", "true", "1e999", "-1", "0.5", '"x"', "{}", "[]", ",", "}", "]", '"', "\\", "0", "9", "a", " ", "\n", "\u0000");
    let refused = 0;
    let accepted = 0;
    const edit = fc.record({ at: fc.double({ min: 0, max: 0.9999, noNaN: true }), length: fc.integer({ min: 0, max: 6 }), piece: pieces, word: fc.boolean() });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        const changed = edits.reduce((now, { at, length, piece, word }) => {
          const start = Math.floor(at * now.length);
          const found = word ? /[\w.]+/.exec(now.slice(start)) : null;
          const [from, to] = found === null ? [start, start + length] : [start + found.index, start + found.index + found[0].length];
          return now.slice(0, from) + piece + now.slice(to);
        }, text);
        let file: RunFile;
        try {
          file = read(changed);
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          refused++;
          expect(error.message).toMatch(/^a\.foxnas-run\.json:\d+/);
          return;
        }
        accepted++;
        expect(canonicalText(file.request)).toBe(before.request);
        expect(canonicalText(file.result)).toBe(before.result);
      }),
      { numRuns: 600 },
    );
    expect(({} as { x?: number }).x).toBeUndefined();
    console.log(`run files: ${refused} refused, ${accepted} still the same run`);
    expect(refused).toBeGreaterThan(300);
  });
});

describe("a run with a supernet", () => {
  const reference = (name: string) => ({ name, path: `/home/somebody/${name}`, digest: sha256(name) });
  const request: EvaluateRequest = {
    ...{ kind: "evaluate", space: { name: "s", text: "{}" }, supernet: reference("net.safetensors"), data: reference("images"), resolution: 32 },
    ...{ calibrationImages: 100, ranges: "percentile", validationImages: null, threads: 1, seed: 1, precisions: ["fp32"], subnets: { kind: "design", samples: 8, heldOut: 0, form: "f" } },
  };

  it("is written without the paths of this machine, and says what is not in it", () => {
    const written = textOf({ ...exported, request, result: {} });
    expect(written).not.toContain("/home/somebody");
    const content = JSON.parse(written) as { note: string; inputs: unknown[] };
    expect(content.note).toContain("not in this file");
    expect(content.inputs.slice(1)).toEqual([
      { field: "supernet", name: "net.safetensors", sha256: request.supernet.digest, included: false },
      { field: "data", name: "images", sha256: request.data.digest, included: false },
    ]);
  });

  it("runs only where both places are known", () => {
    const { path: _, ...supernet } = request.supernet;
    const { path: __, ...data } = request.data;
    const stored = { ...request, supernet, data };
    expect(needsPlaces(stored)).toBe(true);
    expect(() => withPlaces(stored, null)).toThrow("place");
    expect(withPlaces(stored, { supernet: "/there/a", data: "/there/b" })).toEqual({ ...request, supernet: { ...supernet, path: "/there/a" }, data: { ...data, path: "/there/b" } });
  });
});

it("any name becomes part of a file's name", () => {
  expect(fileNameOf("120 ms → 75.55 %")).toBe("120-ms-75.55");
  expect(fileNameOf("../../etc/passwd")).toBe("etc-passwd");
  expect(fileNameOf("…")).toBe("run");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 100 }), (name) => {
      expect(fileNameOf(name)).toMatch(/^[\p{L}\p{N}]([\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u);
    }),
  );
});
