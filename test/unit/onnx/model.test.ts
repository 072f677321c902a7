import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normals } from "../../../src/onnx/random.js";
import { quantizationOf, quantizeLayer } from "../../../src/onnx/quantize.js";
import { knownRanges, rangeNames } from "../../../src/onnx/ranges.js";
import { writeModel, type ModelOptions } from "../../../src/onnx/model.js";
import { costsOf } from "../../../src/onnx/costs.js";
import { stepsOf } from "../../../src/onnx/steps.js";
import { randomWeights, rememberedWeights, weightSpecs } from "../../../src/onnx/weights.js";
import { modelOf } from "./decode.js";
import { METADATA, sampleNetwork, SMALL } from "./networks.js";

const write = (options: Partial<ModelOptions> = {}) => writeModel(SMALL, { precision: "fp32", metadata: METADATA, ...options });

describe("a written model", () => {
  it.each(["fp32", "int8"] as const)("is the same, byte for byte, for the same arguments: %s", (precision) => {
    const model = (seed: number) => write({ precision, weights: randomWeights(seed) });
    expect(model(3)).toEqual(model(3));
    expect(model(3)).not.toEqual(model(4));
    const remembered = rememberedWeights(randomWeights(3));
    for (let i = 0; i < 2; i++) expect(write({ precision, weights: remembered })).toEqual(model(3));
  });

  it("says what it is and where its weights come from", () => {
    const { metadata, irVersion, opset } = modelOf(write({ precision: "int8", weights: randomWeights(5) }));
    expect({ irVersion, opset }).toEqual({ irVersion: 7, opset: 13 });
    expect(metadata).toEqual({
      "foxnas.network": "small",
      "foxnas.architecture": "test",
      "foxnas.resolution": "23",
      "foxnas.classes": "7",
      "foxnas.precision": "int8",
      "foxnas.weights": "random (He normal, seed 5)",
      "foxnas.ranges": "default (propagated moments, no calibration)",
      "foxnas.weightBits": "8",
      "foxnas.channelMultiple": "16",
      "foxnas.tool": "fox-nas",
      "foxnas.version": "0.0.0",
    });
  });

  it("holds the weights and nothing else in fp32, inside the file", () => {
    const network = sampleNetwork("foxnas-cpu", 64);
    const { tensors, nodes } = modelOf(writeModel(network, { precision: "fp32", metadata: METADATA }));
    expect(tensors.map(({ name, shape }) => ({ name, shape }))).toEqual(weightSpecs(network));
    const normalized = stepsOf(network).reduce((sum, s) => sum + (s.kind === "conv" && s.batchNorm ? s.width : 0), 0);
    expect(tensors.reduce((sum, t) => sum + t.bytes / 4, 0)).toBe(costsOf(network).parameters - normalized);
    expect(tensors.some((t) => t.external)).toBe(false);
    const names = nodes.map((n) => n.name);
    expect(new Set(names).size).toBe(names.length);
  });

  it("holds the same weights in int8 where no channel is padded", () => {
    const network = sampleNetwork("foxnas-cpu", 64);
    const { tensors } = modelOf(writeModel(network, { precision: "int8", channelMultiple: 1, metadata: METADATA }));
    const weights = tensors.filter((t) => /\.(weight|bias)$/.test(t.name));
    expect(weights.map(({ name, shape }) => ({ name, shape }))).toEqual(weightSpecs(network));
    expect(new Set(weights.map((t) => t.type))).toEqual(new Set([3, 6]));
  });

  it("is refused with a reason", () => {
    const weights = (tensor: (size: number) => Float32Array) => ({ origin: "test", tensor: (_: string, shape: readonly number[]) => tensor(shape.reduce((a, b) => a * b)) });
    expect(() => write({ weights: weights((size) => new Float32Array(size - 1)) })).toThrow("Weights: stem.conv.weight has 161 numbers, expected 162 for the shape [6, 3, 3, 3].");
    expect(() => write({ weights: weights((size) => new Float32Array(size).fill(NaN)) })).toThrow("stem.conv.weight has a number that is not finite");
    expect(() => write({ precision: "int8", ranges: knownRanges("test", new Map()) })).toThrow("Ranges (test): there is none for input.");
    expect(() => write({ precision: "int8", ranges: { origin: "test", range: () => [1, -1] } })).toThrow("Range of input: found [1, -1]");
    expect(() => write({ outputs: ["stem"] })).toThrow('outputs: the network has no tensor "stem".');
    expect(() => write({ precision: "int8", outputs: ["stem.conv"] })).toThrow("only the float graph");
    expect(() => write({ batch: 0 })).toThrow("batch: found 0");
  });

  it("asks for the ranges that it says it asks for", () => {
    const asked: string[] = [];
    write({ precision: "int8", ranges: { origin: "test", range: (tensor) => (asked.push(tensor), [-1, 1]) } });
    expect(asked).toEqual(rangeNames(SMALL));
  });
});

describe("random weights", () => {
  it("are normal, of their own stream for every tensor, and the same for a seed", () => {
    const values = normals(200_000, 2, "a", 1);
    const moment = (power: number) => values.reduce((sum, v) => sum + v ** power, 0) / values.length;
    expect(moment(1)).toBeCloseTo(0, 1);
    expect(moment(2) / 4).toBeCloseTo(1, 1);
    expect(moment(4) / 48).toBeCloseTo(1, 1);
    expect(normals(9, 2, "a", 1)).toEqual(normals(9, 2, "a", 1));
    const seen = new Set(["a", "b", "c"].flatMap((name) => [0, 1, 2].map((seed) => normals(9, 1, name, seed).join())));
    expect(seen.size).toBe(9);
  });
});

describe("quantization", () => {
  const finite = fc.float({ min: -1000, max: 1000, noNaN: true });
  it("of a range keeps 0 exact and every number within half a step", () => {
    fc.assert(
      fc.property(finite, finite, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, t) => {
        const [low, high] = [Math.min(a, b, 0), Math.max(a, b, 0)];
        const { scale, zeroPoint } = quantizationOf("x", [Math.min(a, b), Math.max(a, b)]);
        expect(Number.isInteger(zeroPoint) && zeroPoint >= 0 && zeroPoint <= 255).toBe(true);
        const x = low + t * (high - low);
        const integer = Math.min(255, Math.max(0, Math.round(x / scale) + zeroPoint));
        expect(Math.abs(scale * (integer - zeroPoint) - x)).toBeLessThanOrEqual(scale * 1.01);
      }),
    );
  });

  it.each([7, 8] as const)("of weights is within half a step of each channel, on %d bits", (bits) => {
    fc.assert(
      fc.property(fc.array(fc.tuple(finite, finite, finite, finite), { minLength: 1, maxLength: 20 }), fc.float({ min: Math.fround(1e-6), max: 10, noNaN: true }), (rows, inputScale) => {
        const weight = Float32Array.from(rows.flatMap((row) => row.slice(0, 3)));
        const bias = Float32Array.from(rows.map((row) => row[3]));
        const made = quantizeLayer(weight, bias, inputScale, bits);
        const top = 2 ** (bits - 1) - 1;
        weight.forEach((w, i) => {
          const scale = made.scales[Math.floor(i / 3)]!;
          expect(Math.abs(made.weight[i]!)).toBeLessThanOrEqual(top);
          expect(Math.abs(made.weight[i]! * scale - w)).toBeLessThanOrEqual(scale * 0.501 + 1e-30);
        });
        bias.forEach((b, i) => expect(Math.abs(made.bias[i]! * made.biasScales[i]! - b)).toBeLessThanOrEqual(made.biasScales[i]! * 0.501 + Math.abs(b) * 1e-5));
      }),
    );
  });
});
