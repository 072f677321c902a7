import { alignChannels } from "./align.js";
import { NetworkError, requireInteger } from "./errors.js";
import { GraphBuilder, type Value } from "./graph.js";
import { writeFp32 } from "./fp32.js";
import { writeInt8 } from "./int8.js";
import { requireNetwork, type Network } from "./network.js";
import { modelProto, type Dimension } from "./proto.js";
import { defaultRanges, type RangeSource } from "./ranges.js";
import { INPUT, INPUT_CHANNELS, linearName, LOGITS, stepsOf, type Step } from "./steps.js";
import { layerWeights, randomWeights, type WeightSource } from "./weights.js";

export type Precision = "fp32" | "int8";

/** Per-channel DequantizeLinear came with operator set 13 and IR 7 (onnx 1.8, onnxruntime 1.6): what old devices know, too. */
export const OPSET = 13;
export const IR_VERSION = 7;

/** What the file says about itself, beside what it takes from the network and the sources. */
export interface ModelMetadata {
  /** The architecture as text, for people and for finding the config again. */
  readonly architecture: string;
  readonly tool: string;
  readonly version: string;
}

export interface ModelOptions {
  readonly precision: Precision;
  /** `randomWeights(1)` unless given. */
  readonly weights?: WeightSource;
  /** int8: ranges of the activations; `defaultRanges` unless given. */
  readonly ranges?: RangeSource;
  /** int8: 7 where the processor's u8 x s8 product saturates (x86 without VNNI) and accuracy counts. Default 8. */
  readonly weightBits?: 7 | 8;
  /** int8: expanded channels are padded to a multiple with zeros, see `alignChannels`. Default 16; 8 suits ARM, 1 pads none. */
  readonly channelMultiple?: number;
  /** Images at once (default 1), or the name of a free dimension. */
  readonly batch?: Dimension;
  /** fp32: further tensors to put out, see `rangeNames`. */
  readonly outputs?: readonly string[];
  readonly metadata: ModelMetadata;
}

/**
 * The bytes of an ONNX model: input `input` [N, 3, R, R] float32, output `logits` [N, classes] float32. The same
 * arguments give the same bytes.
 * @throws NetworkError for a network that cannot be written, or a source that gives a wrong tensor or range
 */
export function writeModel(network: Network, options: ModelOptions): Uint8Array {
  const { precision, weights = randomWeights(1), batch = 1, weightBits = 8, channelMultiple = 16, outputs = [], metadata } = options;
  requireNetwork(network);
  if (typeof batch === "number") requireInteger("batch", batch, 1, 1 << 16);
  requireInteger("channelMultiple", channelMultiple, 1, 64);
  if (precision === "int8" && outputs.length > 0) throw new NetworkError("outputs: only the float graph has further tensors to put out.");
  const { steps, layer } = alignChannels(stepsOf(network), layerWeights(weights), precision === "int8" ? channelMultiple : 1);
  const graph = new GraphBuilder();
  const ranges = options.ranges ?? (precision === "int8" ? defaultRanges(steps, layer) : undefined);
  if (precision === "int8") writeInt8(graph, steps, layer, { ranges: ranges!, weightBits });
  else writeFp32(graph, steps, layer);
  const facts: Record<string, string> = {
    network: network.name,
    architecture: metadata.architecture,
    resolution: String(network.resolution),
    classes: String(network.classes),
    precision,
    weights: weights.origin,
    ...(precision === "int8" ? { ranges: ranges!.origin, weightBits: String(weightBits), channelMultiple: String(channelMultiple) } : {}),
    tool: metadata.tool,
    version: metadata.version,
  };
  const doc = `${network.name}, ${network.resolution} px, ${network.classes} classes, ${precision}; weights: ${weights.origin}`;
  const image = [batch, INPUT_CHANNELS, network.resolution, network.resolution];
  const values = [{ name: LOGITS, shape: [batch, network.classes] }, ...outputs.map((name) => outputValue(steps, name, batch))];
  return modelProto({
    irVersion: IR_VERSION,
    opset: OPSET,
    producer: metadata.tool,
    producerVersion: metadata.version,
    doc,
    graph: graph.finish(network.name, doc, [{ name: INPUT, shape: image }], values),
    metadata: Object.fromEntries(Object.entries(facts).map(([key, value]) => [`foxnas.${key}`, value])),
  }).finish();
}

/** A tensor inside the float graph, as an output of it. */
function outputValue(steps: readonly Step[], name: string, batch: Dimension): Value {
  const step = steps.find((s) => s.name === name || (hasLinear(s) && linearName(s.name) === name));
  if (step === undefined || step === steps.at(-1)) throw new NetworkError(`outputs: the network has no tensor "${name}".`);
  const flat = step.kind === "dense" || step.kind === "flatten";
  return { name, shape: flat ? [batch, step.width] : [batch, step.width, step.side, step.side] };
}

/** Whether the float graph has a tensor before the activation. */
const hasLinear = (step: Step) => (step.kind === "conv" || step.kind === "dense") && step.activation !== "none";
