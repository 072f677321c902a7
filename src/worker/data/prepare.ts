import type { Preprocessing } from "../../shared/space.js";
import { frameOf, resampled } from "./resample.js";
import type { DataOptions, Pixels } from "./types.js";

const CHANNELS = 3;

/** RGB [R, R, 3]: resized so that the crop is `cropShare` of the shorter side, and cut from the centre. */
export function prepared(pixels: Pixels, { preprocessing, resolution }: Pick<DataOptions, "preprocessing" | "resolution">): Uint8Array {
  return resampled(pixels, frameOf(pixels, Math.floor(resolution / preprocessing.cropShare), resolution));
}

/** What bytes become, by channel: single precision at every step, as torchvision's ToTensor and Normalize. */
export function normalisation({ mean, std }: Preprocessing): Float32Array[] {
  const { fround } = Math;
  return mean.map((m, c) => Float32Array.from({ length: 256 }, (_, byte) => fround(fround(fround(byte / 255) - fround(m)) / fround(std[c]!))));
}

/** RGB [R, R, 3] as [3, R, R], written to `out` from `at` on. */
export function normaliseInto(out: Float32Array, at: number, bytes: Uint8Array, tables: readonly Float32Array[]): void {
  const area = bytes.length / CHANNELS;
  for (let c = 0; c < CHANNELS; c++) {
    const table = tables[c]!;
    const plane = at + c * area;
    for (let i = 0, from = c; i < area; i++, from += CHANNELS) out[plane + i] = table[bytes[from]!]!;
  }
}
