import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { className, CODE_FORMATS, codeText, costsOfConfig, moduleName, ofaDict, outlineText, type OfaDict } from "../../../src/codegen/index.js";
import { costsOf } from "../../../src/onnx/costs.js";
import { networkOf, type StageChoice } from "../../../src/onnx/space.js";
import { InputError } from "../../../src/shared/errors.js";
import type { Space } from "../../../src/shared/space.js";
import { architectures } from "../onnx/networks.js";
import { configsOf, ODD, SAMPLE, SPACES, wordy } from "./configs.js";
import { Bench, PLAIN } from "./python.js";

const ORIGIN = { file: "kitchen.foxnas.json", version: "1.2.3" };
const ALL = [...SPACES, ODD];
const bench = new Bench();
afterAll(() => bench.remove());

/** Beginnings of attacks: ends of comments and texts, other encodings, turned reading directions. */
const NASTY = ['"""\nimport os\n"""', "'''\r\nimport os", "\u2028import os", "\u0085import os\fimport os\vimport os", "coding: utf-7", "-*- coding: cp037 -*-", "\\", "\\\n", "\0", "\u202eso tropmi", "\ud800", "#{}${x}`", "é日本"];
const words = fc.array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: "binary", maxLength: 8 })), { maxLength: 4 }).map((parts) => parts.join(" "));

/** The architecture that a dict means, read without src/codegen. */
function architectureOf({ ks, e, d, r }: OfaDict, space: Space): { resolution: number; stages: StageChoice[] } {
  const room = ks.length / d.length;
  const stages = d.map((depth, stage) => ({
    width: space.stages[stage]!.width,
    blocks: Array.from({ length: depth }, (_, i) => ({ expand: e[stage * room + i]!, kernel: ks[stage * room + i]! })),
  }));
  return { resolution: r[0], stages };
}

/** What an error says, which is to be a person's to mend. */
function problemOf(write: () => unknown): InputError["problem"] {
  try {
    write();
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).problem;
  }
  throw new Error("nothing was refused");
}

describe("generated code", () => {
  it.each(ALL)("is the same for the same config, and another for another: $id", (space) => {
    const configs = configsOf(space, 8);
    for (const format of CODE_FORMATS) {
      const texts = configs.map((config) => codeText(config, space, format, ORIGIN));
      expect(configs.map((config) => codeText(structuredClone(config), space, format, { ...ORIGIN }))).toEqual(texts);
      expect(new Set(texts).size).toBe(new Set(configs.map(({ stages, resolution }) => JSON.stringify([resolution, stages]))).size);
    }
  });

  it.each(ALL)("tells costs, input and origin, in short lines and few: $id", (space) => {
    const config = configsOf(space, 1)[0]!;
    const { parameters, multiplyAdds } = costsOf(networkOf(space, config.stages, config));
    for (const format of CODE_FORMATS) {
      const text = codeText(config, space, format, ORIGIN);
      const lines = text.split("\n");
      expect(text).toContain(`# ${parameters.toLocaleString("en-US")} parameters, ${multiplyAdds.toLocaleString("en-US")} multiply-adds an image.`);
      expect(text).toContain("Written by FOX-NAS 1.2.3 from kitchen.foxnas.json.");
      expect(lines.filter((line) => line.length > 120 || /\s$/.test(line))).toEqual([]);
      expect(lines.length).toBeLessThan(160);
      expect(text).toMatch(/[^\n]\n$/);
      expect(text.includes("squeeze")).toBe(format !== "python" && space.id !== "foxnas-tpu");
    }
  });

  it("carries the preprocessing of the space, ImageNet's where it has none", () => {
    const constants = (space: Space, format: "pytorch" | "keras") => codeText(configsOf(space, 1)[0]!, space, format, ORIGIN).match(/^(RESIZE|MEAN|STD|RESOLUTION|CLASSES) = .*$/gm);
    for (const format of ["pytorch", "keras"] as const) {
      expect(constants(SAMPLE, format)).toEqual(["RESOLUTION = 32", "CLASSES = 10", "RESIZE = 32", "MEAN = (0.5, 0.5, 0.5)", "STD = (0.25, 0.25, 0.25)"]);
      expect(constants(SPACES[0]!, format)).toEqual(["RESOLUTION = 256", "CLASSES = 1000", "RESIZE = 292", "MEAN = (0.485, 0.456, 0.406)", "STD = (0.229, 0.224, 0.225)"]);
    }
  });

  it("tells what was predicted and measured, with unit, device, resolution and source", () => {
    const text = codeText(wordy(configsOf(SAMPLE, 1)[0]!, "words"), SAMPLE, "pytorch", ORIGIN);
    expect(text).toContain("# Predicted accuracy: 1.00 words on words at 32 px (words).\n# Predicted latency: 1.00 words on words at 32 px (words).\n# Measured latency: 1.00 words on words at 32 px, int8.\n");
  });

  it("refuses an architecture outside the space", () => {
    const config = configsOf(SAMPLE, 1)[0]!;
    const bad = { ...config, stages: config.stages.map((stage) => ({ ...stage, blocks: stage.blocks.map((block) => ({ ...block, expand: 5 })) })) };
    for (const format of CODE_FORMATS) {
      expect(problemOf(() => codeText(bad, SAMPLE, format, ORIGIN))).toMatchObject({ file: "kitchen.foxnas.json", field: "stages[0].blocks[0].expand", found: "5", expected: "one of 2, 3, 4, 6" });
    }
    const missing = { ...config, stages: config.stages.slice(1) };
    expect(problemOf(() => codeText(missing, SAMPLE, "keras", ORIGIN))).toMatchObject({ field: "stages", found: "2", file: "kitchen.foxnas.json" });
    const deep = { ...config, stages: config.stages.map((stage) => ({ ...stage, blocks: Array(9).fill(stage.blocks[0]!) as typeof stage.blocks })) };
    expect(problemOf(() => codeText(deep, SAMPLE, "keras", ORIGIN))).toMatchObject({ field: "stages[0].blocks", found: "9" });
    expect(problemOf(() => codeText({ ...config, resolution: 0.5 }, SAMPLE, "keras", ORIGIN)).what).toContain("resolution");
  });

  it.each(ALL)("refuses the config of another space, however alike: $id", (space) => {
    const twin = { ...space, id: "twin" };
    for (const format of CODE_FORMATS) {
      expect(problemOf(() => codeText(configsOf(space, 1)[0]!, twin, format, ORIGIN))).toMatchObject({ file: "kitchen.foxnas.json", field: "space", found: JSON.stringify(space.id), expected: '"twin"' });
    }
  });

  it.each(ALL)("an ONNX model's outline has its layers, and their costs add up: $id", (space) => {
    for (const config of configsOf(space, 5)) {
      const { parameters, multiplyAdds } = costsOfConfig(config, space, "x");
      const text = outlineText(config, space, ORIGIN);
      const rows = text.split("\n").filter((line) => /^(stem|first|stages|head|classifier)/.test(line));
      expect(rows.filter((line) => line.includes(".depthwise "))).toHaveLength(1 + config.stages.reduce((sum, { blocks }) => sum + blocks.length, 0));
      const numbers = rows.map((line) => /([\d,]+) +([\d,]+)$/.exec(line)!.slice(1).map((count) => Number(count.replaceAll(",", ""))));
      const sum = (column: number) => numbers.reduce((total, row) => total + row[column]!, 0);
      expect([sum(0), sum(1)]).toEqual([parameters, multiplyAdds]);
    }
  });
});

describe("Once-for-All's dict", () => {
  it.each(ALL)("means its architecture: $id", (space) => {
    fc.assert(
      fc.property(architectures(space), fc.constantFrom(...space.resolutions), (stages, resolution) => {
        const dict = ofaDict({ stages, resolution }, space);
        expect(architectureOf(dict, space)).toEqual({ stages, resolution });
        const room = Math.max(...space.stages.flatMap(({ depth }) => depth));
        expect([dict.ks.length, dict.e.length]).toEqual([room * space.stages.length, room * space.stages.length]);
        expect(dict.ks.filter((k) => k > 0).length).toBe(dict.d.reduce((a, b) => a + b));
      }),
      { numRuns: 100 },
    );
  });
});

describe("names", () => {
  it.each([
    ["kitchen.foxnas.json", "Kitchen", "kitchen"],
    ["configs/kitchen-net v2.foxnas.yaml", "KitchenNetV2", "kitchen_net_v2"],
    ["C:\\nets\\pi4.json", "Pi4", "pi4"],
    ["2024 Café.foxnas.json", "Net2024Cafe", "net2024_cafe"],
    ["日本.foxnas.json", "FoxnasCpu", "foxnas_cpu"],
    ["stage.foxnas.json", "StageNetwork", "stage_network"],
    ["STAGES.foxnas.json", "STAGESNetwork", "stagesnetwork"],
    ["none.foxnas.json", "NoneNetwork", "none_network"],
    ["", "FoxnasCpu", "foxnas_cpu"],
    ["torch.foxnas.json", "Torch", "torch_net"],
    ["Class.foxnas.json", "Class", "class_net"],
    ["types.foxnas.json", "Types", "types_net"],
  ])("%s", (file, name, module) => {
    expect([className(file, "foxnas-cpu"), moduleName(file, "foxnas-cpu")]).toEqual([name, module]);
  });

  it.runIf(PLAIN !== undefined)("are names to Python, whatever the file is called", () => {
    const files = [...fc.sample(words, { numRuns: 500, seed: 3 }), ...["F", "false", "true", "None", "class", "x".repeat(500), "1", "STD"].map((name) => `${name}.foxnas.json`)];
    expect(bench.check(PLAIN!, "names", files.map((file) => className(file, "3d")))).toEqual([]);
    expect(bench.check(PLAIN!, "names", files.map((file) => moduleName(file, "3d")))).toEqual([]);
  });

  it.runIf(PLAIN !== undefined)("of modules hide none of Python's own", () => {
    const own = bench.check<string[]>(PLAIN!, "modules", null);
    expect(own.length).toBeGreaterThan(100);
    expect(own.filter((name) => own.includes(moduleName(`${name}.foxnas.json`, "x")))).toEqual([]);
  });
});

describe.runIf(PLAIN !== undefined)("to Python", () => {
  it("words of a config are never code", () => {
    const config = configsOf(SAMPLE, 1)[0]!;
    const hostile = [...NASTY, ...fc.sample(words, { numRuns: 100, seed: 5 })];
    for (const format of CODE_FORMATS) {
      const write = (text: string, i: number) => bench.write(`${format}${i}.py`, text);
      // Letters would make another name, and so another program.
      const fileOf = (text: string) => [`${text.replaceAll(/[A-Za-z0-9]/g, "")}kitchen.foxnas.json`].find((file) => className(file, "x") === "Kitchen") ?? ORIGIN.file;
      const texts = hostile.map((text) => codeText(wordy(config, text), SAMPLE, format, { file: fileOf(text), version: text }));
      // A dict has no names.
      const named = NASTY.map((text) => codeText(config, SAMPLE, "python", { file: text, version: text }));
      const paths = [codeText(config, SAMPLE, format, ORIGIN), ...texts, ...(format === "python" ? named : [])].map(write);
      const [plain, ...others] = bench.check<string[]>(PLAIN!, "syntax", paths);
      expect(plain).toMatch(/^Module\(body=\[(Import|Assign)\(/);
      expect(others.findIndex((tree) => tree !== plain)).toBe(-1);
    }
  });

  it("a file named like an encoding is still UTF-8", () => {
    const config = configsOf(SAMPLE, 1)[0]!;
    const paths = ["encoding", "coding utf 7", "xcoding=latin-1"].map((name, i) => bench.write(`coding${i}.py`, codeText(config, SAMPLE, "pytorch", { file: `${name}.foxnas.json`, version: "1" })));
    expect(bench.check<string[]>(PLAIN!, "syntax", paths)).toHaveLength(3);
  });

  it("Once-for-All's encodings of the same space take the dicts", () => {
    const entries = ALL.flatMap((space) => configsOf(space, 20).map((config, i) => ({ space, config, i })));
    const choices = (space: Space, key: "depth" | "expand" | "kernel") => [...new Set(space.stages.flatMap((stage) => stage[key]))].sort((a, b) => a - b);
    const job = entries.map(({ space, config, i }) => ({
      path: bench.write(`${space.id}-${i}.py`, codeText(config, space, "python", ORIGIN)),
      resolutions: space.resolutions,
      kernels: choices(space, "kernel"),
      expands: choices(space, "expand"),
      depths: choices(space, "depth"),
      stages: space.stages.length,
      tutorial: space.id === "ofa-mbv3",
    }));
    const made = bench.check<{ arch: OfaDict; again: OfaDict; on: number; tutorial?: [number, number] }[]>(PLAIN!, "encoding", job);
    expect(made.filter(({ tutorial }) => tutorial !== undefined)).toHaveLength(20);
    made.forEach(({ arch, again, on, tutorial }, i) => {
      const { space, config } = entries[i]!;
      const blocks = config.stages.reduce((sum, stage) => sum + stage.blocks.length, 0);
      expect(again).toEqual(arch);
      expect(architectureOf(arch, space)).toEqual({ stages: config.stages, resolution: config.resolution });
      expect(on).toBe(2 * blocks + 1);
      if (tutorial !== undefined) expect(tutorial).toEqual([128, 2 * blocks + 1]);
    });
  });
});
