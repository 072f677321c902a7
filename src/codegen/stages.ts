import type { Activation } from "../onnx/network.js";
import type { ArchitectureConfig } from "../shared/architecture.js";
import type { Space } from "../shared/space.js";
import { bool, comment } from "./python.js";

/** Whether any block has squeeze-excite: what nobody needs is not written. */
export const hasSqueezeExcite = (space: Space): boolean => space.first.squeezeExcite || space.stages.some((stage) => stage.squeezeExcite);

/** How a framework names activations. */
export type ActivationNames = Readonly<Record<Exclude<Activation, "relu6">, string>>;

/** The table that the network is built from. */
export function stageTable({ stages }: ArchitectureConfig, space: Space, names: ActivationNames): string[] {
  const squeezeExcite = hasSqueezeExcite(space);
  return [
    ...comment(
      `A row is a stage: output channels, stride of its first block, activation, ${squeezeExcite ? "squeeze-excite, " : ""}and its blocks as (expand ratio, kernel size).`,
    ),
    "STAGES = [",
    ...space.stages.map((stage, i) => {
      const blocks = stages[i]!.blocks.map(({ expand, kernel }) => `(${expand}, ${kernel})`).join(", ");
      const fixed = [stage.width, stage.stride, names[stage.activation], ...(squeezeExcite ? [bool(stage.squeezeExcite)] : [])];
      return `    (${fixed.join(", ")}, [${blocks}]),`;
    }),
    "]",
  ];
}

/** The rounding of channel counts, as `roundWidth` of src/onnx. */
export function roundWidth({ widthMultiple }: Space): string[] {
  return [
    `def round_width(width, multiple=${widthMultiple}):`,
    '    """The nearest multiple, and one more where that is below 90 % of the width (make_divisible of MobileNet)."""',
    "    rounded = max(multiple, math.floor((width + multiple / 2) / multiple) * multiple)",
    "    return rounded + multiple if rounded < 0.9 * width else rounded",
  ];
}
