import { activate, convAttributes, writeFp32 } from "../fp32.js";
import { GraphBuilder } from "../graph.js";
import { IR_VERSION, OPSET } from "../model.js";
import type { Network } from "../network.js";
import { modelProto } from "../proto.js";
import { INPUT, INPUT_CHANNELS, stepsOf, type ConvStep, type Step } from "../steps.js";
import { weightShape } from "../weights.js";
import { SupernetError } from "./errors.js";
import { EPSILON, normNames } from "./names.js";
import type { ChannelStatistics, Statistics, Subnet } from "./types.js";

/** The free dimension of graphs that take any number of images. */
export const ANY_BATCH = "N";

/** Names of the outputs of `calibrationModel` for a layer, both [channels]. */
export const meanName = (layer: string): string => `${layer}.mean`;
export const varianceName = (layer: string): string => `${layer}.variance`;

const isNormed = (step: Step): step is ConvStep => step.kind === "conv" && step.batchNorm;

/** The steps up to the last batch-norm: what comes after it has no statistics. */
function normedSteps(network: Network): Step[] {
  const steps = stepsOf(network);
  return steps.slice(0, steps.findLastIndex(isNormed) + 1);
}

/**
 * A float32 graph that normalises every convolution by its own batch, as PyTorch does in train mode. Input `input`
 * [N, 3, R, R]; outputs for each layer `NAME.mean` and `NAME.variance` [channels], over all images and pixels, the
 * variance biased (divided by their number), as the mean of squared differences.
 * @returns the model, and the layers in the order of their execution
 */
export function calibrationModel(subnet: Subnet): { model: Uint8Array; layers: string[] } {
  const { network, tensors } = subnet;
  const graph = new GraphBuilder();
  const steps = normedSteps(network);
  const tensor = (name: string) => tensors.get(name)!;
  for (const step of steps) {
    if (isNormed(step)) writeNormed(graph, step, tensor);
    else writeFp32(graph, [step], ({ name }) => ({ weight: tensor(`${name}.weight`), bias: tensor(`${name}.bias`) }));
  }
  const normed = steps.filter(isNormed);
  const outputs = normed.flatMap(({ name, width }) => [meanName(name), varianceName(name)].map((output) => ({ name: output, shape: [width] })));
  const image = { name: INPUT, shape: [ANY_BATCH, INPUT_CHANNELS, network.resolution, network.resolution] };
  const doc = `${network.name}, ${network.resolution} px, batch statistics`;
  const model = modelProto({
    irVersion: IR_VERSION,
    opset: OPSET,
    producer: "fox-nas",
    producerVersion: "",
    doc,
    graph: graph.finish(network.name, doc, [image], outputs),
    metadata: {},
  });
  return { model: model.finish(), layers: normed.map(({ name }) => name) };
}

/** Over images and pixels. */
const OVER_BATCH = { axes: [0, 2, 3], keepdims: 0 };

function writeNormed(graph: GraphBuilder, step: ConvStep, tensor: (name: string) => Float32Array): void {
  const { name, width } = step;
  const { gamma, beta } = normNames(name);
  const constant = (key: string, values: Float32Array) => graph.tensor(key, [width], values);
  const weight = graph.tensor(`${name}.weight`, weightShape(step), tensor(`${name}.weight`));
  const sums = graph.node("Conv", `${name}.sums`, [step.input, weight], convAttributes(step), name);
  const mean = graph.node("ReduceMean", meanName(name), [sums], OVER_BATCH);
  const shape = graph.node("Constant", `${name}.column.shape`, [], { value_ints: [width, 1, 1] });
  const centred = graph.node("Sub", `${name}.centred`, [sums, graph.node("Reshape", `${name}.column`, [mean, shape])]);
  const squared = graph.node("Mul", `${name}.squared`, [centred, centred]);
  const variance = graph.node("ReduceMean", varianceName(name), [squared], OVER_BATCH);
  activate(graph, step, (output) => {
    const inputs = [centred, constant(gamma, tensor(gamma)), constant(beta, tensor(beta)), constant(`${name}.zero`, new Float32Array(width)), variance];
    return graph.node("BatchNormalization", output, inputs, { epsilon: { float: EPSILON } }, `${name}.norm`);
  });
}

/** Calibration images at once, where memory allows. */
export const CALIBRATION_BATCH = 100;

/** Sizes of the batches that so many calibration images are cut into, in order: as few as can be, equal but for one image. */
export function calibrationBatches(images: number, largest = CALIBRATION_BATCH): number[] {
  const count = Math.ceil(images / largest);
  return Array.from({ length: count }, (_, i) => Math.floor(((i + 1) * images) / count) - Math.floor((i * images) / count));
}

/**
 * Recalibrated running statistics: means over batches of the batches' means and unbiased variances, which is what
 * PyTorch's batch-norm with momentum=None keeps in train mode.
 */
export class StatisticsMean {
  private readonly layers: ReadonlyMap<string, { readonly pixels: number; readonly mean: Float64Array; readonly variance: Float64Array }>;
  private batches = 0;

  constructor(network: Network) {
    const sums = (step: ConvStep) => ({ pixels: step.side ** 2, mean: new Float64Array(step.width), variance: new Float64Array(step.width) });
    this.layers = new Map(normedSteps(network).filter(isNormed).map((step) => [step.name, sums(step)]));
  }

  /**
   * Adds the outputs of `calibrationModel` for one batch.
   * @param images how many the batch had
   * @throws SupernetError where a channel had a single pixel, a number is not finite, or an output is missing
   */
  add(outputs: ReadonlyMap<string, Float32Array>, images: number): void {
    for (const [layer, sums] of this.layers) {
      const values = images * sums.pixels;
      if (values < 2) throw new SupernetError(`Batch statistics of ${layer}: found one value for each channel, expected two or more. Take larger batches.`);
      addTo(sums.mean, outputs.get(meanName(layer)), 1, meanName(layer));
      addTo(sums.variance, outputs.get(varianceName(layer)), values / (values - 1), varianceName(layer));
    }
    this.batches++;
  }

  /** @throws SupernetError where nothing was added */
  statistics(): Statistics {
    const { batches } = this;
    if (batches === 0) throw new SupernetError("Batch statistics: found no batch, expected one or more.");
    const made = new Map<string, ChannelStatistics>();
    for (const [layer, { mean, variance }] of this.layers) {
      made.set(layer, { mean: Float32Array.from(mean, (sum) => sum / batches), variance: Float32Array.from(variance, (sum) => sum / batches) });
    }
    return made;
  }
}

function addTo(sums: Float64Array, values: Float32Array | undefined, factor: number, name: string): void {
  if (values?.length !== sums.length) throw new SupernetError(`Output ${name}: found ${values?.length ?? "none"}, expected ${sums.length} numbers.`);
  for (let i = 0; i < sums.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) throw new SupernetError(`Batch statistics: ${name}, channel ${i}: found ${value}, expected a finite number. The weights make the activations overflow.`);
    sums[i]! += value * factor;
  }
}
