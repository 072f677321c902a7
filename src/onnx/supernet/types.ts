import type { Network } from "../network.js";
import type { Space } from "../space.js";

/** Mean and variance that a batch-norm divides by, one number for each channel. */
export interface ChannelStatistics {
  readonly mean: Float32Array;
  readonly variance: Float32Array;
}

/** Layer name (of a convolution with batch-norm) -> its running statistics. */
export type Statistics = ReadonlyMap<string, ChannelStatistics>;

/** A supernet in memory: every tensor there, of the right shape, and finite. */
export interface Supernet {
  readonly space: Space;
  readonly format: "safetensors" | "onnx";
  /** Numbers that training changes: without running statistics, as PyTorch counts. */
  readonly parameters: number;
  /** Size of the file. */
  readonly bytes: number;
  /** Id of the space that the file says it was trained for; null where it says nothing. */
  readonly spaceId: string | null;
  /** The numbers of a tensor of `supernetSpecs`, row by row; do not change them. Throws SupernetError for another name. */
  tensor(name: string): Float32Array;
  /** All filters of a depthwise convolution at one of its stage's kernel sizes, [channels, kernel * kernel]; made once. */
  filters(layer: string, kernel: number): Float32Array;
}

/** An architecture with the weights that it inherits. */
export interface Subnet {
  readonly network: Network;
  /**
   * Named as in the file, without running statistics and transforms: `NAME.weight` with `NAME.norm.weight` and
   * `NAME.norm.bias`, or with `NAME.bias`; shapes are the network's. Views of the supernet where the numbers lie in a row.
   */
  readonly tensors: ReadonlyMap<string, Float32Array>;
  /** The first channels of the file's own statistics, which are the largest subnet's: what is there before recalibration. */
  readonly statistics: Statistics;
}
