import { writeFp32 } from "../fp32.js";
import { GraphBuilder, type Value } from "../graph.js";
import { IR_VERSION, OPSET, writeModel } from "../model.js";
import { requireNetwork, type Network } from "../network.js";
import { modelProto } from "../proto.js";
import { rangeNames } from "../ranges.js";
import { INPUT, INPUT_CHANNELS, stepsOf } from "../steps.js";
import { layerWeights, type WeightSource } from "../weights.js";
import { ANY_BATCH } from "./calibration.js";
import { SupernetError } from "./errors.js";

/** Names of the outputs of `rangesModel` for a tensor, both a single number []. */
export const minName = (tensor: string): string => `${tensor}.min`;
export const maxName = (tensor: string): string => `${tensor}.max`;

/**
 * The float graph with the smallest and the largest number of every tensor whose range the int8 writer asks for
 * (`rangeNames`). Input `input` [N, 3, R, R]; outputs `NAME.min` and `NAME.max`, scalars over the batch, for `RangeExtremes`.
 * @throws NetworkError as `writeModel`
 */
export function rangesModel(network: Network, weights: WeightSource): Uint8Array {
  requireNetwork(network);
  const graph = new GraphBuilder();
  writeFp32(graph, stepsOf(network), layerWeights(weights));
  const outputs = rangeNames(network).flatMap((name): Value[] => [
    { name: graph.node("ReduceMin", minName(name), [name], { keepdims: 0 }), shape: [] },
    { name: graph.node("ReduceMax", maxName(name), [name], { keepdims: 0 }), shape: [] },
  ]);
  const image = { name: INPUT, shape: [ANY_BATCH, INPUT_CHANNELS, network.resolution, network.resolution] };
  const doc = `${network.name}, ${network.resolution} px, ranges of activations`;
  const model = { irVersion: IR_VERSION, opset: OPSET, producer: "fox-nas", producerVersion: "", doc, metadata: {} };
  return modelProto({ ...model, graph: graph.finish(network.name, doc, [image], outputs) }).finish();
}

/** Ranges that hold every number seen: the smallest and the largest over all batches. */
export class RangeExtremes {
  private readonly found = new Map<string, readonly [number, number]>();

  constructor(private readonly network: Network) {}

  /**
   * Adds the outputs of `rangesModel` for one batch.
   * @throws SupernetError for a number that is not finite, or an output that is missing
   */
  add(outputs: ReadonlyMap<string, Float32Array>): void {
    for (const name of rangeNames(this.network)) {
      const [low, high] = [outputs.get(minName(name))?.[0], outputs.get(maxName(name))?.[0]];
      if (!Number.isFinite(low) || !Number.isFinite(high)) {
        throw new SupernetError(`Range of ${name}: found [${low}, ${high}], expected two finite numbers. The weights make the activations overflow.`);
      }
      const before = this.found.get(name) ?? [Infinity, -Infinity];
      this.found.set(name, [Math.min(before[0], low!), Math.max(before[1], high!)]);
    }
  }

  /** For `knownRanges`. */
  ranges(): ReadonlyMap<string, readonly [number, number]> {
    return this.found;
  }
}

/**
 * The float graph with every tensor of `rangeNames` but `input` as an output, for `RangeHistograms`: feed few images at
 * once, and add the pixels themselves under the name `input`.
 */
export function activationsModel(network: Network, weights: WeightSource): Uint8Array {
  const outputs = rangeNames(network).filter((name) => name !== INPUT);
  return writeModel(network, { precision: "fp32", weights, batch: ANY_BATCH, outputs, metadata: { architecture: "", tool: "fox-nas", version: "" } });
}
