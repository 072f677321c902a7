import { hasResidual, type Activation, type Block, type Network } from "./network.js";

/** `gate` is the hard sigmoid relu6(x + 3) / 6 of a squeeze-excite. */
export type StepActivation = Activation | "gate" | "none";

interface StepFields {
  /** Name of the layer: prefix of its weights, name of its node, name of the tensor it makes. */
  readonly name: string;
  /** Tensor that it reads. */
  readonly input: string;
  /** Channels of its output. */
  readonly width: number;
  /** Side of its output (px); 1 after pooling. */
  readonly side: number;
}

/** Convolution with padding (kernel - 1) / 2, then the activation. */
export interface ConvStep extends StepFields {
  readonly kind: "conv";
  readonly inputWidth: number;
  readonly inputSide: number;
  readonly kernel: number;
  readonly stride: number;
  readonly depthwise: boolean;
  readonly activation: StepActivation;
  /** Whether it was trained with batch-norm, which is folded into weight and bias. */
  readonly batchNorm: boolean;
}

/** Fully connected layer with bias, then the activation. */
export interface DenseStep extends StepFields {
  readonly kind: "dense";
  readonly inputWidth: number;
  readonly activation: StepActivation;
}

/** Mean over all pixels. */
export interface PoolStep extends StepFields {
  readonly kind: "pool";
  readonly inputSide: number;
}

/** [N, C, 1, 1] to [N, C]. */
export interface FlattenStep extends StepFields {
  readonly kind: "flatten";
}

/** Every channel of `input` times its gate. */
export interface ScaleStep extends StepFields {
  readonly kind: "scale";
  readonly gate: string;
}

/** `input` plus the block's own input. */
export interface AddStep extends StepFields {
  readonly kind: "add";
  readonly shortcut: string;
}

export type Step = ConvStep | DenseStep | PoolStep | FlattenStep | ScaleStep | AddStep;

/** The tensor that comes in, [N, 3, R, R], and the one that goes out, [N, classes]. */
export const INPUT = "input";
export const LOGITS = "logits";
export const INPUT_CHANNELS = 3;

/** Tensor before the activation of a layer whose activation is a node of its own. */
export const linearName = (name: string): string => `${name}.linear`;

/** Side after a stride; padded convolutions round up. */
const strided = (side: number, stride: number) => Math.ceil(side / stride);

/** Where the walk stands: the last tensor, its channels and its side. */
interface Cursor {
  tensor: string;
  width: number;
  side: number;
}

/** Collects steps, each reading the tensor before it. */
class Walk {
  readonly steps: Step[] = [];
  constructor(private readonly at: Cursor) {}

  get tensor(): string {
    return this.at.tensor;
  }

  conv(name: string, fields: Pick<ConvStep, "width" | "kernel" | "stride" | "activation"> & Partial<Pick<ConvStep, "depthwise" | "batchNorm">>) {
    const { tensor, width: inputWidth, side: inputSide } = this.at;
    const side = strided(inputSide, fields.stride);
    this.push({ kind: "conv", name, input: tensor, inputWidth, inputSide, side, depthwise: false, batchNorm: true, ...fields });
  }

  dense(name: string, width: number, activation: StepActivation) {
    this.push({ kind: "dense", name, input: this.at.tensor, inputWidth: this.at.width, width, side: 1, activation });
  }

  pool(name: string) {
    this.push({ kind: "pool", name, input: this.at.tensor, inputSide: this.at.side, width: this.at.width, side: 1 });
  }

  flatten(name: string) {
    this.push({ kind: "flatten", name, input: this.at.tensor, width: this.at.width, side: 1 });
  }

  add(name: string, shortcut: string) {
    this.push({ kind: "add", name, input: this.at.tensor, shortcut, width: this.at.width, side: this.at.side });
  }

  /** Squeeze-excite (Hu et al. 2018, arXiv 1709.01507) with a hard sigmoid; its convolutions have biases, no batch-norm. */
  squeezeExcite(name: string, squeeze: number) {
    const { tensor, width, side } = this.at;
    this.pool(`${name}.pool`);
    this.conv(`${name}.reduce`, { width: squeeze, kernel: 1, stride: 1, activation: "relu", batchNorm: false });
    this.conv(`${name}.expand`, { width, kernel: 1, stride: 1, activation: "gate", batchNorm: false });
    this.push({ kind: "scale", name: `${name}.scale`, input: tensor, gate: this.at.tensor, width, side });
  }

  private push(step: Step) {
    this.steps.push(step);
    Object.assign(this.at, { tensor: step.name, width: step.width, side: step.side });
  }
}

function walkBlock(walk: Walk, name: string, block: Block): void {
  const { kernel, stride, activation, expanded: width } = block;
  const shortcut = walk.tensor;
  if (block.expand) walk.conv(`${name}.expand`, { width, kernel: 1, stride: 1, activation });
  walk.conv(`${name}.depthwise`, { width, kernel, stride, depthwise: true, activation });
  if (block.squeeze > 0) walk.squeezeExcite(`${name}.squeeze`, block.squeeze);
  walk.conv(`${name}.project`, { width: block.output, kernel: 1, stride: 1, activation: "none" });
  if (hasResidual(block)) walk.add(`${name}.add`, shortcut);
}

/** The steps of one block by itself, at the side of its input (px). */
export function blockSteps(block: Block, side: number): Step[] {
  const walk = new Walk({ tensor: INPUT, width: block.input, side });
  walkBlock(walk, "block", block);
  return walk.steps;
}

/**
 * The network as steps in the order of their execution, whatever the precision. Every step makes one tensor, named
 * like the step; the last one is the classifier, whose tensor the writers call `logits`. Names:
 * `stem.conv`, `first.depthwise`, `stages.0.blocks.1.expand`, `….depthwise`, `….squeeze.pool`, `….squeeze.reduce`,
 * `….squeeze.expand`, `….squeeze.scale`, `….project`, `….add`, `head.conv`, `head.pool`, `head.flatten`,
 * `head.features`, `classifier`.
 */
export function stepsOf(network: Network): Step[] {
  const walk = new Walk({ tensor: INPUT, width: INPUT_CHANNELS, side: network.resolution });
  const { width, kernel, stride, activation } = network.stem;
  walk.conv("stem.conv", { width, kernel, stride, activation });
  walkBlock(walk, "first", network.first);
  network.stages.forEach((blocks, stage) => blocks.forEach((block, i) => walkBlock(walk, `stages.${stage}.blocks.${i}`, block)));
  walk.conv("head.conv", { width: network.head.width, kernel: 1, stride: 1, activation: network.head.activation });
  walk.pool("head.pool");
  walk.flatten("head.flatten");
  if (network.head.features !== null) walk.dense("head.features", network.head.features, network.head.activation);
  walk.dense("classifier", network.classes, "none");
  return walk.steps;
}
