import { networkOf, type Space } from "../../onnx/space.js";
import { INPUT_CHANNELS, stepsOf } from "../../onnx/steps.js";
import { CALIBRATION_BATCH, calibrationBatches } from "../../onnx/supernet/calibration.js";
import { largestStages } from "../../onnx/supernet/names.js";

/** The variance of a batch of one image is that of its pixels alone. */
const LEAST = 2;
/**
 * Of the largest tensor of a batch. onnxruntime holds some ten times as much for a graph that takes batch statistics; with
 * the images a worker then stays within 1.5 GB.
 */
const LARGEST_TENSOR_BYTES = 64 * 1024 * 1024;

/**
 * How many images go through a subnet at once. It follows from the space's largest architecture, so that it is the same for
 * all subnets of a space, whatever the machine: batch-norm statistics depend on it.
 * @param resolution px
 */
export function imagesAtOnce(space: Space, resolution: number): number {
  const sizes = stepsOf(networkOf(space, largestStages(space), { resolution })).map(({ width, side }) => width * side ** 2);
  const bytes = 4 * Math.max(INPUT_CHANNELS * resolution ** 2, ...sizes);
  return Math.max(LEAST, Math.min(CALIBRATION_BATCH, Math.floor(LARGEST_TENSOR_BYTES / bytes)));
}

/** Images of each batch, in order. */
export function batchesOf(count: number, most: number): { from: number; to: number }[] {
  let from = 0;
  return calibrationBatches(count, most).map((size) => ({ from, to: (from += size) }));
}
