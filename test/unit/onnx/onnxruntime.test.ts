import { describe, expect, it } from "vitest";
import { BASELINES, baselineNetwork } from "../../../src/onnx/baselines.js";
import { writeModel } from "../../../src/onnx/model.js";
import { networkOf } from "../../../src/onnx/space.js";
import { BUILT_IN, builtInSpace, image, METADATA, sampleArchitectures } from "./networks.js";
import { run } from "./runtime.js";

const PRECISIONS = ["fp32", "int8"] as const;

describe.each(PRECISIONS)("onnxruntime loads and runs, in %s,", (precision) => {
  it.each(BUILT_IN)("random architectures of %s", async (id) => {
    const space = builtInSpace(id);
    const architectures = sampleArchitectures(space, 4);
    for (const [i, stages] of architectures.entries()) {
      const resolution = [64, 32, 65, 96][i]!;
      const network = networkOf(space, stages, { resolution, classes: i === 0 ? 1000 : 10 });
      const model = writeModel(network, { precision, metadata: METADATA });
      const { data, shape } = (await run(model, image(resolution, i), [1, 3, resolution, resolution])).get("logits")!;
      expect(shape).toEqual([1, network.classes]);
      expect(data.every(Number.isFinite)).toBe(true);
      expect(new Set(data).size).toBeGreaterThan(network.classes / 3);
    }
  });

  it.each(BASELINES)("%s", async (name) => {
    const model = writeModel(baselineNetwork(name, { resolution: 64 }), { precision, metadata: METADATA });
    const { data, shape } = (await run(model, image(64, 1), [1, 3, 64, 64])).get("logits")!;
    expect(shape).toEqual([1, 1000]);
    expect(data.every(Number.isFinite)).toBe(true);
  });
});
