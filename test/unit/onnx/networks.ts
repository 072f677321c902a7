import fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Network } from "../../../src/onnx/network.js";
import { networkOf, type Space, type StageChoice } from "../../../src/onnx/space.js";
import { randomWeights, type WeightSource } from "../../../src/onnx/weights.js";

const SPACES = join(import.meta.dirname, "../../../media/spaces");
export const BUILT_IN = ["foxnas-cpu", "foxnas-cpu-relu", "foxnas-tpu", "ofa-mbv3"];
export const METADATA = { architecture: "test", tool: "fox-nas", version: "0.0.0" };

export const builtInSpace = (id: string) => JSON.parse(readFileSync(join(SPACES, `${id}.json`), "utf8")) as Space;

export function architectures(space: Space): fc.Arbitrary<StageChoice[]> {
  const stages = space.stages.map(({ width, depth, expand, kernel }) => {
    const block = fc.record({ expand: fc.constantFrom(...expand), kernel: fc.constantFrom(...kernel) });
    return fc.constantFrom(...depth).chain((n) => fc.array(block, { minLength: n, maxLength: n }).map((blocks) => ({ width, blocks })));
  });
  return fc.tuple(...stages);
}

export const sampleArchitectures = (space: Space, count: number, seed = 1) => fc.sample(architectures(space), { numRuns: count, seed });

/** One network of a built-in space, the same for the same seed. */
export function sampleNetwork(id: string, resolution: number, { seed = 1, classes = 10 } = {}): Network {
  const space = builtInSpace(id);
  return networkOf(space, sampleArchitectures(space, 1, seed)[0]!, { resolution, classes });
}

/** Everything the writer can write, at a size that nested loops can compute. Odd sides, widths off any multiple. */
export const SMALL_SPACE: Space = {
  id: "small",
  classes: 7,
  stem: { width: 6, kernel: 3, stride: 2, activation: "hswish" },
  first: { width: 6, kernel: 3, expand: 1, activation: "relu", squeezeExcite: true },
  stages: [
    { width: 8, stride: 2, activation: "relu6", squeezeExcite: false, depth: [2], expand: [1, 3], kernel: [3, 5] },
    { width: 10, stride: 1, activation: "hswish", squeezeExcite: true, depth: [2], expand: [2, 2.5], kernel: [5, 7] },
  ],
  head: { width: 24, features: 12, activation: "hswish" },
  squeezeExciteRatio: 0.25,
  widthMultiple: 2,
};
const SMALL_CHOICE: StageChoice[] = [
  { width: 8, blocks: [{ expand: 3, kernel: 3 }, { expand: 1, kernel: 5 }] },
  { width: 10, blocks: [{ expand: 2, kernel: 5 }, { expand: 2.5, kernel: 7 }] },
];
export const SMALL = networkOf(SMALL_SPACE, SMALL_CHOICE, { resolution: 23 });

/** Random weights with biases, which `randomWeights` leaves at zero. */
export function biasedWeights(seed: number): WeightSource {
  const weights = randomWeights(seed);
  return {
    origin: weights.origin,
    tensor: (name, shape) => (name.endsWith(".bias") ? weights.tensor(`${name}.weight`, shape).map((v) => v / 4) : weights.tensor(name, shape)),
  };
}

/** Pixels like those of a normalised image: [N, 3, side, side]. */
export function image(side: number, seed: number, count = 1): Float32Array {
  return randomWeights(seed).tensor("image", [count * 3 * side ** 2, 2]).subarray(0, count * 3 * side ** 2);
}
