/** Messages of ONNX: field numbers and enum values from onnx/onnx.proto (github.com/onnx/onnx). */
import { NetworkError } from "./errors.js";
import { Message } from "./protobuf.js";

/** TensorProto.DataType */
const DATA_TYPE = { float32: 1, uint8: 2, int8: 3, int32: 6 } as const;

/** AttributeProto.AttributeType */
const ATTRIBUTE = { float: 1, int: 2, ints: 7 } as const;

/** What a tensor of the file holds, row by row. */
export type TensorData = Float32Array | Uint8Array | Int8Array | Int32Array;

function dataType(data: TensorData): number {
  if (data instanceof Float32Array) return DATA_TYPE.float32;
  if (data instanceof Int8Array) return DATA_TYPE.int8;
  if (data instanceof Int32Array) return DATA_TYPE.int32;
  return DATA_TYPE.uint8;
}

/** TensorProto with raw_data. The file wants little-endian, which every platform of onnxruntime is. */
export function tensorProto(name: string, shape: readonly number[], data: TensorData): Message {
  const size = shape.reduce((product, side) => product * side, 1);
  if (size !== data.length) throw new NetworkError(`${name}: found ${data.length} numbers, expected ${size} for the shape [${shape.join(", ")}].`);
  return new Message()
    .packedInts(1, shape)
    .int(2, dataType(data))
    .string(8, name)
    .bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

/** A node's attribute: `int` for whole numbers, `ints` for lists, `float` where wrapped in `{ float }`. */
export type Attribute = number | readonly number[] | { readonly float: number };

function attributeProto(name: string, value: Attribute): Message {
  const attribute = new Message().string(1, name);
  if (typeof value === "number") return attribute.int(3, value).int(20, ATTRIBUTE.int);
  if ("float" in value) return attribute.float(2, value.float).int(20, ATTRIBUTE.float);
  return attribute.packedInts(8, value).int(20, ATTRIBUTE.ints);
}

export interface NodeFields {
  readonly name: string;
  readonly op: string;
  /** Names of tensors; "" leaves an optional one out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, Attribute>>;
}

export function nodeProto({ name, op, inputs, outputs, attributes = {} }: NodeFields): Message {
  const node = new Message();
  for (const input of inputs) node.string(1, input);
  for (const output of outputs) node.string(2, output);
  node.string(3, name).string(4, op);
  for (const [key, value] of Object.entries(attributes)) node.message(5, attributeProto(key, value));
  return node;
}

/** A dimension: a size, or the name of one that is free. */
export type Dimension = number | string;

/** A float32 input or output of the graph: ValueInfoProto, TypeProto.Tensor, TensorShapeProto. */
export function floatValueProto(name: string, shape: readonly Dimension[]): Message {
  const dimensions = new Message();
  for (const side of shape) {
    dimensions.message(1, typeof side === "number" ? new Message().int(1, side) : new Message().string(2, side));
  }
  const tensor = new Message().int(1, DATA_TYPE.float32).message(2, dimensions);
  return new Message().string(1, name).message(2, new Message().message(1, tensor));
}

export interface GraphFields {
  readonly name: string;
  readonly doc: string;
  readonly nodes: readonly Message[];
  readonly initializers: readonly Message[];
  readonly inputs: readonly Message[];
  readonly outputs: readonly Message[];
}

export function graphProto({ name, doc, nodes, initializers, inputs, outputs }: GraphFields): Message {
  const graph = new Message();
  for (const node of nodes) graph.message(1, node);
  graph.string(2, name);
  for (const tensor of initializers) graph.message(5, tensor);
  graph.string(10, doc);
  for (const value of inputs) graph.message(11, value);
  for (const value of outputs) graph.message(12, value);
  return graph;
}

export interface ModelFields {
  readonly irVersion: number;
  /** Version of the default operator set. */
  readonly opset: number;
  readonly producer: string;
  readonly producerVersion: string;
  readonly doc: string;
  readonly graph: Message;
  readonly metadata: Readonly<Record<string, string>>;
}

export function modelProto({ irVersion, opset, producer, producerVersion, doc, graph, metadata }: ModelFields): Message {
  const model = new Message().int(1, irVersion).string(2, producer).string(3, producerVersion).string(6, doc).message(7, graph);
  model.message(8, new Message().string(1, "").int(2, opset));
  for (const [key, value] of Object.entries(metadata)) model.message(14, new Message().string(1, key).string(2, value));
  return model;
}
