import { NetworkError } from "./errors.js";
import { activated, gaussianMoments, type Moments } from "./moments.js";
import { INPUT, INPUT_CHANNELS, linearName, stepsOf, type Step, type StepActivation } from "./steps.js";
import type { Network } from "./network.js";
import { weightedSums } from "./weightedSums.js";
import type { LayerWeights, WeightedStep } from "./weights.js";

/** Where the ranges of the activations come from. */
export interface RangeSource {
  /** For the file's metadata: "default (…)", or which calibration. */
  readonly origin: string;
  /**
   * Smallest and largest number that a tensor of the float graph takes (see `rangeNames`). Ranges are widened to
   * hold 0; what lies outside saturates.
   */
  range(tensor: string): readonly [number, number];
}

/**
 * The tensors whose ranges the int8 writer asks for, in the order of execution: `input`, and of every step the
 * tensor it makes; before an h-swish also `….linear`. All are tensors of the float graph, where `outputs` exposes them.
 */
export function rangeNames(network: Network): string[] {
  const steps = stepsOf(network);
  return [INPUT, ...steps.slice(0, -1).flatMap(rangedTensors)];
}

function rangedTensors(step: Step): string[] {
  if (step.kind === "flatten") return [];
  if (step.kind !== "conv" && step.kind !== "dense") return [step.name];
  if (step.activation === "gate") return [];
  return step.activation === "hswish" ? [linearName(step.name), step.name] : [step.name];
}

/** Ranges measured elsewhere, e.g. on calibration images. */
export function knownRanges(origin: string, ranges: ReadonlyMap<string, readonly [number, number]>): RangeSource {
  return {
    origin,
    range(tensor) {
      const found = ranges.get(tensor);
      if (found === undefined) throw new NetworkError(`Ranges (${origin}): there is none for ${tensor}.`);
      return found;
    },
  };
}

/** Standard deviations that a default range spans on either side (Nagel et al. 2019, arXiv 1906.04721, section 4.2). */
const SPAN = 6;
/** Pixels normalised by ImageNet's mean and standard deviation lie within this. */
const INPUT_RANGE = 2.65;

/**
 * Ranges without a single image: normal pixels of mean 0 and variance 1 go through the network as a mean and a
 * variance for each channel, as if all inputs of a sum were independent; a range is the mean +- 6 standard
 * deviations of the widest channel. Good for timing, which ranges do not change, and close enough that nothing
 * saturates with random weights; measure them on images where accuracy counts.
 */
export function defaultRanges(steps: readonly Step[], layer: (step: WeightedStep) => LayerWeights): RangeSource {
  const moments = new Map<string, Moments>();
  const ranges = new Map<string, readonly [number, number]>();
  const put = (name: string, value: Moments) => {
    moments.set(name, value);
    ranges.set(name, rangeOf(value));
  };
  put(INPUT, { mean: new Float64Array(INPUT_CHANNELS), variance: new Float64Array(INPUT_CHANNELS).fill(1) });
  ranges.set(INPUT, [-INPUT_RANGE, INPUT_RANGE]);
  // Nobody asks for the classifier's.
  for (const step of steps.slice(0, -1)) {
    const input = moments.get(step.input)!;
    switch (step.kind) {
      case "conv":
      case "dense": {
        const linear = weightedSums(step, input, layer(step));
        put(linearName(step.name), linear);
        put(step.name, gaussianMoments(linear, step.activation));
        ranges.set(step.name, activatedRange(rangeOf(linear), step.activation));
        break;
      }
      case "pool":
        put(step.name, { mean: input.mean, variance: input.variance.map((v) => v / step.inputSide) });
        break;
      case "flatten":
        put(step.name, input);
        break;
      case "scale":
        put(step.name, product(input, moments.get(step.gate)!));
        // A gate lies in [0, 1], so that nothing grows.
        ranges.set(step.name, ranges.get(step.input)!);
        break;
      case "add":
        put(step.name, sum(input, moments.get(step.shortcut)!));
        break;
    }
  }
  return knownRanges("default (propagated moments, no calibration)", ranges);
}

function rangeOf({ mean, variance }: Moments): readonly [number, number] {
  let low = 0;
  let high = 0;
  for (let i = 0; i < mean.length; i++) {
    const reach = SPAN * Math.sqrt(variance[i]!);
    low = Math.min(low, mean[i]! - reach);
    high = Math.max(high, mean[i]! + reach);
  }
  return [low, high];
}

/** Range of an activation over a range; the lowest point of h-swish, at -1.5, lies inside most. */
function activatedRange([low, high]: readonly [number, number], activation: StepActivation): readonly [number, number] {
  const values = [low, high, Math.min(Math.max(low, -1.5), high), Math.min(Math.max(0, low), high)].map((x) => activated(activation, x));
  return [Math.min(...values), Math.max(...values)];
}

const sum = (a: Moments, b: Moments): Moments => ({
  mean: a.mean.map((m, i) => m + b.mean[i]!),
  variance: a.variance.map((v, i) => v + b.variance[i]!),
});

/** Of independent factors. */
const product = (a: Moments, b: Moments): Moments => ({
  mean: a.mean.map((m, i) => m * b.mean[i]!),
  variance: a.variance.map((v, i) => (v + a.mean[i]! ** 2) * (b.variance[i]! + b.mean[i]! ** 2) - (a.mean[i]! * b.mean[i]!) ** 2),
});
