import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CONFIG_FORMATS, configOf, configText, predictedOf, readConfig } from "../../../src/shared/files/index.js";
import { configs, FOXNAS, problemOf, SMALL } from "./examples.js";

const problem = (text: string, name = "net.foxnas.json") => problemOf(() => readConfig({ name, text }));
const [config] = fc.sample(configs(FOXNAS), { numRuns: 1, seed: 3 });

describe.each(CONFIG_FORMATS)("an architecture config as %s", (format) => {
  it("comes back as it was written", () => {
    fc.assert(
      fc.property(fc.oneof(configs(FOXNAS), configs(SMALL)), (written) => {
        expect(readConfig({ name: `net.${format}`, text: configText(written, format) })).toEqual(written);
      }),
      { numRuns: 300 },
    );
  });

  it("has one block a line, the same text for any order of keys, and a newline at the end", () => {
    const text = configText(config!, format);
    const blocks = config!.stages.flatMap((stage) => stage.blocks).length;
    expect(text.match(/^.*expand.*kernel.*$/gm)).toHaveLength(blocks);
    expect(text.endsWith("\n")).toBe(true);
    expect(text.endsWith("\n\n")).toBe(false);
    const reversed = Object.fromEntries(Object.entries(config!).reverse()) as typeof config;
    expect(configText(reversed!, format)).toBe(text);
  });
});

describe("reading a config", () => {
  it.each([
    ["a word for a number", '{"version": 1, "space": "s",\n "resolution": "big", "stages": []}', 2, 16, "resolution"],
    ["no stages", '{"version": 1, "space": "s", "resolution": 32,\n "stages": []}', 2, 12, "stages"],
    ["another version", '{\n  "version": 2\n}', 2, 14, "version"],
    ["half a resolution", '{"version": 1, "space": "s", "resolution": 32.5, "stages": []}', 1, 44, "resolution"],
    ["no object", "[\n]", 1, 1, "version"],
    ["a number", "7", 1, 1, undefined],
  ])("places %s", (_, text, line, column, field) => {
    expect(problem(text)).toMatchObject({ file: "net.foxnas.json", line, column, field });
  });

  it("names a field deep inside by its path", () => {
    const text = configText(config!, "json").replace(/"expand": \d/, '"expand": true');
    const line = text.split("\n").findIndex((l) => l.includes("true")) + 1;
    expect(problem(text)).toMatchObject({ line, field: "stages[0].blocks[0].expand", found: "true", expected: "number" });
  });

  it("says that a field is missing", () => {
    expect(problem('{"version": 1}')).toMatchObject({ line: 1, field: "space", what: "the field is missing" });
  });
});

describe("YAML", () => {
  const yaml = (text: string) => problem(text, "net.yaml");
  it.each([
    ["a word for a number", "version: 1\nspace: s\nresolution: big", 3, 13],
    ["a key twice", "a: 1\nb: 2\na: 3", 3, 1],
    ["a refused key", "a:\n  __proto__: 1", 2, 3],
    ["infinity", "a: 1\nb: .inf", 2, 4],
    ["a quote that does not end", 'a: 1\nb: "x', 2, 6],
    ["a key that is no string", "a:\n  3: 4", 2, 3],
    ["an alias without its anchor", "a: 1\nb: *c", 2, 4],
    ["an alias to its own parent", "a: &a\n  - *a", 2, 5],
  ])("places %s", (_, text, line, column) => {
    expect(yaml(text)).toMatchObject({ file: "net.yaml", line, column });
  });

  it("refuses several documents, none, deep nesting and a bomb of aliases", () => {
    expect(yaml("a: 1\n---\nb: 2").what).toContain("several");
    expect(yaml("").what).toContain("empty");
    for (const nested of ["[", "{a: ", "- ", "? "]) expect(yaml(nested.repeat(20_000)).what).toContain("nested");
    const bomb = ["a: &a [1, 1]", ..."bcdefgh".split("").map((n, i) => `${n}: &${n} [${Array(9).fill(`*${"abcdefg"[i]!}`).join(", ")}]`)];
    expect(yaml(bomb.join("\n")).what).toContain("aliases");
  });

  it("takes an anchor that spares somebody a repetition, and a byte-order mark", () => {
    const text = "\uFEFFversion: 1\nspace: s\nresolution: 32\nstages:\n  - width: 8\n    blocks: &b\n      - { expand: 2, kernel: 3 }\n  - width: 16\n    blocks: *b\n";
    const { stages } = readConfig({ name: "a.yml", text });
    expect(stages[1]!.blocks).toEqual([{ expand: 2, kernel: 3 }]);
  });
});

describe("making a config", () => {
  it("leaves out what is not known", () => {
    const made = configOf({ resolution: 32, stages: config!.stages }, "shapes");
    expect(Object.keys(made)).toEqual(["version", "space", "resolution", "stages"]);
  });

  it("gives each predicted value its unit, device, resolution and source", () => {
    const card = (target: "accuracy" | "latency") => ({
      ...{ name: "n", target, unit: "u", space: "s", form: "f", link: null, samples: null, crossValidatedRmse: null, digest: "" },
      ...{ resolution: 256, device: target === "latency" ? "Pi" : null, source: target },
    });
    const estimate = { value: 75, unit: "%", interval: null, extrapolated: false };
    const predicted = predictedOf({ accuracy: estimate, latency: { ...estimate, unit: "ms" } }, { accuracy: card("accuracy"), latency: card("latency") });
    expect(predicted.latency).toEqual({ value: 75, unit: "ms", interval: null, device: "Pi", resolution: 256, source: "latency" });
    expect(predicted.accuracy).toMatchObject({ unit: "%", device: null, source: "accuracy" });
  });
});
