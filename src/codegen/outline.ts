import { costsOf, stepCosts } from "../onnx/costs.js";
import { stepsOf, type Step } from "../onnx/steps.js";
import type { ArchitectureConfig } from "../shared/architecture.js";
import type { Space } from "../shared/space.js";
import { networkOfConfig } from "./fits.js";
import type { Origin } from "./header.js";

const count = (value: number): string => value.toLocaleString("en-US");

/**
 * What an ONNX model of the config holds, as text: a line for every layer that has weights, with the shape that comes out.
 * @throws InputError as `codeText`
 */
export function outlineText(config: ArchitectureConfig, space: Space, origin: Origin): string {
  const network = networkOfConfig(config, space, origin.file);
  const { parameters, multiplyAdds } = costsOf(network);
  const { resolution } = config;
  const rows = stepsOf(network).flatMap((step) => row(step));
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((cells) => cells[column]!.length)));
  // The last two columns are numbers.
  const line = (cells: readonly string[]) => cells.map((cell, i) => (i < 3 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("  ");
  return [
    `ONNX model of ${space.id}, for images of ${resolution} x ${resolution} px and ${count(space.classes)} classes`,
    "",
    `input   float32 [1, 3, ${resolution}, ${resolution}]`,
    `logits  float32 [1, ${space.classes}]`,
    "",
    `${count(parameters)} parameters as trained, ${count(multiplyAdds)} multiply-adds an image.`,
    "Batch-norm is folded into the convolutions. Weights are random: for timing and shape, not for inference.",
    "",
    ...rows.map(line),
    "",
  ].join("\n");
}

function row(step: Step): string[][] {
  if (step.kind !== "conv" && step.kind !== "dense") return [];
  const { name, width, side, activation } = step;
  const what = step.kind === "dense" ? "dense" : `${step.depthwise ? "depthwise" : "conv"} ${step.kernel}x${step.kernel}${step.stride === 1 ? "" : `, stride ${step.stride}`}`;
  const shape = step.kind === "dense" ? `[1, ${width}]` : `[1, ${width}, ${side}, ${side}]`;
  const how = activation === "none" ? "" : `, ${activation === "gate" ? "hard sigmoid" : activation}`;
  const { parameters, multiplyAdds } = stepCosts(step);
  return [[name, `${what}${how}`, shape, count(parameters), count(multiplyAdds)]];
}
