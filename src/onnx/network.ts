import { NetworkError, requireInteger } from "./errors.js";

/** relu6 is for baselines; h-swish is x * relu6(x + 3) / 6 (Howard et al. 2019, arXiv 1905.02244). */
export type Activation = "relu" | "relu6" | "hswish";

/** A convolution, batch-norm, activation. */
export interface ConvLayer {
  /** Output channels. */
  readonly width: number;
  readonly kernel: number;
  readonly stride: number;
  readonly activation: Activation;
}

/**
 * An inverted residual block: expand 1x1, depthwise, squeeze-excite after the depthwise activation, project 1x1
 * (linear), each convolution with batch-norm; the input is added where stride and widths allow it.
 */
export interface Block {
  readonly input: number;
  readonly expanded: number;
  readonly output: number;
  readonly kernel: number;
  readonly stride: number;
  readonly activation: Activation;
  /** Channels of the squeeze-excite; 0 leaves it out. */
  readonly squeeze: number;
  /** Whether there is an expanding convolution; without it `expanded` is `input`. */
  readonly expand: boolean;
}

/** A classifier of this family, whatever its precision and weights. Images are square, with three channels. */
export interface Network {
  /** For people: the space or the baseline. */
  readonly name: string;
  /** Side of the input (px). */
  readonly resolution: number;
  readonly classes: number;
  readonly stem: ConvLayer;
  readonly first: Block;
  readonly stages: readonly (readonly Block[])[];
  readonly head: {
    /** Channels of the last 1x1 convolution, which is then pooled. */
    readonly width: number;
    readonly activation: Activation;
    /** Fully connected layer (with bias, without batch-norm) before the classifier; null leaves it out. */
    readonly features: number | null;
  };
}

export const hasResidual = (block: Block): boolean => block.stride === 1 && block.input === block.output;

/**
 * Rounds a channel count to a multiple, never below 90 % of it: make_divisible of MobileNet
 * (github.com/tensorflow/models, research/slim/nets/mobilenet).
 */
export function roundWidth(width: number, multiple: number): number {
  const rounded = Math.max(multiple, Math.floor((width + multiple / 2) / multiple) * multiple);
  return rounded < 0.9 * width ? rounded + multiple : rounded;
}

/** A block's choices as data, with widths rounded. */
export function invertedResidual(fields: {
  readonly input: number;
  readonly output: number;
  readonly expand: number;
  readonly kernel: number;
  readonly stride: number;
  readonly activation: Activation;
  /** Squeeze-excite width as a share of the expanded width; 0 leaves it out. */
  readonly squeezeExciteRatio: number;
  readonly widthMultiple: number;
}): Block {
  const { input, output, expand, kernel, stride, activation, squeezeExciteRatio, widthMultiple } = fields;
  const expanded = expand === 1 ? input : roundWidth(input * expand, widthMultiple);
  const squeeze = squeezeExciteRatio === 0 ? 0 : roundWidth(expanded * squeezeExciteRatio, widthMultiple);
  return { input, expanded, output, kernel, stride, activation, squeeze, expand: expand !== 1 };
}

const LARGEST_WIDTH = 1 << 20;

function requireOdd(what: string, kernel: number): void {
  requireInteger(what, kernel, 1, 31);
  if (kernel % 2 === 0) throw new NetworkError(`${what}: found ${kernel}, expected an odd kernel size.`);
}

function requireBlock(what: string, block: Block, input: number): void {
  if (block.input !== input) throw new NetworkError(`${what}: takes ${block.input} channels, but ${input} come in.`);
  requireInteger(`${what}.expanded`, block.expanded, 1, LARGEST_WIDTH);
  requireInteger(`${what}.output`, block.output, 1, LARGEST_WIDTH);
  requireInteger(`${what}.squeeze`, block.squeeze, 0, LARGEST_WIDTH);
  requireInteger(`${what}.stride`, block.stride, 1, 2);
  requireOdd(`${what}.kernel`, block.kernel);
  if (!block.expand && block.expanded !== input) {
    throw new NetworkError(`${what}: has no expanding convolution, but ${block.expanded} expanded channels from ${input}.`);
  }
}

/**
 * Refuses a network that cannot be written.
 * @throws NetworkError naming the layer, e.g. `stages.0.blocks.1.kernel`.
 */
export function requireNetwork(network: Network): void {
  requireInteger("resolution", network.resolution, 8, 4096);
  requireInteger("classes", network.classes, 1, 1_000_000);
  requireInteger("stem.width", network.stem.width, 1, LARGEST_WIDTH);
  requireInteger("stem.stride", network.stem.stride, 1, 2);
  requireOdd("stem.kernel", network.stem.kernel);
  requireBlock("first", network.first, network.stem.width);
  let width = network.first.output;
  network.stages.forEach((blocks, stage) =>
    blocks.forEach((block, i) => {
      requireBlock(`stages.${stage}.blocks.${i}`, block, width);
      width = block.output;
    }),
  );
  requireInteger("head.width", network.head.width, 1, LARGEST_WIDTH);
  if (network.head.features !== null) requireInteger("head.features", network.head.features, 1, LARGEST_WIDTH);
}
