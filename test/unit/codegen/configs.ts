import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import type { ArchitectureConfig } from "../../../src/shared/architecture.js";
import { SpaceSchema, type Space } from "../../../src/shared/space.js";
import { BUILT_IN, sampleArchitectures } from "../onnx/networks.js";

const MEDIA = join(import.meta.dirname, "../../../media");
const readSpace = (path: string): Space => v.parse(SpaceSchema, JSON.parse(readFileSync(join(MEDIA, path), "utf8")));

export const SAMPLE = readSpace("samples/shapes/shapes.space.json");
export const SAMPLE_SUPERNET = join(MEDIA, "samples/shapes/shapes.safetensors");
export const SPACES: readonly Space[] = [...BUILT_IN.map((id) => readSpace(`spaces/${id}.json`)), SAMPLE];

/** What no built-in space has: squeeze-excite in the first block, which expands, broken ratios, another multiple, wide strides. */
export const ODD: Space = {
  ...SAMPLE,
  id: "odd-space",
  stem: { width: 7, kernel: 5, stride: 1, activation: "relu" },
  first: { width: 9, kernel: 5, expand: 2.5, activation: "hswish", squeezeExcite: true },
  stages: [
    { width: 9, stride: 1, activation: "hswish", squeezeExcite: true, depth: [1, 2, 5], expand: [1, 1.5, 2.5], kernel: [1, 3, 9] },
    { width: 13, stride: 2, activation: "relu", squeezeExcite: false, depth: [1, 2], expand: [1, 3.3], kernel: [3, 7] },
  ],
  head: { width: 21, features: 11, activation: "relu" },
  squeezeExciteRatio: 0.3,
  widthMultiple: 3,
  preprocessing: { mean: [0, -0.5, 1e-7], std: [1, 2.5, 1e-3], cropShare: 0.9 },
};

/** Random architectures of a space, at its resolutions in turn. */
export function configsOf(space: Space, count: number, seed = 11): ArchitectureConfig[] {
  return sampleArchitectures(space, count, seed).map((stages, i) => ({
    version: 1,
    space: space.id,
    resolution: space.resolutions[i % space.resolutions.length]!,
    stages: stages.map(({ width, blocks }) => ({ width, blocks: [...blocks] })),
  }));
}

/** A config that carries all the words that a config can carry. */
export const wordy = (config: ArchitectureConfig, words: string): ArchitectureConfig => {
  const predicted = { value: 1, unit: words, interval: null, device: words, resolution: config.resolution, source: words };
  return {
    ...config,
    predicted: { accuracy: predicted, latency: predicted },
    measured: { latency: { value: 1, unit: words, device: words, resolution: config.resolution, precision: "int8", date: words, standardError: 0.01 } },
  };
};
