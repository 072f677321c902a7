import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { codeText, PROJECT_KINDS, projectFiles, type ProjectKind } from "../../../src/codegen/index.js";
import { costsOf } from "../../../src/onnx/costs.js";
import { networkOf } from "../../../src/onnx/space.js";
import { makeFolder, textsOf } from "../../../src/runs/newFolder.js";
import type { ArchitectureConfig } from "../../../src/shared/architecture.js";
import { readConfig } from "../../../src/shared/files/index.js";
import type { Space } from "../../../src/shared/space.js";
import { run } from "../onnx/runtime.js";
import { configsOf, ODD, SAMPLE, SPACES, wordy } from "./configs.js";
import { Bench, PLAIN, pythonWith } from "./python.js";

const TORCH = pythonWith("torch, torchvision, PIL", "training of generated PyTorch projects", "Install it: apt-get install python3-torch python3-torchvision");
const KERAS = pythonWith("keras.ops, PIL", "training of generated Keras projects, beside that they are Python", "Install Keras 3 and a backend: pip install keras jax pillow, and set KERAS_BACKEND=jax");
const BUILT_IN = SPACES.filter((space) => space !== SAMPLE);
const TEMPLATES = join(import.meta.dirname, "../../../media/templates");

const bench = new Bench();
afterAll(() => bench.remove(), 120_000);

interface Case {
  readonly space: Space;
  readonly config: ArchitectureConfig;
}

/** Writes the project of a case as the command line does; answers its folder. */
async function write({ space, config }: Case, kind: ProjectKind, name: string): Promise<string> {
  const folder = join(bench.folder, name);
  await makeFolder(folder, projectFiles(config, space, kind, { file: "configs/kitchen.foxnas.yaml", version: "1.2.3" }, await textsOf(join(TEMPLATES, kind))));
  return folder;
}

const parametersOf = ({ space, config }: Case) => costsOf(networkOf(space, config.stages, config)).parameters.toLocaleString("en-US");

describe.each(PROJECT_KINDS)("a project of %s", (kind) => {
  it("has the network, the program, and the config: all names filled in", async () => {
    const config = wordy(configsOf(SAMPLE, 1)[0]!, "`words` ModelClass");
    const files = await textsOf(await write({ space: SAMPLE, config }, kind, `${kind}-files`));
    expect(files.map(({ name }) => name)).toEqual(["README.md", "data.py", "export.py", "kitchen.foxnas.json", "model.py", "requirements.txt", "train.py"]);
    const text = (name: string) => files.find((file) => file.name === name)!.text;
    expect(text("model.py")).toBe(codeText(config, SAMPLE, kind, { file: "configs/kitchen.foxnas.yaml", version: "1.2.3" }));
    expect(readConfig({ name: "kitchen.foxnas.json", text: text("kitchen.foxnas.json") })).toEqual(config);
    expect(text("README.md")).toContain(`# Kitchen in`);
    expect(text("README.md")).toContain(`${parametersOf({ space: SAMPLE, config })} parameters, `);
    for (const name of ["README.md", "data.py", "export.py", "train.py"]) {
      expect(text(name)).not.toMatch(/ModelClass|MODEL_|foxnas\.(?!json)|fox_nas/);
      expect(text(name).split("\n").filter((line) => line.length > 170 || /\s$/.test(line))).toEqual([]);
      expect(text(name).split("\n").length).toBeLessThan(220);
    }
  });

  it("imports nothing but its framework, NumPy, Pillow and Python's own modules", async () => {
    const files = (await textsOf(join(TEMPLATES, kind))).filter(({ name }) => name.endsWith(".py"));
    const imports = files.flatMap(({ text }) => [...text.matchAll(/^\s*(?:import|from) (\w+)/gm)].map((match) => match[1]!));
    const known = ["argparse", "json", "math", "os", "pathlib", "time", "numpy", "PIL", "model", "data", ...(kind === "keras" ? ["keras"] : ["torch", "torchvision", "safetensors", "onnx"])];
    expect(imports.length).toBeGreaterThan(8);
    expect([...new Set(imports)].filter((name) => !known.includes(name))).toEqual([]);
  });

  it.runIf(PLAIN !== undefined)("compiles: for every space", async () => {
    const cases = [...SPACES, ODD].map((space) => ({ space, config: configsOf(space, 1)[0]! }));
    const folders = await Promise.all(cases.map((one, i) => write(one, kind, `${kind}-compiled-${i}`)));
    const paths = folders.flatMap((folder) => ["model.py", "data.py", "train.py", "export.py"].map((name) => join(folder, name)));
    const { status, stderr } = spawnSync(PLAIN!, ["-m", "py_compile", ...paths], { encoding: "utf8", env: { ...process.env, PYTHONPYCACHEPREFIX: join(bench.folder, "cache") } });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});

interface Built {
  parameters: number;
  shape: number[];
}

interface Trained extends Built {
  printed: string[];
  /** Share of the state dict's tensors that differ from those that training began with. */
  moved: number;
  again: string[];
  exported: string[];
  logits: number[];
  same: boolean;
}

/** Largest difference between the logits of PyTorch and those of onnxruntime for the exported model. */
async function worstLogit(folder: string, { resolution: side }: ArchitectureConfig, logits: readonly number[]): Promise<number> {
  const images = Float32Array.from({ length: 2 * 3 * side * side }, (_, at) => Math.sin(at));
  const data = (await run(readFileSync(join(folder, "runs/best.onnx")), images, [2, 3, side, side])).get("logits")!.data;
  expect(data).toHaveLength(logits.length);
  return Math.max(...logits.map((value, at) => Math.abs(value - Number(data[at]))));
}

describe.runIf(TORCH !== undefined)("a PyTorch project", () => {
  it("is the network of 20 architectures of each built-in space; one of each takes a step, reads its checkpoint and exports", { timeout: 600_000 }, async () => {
    // Small images: the networks are those of the space, and what they compute takes less.
    const cases: Case[] = [...BUILT_IN.flatMap((space) => configsOf(space, 20).map((config) => ({ space, config: { ...config, resolution: 32 } }))), ...[SAMPLE, ODD].map((space) => ({ space, config: configsOf(space, 1)[0]! }))];
    expect(cases).toHaveLength(82);
    const folders = await Promise.all(cases.map((one, i) => write(one, "pytorch", `smoke-${i}`)));
    // A step, and tracing for ONNX, take seconds.
    const trains = (i: number) => i % 20 === 0 || i > 80;
    const made = bench.check<Built[]>(TORCH!, "smoke", folders.map((folder, i) => ({ folder, name: "Kitchen", train: trains(i) })), "projectChecks.py");
    expect(made.map(({ parameters, shape }) => [parameters.toLocaleString("en-US"), ...shape])).toEqual(cases.map((one) => [parametersOf(one), 2, one.space.classes]));
    const trained = cases.flatMap((one, i) => (trains(i) ? [{ ...one, made: made[i] as Trained, folder: folders[i]! }] : []));
    let worst = 0;
    for (const { made: { printed, moved, again, exported, logits, same }, folder, ...one } of trained) {
      const { classes } = one.space;
      expect(printed[0]).toBe(`${parametersOf(one)} parameters; 2 images of ${classes} classes; cpu; epochs 0 to 1`);
      expect(printed[1]).toMatch(/^epoch 1: loss \d+\.\d{4}, /);
      expect(moved).toBeGreaterThan(0.5);
      expect(again[0]).toContain("epochs 1 to 1");
      expect(again[1]).toMatch(/^Done: /);
      expect(exported[0]).toContain(`best.onnx: ${classes} classes`);
      expect(same).toBe(true);
      worst = Math.max(worst, await worstLogit(folder, one.config, logits));
    }
    console.log(`PyTorch projects: ${made.length} built, ${trained.length} took a step and were exported; largest difference to onnxruntime's logits ${worst.toExponential(1)}`);
    expect(trained).toHaveLength(6);
    expect(worst).toBeLessThan(1e-3);
  });

  it("trains on image files, and goes on from a checkpoint to the weights of an unbroken run", { timeout: 600_000 }, async () => {
    const folder = await write({ space: SAMPLE, config: configsOf(SAMPLE, 1)[0]! }, "pytorch", "resumed");
    const { first, second, difference, evaluated, begun } = bench.check<{ first: string[]; second: string[]; difference: number; evaluated: string[]; begun: string }>(TORCH!, "resumed", folder, "projectChecks.py");
    expect(first[0]).toMatch(/; 18 images of 2 classes; cpu; epochs 0 to 3$/);
    expect(second[0]).toMatch(/epochs 1 to 3$/);
    expect(first.filter((line) => line.startsWith("epoch "))).toHaveLength(3);
    expect(second.filter((line) => line.startsWith("epoch "))).toHaveLength(2);
    expect(difference).toBe(0);
    expect(evaluated[0]).toMatch(/^\d+\.\d\d % of 6 validation images right$/);
    expect(begun).toMatch(/epochs 0 to 3$/);
  });
});

describe.runIf(KERAS !== undefined)("a Keras project", () => {
  it("takes a step, reads its checkpoint and exports", { timeout: 1_800_000 }, async () => {
    const one = { space: SAMPLE, config: configsOf(SAMPLE, 1)[0]! };
    const [made] = bench.check<Pick<Trained, "printed" | "again" | "exported">[]>(KERAS!, "keras", [await write(one, "keras", "keras-smoke")], "projectChecks.py");
    expect(made!.printed[0]).toMatch(new RegExp(`^${parametersOf(one)} parameters; 10 classes; \\w+; epochs 0 to 1$`));
    expect(made!.printed.at(-1)).toMatch(/^Done: .*best\.keras, [\d.]+ %/);
    expect(made!.again[0]).toMatch(/epochs 1 to 1$/);
    expect(made!.exported[0]).toContain("10 classes, output (None, 10)");
  });
});
