import { stepsOf } from "../steps.js";
import { networkOf, type StageChoice } from "../space.js";
import { isWeighted, weightShape, type WeightedStep } from "../weights.js";
import { SupernetError } from "./errors.js";
import { hasNorm, normNames } from "./names.js";
import type { ChannelStatistics, Subnet, Supernet } from "./types.js";

/**
 * Cuts a subnet out of a supernet: the first blocks of every stage, the first channels of every block, and filters that
 * are cropped and transformed (Once-for-All, Cai et al. 2020, arXiv 1908.09791). Only what lies scattered is copied.
 * @param stages the architecture's choices, one for every stage of the supernet's space
 * @param resolution side of the images (px)
 * @throws NetworkError naming the choice that the space does not have
 * @throws SupernetError where a subnet is wider than the largest, which roundings of odd spaces could make
 */
export function sliceSubnet(supernet: Supernet, stages: readonly StageChoice[], resolution: number): Subnet {
  const network = networkOf(supernet.space, stages, { resolution });
  const tensors = new Map<string, Float32Array>();
  const statistics = new Map<string, ChannelStatistics>();
  for (const step of stepsOf(network).filter(isWeighted)) {
    const { name, width } = step;
    const first = (tensor: string) => firstNumbers(tensor, supernet.tensor(tensor), width);
    tensors.set(`${name}.weight`, weightOf(supernet, step));
    if (!hasNorm(step)) {
      tensors.set(`${name}.bias`, first(`${name}.bias`));
      continue;
    }
    const { gamma, beta, mean, variance } = normNames(name);
    tensors.set(gamma, first(gamma));
    tensors.set(beta, first(beta));
    statistics.set(name, { mean: first(mean), variance: first(variance) });
  }
  return { network, tensors, statistics };
}

function firstNumbers(name: string, values: Float32Array, count: number): Float32Array {
  if (count > values.length) throw new SupernetError(`${name}: the subnet takes ${count} numbers, but the supernet has ${values.length}.`);
  return count === values.length ? values : values.subarray(0, count);
}

function weightOf(supernet: Supernet, step: WeightedStep): Float32Array {
  const name = `${step.name}.weight`;
  const size = weightShape(step).reduce((product, side) => product * side, 1);
  if (step.kind === "conv" && step.depthwise) return firstNumbers(name, supernet.filters(step.name, step.kernel), size);
  const whole = supernet.tensor(name);
  const row = size / step.width;
  const wholeRow = whole.length / supernet.tensor(hasNorm(step) ? normNames(step.name).gamma : `${step.name}.bias`).length;
  if (row === wholeRow) return firstNumbers(name, whole, size);
  if (row > wholeRow || step.width * wholeRow > whole.length) {
    throw new SupernetError(`${name}: the subnet takes ${step.width} rows of ${row} numbers, but the supernet has ${whole.length / wholeRow} of ${wholeRow}.`);
  }
  // Rows are output channels: the first numbers of each belong to the first input channels.
  const made = new Float32Array(size);
  for (let out = 0; out < step.width; out++) made.set(whole.subarray(out * wholeRow, out * wholeRow + row), out * row);
  return made;
}
