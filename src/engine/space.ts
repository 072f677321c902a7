import { ModelError } from "./errors.js";

/** The choices of one stage. */
export interface StageSpace {
  /** Output channels; the stage's name in terms and columns. */
  readonly width: number;
  readonly stride: number;
  readonly squeezeExcite: boolean;
  readonly depth: readonly number[];
  readonly expand: readonly number[];
  readonly kernel: readonly number[];
}

/** What the engine needs of a search space. */
export interface Space {
  readonly id: string;
  readonly stem: { readonly stride: number };
  readonly first: { readonly width: number };
  readonly stages: readonly StageSpace[];
  /** Channel counts round to multiples of this. */
  readonly widthMultiple: number;
}

export const stageName = (stage: StageSpace): string => String(stage.width);

/** Width that enters stage `index`. */
export function inputWidth(space: Space, index: number): number {
  return index === 0 ? space.first.width : space.stages[index - 1]!.width;
}

/** Channels inside a block: width x expand to the nearest multiple, never under 90 % of it (MobileNetV3's rule). */
export function expandedWidth(width: number, expand: number, multiple: number): number {
  const wanted = width * expand;
  const rounded = Math.max(multiple, Math.floor((wanted + multiple / 2) / multiple) * multiple);
  return rounded < 0.9 * wanted ? rounded + multiple : rounded;
}

/** Number of ways to fill a stage: sum over depths of (expands x kernels)^depth. */
export function stageChoiceCount(stage: StageSpace): bigint {
  const perBlock = BigInt(stage.expand.length * stage.kernel.length);
  return stage.depth.reduce((sum, depth) => sum + perBlock ** BigInt(depth), 0n);
}

/** Number of architectures of a space. */
export function architectureCount(space: Space): bigint {
  return space.stages.reduce((product, stage) => product * stageChoiceCount(stage), 1n);
}

/** Side of each stage's input and output at a resolution (px); strided convolutions round up. */
export function stageSides(space: Space, resolution: number): { input: number; output: number }[] {
  let side = Math.ceil(resolution / space.stem.stride);
  return space.stages.map((stage) => {
    const input = side;
    side = Math.ceil(side / stage.stride);
    return { input, output: side };
  });
}

/** Refuses a predictor or config that speaks of another space. */
export function requireSpace(space: Space, id: string): void {
  if (id !== space.id) {
    throw new ModelError(
      "belongs to another search space",
      ["space"],
      JSON.stringify(id),
      JSON.stringify(space.id),
      "Pick the space, predictors and config that belong together.",
    );
  }
}
