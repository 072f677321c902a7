import type { StepActivation } from "./steps.js";

/** Mean and variance of every channel of a tensor. */
export interface Moments {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** Midpoints and weights of the standard normal distribution on +-5 standard deviations. */
const NODES = Array.from({ length: 21 }, (_, i) => (i - 10) / 2);
const DENSITIES = NODES.map((x) => Math.exp((-x * x) / 2));
const TOTAL = DENSITIES.reduce((a, b) => a + b);

/** One function with a switch rather than a table of functions: the compiler puts it into the loop below. */
export function activated(activation: StepActivation, x: number): number {
  switch (activation) {
    case "none":
      return x;
    case "relu":
      return Math.max(x, 0);
    case "relu6":
      return Math.min(Math.max(x, 0), 6);
    case "hswish":
      return (x * Math.min(Math.max(x + 3, 0), 6)) / 6;
    case "gate":
      return Math.min(Math.max(x + 3, 0), 6) / 6;
  }
}

/** Mean and variance of the activation of normal x, channel by channel, by quadrature. */
export function gaussianMoments({ mean, variance }: Moments, activation: StepActivation): Moments {
  const made = { mean: new Float64Array(mean.length), variance: new Float64Array(mean.length) };
  for (let channel = 0; channel < mean.length; channel++) {
    const center = mean[channel]!;
    const spread = Math.sqrt(variance[channel]!);
    let first = 0;
    let second = 0;
    for (let i = 0; i < NODES.length; i++) {
      const y = activated(activation, center + spread * NODES[i]!);
      first += DENSITIES[i]! * y;
      second += DENSITIES[i]! * y * y;
    }
    made.mean[channel] = first / TOTAL;
    made.variance[channel] = Math.max(second / TOTAL - (first / TOTAL) ** 2, 0);
  }
  return made;
}
