import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Space, StageChoice } from "../../../../src/onnx/space.js";
import { foldedWeights } from "../../../../src/onnx/supernet/fold.js";
import { largestStages, supernetSpecs } from "../../../../src/onnx/supernet/names.js";
import { sliceSubnet } from "../../../../src/onnx/supernet/slice.js";
import { readSupernet } from "../../../../src/onnx/supernet/supernet.js";
import type { Subnet } from "../../../../src/onnx/supernet/types.js";
import { weightSpecs } from "../../../../src/onnx/weights.js";
import { architectures, builtInSpace } from "../networks.js";
import { naiveSlice } from "./naive.js";
import { ELASTIC, onnxFile, randomFile, randomSupernet, randomTensors, SHAPES } from "./supernets.js";

/** Every tensor of a subnet, running statistics under their names in the file. */
function allTensors({ tensors, statistics }: Subnet): Map<string, Float32Array> {
  const running = [...statistics].flatMap(([layer, { mean, variance }]): [string, Float32Array][] => [
    [`${layer}.norm.running_mean`, mean],
    [`${layer}.norm.running_var`, variance],
  ]);
  return new Map([...tensors, ...running]);
}

function expectSame(found: ReadonlyMap<string, Float32Array>, expected: ReadonlyMap<string, readonly number[]>): void {
  expect([...found.keys()].sort()).toEqual([...expected.keys()].sort());
  for (const [name, values] of expected) {
    const data = found.get(name)!;
    expect(data.length, name).toBe(values.length);
    // Sums of products may come in another order.
    const wrong = values.findIndex((value, i) => !(Math.abs(data[i]! - value) <= 1e-6 * Math.max(1, Math.abs(value))));
    expect(wrong, name).toBe(-1);
  }
}

describe.each<[string, Space, number]>([
  ["elastic", ELASTIC, 60],
  ["shapes", SHAPES, 10],
])("a subnet of the space %s", (_, space, numRuns) => {
  const file = randomTensors(space, 3);
  const supernets = [readSupernet(randomFile(space, 3), space), readSupernet(onnxFile(space, 3), space)];

  it("has the weights that the specification says, from either format", () => {
    const property = fc.property(architectures(space), fc.constantFrom(...supernets), (stages, supernet) => {
      expectSame(allTensors(sliceSubnet(supernet, stages, 32)), naiveSlice(space, file, stages));
    });
    fc.assert(property, { numRuns, seed: 5 });
  });

  it("folds batch-norm into what the writer asks for", () => {
    const property = fc.property(architectures(space), (stages) => {
      const subnet = sliceSubnet(supernets[0]!, stages, 32);
      const all = allTensors(subnet);
      const folded = foldedWeights(subnet, subnet.statistics, "test");
      for (const { name, shape } of weightSpecs(subnet.network)) {
        const layer = name.slice(0, name.lastIndexOf("."));
        const values = folded.tensor(name, shape);
        expect(values.length, name).toBe(shape.reduce((a, b) => a * b, 1));
        const gamma = all.get(`${layer}.norm.weight`);
        if (gamma === undefined) {
          expect(values).toBe(subnet.tensors.get(name));
          continue;
        }
        const row = values.length / gamma.length;
        values.forEach((value, i) => {
          const c = Math.floor(i / row);
          const [mean, variance, beta] = ["running_mean", "running_var", "bias"].map((key) => all.get(`${layer}.norm.${key}`)![c]!) as [number, number, number];
          const normed = (x: number) => ((x - mean) / Math.sqrt(variance + 1e-5)) * gamma[c]! + beta;
          const expected = name.endsWith(".bias") ? normed(0) : normed(all.get(name)![i]!) - normed(0);
          expect(Math.abs(value - expected), name).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(expected)));
        });
      }
    });
    fc.assert(property, { numRuns: 3, seed: 6 });
  });
});

describe("slicing", () => {
  it("copies nothing of the largest subnet", () => {
    const supernet = randomSupernet(ELASTIC);
    const { tensors } = sliceSubnet(supernet, largestStages(ELASTIC), 32);
    for (const [name, values] of tensors) expect(values, name).toBe(supernet.tensor(name));
  });

  it("makes smaller filters once", () => {
    const supernet = randomSupernet(ELASTIC);
    const stages: StageChoice[] = largestStages(ELASTIC).map(({ width, blocks }, s) => ({ width, blocks: blocks.map(({ expand }) => ({ expand, kernel: ELASTIC.stages[s]!.kernel[0]! })) }));
    const twice = [0, 1].map(() => sliceSubnet(supernet, stages, 32).tensors.get("stages.0.blocks.0.depthwise.weight")!);
    expect(twice[0]).toBe(twice[1]);
  });

  it("refuses what the space does not have, by name", () => {
    const supernet = randomSupernet(ELASTIC);
    const stages = largestStages(ELASTIC);
    const wrong = (blocks: StageChoice["blocks"]) => [{ width: 8, blocks }, ...stages.slice(1)];
    expect(() => sliceSubnet(supernet, wrong([{ expand: 3, kernel: 9 }]), 32)).toThrow("stages[0].blocks[0].kernel: found 9, expected one of 3, 5, 7.");
    expect(() => sliceSubnet(supernet, wrong([{ expand: 4, kernel: 3 }]), 32)).toThrow("stages[0].blocks[0].expand");
    expect(() => sliceSubnet(supernet, stages.slice(1), 32)).toThrow('expected the 3 of the space "elastic"');
    expect(() => supernet.tensor("stem.conv.bias")).toThrow('"stem.conv.bias": the supernet has no such tensor.');
    expect(() => supernet.filters("stages.9.blocks.0.depthwise", 3)).toThrow("stages.9.blocks.0.depthwise: found a kernel of 3");
  });

  it("knows the tensors and the parameters of the built-in space", () => {
    const specs = supernetSpecs(builtInSpace("foxnas-cpu"));
    const names = specs.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(specs.find(({ name }) => name === "stages.4.blocks.3.depthwise.transforms.5to3")!.shape).toEqual([9, 9]);
    expect(specs.find(({ name }) => name === "stages.1.blocks.0.depthwise.weight")!.shape).toEqual([144, 1, 7, 7]);
    expect(names).not.toContain("first.expand.weight");
    const learned = specs.filter(({ name }) => !name.includes("running_"));
    const parameters = learned.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
    expect(parameters).toBe(randomSupernet(builtInSpace("foxnas-cpu")).parameters);
    expect(parameters).toBe(7_680_160);
  });
});
