import type { Pixels } from "./types.js";

/** Fixed point of Pillow's 8-bit resampling: 32 bits less 8 of a pixel and 2 for overshoot. */
const PRECISION_BITS = 32 - 8 - 2;
const ONE = 2 ** PRECISION_BITS;
const HALF = 2 ** (PRECISION_BITS - 1);
const RGB = 3;

/** Where the crop lies in the resized image, and how large that is; all px. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

/** torchvision's Resize(shorter) and CenterCrop(side). */
export function frameOf({ width, height }: Pick<Pixels, "width" | "height">, shorter: number, side: number): Frame {
  const short = Math.min(width, height);
  const long = Math.floor((shorter * Math.max(width, height)) / short);
  const [w, h] = width <= height ? [shorter, long] : [long, shorter];
  return { width: w, height: h, left: roundHalfEven((w - side) / 2), top: roundHalfEven((h - side) / 2), side };
}

/** Python's round. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

/**
 * RGB [side, side, 3] of the frame: bilinear with the support widened when shrinking, to the bit as Pillow's
 * `Image.resize(…, BILINEAR)` (src/libImaging/Resample.c) and a crop. Only what the crop shows is computed.
 */
export function resampled(pixels: Pixels, frame: Frame): Uint8Array {
  const { side } = frame;
  const columns = weightsOf(pixels.width, frame.width, frame.left, side);
  const rows = weightsOf(pixels.height, frame.height, frame.top, side);
  const first = rows.first[0]!;
  const last = rows.first[side - 1]! + rows.count[side - 1]!;
  // Pillow's order: all rows across, rounded to bytes, then down.
  const across = acrossRows(pixels, columns, first, last, side);
  return downColumns(across, rows, first, side);
}

/** For each output of a range, the inputs it is made of and their weights in fixed point. */
interface Weights {
  readonly first: Int32Array;
  readonly count: Int32Array;
  /** [outputs, size] */
  readonly weights: Int32Array;
  readonly size: number;
}

/** Outputs from … from + outputs - 1 of `inSize` px resized to `outSize`. */
function weightsOf(inSize: number, outSize: number, from: number, outputs: number): Weights {
  const scale = inSize / outSize;
  const filterScale = Math.max(scale, 1);
  const size = Math.ceil(filterScale) * 2 + 1;
  const result = { first: new Int32Array(outputs), count: new Int32Array(outputs), weights: new Int32Array(outputs * size), size };
  const w = new Float64Array(size);
  for (let i = 0; i < outputs; i++) {
    const center = (from + i + 0.5) * scale;
    const first = Math.max(Math.trunc(center - filterScale + 0.5), 0);
    const count = Math.min(Math.trunc(center + filterScale + 0.5), inSize) - first;
    let sum = 0;
    for (let x = 0; x < count; x++) {
      w[x] = Math.max(1 - Math.abs((x + first - center + 0.5) * (1 / filterScale)), 0);
      sum += w[x]!;
    }
    for (let x = 0; x < count; x++) result.weights[i * size + x] = Math.trunc(0.5 + (sum === 0 ? w[x]! : w[x]! / sum) * ONE);
    result.first[i] = first;
    result.count[i] = count;
  }
  return result;
}

function acrossRows({ data, width, channels }: Pixels, { first, count, weights, size }: Weights, top: number, bottom: number, side: number): Uint8ClampedArray {
  const out = new Uint8ClampedArray((bottom - top) * side * RGB);
  let to = 0;
  for (let y = top; y < bottom; y++) {
    for (let i = 0; i < side; i++) {
      let at = (y * width + first[i]!) * channels;
      let red = HALF;
      let green = HALF;
      let blue = HALF;
      for (let k = i * size, end = k + count[i]!; k < end; k++, at += channels) {
        const weight = weights[k]!;
        red += data[at]! * weight;
        green += data[at + 1]! * weight;
        blue += data[at + 2]! * weight;
      }
      out[to++] = red >> PRECISION_BITS;
      out[to++] = green >> PRECISION_BITS;
      out[to++] = blue >> PRECISION_BITS;
    }
  }
  return out;
}

function downColumns(across: Uint8ClampedArray, { first, count, weights, size }: Weights, top: number, side: number): Uint8Array {
  const stride = side * RGB;
  const out = new Uint8ClampedArray(side * stride);
  const sums = new Float64Array(stride);
  for (let i = 0; i < side; i++) {
    sums.fill(HALF);
    for (let k = 0; k < count[i]!; k++) {
      const weight = weights[i * size + k]!;
      const row = (first[i]! + k - top) * stride;
      for (let x = 0; x < stride; x++) sums[x]! += across[row + x]! * weight;
    }
    for (let x = 0; x < stride; x++) out[i * stride + x] = sums[x]! >> PRECISION_BITS;
  }
  return new Uint8Array(out.buffer);
}
