import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Space, StageChoice } from "../../../../src/onnx/space.js";
import { sliceSubnet } from "../../../../src/onnx/supernet/slice.js";
import { readSupernet } from "../../../../src/onnx/supernet/supernet.js";
import { difference, logitsOf, recalibrated, type Images } from "./recalibrated.js";

const ROOT = join(import.meta.dirname, "../../../..");
const SAMPLE = join(ROOT, "media/samples/shapes");

/** Logits that PyTorch gave once: see test/kit/reference.py. */
const stored = JSON.parse(readFileSync(join(ROOT, "test/fixtures/shapes-logits.json"), "utf8")) as {
  readonly supernet: string;
  readonly resolution: number;
  readonly calibrationImages: number;
  readonly calibrationBatch: number;
  readonly images: number;
  readonly subnets: readonly { readonly name: string; readonly stages: StageChoice[]; readonly before: number[][]; readonly after: number[][] }[];
};
const space = JSON.parse(readFileSync(join(SAMPLE, "shapes.space.json"), "utf8")) as Space & { preprocessing: { mean: number[]; std: number[] } };

/** The bytes of one file of a zip archive: its entry in the central directory, then what lies there. */
function unzipped(archive: Buffer, wanted: string): Buffer {
  for (let at = archive.readUInt32LE(archive.lastIndexOf("PK\x05\x06") + 16); archive.readUInt32LE(at) === 0x02014b50; ) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset)) as [number, number, number];
    if (archive.toString("latin1", at + 46, at + 46 + name) === wanted) {
      const local = archive.readUInt32LE(at + 42);
      const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
      const bytes = archive.subarray(start, start + archive.readUInt32LE(at + 20));
      return archive.readUInt16LE(at + 10) === 0 ? bytes : inflateRawSync(bytes);
    }
    at += 46 + name + extra + comment;
  }
  throw new Error(`The archive has no ${wanted}.`);
}

/** The first so many images of an .npz, [N, side, side, 3] uint8, normalised as the space says. */
function imagesOf(file: string, count: number, side: number): Images {
  const npy = unzipped(readFileSync(join(SAMPLE, "data", file)), "images.npy");
  const bytes = npy.subarray(10 + npy.readUInt16LE(8));
  const { mean, std } = space.preprocessing;
  const pixels = new Float32Array(count * 3 * side ** 2);
  for (let i = 0; i < pixels.length; i++) {
    const [image, channel, pixel] = [Math.floor(i / (3 * side ** 2)), Math.floor(i / side ** 2) % 3, i % side ** 2];
    pixels[i] = (bytes[(image * side ** 2 + pixel) * 3 + channel]! / 255 - mean[channel]!) / std[channel]!;
  }
  return { pixels, count, side };
}

describe("subnets of the sample give the logits that PyTorch gave", () => {
  const bytes = readFileSync(join(SAMPLE, "shapes.safetensors"));
  const supernet = readSupernet(bytes, space);
  const side = stored.resolution;
  const validation = imagesOf("validation.npz", stored.images, side);
  const calibration = imagesOf("calibration.npz", stored.calibrationImages, side);

  it("with the supernet that they were made with", () => {
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(stored.supernet);
  });

  it.each(stored.subnets.map((subnet) => [subnet.name, subnet] as const))("before and after recalibration: %s", async (_, { stages, before, after }) => {
    const subnet = sliceSubnet(supernet, stages, side);
    expect(difference(await logitsOf(subnet, subnet.statistics, validation), before.flat())).toBeLessThanOrEqual(1e-4);
    const statistics = await recalibrated(subnet, calibration, stored.calibrationBatch);
    expect(difference(await logitsOf(subnet, statistics, validation), after.flat())).toBeLessThanOrEqual(1e-4);
    // Else the second comparison would say no more than the first; the file keeps the statistics of the largest subnet.
    expect(difference(before.flat(), after.flat())).toBeGreaterThan(1e-3);
  });
});
