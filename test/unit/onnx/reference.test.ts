import { describe, expect, it } from "vitest";
import { writeModel, type ModelOptions } from "../../../src/onnx/model.js";
import type { Network } from "../../../src/onnx/network.js";
import { knownRanges, rangeNames } from "../../../src/onnx/ranges.js";
import { baselineNetwork } from "../../../src/onnx/baselines.js";
import { biasedWeights, image, METADATA, SMALL } from "./networks.js";
import { forward, measuredRanges } from "./reference.js";
import { correlation, run } from "./runtime.js";

const WEIGHTS = biasedWeights(11);
const side = SMALL.resolution;

async function logits(network: Network, options: Partial<ModelOptions>, pixels: Float32Array): Promise<Float32Array> {
  const model = writeModel(network, { precision: "fp32", weights: WEIGHTS, metadata: METADATA, ...options });
  return (await run(model, pixels, [1, 3, network.resolution, network.resolution])).get("logits")!.data;
}

/** Largest difference as a share of the largest number. */
function difference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(found.length).toBe(expected.length);
  const values = Array.from(expected, Math.abs);
  return Math.max(...values.map((_, i) => Math.abs(found[i]! - expected[i]!))) / Math.max(1, ...values);
}

describe("the float model", () => {
  it("gives the logits of a forward pass in plain loops", async () => {
    for (const seed of [1, 2, 3]) {
      const pixels = image(side, seed);
      expect(difference(await logits(SMALL, {}, pixels), forward(SMALL, WEIGHTS, pixels).get("logits")!.data)).toBeLessThanOrEqual(1e-4);
    }
  });

  it("gives every inner tensor under its name", async () => {
    const outputs = rangeNames(SMALL).filter((name) => name !== "input");
    const pixels = image(side, 4);
    const found = await run(writeModel(SMALL, { precision: "fp32", weights: WEIGHTS, outputs, metadata: METADATA }), pixels, [1, 3, side, side]);
    const expected = forward(SMALL, WEIGHTS, pixels);
    for (const name of outputs) {
      const { channels, side: size, data } = expected.get(name)!;
      expect(found.get(name)!.shape, name).toEqual(name.startsWith("head.features") ? [1, channels] : [1, channels, size, size]);
      expect(difference(found.get(name)!.data, data), name).toBeLessThanOrEqual(1e-4);
    }
  });

  it("takes several images, and a free batch", async () => {
    const pixels = image(side, 5, 3);
    const shape = [3, 3, side, side];
    const fixed = (await run(writeModel(SMALL, { precision: "fp32", weights: WEIGHTS, batch: 3, metadata: METADATA }), pixels, shape)).get("logits")!;
    const free = (await run(writeModel(SMALL, { precision: "int8", weights: WEIGHTS, batch: "N", metadata: METADATA }), pixels, shape)).get("logits")!;
    expect([fixed.shape, free.shape]).toEqual([[3, 7], [3, 7]]);
    for (let i = 0; i < 3; i++) {
      const one = forward(SMALL, WEIGHTS, pixels.subarray(i * 3 * side ** 2, (i + 1) * 3 * side ** 2)).get("logits")!.data;
      expect(difference(fixed.data.subarray(i * 7, i * 7 + 7), one)).toBeLessThanOrEqual(1e-4);
    }
  });
});

describe("the int8 model", () => {
  const images = [1, 2, 3, 4, 5, 6].map((seed) => image(side, seed));
  const ranges = knownRanges("measured", measuredRanges(SMALL, WEIGHTS, images));
  const expected = images.flatMap((pixels) => [...forward(SMALL, WEIGHTS, pixels).get("logits")!.data]);
  const all = async (options: Partial<ModelOptions>) => (await Promise.all(images.map((pixels) => logits(SMALL, { precision: "int8", ...options }, pixels)))).flatMap((values) => [...values]);

  it("is close to the float model on measured ranges", async () => {
    const found = await all({ ranges });
    expect(correlation(found, expected)).toBeGreaterThan(0.995);
    expect(difference(found, expected)).toBeLessThan(0.08);
  });

  it("is close on the default ranges, and with 7-bit weights", async () => {
    expect(correlation(await all({}), expected)).toBeGreaterThan(0.97);
    expect(correlation(await all({ ranges, weightBits: 7 }), expected)).toBeGreaterThan(0.99);
  });

  it("computes the same with padded channels", async () => {
    expect(await all({ ranges, channelMultiple: 16 })).toEqual(await all({ ranges, channelMultiple: 1 }));
  });

  it("does not saturate with random weights and default ranges", async () => {
    const network = baselineNetwork("mobilenet-v2", { resolution: 64 });
    const pixels = image(64, 1);
    const [float, int] = [await logits(network, {}, pixels), await logits(network, { precision: "int8" }, pixels)];
    expect(new Set(int).size).toBeGreaterThan(100);
    expect(correlation(float, int)).toBeGreaterThan(0.9);
  });
});
