import type { Network } from "../../onnx/network.js";
import { knownRanges, rangeNames, type RangeSource } from "../../onnx/ranges.js";
import { INPUT, stepsOf } from "../../onnx/steps.js";
import { RangeHistograms } from "../../onnx/supernet/histogram.js";
import { activationsModel, maxName, minName, RangeExtremes, rangesModel } from "../../onnx/supernet/ranges.js";
import type { WeightSource } from "../../onnx/weights.js";
import type { RangeMethod } from "../../shared/supernet.js";
import type { CalibrationImages } from "./calibration.js";
import { floatsOf, type Outputs } from "./session.js";

/** Of all activations of a batch together, which leave onnxruntime for their histograms. */
const ACTIVATION_BYTES = 64 * 1024 * 1024;

/** Images whose activations are counted: their pixels are millions of numbers, and more images move a percentile no further. */
const MOST_COUNTED = 128;

/** Calibration images that ranges are taken from: extremes want all, percentiles a part. */
export const rangeImages = (method: RangeMethod, calibration: number): number => (method === "minmax" ? calibration : Math.min(MOST_COUNTED, calibration));

/** Runs a model over some calibration images, at most so many at once. */
export type OverImages = (model: Uint8Array, images: CalibrationImages, most: number, each: (outputs: Outputs, pixels: Float32Array) => void) => Promise<void>;

/**
 * Ranges of the activations that int8 needs: the smallest and the largest number over the calibration images ("minmax"),
 * or the middle 99.99 % of all numbers over the first of them ("percentile").
 * @throws SupernetError where an activation is not finite
 */
export async function measuredRanges(network: Network, weights: WeightSource, method: RangeMethod, calibration: CalibrationImages, overImages: OverImages): Promise<RangeSource> {
  const names = rangeNames(network);
  const count = rangeImages(method, calibration.count);
  const images: CalibrationImages = { count, batch: (from, to) => calibration.batch(from, to) };
  const origin = `${method} on ${count} images`;
  if (method === "minmax") {
    const extremes = new RangeExtremes(network);
    const outputs = names.flatMap((name) => [minName(name), maxName(name)]);
    await overImages(rangesModel(network, weights), images, Infinity, (made) => extremes.add(new Map(outputs.map((name) => [name, floatsOf(made, name)]))));
    return knownRanges(origin, extremes.ranges());
  }
  const histograms = new RangeHistograms();
  await overImages(activationsModel(network, weights), images, activationsAtOnce(network), (made, pixels) => {
    for (const name of names) histograms.add(name, name === INPUT ? pixels : floatsOf(made, name));
  });
  return knownRanges(origin, histograms.ranges());
}

/** Images whose activations are held at once. */
function activationsAtOnce(network: Network): number {
  const floats = stepsOf(network).reduce((sum, { width, side }) => sum + 2 * width * side ** 2, 0);
  return Math.max(1, Math.floor(ACTIVATION_BYTES / (4 * floats)));
}
