import type { Moments } from "./moments.js";
import type { LayerWeights, WeightedStep } from "./weights.js";

/** Channels that are summed side by side: additions of one sum wait for each other, those of several do not. */
const SIDE_BY_SIDE = 4;

/** Mean and variance of every channel's weighted sum, if all inputs are independent. */
export function weightedSums(step: WeightedStep, input: Moments, { weight, bias }: LayerWeights): Moments {
  const made = { mean: Float64Array.from(bias), variance: new Float64Array(step.width) };
  if (step.kind === "conv" && step.depthwise) depthwise(weight, input, made);
  else dense(weight, perWeight(input, weight.length / step.width), made);
  return made;
}

/** Moments of the input for each weight of an output channel, in the order of the weights. */
function perWeight({ mean, variance }: Moments, size: number): Moments {
  const pixels = size / mean.length;
  const made = { mean: new Float64Array(size), variance: new Float64Array(size) };
  for (let channel = 0; channel < mean.length; channel++) {
    made.mean.fill(mean[channel]!, channel * pixels, (channel + 1) * pixels);
    made.variance.fill(variance[channel]!, channel * pixels, (channel + 1) * pixels);
  }
  return made;
}

/** Adds to `made`. Every sum is added up in the order of its weights, so that its last digit is what it was. */
function dense(weight: Float32Array, { mean, variance }: Moments, made: Moments): void {
  const size = mean.length;
  const channels = made.mean.length;
  let out = 0;
  for (; out + SIDE_BY_SIDE <= channels; out += SIDE_BY_SIDE) four(weight, mean, variance, out, made);
  for (; out < channels; out++) {
    let m = made.mean[out]!;
    let v = 0;
    for (let i = 0, at = out * size; i < size; i++, at++) {
      const w = weight[at]!;
      m += w * mean[i]!;
      v += w * w * variance[i]!;
    }
    made.mean[out] = m;
    made.variance[out] = v;
  }
}

function depthwise(weight: Float32Array, { mean, variance }: Moments, made: Moments): void {
  const channels = made.mean.length;
  const pixels = weight.length / channels;
  for (let out = 0, at = 0; out < channels; out++) {
    let m = made.mean[out]!;
    let v = 0;
    const inputMean = mean[out]!;
    const inputVariance = variance[out]!;
    for (const end = at + pixels; at < end; at++) {
      const w = weight[at]!;
      m += w * inputMean;
      v += w * w * inputVariance;
    }
    made.mean[out] = m;
    made.variance[out] = v;
  }
}

/** Output channels `out` to `out + 3`. */
function four(weight: Float32Array, mean: Float64Array, variance: Float64Array, out: number, made: Moments): void {
  const size = mean.length;
  const [first, second, third] = [out * size, (out + 1) * size, (out + 2) * size];
  const fourth = third + size;
  let m0 = made.mean[out]!;
  let m1 = made.mean[out + 1]!;
  let m2 = made.mean[out + 2]!;
  let m3 = made.mean[out + 3]!;
  let [v0, v1, v2, v3] = [0, 0, 0, 0];
  for (let i = 0; i < size; i++) {
    const m = mean[i]!;
    const v = variance[i]!;
    const w0 = weight[first + i]!;
    const w1 = weight[second + i]!;
    const w2 = weight[third + i]!;
    const w3 = weight[fourth + i]!;
    m0 += w0 * m;
    m1 += w1 * m;
    m2 += w2 * m;
    m3 += w3 * m;
    v0 += w0 * w0 * v;
    v1 += w1 * w1 * v;
    v2 += w2 * w2 * v;
    v3 += w3 * w3 * v;
  }
  made.mean.set([m0, m1, m2, m3], out);
  made.variance.set([v0, v1, v2, v3], out);
}
