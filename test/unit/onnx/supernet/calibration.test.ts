import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeModel } from "../../../../src/onnx/model.js";
import { networkOf, type Space } from "../../../../src/onnx/space.js";
import { linearName, stepsOf } from "../../../../src/onnx/steps.js";
import { calibrationBatches, calibrationModel, meanName, StatisticsMean, varianceName } from "../../../../src/onnx/supernet/calibration.js";
import { SupernetError } from "../../../../src/onnx/supernet/errors.js";
import { foldedWeights } from "../../../../src/onnx/supernet/fold.js";
import { largestStages } from "../../../../src/onnx/supernet/names.js";
import { readSafetensors } from "../../../../src/onnx/supernet/safetensors.js";
import { sliceSubnet } from "../../../../src/onnx/supernet/slice.js";
import { stateDict } from "../../../../src/onnx/supernet/stateDict.js";
import type { Subnet } from "../../../../src/onnx/supernet/types.js";
import { weightSpecs } from "../../../../src/onnx/weights.js";
import { image, METADATA, sampleArchitectures } from "../networks.js";
import { run } from "../runtime.js";
import { recalibrated } from "./recalibrated.js";
import { bytesOf, ELASTIC, randomSupernet } from "./supernets.js";

const SIDE = 23;
const subnetOf = (space: Space, seed: number): Subnet => sliceSubnet(randomSupernet(space, seed), sampleArchitectures(space, 1, seed)[0]!, SIDE);

const COUNT = 6;

/** Mean and biased variance of each channel of [COUNT, channels, side, side], in doubles. */
function moments(data: Float32Array, channels: number): { mean: number[]; variance: number[] } {
  const plane = data.length / COUNT / channels;
  const values = Array.from({ length: channels }, (_, c) => [...data].filter((_, i) => Math.floor(i / plane) % channels === c));
  const mean = values.map((v) => v.reduce((a, b) => a + b, 0) / v.length);
  return { mean, variance: values.map((v, c) => v.reduce((a, b) => a + (b - mean[c]!) ** 2, 0) / v.length) };
}

const close = (found: number, expected: number, what: string, tolerance = 1e-4) =>
  expect(Math.abs(found - expected), `${what}: ${found}, expected ${expected}`).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(expected)));

describe("the calibration graph", () => {
  it("normalises by its own batch: a network with these statistics has unit channels on these images", async () => {
    for (const seed of [1, 2, 3]) {
      const subnet = subnetOf(ELASTIC, seed);
      const pixels = image(SIDE, seed, COUNT);
      const { model, layers } = calibrationModel(subnet);
      const outputs = await run(model, pixels, [COUNT, 3, SIDE, SIDE]);
      expect([...outputs.keys()].sort()).toEqual(layers.flatMap((layer) => [meanName(layer), varianceName(layer)]).sort());
      // The biased statistics, so that both networks compute the same.
      const statistics = new Map(layers.map((layer) => [layer, { mean: outputs.get(meanName(layer))!.data, variance: outputs.get(varianceName(layer))!.data }]));
      const steps = new Map(stepsOf(subnet.network).map((step) => [step.name, step]));
      const tensorOf = (layer: string) => {
        const step = steps.get(layer)!;
        return step.kind === "conv" && step.activation === "none" ? layer : linearName(layer);
      };
      const found = await run(
        writeModel(subnet.network, { precision: "fp32", batch: "N", weights: foldedWeights(subnet, statistics, "test"), outputs: layers.map(tensorOf), metadata: METADATA }),
        pixels,
        [COUNT, 3, SIDE, SIDE],
      );
      for (const layer of layers) {
        const [gamma, beta] = [subnet.tensors.get(`${layer}.norm.weight`)!, subnet.tensors.get(`${layer}.norm.bias`)!];
        const { mean, variance } = moments(found.get(tensorOf(layer))!.data, gamma.length);
        statistics.get(layer)!.variance.forEach((own, c) => {
          close(mean[c]!, beta[c]!, `${layer} mean ${c}`);
          close(variance[c]!, (gamma[c]! ** 2 * own) / (own + 1e-5), `${layer} variance ${c}`);
        });
      }
    }
  });

  it("keeps small variances beside large means", async () => {
    const subnet = subnetOf(ELASTIC, 4);
    const pixels = image(SIDE, 4, COUNT).map((v) => 300 + v / 100);
    const weight = subnet.tensors.get("stem.conv.weight")!;
    // Inside the image the stem sees 300 on all sides; a kernel of one at its centre has no border.
    weight.fill(0);
    for (let out = 0; out < 6; out++) weight[out * 27 + (out % 3) * 9 + 4] = 1;
    const { data } = (await run(calibrationModel(subnet).model, pixels, [COUNT, 3, SIDE, SIDE])).get("stem.conv.variance")!;
    const half = Math.ceil(SIDE / 2);
    const seen = new Float32Array(COUNT * 3 * half ** 2).map((_, i) => {
      const [plane, row, column] = [Math.floor(i / half ** 2), Math.floor(i / half) % half, i % half];
      return pixels[plane * SIDE ** 2 + 2 * row * SIDE + 2 * column]!;
    });
    const { variance } = moments(seen, 3);
    // E[x^2] - E[x]^2 in float32 would be off by some 300^2 * 2^-24 = 5e-3, fifty times the variance itself.
    data.forEach((value, c) => expect(Math.abs(value / variance[c % 3]! - 1)).toBeLessThan(1e-2));
  });
});

describe("statistics over batches", () => {
  it("cut images into as few batches as can be, equal but for one image", () => {
    expect(calibrationBatches(250)).toEqual([83, 83, 84]);
    expect(calibrationBatches(100)).toEqual([100]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 200 }), (images, largest) => {
        const sizes = calibrationBatches(images, largest);
        expect(sizes.reduce((a, b) => a + b)).toBe(images);
        expect(sizes.length).toBe(Math.ceil(images / largest));
        expect(Math.max(...sizes)).toBeLessThanOrEqual(largest);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("are means of means and of unbiased variances", async () => {
    const subnet = subnetOf(ELASTIC, 5);
    const pixels = image(SIDE, 5, COUNT);
    const one = 3 * SIDE ** 2;
    const statistics = await recalibrated(subnet, { pixels, count: COUNT, side: SIDE }, 2);
    const batches = await Promise.all([0, 2, 4].map((i) => run(calibrationModel(subnet).model, pixels.subarray(i * one, (i + 2) * one), [2, 3, SIDE, SIDE])));
    for (const step of stepsOf(subnet.network)) {
      if (step.kind !== "conv" || !step.batchNorm) continue;
      const values = 2 * step.side ** 2;
      const mean = (output: string, c: number) => batches.reduce((sum, batch) => sum + batch.get(`${step.name}.${output}`)!.data[c]!, 0) / 3;
      const found = statistics.get(step.name)!;
      for (let c = 0; c < step.width; c++) {
        close(found.mean[c]!, mean("mean", c), step.name, 1e-6);
        close(found.variance[c]!, (mean("variance", c) * values) / (values - 1), step.name, 1e-6);
      }
    }
  });

  it("refuse what makes none", () => {
    const network = networkOf(ELASTIC, largestStages(ELASTIC), { resolution: 8 });
    const refuse = (f: () => unknown, message: string) => {
      expect(f).toThrow(SupernetError);
      expect(f).toThrow(message);
    };
    refuse(() => new StatisticsMean(network).statistics(), "found no batch");
    refuse(() => new StatisticsMean(network).add(new Map(), 4), "Output stem.conv.mean: found none, expected 6 numbers.");
    refuse(() => new StatisticsMean(network).add(new Map([["stem.conv.mean", new Float32Array(6).fill(NaN)]]), 4), "stem.conv.mean, channel 0: found NaN");
    const outputs = stepsOf(network).flatMap((step): [string, Float32Array][] => ["mean", "variance"].map((key) => [`${step.name}.${key}`, new Float32Array(step.width)]));
    // 8 px end as a single one.
    refuse(() => new StatisticsMean(network).add(new Map(outputs), 1), "found one value for each channel, expected two or more");
    new StatisticsMean(network).add(new Map(outputs), 2);
  });

  it("must be of the subnet that they are folded into", () => {
    const subnet = subnetOf(ELASTIC, 6);
    expect(() => foldedWeights(subnet, new Map(), "test").tensor("stem.conv.weight", [6, 3, 3, 3])).toThrow("Statistics of stem.conv: found none, expected 6 channels.");
    const short = new Map([["stem.conv", { mean: new Float32Array(5), variance: new Float32Array(5) }]]);
    expect(() => foldedWeights(subnet, short, "test").tensor("stem.conv.bias", [6])).toThrow("Statistics of stem.conv: found 5, expected 6 channels.");
  });
});

describe("a state dict", () => {
  it("holds every tensor of the plain network, with these statistics, and nothing else", () => {
    const subnet = subnetOf(ELASTIC, 7);
    const { tensors, metadata } = readSafetensors(stateDict(subnet, subnet.statistics, { "foxnas.resolution": "23", note: "h-swish – ünïcode" }));
    expect(Object.fromEntries(metadata)).toEqual({ format: "pt", "foxnas.resolution": "23", note: "h-swish – ünïcode" });
    const shapes = new Map(weightSpecs(subnet.network).map(({ name, shape }) => [name, shape]));
    const numbers = (name: string) => tensors.get(name)!.bytes;
    for (const [name, values] of subnet.tensors) {
      expect(tensors.get(name)!.shape, name).toEqual(shapes.get(name) ?? [values.length]);
      expect(numbers(name), name).toEqual(bytesOf(values));
    }
    for (const [layer, { mean, variance }] of subnet.statistics) {
      expect(numbers(`${layer}.norm.running_mean`)).toEqual(bytesOf(mean));
      expect(numbers(`${layer}.norm.running_var`)).toEqual(bytesOf(variance));
    }
    expect(tensors.size).toBe(subnet.tensors.size + 2 * subnet.statistics.size);
    expect(() => stateDict(subnet, new Map(), {})).toThrow("State dict: there is no stem.conv.norm.running_mean.");
  });
});
