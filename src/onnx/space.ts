import { NetworkError, requireChoice } from "./errors.js";
import { type Activation, invertedResidual, requireNetwork, type Block, type Network } from "./network.js";

/** What the writer needs of a stage of a search space. */
export interface StageSpace {
  readonly width: number;
  readonly stride: number;
  readonly activation: Activation;
  readonly squeezeExcite: boolean;
  readonly depth: readonly number[];
  readonly expand: readonly number[];
  readonly kernel: readonly number[];
}

/** What the writer needs of a search space (see `media/spaces`). */
export interface Space {
  readonly id: string;
  readonly classes: number;
  readonly stem: { readonly width: number; readonly kernel: number; readonly stride: number; readonly activation: Activation };
  readonly first: {
    readonly width: number;
    readonly kernel: number;
    readonly expand: number;
    readonly activation: Activation;
    readonly squeezeExcite: boolean;
  };
  readonly stages: readonly StageSpace[];
  readonly head: { readonly width: number; readonly features: number; readonly activation: Activation };
  readonly squeezeExciteRatio: number;
  readonly widthMultiple: number;
}

/** One stage of an architecture. */
export interface StageChoice {
  readonly width: number;
  readonly blocks: readonly { readonly expand: number; readonly kernel: number }[];
}

/** A block of stage `index`; the first takes the channels of the stage before and carries the stride. */
export function blockOf(space: Space, index: number, { expand, kernel }: StageChoice["blocks"][number], first: boolean): Block {
  const stage = space.stages[index]!;
  const input = index === 0 ? space.first.width : space.stages[index - 1]!.width;
  return invertedResidual({
    input: first ? input : stage.width,
    output: stage.width,
    expand,
    kernel,
    stride: first ? stage.stride : 1,
    activation: stage.activation,
    squeezeExciteRatio: stage.squeezeExcite ? space.squeezeExciteRatio : 0,
    widthMultiple: space.widthMultiple,
  });
}

/** The blocks of stage `index`. */
function stageOf(space: Space, index: number, choice: StageChoice): Block[] {
  const stage = space.stages[index]!;
  requireChoice(`stages[${index}].width`, choice.width, [stage.width]);
  requireChoice(`stages[${index}].blocks, their number`, choice.blocks.length, stage.depth);
  return choice.blocks.map(({ expand, kernel }, i) => {
    requireChoice(`stages[${index}].blocks[${i}].expand`, expand, stage.expand);
    requireChoice(`stages[${index}].blocks[${i}].kernel`, kernel, stage.kernel);
    return blockOf(space, index, { expand, kernel }, i === 0);
  });
}

/**
 * The network of an architecture.
 * @param stages the architecture's choices, one for every stage of the space
 * @param options.resolution side of the input (px)
 * @param options.classes the space's number of classes unless given
 * @throws NetworkError naming the choice that the space does not have
 */
export function networkOf(
  space: Space,
  stages: readonly StageChoice[],
  { resolution, classes = space.classes }: { readonly resolution: number; readonly classes?: number },
): Network {
  if (stages.length !== space.stages.length) {
    throw new NetworkError(`stages: found ${stages.length}, expected the ${space.stages.length} of the space "${space.id}".`);
  }
  const { stem, first, head } = space;
  const network: Network = {
    name: space.id,
    resolution,
    classes,
    stem,
    first: invertedResidual({
      input: stem.width,
      output: first.width,
      expand: first.expand,
      kernel: first.kernel,
      stride: 1,
      activation: first.activation,
      squeezeExciteRatio: first.squeezeExcite ? space.squeezeExciteRatio : 0,
      widthMultiple: space.widthMultiple,
    }),
    stages: stages.map((choice, i) => stageOf(space, i, choice)),
    head,
  };
  requireNetwork(network);
  return network;
}
