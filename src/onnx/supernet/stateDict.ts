import { stepsOf } from "../steps.js";
import { isWeighted } from "../weights.js";
import { SupernetError } from "./errors.js";
import { layerSpecs, normNames } from "./names.js";
import { writeSafetensors, type NamedTensor } from "./safetensors.js";
import type { Statistics, Subnet } from "./types.js";

/**
 * A subnet as the state dict of a plain PyTorch network, float32, in the safetensors format: `NAME.weight` with
 * `NAME.norm.{weight,bias,running_mean,running_var}`, or with `NAME.bias`. `num_batches_tracked` is left out: PyTorch
 * fills it in, with strict=True too.
 * @param statistics the subnet's own, or recalibrated ones
 * @param metadata what the file says about itself
 */
export function stateDict(subnet: Subnet, statistics: Statistics, metadata: Readonly<Record<string, string>>): Uint8Array {
  const running = new Map<string, Float32Array>();
  for (const [layer, { mean, variance }] of statistics) running.set(normNames(layer).mean, mean).set(normNames(layer).variance, variance);
  const tensors = new Map<string, NamedTensor>();
  for (const { name, shape } of stepsOf(subnet.network).filter(isWeighted).flatMap(layerSpecs)) {
    const data = subnet.tensors.get(name) ?? running.get(name);
    if (data === undefined) throw new SupernetError(`State dict: there is no ${name}.`);
    tensors.set(name, { shape, data });
  }
  return writeSafetensors(tensors, { format: "pt", ...metadata });
}
