import { graphProto, modelProto, tensorProto } from "../../../../src/onnx/proto.js";
import type { Message } from "../../../../src/onnx/protobuf.js";
import { normals } from "../../../../src/onnx/random.js";
import type { Space } from "../../../../src/onnx/space.js";
import { supernetSpecs } from "../../../../src/onnx/supernet/names.js";
import { writeSafetensors, type NamedTensor } from "../../../../src/onnx/supernet/safetensors.js";
import { readSupernet } from "../../../../src/onnx/supernet/supernet.js";

/** Everything that slicing knows, small: e = 1 beside others, one kernel beside three, squeeze-excite, a residual. */
export const ELASTIC: Space = {
  id: "elastic",
  classes: 7,
  stem: { width: 6, kernel: 3, stride: 2, activation: "hswish" },
  first: { width: 6, kernel: 3, expand: 1, activation: "relu", squeezeExcite: true },
  stages: [
    { width: 8, stride: 2, activation: "relu", squeezeExcite: false, depth: [1, 2], expand: [1, 2, 3], kernel: [3, 5, 7] },
    { width: 10, stride: 1, activation: "hswish", squeezeExcite: true, depth: [1, 2, 3], expand: [2, 2.5, 4], kernel: [5, 9] },
    { width: 12, stride: 2, activation: "hswish", squeezeExcite: true, depth: [2], expand: [3], kernel: [3] },
  ],
  head: { width: 24, features: 12, activation: "hswish" },
  squeezeExciteRatio: 0.25,
  widthMultiple: 2,
};

/** The space of the sample "shapes" (see DESIGN.md, "Weight sharing"). */
export const SHAPES: Space = {
  id: "shapes-like",
  classes: 10,
  stem: { width: 16, kernel: 3, stride: 2, activation: "hswish" },
  first: { width: 16, kernel: 3, expand: 1, activation: "relu", squeezeExcite: false },
  stages: [
    { width: 16, stride: 1, activation: "relu", squeezeExcite: false, depth: [1, 2, 3], expand: [2, 3, 4, 6], kernel: [3, 5, 7] },
    { width: 24, stride: 2, activation: "hswish", squeezeExcite: true, depth: [1, 2, 3], expand: [2, 3, 4, 6], kernel: [3, 5, 7] },
    { width: 40, stride: 2, activation: "hswish", squeezeExcite: true, depth: [1, 2, 3], expand: [2, 3, 4, 6], kernel: [3, 5, 7] },
  ],
  head: { width: 160, features: 128, activation: "hswish" },
  squeezeExciteRatio: 0.25,
  widthMultiple: 8,
};

export const metadataOf = (space: Space): Record<string, string> => ({ "foxnas.supernet": "1", "foxnas.space": space.id });

/** Numbers like those of a trained supernet: batch-norms off their start, transforms near the identity. */
export function randomTensors(space: Space, seed: number): Map<string, NamedTensor> {
  return new Map(supernetSpecs(space).map(({ name, shape }) => [name, { shape, data: numbersFor(name, shape, seed) }]));
}

function numbersFor(name: string, shape: readonly number[], seed: number): Float32Array {
  const length = shape.reduce((product, side) => product * side, 1);
  const draw = (deviation: number) => normals(length, deviation, name, seed);
  if (name.includes(".transforms.")) return draw(0.1).map((v, i) => v + (i % (shape[0]! + 1) === 0 ? 1 : 0));
  if (name.endsWith(".norm.weight")) return draw(0.3).map((v) => 1 + v);
  if (name.endsWith(".running_var")) return draw(0.5).map((v) => Math.exp(v));
  if (name.endsWith(".weight")) return draw(Math.sqrt((2 * shape[0]!) / length));
  return draw(0.2);
}

export const randomFile = (space: Space, seed = 1): Uint8Array => writeSafetensors(randomTensors(space, seed), metadataOf(space));
export const randomSupernet = (space: Space, seed = 1) => readSupernet(randomFile(space, seed), space);

/** An ONNX model without a node, whose initializers are these messages. */
export function onnxOf(initializers: readonly Message[], metadata: Readonly<Record<string, string>>): Uint8Array {
  const graph = graphProto({ name: "supernet", doc: "", nodes: [], initializers, inputs: [], outputs: [] });
  return modelProto({ irVersion: 7, opset: 13, producer: "test", producerVersion: "", doc: "", graph, metadata }).finish();
}

export const onnxFile = (space: Space, seed = 1): Uint8Array =>
  onnxOf([...randomTensors(space, seed)].map(([name, { shape, data }]) => tensorProto(name, shape, data)), metadataOf(space));

export const bytesOf = (data: ArrayBufferView): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
