import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BASELINES, baselineFacts, baselineNetwork, isBaseline } from "../../../src/onnx/baselines.js";
import { costsOf } from "../../../src/onnx/costs.js";
import { NetworkError } from "../../../src/onnx/errors.js";
import { requireNetwork, roundWidth } from "../../../src/onnx/network.js";
import { networkOf } from "../../../src/onnx/space.js";
import { stepsOf } from "../../../src/onnx/steps.js";
import { weightSpecs } from "../../../src/onnx/weights.js";
import { architectures, BUILT_IN, builtInSpace, SMALL, SMALL_SPACE } from "./networks.js";

/** torchvision and timm print these; issue and papers give them rounded. */
const PUBLISHED = {
  "mobilenet-v2": { parameters: 3_504_872, millions: 301 },
  "mobilenet-v3-large": { parameters: 5_483_032, millions: 217 },
  "efficientnet-lite0": { parameters: 4_652_008, millions: 385 },
} as const;

describe.each(BASELINES)("%s", (name) => {
  it("has the published parameters and multiply-adds", () => {
    const { parameters, multiplyAdds } = costsOf(baselineNetwork(name));
    expect(parameters).toBe(PUBLISHED[name].parameters);
    expect(Math.round(multiplyAdds / 1e6)).toBe(PUBLISHED[name].millions);
  });

  it("names the source of its accuracy, and takes other sizes", () => {
    for (const { top1, source } of baselineFacts(name).accuracies) {
      expect(top1).toBeGreaterThan(70);
      expect(source).toMatch(/arXiv|torchvision|TensorFlow/);
    }
    const small = baselineNetwork(name, { resolution: 64, classes: 10 });
    expect(costsOf(small).multiplyAdds).toBeLessThan(costsOf(baselineNetwork(name)).multiplyAdds / 8);
  });
});

it("refuses a baseline it does not have", () => {
  expect(isBaseline("toString")).toBe(false);
  expect(() => baselineNetwork("resnet" as "mobilenet-v2")).toThrow(/found "resnet", expected one of mobilenet-v2/);
});

describe("widths", () => {
  it("round as in MobileNet", () => {
    expect([16, 18, 24 * 3, 30, 46, 120 / 4, 672 / 4, 3].map((w) => roundWidth(w, 8))).toEqual([16, 24, 72, 32, 48, 32, 168, 8]);
  });

  it("are multiples, never below 90 %, and nearest otherwise", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 5000, noNaN: true }), fc.integer({ min: 1, max: 64 }), (width, multiple) => {
        const rounded = roundWidth(width, multiple);
        expect(rounded % multiple).toBe(0);
        expect(rounded).toBeGreaterThanOrEqual(0.9 * width);
        expect(rounded).toBeLessThan(Math.max(width, 0) + 1.5 * multiple);
      }),
    );
  });
});

describe.each(BUILT_IN)("%s", (id) => {
  const space = builtInSpace(id);
  it("gives networks of its widths, strides and depths", () => {
    fc.assert(
      fc.property(architectures(space), (stages) => {
        const network = networkOf(space, stages, { resolution: 224 });
        expect(network.classes).toBe(1000);
        expect(network.stages.map((blocks) => blocks.length)).toEqual(stages.map((s) => s.blocks.length));
        network.stages.forEach((blocks, i) => {
          expect(blocks.map((b) => b.stride)).toEqual([space.stages[i]!.stride, ...blocks.slice(1).map(() => 1)]);
          blocks.forEach((b, j) => expect(b.expanded).toBe(roundWidth(b.input * stages[i]!.blocks[j]!.expand, 8)));
        });
        // Batch-norm is folded: two numbers a channel become one bias.
        const channels = stepsOf(network).reduce((sum, s) => sum + (s.kind === "conv" && s.batchNorm ? s.width : 0), 0);
        const numbers = weightSpecs(network).reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b), 0);
        expect(numbers).toBe(costsOf(network).parameters - channels);
      }),
      { numRuns: 30 },
    );
  });
});

describe("a network that cannot be", () => {
  const block = { expand: 2, kernel: 5 };
  const of = (first: object[], second: object[] = [block, block], resolution = 32) =>
    networkOf(SMALL_SPACE, [{ width: 8, blocks: first as never }, { width: 10, blocks: second as never }], { resolution });
  const good = { expand: 3, kernel: 3 };
  it.each([
    ["another expand ratio", () => of([good, { expand: 7, kernel: 3 }]), "stages[0].blocks[1].expand: found 7, expected one of 1, 3."],
    ["another kernel", () => of([good, good], [{ expand: 2, kernel: 3 }, block]), "stages[1].blocks[0].kernel: found 3, expected one of 5, 7."],
    ["another depth", () => of([good]), "stages[0].blocks, their number: found 1, expected 2."],
    ["another width", () => networkOf(SMALL_SPACE, [{ width: 9, blocks: [] }, { width: 10, blocks: [] }], { resolution: 32 }), "stages[0].width: found 9, expected 8."],
    ["missing stages", () => networkOf(SMALL_SPACE, [], { resolution: 32 }), 'stages: found 0, expected the 2 of the space "small".'],
    ["half a pixel", () => of([good, good], undefined, 32.5), "resolution: found 32.5, expected a whole number from 8 to 4096."],
    ["broken data", () => requireNetwork({ ...SMALL, stages: [[{ ...SMALL.first, input: 3 }]] }), "stages.0.blocks.0: takes 3 channels, but 6 come in."],
    ["an even kernel", () => requireNetwork({ ...SMALL, stem: { ...SMALL.stem, kernel: 2 } }), "stem.kernel: found 2, expected an odd kernel size."],
  ])("is refused: %s", (_, make, message) => {
    expect(make).toThrow(new NetworkError(message));
  });
});
