import { NetworkError } from "./errors.js";
import type { Network } from "./network.js";
import { normals } from "./random.js";
import { stepsOf, type ConvStep, type DenseStep, type Step } from "./steps.js";

/** Where weights come from. */
export interface WeightSource {
  /** For the file's metadata: "random (…)", or which supernet. */
  readonly origin: string;
  /**
   * The numbers of a tensor, row by row; the writer changes none of them. A tensor is named after its layer (see
   * `stepsOf`), `….weight` or `….bias`: convolutions [out, in, k, k], depthwise ones [channels, 1, k, k], fully
   * connected layers [out, in], biases [out]. Batch-norm is folded into them.
   */
  tensor(name: string, shape: readonly number[]): Float32Array;
}

export interface TensorSpec {
  readonly name: string;
  readonly shape: readonly number[];
}

export type WeightedStep = ConvStep | DenseStep;
export const isWeighted = (step: Step): step is WeightedStep => step.kind === "conv" || step.kind === "dense";

export function weightShape(step: WeightedStep): number[] {
  if (step.kind === "dense") return [step.width, step.inputWidth];
  return [step.width, step.depthwise ? 1 : step.inputWidth, step.kernel, step.kernel];
}

/** Every tensor that the writer asks a `WeightSource` for, in the order of execution. */
export function weightSpecs(network: Network): TensorSpec[] {
  return stepsOf(network).filter(isWeighted).flatMap((step) => [
    { name: `${step.name}.weight`, shape: weightShape(step) },
    { name: `${step.name}.bias`, shape: [step.width] },
  ]);
}

/**
 * He normal (He et al. 2015, arXiv 1502.01852): variance 2 over the inputs of a channel; biases are 0. The same seed
 * (a 32-bit integer) gives the same numbers, whichever other tensors a network has.
 */
export function randomWeights(seed: number): WeightSource {
  return {
    origin: `random (He normal, seed ${seed})`,
    tensor(name, shape) {
      const length = shape.reduce((product, side) => product * side, 1);
      if (name.endsWith(".bias")) return new Float32Array(length);
      return normals(length, Math.sqrt((2 * shape[0]!) / length), name, seed);
    },
  };
}

/**
 * The same source, which remembers the tensors it gave: for whoever writes many models, since drawing the numbers is
 * a third of the work. All random tensors of a built-in space take some 50 MB.
 */
export function rememberedWeights(source: WeightSource): WeightSource {
  const known = new Map<string, Float32Array>();
  return {
    origin: source.origin,
    tensor(name, shape) {
      const key = `${name} ${shape.join()}`;
      const found = known.get(key) ?? source.tensor(name, shape);
      known.set(key, found);
      return found;
    },
  };
}

/** A layer's weights as the writers use them. */
export interface LayerWeights {
  readonly weight: Float32Array;
  readonly bias: Float32Array;
}

/** Whether there is neither NaN nor an infinity: zero times either is NaN, which no sum loses. */
export function allFinite(values: Float32Array): boolean {
  // Four sums: additions of one wait for each other.
  const { length } = values;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    a += values[i]! * 0;
    b += values[i + 1]! * 0;
    c += values[i + 2]! * 0;
    d += values[i + 3]! * 0;
  }
  for (; i < length; i++) a += values[i]! * 0;
  return a + b + c + d === 0;
}

/** Asks once for each tensor, and refuses what has not the size asked for. */
export function layerWeights(source: WeightSource): (step: WeightedStep) => LayerWeights {
  const known = new Map<string, LayerWeights>();
  const ask = (name: string, shape: readonly number[]) => {
    const values = source.tensor(name, shape);
    const expected = shape.reduce((product, side) => product * side, 1);
    if (!(values instanceof Float32Array)) throw new NetworkError(`Weights: ${name} is no Float32Array.`);
    if (values.length !== expected) {
      throw new NetworkError(`Weights: ${name} has ${values.length} numbers, expected ${expected} for the shape [${shape.join(", ")}].`);
    }
    if (!allFinite(values)) throw new NetworkError(`Weights: ${name} has a number that is not finite.`);
    return values;
  };
  return (step) => {
    const found = known.get(step.name);
    if (found !== undefined) return found;
    const made = { weight: ask(`${step.name}.weight`, weightShape(step)), bias: ask(`${step.name}.bias`, [step.width]) };
    known.set(step.name, made);
    return made;
  };
}
