import { describe, expect, it } from "vitest";
import { Random } from "../../../src/engine/random.js";
import { InputError } from "../../../src/shared/errors.js";
import { memoryBytes } from "../../../src/worker/data/bytes.js";
import { decodeImage } from "../../../src/worker/data/decode.js";
import { openData } from "../../../src/worker/data/index.js";
import { numbersOf, readNpy } from "../../../src/worker/data/npy.js";
import { prepared } from "../../../src/worker/data/prepare.js";
import { fixture, folderOf, npy, OPTIONS } from "./helpers.js";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const TRIES = 500;

/** Some bytes changed, cut out, doubled, or the end cut off. */
function damaged(file: Uint8Array, random: Random): Uint8Array {
  const copy = Uint8Array.from(file);
  const at = random.below(copy.length);
  switch (random.below(4)) {
    case 0:
      return copy.subarray(0, at);
    case 1:
      return Buffer.concat([copy.subarray(0, at), copy.subarray(at + 1 + random.below(20))]);
    case 2:
      return Buffer.concat([copy.subarray(0, at + random.below(20)), copy.subarray(at)]);
    default:
      // Half of the changes near the beginning, where headers are.
      for (let i = 0; i <= random.below(6); i++) copy[random.below(random.below(2) === 0 ? copy.length : Math.min(copy.length, 200))] = random.below(256);
      return copy;
  }
}

/** How often damaged files were refused and read; anything but an InputError fails the test. */
async function outcomes(file: Uint8Array, seed: number, read: (data: Uint8Array) => Promise<void>): Promise<{ refused: number; read: number }> {
  const random = Random.seeded(seed);
  const count = { refused: 0, read: 0 };
  for (let i = 0; i < TRIES; i++) {
    try {
      await read(damaged(file, random));
      count.read += 1;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      count.refused += 1;
    }
  }
  return count;
}

describe(`${TRIES} damaged files of each kind are refused, or read as something finite`, { timeout: 300_000 }, () => {
  const image = async (data: Uint8Array) => {
    const pixels = await decodeImage(data, "image");
    expect(pixels.data).toHaveLength(pixels.width * pixels.height * pixels.channels);
    expect(prepared(pixels, OPTIONS)).toHaveLength(192);
  };

  it.each(["0-420.jpg", "0-progressive.jpg", "orientation.jpg"])("JPEG: %s", async (name) => {
    const count = await outcomes(fixture(name), 1, image);
    expect(count.refused).toBeGreaterThan(100);
    expect(count.read).toBeGreaterThan(20);
  });

  it.each(["0-rgb.png", "0-interlaced.png", "0-palette4.png"])("PNG: %s", async (name) => {
    const count = await outcomes(fixture(name), 2, image);
    expect(count.refused).toBeGreaterThan(300);
  });

  it("npy", async () => {
    const file = npy("<f4", [2, 3, 4, 4], Buffer.from(new Float32Array(96).fill(1.5).buffer));
    const count = await outcomes(file, 3, async (data) => {
      const array = await readNpy(memoryBytes(data), "x.npy");
      numbersOf(await array.bytes.read(array.start, array.bytes.size - array.start), array);
    });
    expect(count.refused).toBeGreaterThan(200);
    expect(count.read).toBeGreaterThan(20);
  });

  it.each(["stored.npz", "deflated.npz"])("npz: %s", async (name) => {
    const root = folderOf({ "calibration.npz": fixture("stored.npz") });
    const count = await outcomes(fixture(name), 4, async (data) => {
      writeFileSync(join(root, "validation.npz"), data);
      const { part } = await openData(root, OPTIONS);
      const set = part("validation", null, 1);
      expect((await set.batch(0, set.count)).every(Number.isFinite)).toBe(true);
    });
    expect(count.refused).toBeGreaterThan(200);
    expect(count.read).toBeGreaterThan(5);
  });
});
