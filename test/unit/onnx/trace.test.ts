import { describe, expect, it } from "vitest";
import { BASELINES, baselineNetwork } from "../../../src/onnx/baselines.js";
import { writeModel, type Precision } from "../../../src/onnx/model.js";
import type { Network } from "../../../src/onnx/network.js";
import { blockOfNode, placeName, placesOfTrace } from "../../../src/onnx/places.js";
import { BUILT_IN, image, METADATA, sampleNetwork } from "./networks.js";
import { trace, type TracedNode } from "./runtime.js";

const RESOLUTION = 64;
const NETWORKS: [string, Network][] = [
  ...BUILT_IN.map((id): [string, Network] => [id, sampleNetwork(id, RESOLUTION)]),
  ...BASELINES.map((name): [string, Network] => [name, baselineNetwork(name, { resolution: RESOLUTION, classes: 10 })]),
];

const traced = (network: Network, precision: Precision, level: "all" | "extended" = "all"): Promise<TracedNode[]> =>
  trace(writeModel(network, { precision, metadata: METADATA }), image(RESOLUTION, 1), [1, 3, RESOLUTION, RESOLUTION], level);

const QUANTIZED = /^(QLinearConv|QLinearAdd|QLinearMul|QLinearGlobalAveragePool|QGemm|Flatten|Transpose|Reshape|Squeeze|Unsqueeze)$/;

/** Parts of a network in the order of their execution. */
function placesOf(network: Network): string[] {
  const blocks = network.stages.flatMap((stage, s) => stage.map((_, b) => `stages.${s}.blocks.${b}`));
  return ["stem", "first", ...blocks, "head", "classifier"];
}

describe.each(NETWORKS)("onnxruntime's trace of %s", (_, network) => {
  it("has only quantised kernels between the quantisation of the input and the logits, in int8", async () => {
    const nodes = await traced(network, "int8");
    const first = nodes.findIndex((node) => node.op === "QuantizeLinear");
    expect(nodes.filter((node) => node.op === "QuantizeLinear")).toHaveLength(1);
    // Before it, only the axes of the image may be moved.
    expect(nodes.slice(0, first).every((node) => /^(Squeeze|Transpose|Reshape)$/.test(node.op))).toBe(true);
    const body = nodes.slice(first + 1);
    expect(body.filter((node) => !QUANTIZED.test(node.op))).toEqual([]);
    expect(body.slice(0, -1).filter((node) => node.outputs.some((type) => type !== "uint8"))).toEqual([]);
    expect(body.at(-1)).toMatchObject({ op: "QGemm", outputs: ["float"] });
  });

  it.each([
    ["fp32", "all"],
    ["fp32", "extended"],
    ["int8", "all"],
    ["int8", "extended"],
  ] as const)("maps back to blocks, in order: %s, optimisations %s", async (precision, level) => {
    const nodes = await traced(network, precision, level);
    const places = placesOfTrace(nodes.map((node) => node.name));
    // Every part shows up, and what has a name of its own stands in the order of execution.
    expect(new Set(places.map(placeName))).toEqual(new Set(placesOf(network)));
    const order = placesOf(network);
    const positions = places.map((place) => order.indexOf(placeName(place)));
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    const unnamed = nodes.filter((node) => blockOfNode(node.name) === undefined);
    expect(unnamed.filter((node) => !/^(Reorder(Input|Output)|Squeeze|Unsqueeze|Transpose|Reshape)$/.test(node.op))).toEqual([]);
  });
});

describe("names of nodes", () => {
  it.each([
    ["stages.0.blocks.1.expand_token_28_kernel_time", "stages.0.blocks.1"],
    ["stages.11.blocks.7.depthwise.linear_nchwc", "stages.11.blocks.7"],
    ["stem.input.quantize", "stem"],
    ["first.depthwise_nchwc", "first"],
    ["fused head.features_kernel_time", "head"],
    ["head.features", "head"],
    ["classifier", "classifier"],
    ["classifier_token_3", "classifier"],
  ])("%s belongs to %s", (name, place) => {
    expect(placeName(blockOfNode(name)!)).toBe(place);
  });

  it.each(["ReorderOutput_token_207", "Transpose", "stages", "stages.0", "stemming", "stages.0.blocks.1x", ""])("'%s' belongs nowhere by itself", (name) => {
    expect(blockOfNode(name)).toBeUndefined();
  });

  it("gives what onnxruntime adds to the block that needs it", () => {
    const names = ["Transpose", "stem.conv", "HardSigmoid_14", "Mul_15", "first.add", "ReorderOutput_token_2", "ReorderInput", "stages.0.blocks.0.project", "classifier", "Transpose_token_9"];
    const places = placesOfTrace(names).map(placeName);
    expect(places).toEqual(["stem", "stem", "stem", "stem", "first", "first", "stages.0.blocks.0", "stages.0.blocks.0", "classifier", "classifier"]);
    expect(() => placesOfTrace(["Transpose"])).toThrow(RangeError);
  });
});
