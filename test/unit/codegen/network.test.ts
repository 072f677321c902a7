import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { className, codeText, type CodeFormat } from "../../../src/codegen/index.js";
import { costsOf } from "../../../src/onnx/costs.js";
import { writeModel } from "../../../src/onnx/model.js";
import { networkOf } from "../../../src/onnx/space.js";
import { foldedWeights } from "../../../src/onnx/supernet/fold.js";
import { sliceSubnet } from "../../../src/onnx/supernet/slice.js";
import { stateDict } from "../../../src/onnx/supernet/stateDict.js";
import { readSupernet } from "../../../src/onnx/supernet/supernet.js";
import type { Supernet } from "../../../src/onnx/supernet/types.js";
import type { ArchitectureConfig } from "../../../src/shared/architecture.js";
import type { Space } from "../../../src/shared/space.js";
import { modelOf } from "../onnx/decode.js";
import { image, METADATA } from "../onnx/networks.js";
import { run } from "../onnx/runtime.js";
import { bytesOf, randomFile } from "../onnx/supernet/supernets.js";
import { configsOf, ODD, SAMPLE, SAMPLE_SUPERNET, SPACES } from "./configs.js";
import { Bench, PLAIN, pythonWith } from "./python.js";

const TORCH = pythonWith("torch", "the generated PyTorch code", "Install it: apt-get install python3-torch");
const KERAS = pythonWith("keras.ops", "the generated Keras code, beside that it is Python", "Install Keras 3 and a backend: pip install keras jax, and set KERAS_BACKEND=jax");
const IMAGES = 3;

const bench = new Bench();
afterAll(() => bench.remove());

interface Ran {
  readonly printed: string;
  /** Only one side has them: tensors of the file, or of the network. */
  readonly others?: readonly string[];
  readonly logits?: readonly number[];
}

interface Case {
  readonly space: Space;
  readonly config: ArchitectureConfig;
  /** With the weights of a supernet, and so with logits. */
  readonly supernet?: Supernet;
}

const networkOfCase = ({ space, config }: Case) => networkOf(space, config.stages, config);
const subnetOf = ({ config, supernet }: Case) => sliceSubnet(supernet!, config.stages, config.resolution);
const pixelsOf = ({ config }: Case) => image(config.resolution, 5, IMAGES);

/** What a program of the case prints, by our own count. */
function expectedText(test: Case, shape: string): string {
  const { parameters } = costsOf(networkOfCase(test));
  return `${parameters.toLocaleString("en-US")} parameters, output ${shape}\n`;
}

/** Trainable numbers of the network whose ONNX model this is: there, batch-norm's two a channel are folded into one. */
function onnxParameters(test: Case): number {
  const { tensors, nodes } = modelOf(writeModel(networkOfCase(test), { precision: "fp32", metadata: METADATA }));
  const weights = tensors.filter(({ name }) => /\.(weight|bias)$/.test(name));
  expect(nodes.length).toBeGreaterThan(0);
  const sizes = weights.map(({ shape }) => shape.reduce((a, b) => a * b, 1));
  const normed = weights.filter(({ name, shape }) => name.endsWith(".weight") && shape.length === 4 && !/\.squeeze\.(reduce|expand)\./.test(name));
  return sizes.reduce((a, b) => a + b) + normed.reduce((sum, { shape }) => sum + shape[0]!, 0);
}

async function onnxLogits(test: Case): Promise<Float32Array> {
  const subnet = subnetOf(test);
  const model = writeModel(subnet.network, { precision: "fp32", weights: foldedWeights(subnet, subnet.statistics, "test"), batch: IMAGES, metadata: METADATA });
  const { resolution } = test.config;
  return (await run(model, pixelsOf(test), [IMAGES, 3, resolution, resolution])).get("logits")!.data;
}

/** Writes the code of each case, and runs all of it in one process. */
function runAll(python: string, format: CodeFormat & ("pytorch" | "keras"), cases: readonly Case[]): Ran[] {
  const job = cases.map((test, i) => {
    const { space, config, supernet } = test;
    const file = `${space.id}-${i}.foxnas.json`;
    const entry = { path: bench.write(`${format}-${i}.py`, codeText(config, space, format, { file, version: "1" })), name: className(file, space.id) };
    if (supernet === undefined) return entry;
    const subnet = subnetOf(test);
    return {
      ...entry,
      weights: bench.write(`${format}-${i}.safetensors`, stateDict(subnet, subnet.statistics, {})),
      images: bench.write(`${format}-${i}.bin`, bytesOf(pixelsOf(test))),
    };
  });
  return bench.check<Ran[]>(python, format, job);
}

/** Largest difference to onnxruntime's logits, relative to their largest. */
async function worstLogits(cases: readonly Case[], ran: readonly Ran[]): Promise<{ worst: number; compared: number }> {
  let [worst, compared] = [0, 0];
  for (const [i, test] of cases.entries()) {
    if (test.supernet === undefined) continue;
    const expected = await onnxLogits(test);
    const { others, logits } = ran[i]!;
    expect(others).toEqual([]);
    expect(logits).toHaveLength(expected.length);
    const largest = Math.max(1, ...expected.map(Math.abs));
    worst = Math.max(worst, ...logits!.map((value, at) => (Number.isFinite(value) ? Math.abs(value - expected[at]!) / largest : Infinity)));
    compared++;
  }
  return { worst, compared };
}

const sample = readSupernet(new Uint8Array(readFileSync(SAMPLE_SUPERNET)), SAMPLE);
const odd = readSupernet(randomFile(ODD, 3), ODD);
const weighted = (count: number): Case[] => [
  ...configsOf(SAMPLE, count).map((config) => ({ space: SAMPLE, config, supernet: sample })),
  ...configsOf(ODD, count).map((config) => ({ space: ODD, config, supernet: odd })),
];
const cases = (count: number): Case[] => [...SPACES.filter((space) => space !== SAMPLE).flatMap((space) => configsOf(space, count).map((config) => ({ space, config }))), ...weighted(count)];

it("the ONNX model has as many parameters as we count: 20 architectures of each space", () => {
  for (const test of cases(20)) expect(onnxParameters(test)).toBe(costsOf(networkOfCase(test)).parameters);
});

describe.runIf(TORCH !== undefined)("PyTorch code", () => {
  it("runs, with the parameters of our count, and takes a state dict to onnxruntime's logits: 20 architectures of each space", { timeout: 180_000 }, async () => {
    const all = cases(20);
    expect(all).toHaveLength(120);
    const ran = runAll(TORCH!, "pytorch", all);
    expect(ran.map(({ printed }) => printed)).toEqual(all.map((test) => expectedText(test, `[1, ${test.space.classes}]`)));
    const { worst, compared } = await worstLogits(all, ran);
    console.log(`PyTorch: ${all.length} files ran, ${compared} with weights; largest relative difference of logits ${worst.toExponential(1)}`);
    expect(compared).toBe(40);
    expect(worst).toBeLessThan(1e-4);
  });
});

describe.runIf(PLAIN !== undefined)("Keras code", () => {
  it("compiles: 20 architectures of each space", () => {
    const paths = cases(20).map(({ space, config }, i) => bench.write(`compiled-${i}.py`, codeText(config, space, "keras", { file: `${space.id}.foxnas.json`, version: "1" })));
    const { status, stderr } = spawnSync(PLAIN!, ["-m", "py_compile", ...paths], { cwd: bench.folder, encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const broken = bench.write("broken.py", `${readFileSync(paths[0]!, "utf8")}(`);
    expect(spawnSync(PLAIN!, ["-m", "py_compile", basename(broken)], { cwd: bench.folder }).status).toBe(1);
  });

  it.runIf(KERAS !== undefined)("runs, with the parameters of our count, and takes weights to onnxruntime's logits", { timeout: 300_000 }, async () => {
    // Ten seconds each, since backends compile every operation for every shape: with squeeze-excite, without it, odd ones.
    const builtIn = SPACES.filter(({ id }) => id === "foxnas-cpu" || id === "foxnas-tpu");
    const all = [...builtIn.flatMap((space) => configsOf(space, 1).map((config) => ({ space, config }))), ...weighted(1)];
    expect(all).toHaveLength(4);
    const ran = runAll(KERAS!, "keras", all);
    expect(ran.map(({ printed }) => printed)).toEqual(all.map((test) => expectedText(test, `(None, ${test.space.classes})`)));
    const { worst, compared } = await worstLogits(all, ran);
    console.log(`Keras: ${all.length} files ran, ${compared} with weights; largest relative difference of logits ${worst.toExponential(1)}`);
    expect(compared).toBe(2);
    expect(worst).toBeLessThan(1e-4);
  });
});
