import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { networkOf, type Space } from "../../src/onnx/space.js";
import { stepsOf } from "../../src/onnx/steps.js";
import { SpaceSchema } from "../../src/shared/space.js";
import * as v from "valibot";

export const ROOT = join(import.meta.dirname, "../..");
export const KIT = join(ROOT, "media/templates/supernet");
export const SAMPLE = join(ROOT, "media/samples/shapes");
export const SAMPLE_SPACE = join(SAMPLE, "shapes.space.json");

/** Debian installs its packages for its own Python, which need not be the first on the path. */
const PYTHONS = ["python3", "/usr/bin/python3"];
const found = PYTHONS.find((program) => spawnSync(program, ["-c", "import torch, torchvision, numpy, PIL"]).status === 0);
if (found === undefined) {
  console.warn("\n*** SKIPPED: the training kit, since `python3 -c 'import torch, torchvision'` fails here. Install them: apt-get install python3-torch python3-torchvision ***\n");
}
export const hasTorch = found !== undefined;

/** Threads would fight over the cores of other tests; compiled files do not belong into `media`. */
const ENVIRONMENT = { ...process.env, OMP_NUM_THREADS: "1", OMP_WAIT_POLICY: "PASSIVE", PYTHONDONTWRITEBYTECODE: "1" };

/** Runs a program of the kit, or another Python file. */
export function python(file: string, ...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const path = file.includes("/") ? file : join(KIT, file);
  return spawnSync(found!, [path, ...args], { encoding: "utf8", env: ENVIRONMENT, maxBuffer: 2 ** 26 });
}

/** Runs a program of the kit that has to succeed, and returns what it printed. */
export function succeed(file: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = python(file, ...args);
  if (status !== 0) throw new Error(`${file} ended with ${status}: ${stderr}`);
  return stdout;
}

/** What a check of checks.py printed. */
export const check = (name: string, ...args: readonly string[]): unknown => JSON.parse(succeed(join(ROOT, "test/kit/checks.py"), name, ...args));

export const readSpace = (path: string) => v.parse(SpaceSchema, JSON.parse(readFileSync(path, "utf8")));

/** Names and shapes of a safetensors file, read without the kit. */
export function readHeader(path: string): { metadata: Record<string, string>; shapes: Map<string, number[]>; types: Set<string> } {
  const bytes = readFileSync(path);
  const length = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.subarray(8, 8 + length).toString("utf8")) as Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }>;
  const { __metadata__: metadata, ...tensors } = header;
  const ends = Object.values(tensors).map(({ data_offsets: [, end] }) => end);
  if (Math.max(...ends) !== bytes.length - 8 - length) throw new Error(`${path}: the tensors end at ${Math.max(...ends)}, the file at ${bytes.length - 8 - length}`);
  return {
    metadata: metadata as unknown as Record<string, string>,
    shapes: new Map(Object.entries(tensors).map(([name, { shape }]) => [name, shape])),
    types: new Set(Object.values(tensors).map(({ dtype }) => dtype)),
  };
}

/** The names and shapes of format version 1, from the layers of `stepsOf` of the largest architecture. */
export function formatShapes(space: Space): Map<string, number[]> {
  const stages = space.stages.map(({ width, depth, expand, kernel }) => ({
    width,
    blocks: Array.from({ length: Math.max(...depth) }, () => ({ expand: Math.max(...expand), kernel: Math.max(...kernel) })),
  }));
  const shapes = new Map<string, number[]>();
  for (const step of stepsOf(networkOf(space, stages, { resolution: 32 }))) {
    if (step.kind === "dense") {
      shapes.set(`${step.name}.weight`, [step.width, step.inputWidth]).set(`${step.name}.bias`, [step.width]);
    } else if (step.kind === "conv") {
      shapes.set(`${step.name}.weight`, [step.width, step.depthwise ? 1 : step.inputWidth, step.kernel, step.kernel]);
      const perChannel = step.batchNorm ? ["norm.weight", "norm.bias", "norm.running_mean", "norm.running_var"] : ["bias"];
      for (const name of perChannel) shapes.set(`${step.name}.${name}`, [step.width]);
    }
    const stage = /^stages\.(\d+)\..*\.depthwise$/.exec(step.name)?.[1];
    if (stage === undefined) continue;
    const kernels = [...space.stages[Number(stage)]!.kernel].reverse();
    kernels.slice(1).forEach((small, i) => shapes.set(`${step.name}.transforms.${kernels[i]!}to${small}`, [small ** 2, small ** 2]));
  }
  return shapes;
}
