import type { WeightSource } from "../weights.js";
import { SupernetError } from "./errors.js";
import { EPSILON, normNames } from "./names.js";
import type { Statistics, Subnet } from "./types.js";

/** What a batch-norm does to a channel: x * scale + shift. */
interface Affine {
  readonly scale: Float64Array;
  readonly shift: Float64Array;
}

/** The tensor of a subnet. */
function tensorOf(subnet: Subnet, name: string): Float32Array {
  const found = subnet.tensors.get(name);
  if (found === undefined) throw new SupernetError(`Subnet: it has no tensor ${name}.`);
  return found;
}

/** @throws SupernetError for statistics of another network */
function affine(subnet: Subnet, statistics: Statistics, layer: string): Affine {
  const gamma = tensorOf(subnet, normNames(layer).gamma);
  const beta = tensorOf(subnet, normNames(layer).beta);
  const found = statistics.get(layer);
  if (found?.mean.length !== gamma.length || found.variance.length !== gamma.length) {
    throw new SupernetError(`Statistics of ${layer}: found ${found?.mean.length ?? "none"}, expected ${gamma.length} channels.`);
  }
  const scale = Float64Array.from(gamma, (g, i) => g / Math.sqrt(found.variance[i]! + EPSILON));
  return { scale, shift: scale.map((s, i) => beta[i]! - found.mean[i]! * s) };
}

/**
 * A subnet's weights with batch-norm folded into them, for `writeModel` (Jacob et al. 2018, arXiv 1712.05877, section 3.2).
 * @param statistics the subnet's own, or recalibrated ones (`StatisticsMean`)
 * @param origin for the file's metadata, e.g. "shapes.safetensors, batch-norm recalibrated on 500 images"
 */
export function foldedWeights(subnet: Subnet, statistics: Statistics, origin: string): WeightSource {
  return {
    origin,
    tensor(name) {
      const layer = name.slice(0, name.lastIndexOf("."));
      if (subnet.tensors.has(`${layer}.bias`)) return tensorOf(subnet, name);
      const { scale, shift } = affine(subnet, statistics, layer);
      if (name.endsWith(".bias")) return Float32Array.from(shift);
      return scaledRows(tensorOf(subnet, name), scale);
    },
  };
}

function scaledRows(weight: Float32Array, scale: Float64Array): Float32Array {
  const row = weight.length / scale.length;
  const made = new Float32Array(weight.length);
  for (let out = 0, at = 0; out < scale.length; out++) {
    const s = scale[out]!;
    for (const end = at + row; at < end; at++) made[at] = weight[at]! * s;
  }
  return made;
}
