import { NetworkError } from "./errors.js";

/** real = scale * (integer - zeroPoint), with u8 integers. */
export interface Quantization {
  readonly scale: number;
  readonly zeroPoint: number;
}

/** Scales below this would lose digits as 32-bit floats. */
const SMALLEST_SCALE = 1e-30;

/**
 * u8 quantization of a range of real numbers, widened to hold 0 exactly.
 * @throws NetworkError for a range that is empty or not finite
 */
export function quantizationOf(tensor: string, [low, high]: readonly [number, number]): Quantization {
  if (!Number.isFinite(low) || !Number.isFinite(high) || low > high) {
    throw new NetworkError(`Range of ${tensor}: found [${low}, ${high}], expected two finite numbers in rising order.`);
  }
  const bottom = Math.min(low, 0);
  const scale = Math.fround(Math.max((Math.max(high, 0) - bottom) / 255, SMALLEST_SCALE));
  return { scale, zeroPoint: Math.min(255, Math.round(-bottom / scale)) };
}

/** A layer's weights in integers: real = scales[channel] * integer. */
export interface QuantizedLayer {
  readonly weight: Int8Array;
  /** One for each output channel. */
  readonly scales: Float32Array;
  /** Biases in units of inputScale * scales[channel]. */
  readonly bias: Int32Array;
  readonly biasScales: Float32Array;
}

/** Biases must fit 32 bits, with room for the sum of products beside them. */
const LARGEST_BIAS = 2 ** 30;

/**
 * Symmetric s8 quantization with one scale for each output channel (Krishnamoorthi 2018, arXiv 1806.08342).
 * @param bits 8, or 7 where the processor's u8 x s8 product saturates at 16 bits (x86 without VNNI)
 */
export function quantizeLayer(weight: Float32Array, bias: Float32Array, inputScale: number, bits: 7 | 8): QuantizedLayer {
  const channels = bias.length;
  const size = weight.length / channels;
  const top = 2 ** (bits - 1) - 1;
  const integers = new Int8Array(weight.length);
  const made = { weight: integers, scales: new Float32Array(channels), bias: new Int32Array(channels), biasScales: new Float32Array(channels) };
  for (let channel = 0, from = 0; channel < channels; channel++, from += size) {
    // A channel of (nearly) zero weights takes the scale that its bias needs.
    const needed = Math.abs(bias[channel]!) / (inputScale * LARGEST_BIAS);
    const wanted = Math.fround(Math.max(largestIn(weight, from, from + size) / top, needed));
    const scale = wanted < SMALLEST_SCALE ? 1 : wanted;
    round(weight, from, from + size, 1 / scale, integers);
    const unit = Math.max(Math.fround(scale * inputScale), SMALLEST_SCALE);
    made.scales[channel] = scale;
    made.biasScales[channel] = unit;
    made.bias[channel] = Math.round(bias[channel]! / unit);
  }
  return made;
}

// Several million weights go through both of these: no closure, no temporary, nothing that cannot stay in a register.

/** Largest absolute number of values[from … to - 1]. */
function largestIn(values: Float32Array, from: number, to: number): number {
  let largest = 0;
  let i = from;
  // Four at a time: hardly any is larger than all before it.
  for (; i + 4 <= to; i += 4) {
    const a = Math.abs(values[i]!);
    const b = Math.abs(values[i + 1]!);
    const c = Math.abs(values[i + 2]!);
    const d = Math.abs(values[i + 3]!);
    if (a > largest || b > largest || c > largest || d > largest) largest = Math.max(largest, a, b, c, d);
  }
  for (; i < to; i++) largest = Math.max(largest, Math.abs(values[i]!));
  return largest;
}

/** integers[i] = values[i] * inverse, rounded; in [-127, 127]. */
function round(values: Float32Array, from: number, to: number, inverse: number, integers: Int8Array): void {
  // Adding a half and truncating is some times faster than Math.round.
  for (let i = from; i < to; i++) integers[i] = ((values[i]! * inverse + 128.5) | 0) - 128;
}
