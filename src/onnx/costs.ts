import type { Block, Network } from "./network.js";
import { blockSteps, stepsOf, type Step } from "./steps.js";

export interface Costs {
  /** Trainable parameters, with two per channel for each batch-norm. */
  readonly parameters: number;
  /** Multiply-adds of the convolutions and fully connected layers for one image. */
  readonly multiplyAdds: number;
}

/** What one step costs, as trained: batch-norm is not folded. */
export function stepCosts(step: Step): Costs {
  if (step.kind === "conv") {
    const weights = (step.depthwise ? 1 : step.inputWidth) * step.width * step.kernel ** 2;
    return { parameters: weights + (step.batchNorm ? 2 : 1) * step.width, multiplyAdds: weights * step.side ** 2 };
  }
  if (step.kind === "dense") {
    const weights = step.inputWidth * step.width;
    return { parameters: weights + step.width, multiplyAdds: weights };
  }
  return { parameters: 0, multiplyAdds: 0 };
}

/** Parameters and multiply-adds of a network, counted as the papers and torchvision count them. */
export function costsOf(network: Network): Costs {
  return sumOf(stepsOf(network));
}

/** What one block adds to its network's costs, at the side of its input (px); the rest of the network has no say in it. */
export function blockCosts(block: Block, side: number): Costs {
  return sumOf(blockSteps(block, side));
}

const sumOf = (steps: readonly Step[]): Costs =>
  steps.map(stepCosts).reduce((a, b) => ({ parameters: a.parameters + b.parameters, multiplyAdds: a.multiplyAdds + b.multiplyAdds }));
