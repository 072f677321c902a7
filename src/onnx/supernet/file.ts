import { allFinite } from "../weights.js";
import { listed, quoted, SupernetError } from "./errors.js";

/** A tensor as a file holds it. Nothing of it is checked but what the format itself demands. */
export interface StoredTensor {
  /** "F32", "F16", "BF16", or what else the file says. */
  readonly type: string;
  readonly shape: readonly number[];
  /** Row by row, little-endian; a string says why they cannot be had. */
  readonly bytes: Uint8Array | string;
}

/** What both formats have in common. */
export interface TensorFile {
  readonly format: "safetensors" | "onnx";
  readonly metadata: ReadonlyMap<string, string>;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

/** So many tensors no supernet has; more would only cost memory. */
export const MOST_TENSORS = 100_000;
export const MOST_DIMENSIONS = 64;
export const LONGEST_NAME = 4096;

/** Bytes of a number, of the types that are read. */
export const NUMBER_SIZE: ReadonlyMap<string, number> = new Map([
  ["F32", 4],
  ["F16", 2],
  ["BF16", 2],
]);

/**
 * The numbers of a tensor that must have this shape, as float32; a view of the file where it holds such.
 * @throws SupernetError naming the tensor
 */
export function numbersOf(name: string, tensor: StoredTensor, shape: readonly number[]): Float32Array {
  const { type, bytes } = tensor;
  if (typeof bytes === "string") throw new SupernetError(`${name}: ${bytes}`);
  const size = NUMBER_SIZE.get(type);
  if (size === undefined) throw new SupernetError(`${name}: found numbers of type ${quoted(type)}, expected F32, F16 or BF16.`);
  if (tensor.shape.length !== shape.length || tensor.shape.some((side, i) => side !== shape[i])) {
    throw new SupernetError(`${name}: found the shape ${listed(tensor.shape)}, expected ${listed(shape)}. Is this the space that the supernet was trained for?`);
  }
  const count = shape.reduce((product, side) => product * side, 1);
  if (bytes.length !== count * size) throw new SupernetError(`${name}: found ${bytes.length} bytes, expected ${count * size} for ${count} numbers of type ${type}.`);
  const values = size === 4 ? floats(bytes) : type === "F16" ? halves(bytes) : bfloats(bytes);
  if (!allFinite(values)) {
    const at = values.findIndex((value) => !Number.isFinite(value));
    throw new SupernetError(`${name}: found ${values[at]} as number ${at}, expected finite numbers. Did training diverge?`);
  }
  return values;
}

/** Files are little-endian, which every platform of onnxruntime is. */
function floats(bytes: Uint8Array): Float32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Float32Array(aligned.buffer, aligned.byteOffset, bytes.length / 4);
}

/** bfloat16 is the upper half of a float32. */
function bfloats(bytes: Uint8Array): Float32Array {
  const bits = new Uint32Array(bytes.length / 2);
  for (let i = 0; i < bits.length; i++) bits[i] = (bytes[2 * i]! << 16) | (bytes[2 * i + 1]! << 24);
  return new Float32Array(bits.buffer);
}

/** IEEE 754 binary16: sign, five bits of exponent (bias 15), ten of fraction. */
export function halfToNumber(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

let halfTable: Float32Array | undefined;

function halves(bytes: Uint8Array): Float32Array {
  const table = (halfTable ??= Float32Array.from({ length: 1 << 16 }, (_, half) => halfToNumber(half)));
  const made = new Float32Array(bytes.length / 2);
  for (let i = 0; i < made.length; i++) made[i] = table[bytes[2 * i]! | (bytes[2 * i + 1]! << 8)]!;
  return made;
}
