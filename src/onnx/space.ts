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

/** The network of stage `index`, whose first block takes `input` channels and carries the stride. */
function stageOf(space: Space, index: number, choice: StageChoice, input: number): Block[] {
  const stage = space.stages[index]!;
  requireChoice(`stages[${index}].width`, choice.width, [stage.width]);
  requireChoice(`stages[${index}].blocks, their number`, choice.blocks.length, stage.depth);
  return choice.blocks.map(({ expand, kernel }, i) => {
    requireChoice(`stages[${index}].blocks[${i}].expand`, expand, stage.expand);
    requireChoice(`stages[${index}].blocks[${i}].kernel`, kernel, stage.kernel);
    return invertedResidual({
      input: i === 0 ? input : stage.width,
      output: stage.width,
      expand,
      kernel,
      stride: i === 0 ? stage.stride : 1,
      activation: stage.activation,
      squeezeExciteRatio: stage.squeezeExcite ? space.squeezeExciteRatio : 0,
      widthMultiple: space.widthMultiple,
    });
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
    stages: stages.map((choice, i) => stageOf(space, i, choice, i === 0 ? first.width : space.stages[i - 1]!.width)),
    head,
  };
  requireNetwork(network);
  return network;
}
