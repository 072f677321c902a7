import { writeModel } from "../../../../src/onnx/model.js";
import { calibrationBatches, calibrationModel, StatisticsMean } from "../../../../src/onnx/supernet/calibration.js";
import { foldedWeights } from "../../../../src/onnx/supernet/fold.js";
import type { Statistics, Subnet } from "../../../../src/onnx/supernet/types.js";
import { METADATA } from "../networks.js";
import { run } from "../runtime.js";

/** Images as [count, 3, side, side]. */
export interface Images {
  readonly pixels: Float32Array;
  readonly count: number;
  readonly side: number;
}

const part = ({ pixels, side }: Images, from: number, count: number) => pixels.subarray(from * 3 * side ** 2, (from + count) * 3 * side ** 2);

/** Statistics of a subnet from images in batches of at most so many, by onnxruntime. */
export async function recalibrated(subnet: Subnet, images: Images, largest: number): Promise<Statistics> {
  const { model } = calibrationModel(subnet);
  const mean = new StatisticsMean(subnet.network);
  let from = 0;
  for (const count of calibrationBatches(images.count, largest)) {
    const outputs = await run(model, part(images, from, count), [count, 3, images.side, images.side]);
    mean.add(new Map([...outputs].map(([name, { data }]) => [name, data])), count);
    from += count;
  }
  return mean.statistics();
}

/** Logits of all images, row by row, by onnxruntime. */
export async function logitsOf(subnet: Subnet, statistics: Statistics, { pixels, count, side }: Images): Promise<Float32Array> {
  const model = writeModel(subnet.network, { precision: "fp32", batch: "N", weights: foldedWeights(subnet, statistics, "test"), metadata: METADATA });
  return (await run(model, pixels, [count, 3, side, side])).get("logits")!.data;
}

/** Largest difference as a share of the largest number (of 1, where all are smaller). */
export function difference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length) throw new Error(`${found.length} numbers, expected ${expected.length}`);
  let largest = 1;
  let difference = 0;
  for (let i = 0; i < expected.length; i++) {
    // A NaN must not get lost in a maximum.
    if (!Number.isFinite(found[i]!)) throw new Error(`number ${i} is ${found[i]}`);
    largest = Math.max(largest, Math.abs(expected[i]!));
    difference = Math.max(difference, Math.abs(found[i]! - expected[i]!));
  }
  return difference / largest;
}
