import type { Step } from "./steps.js";
import type { LayerWeights, WeightedStep } from "./weights.js";

/** Steps with some channels added, and the weights that belong to them. */
export interface AlignedSteps {
  readonly steps: readonly Step[];
  readonly layer: (step: WeightedStep) => LayerWeights;
}

/**
 * Pads the expanded channels of every block to a multiple, with weights and biases of zero: the network computes
 * the same, bit for bit. onnxruntime's int8 depthwise kernels take 16 channels at a time on x86 (8 on ARM) and the
 * rest one by one, so that 72 channels cost 1.8 times as much as 80.
 */
export function alignChannels(steps: readonly Step[], layer: (step: WeightedStep) => LayerWeights, multiple: number): AlignedSteps {
  if (multiple === 1) return { steps, layer };
  const widths = paddedWidths(steps, multiple);
  const original = new Map(steps.map((step) => [step.name, step]));
  // Asked for twice: by the ranges, and by the writer.
  const padded = new Map<string, LayerWeights>();
  return {
    steps: steps.map((step) => {
      const width = widths.get(step.name) ?? step.width;
      return "inputWidth" in step ? { ...step, width, inputWidth: widths.get(step.input) ?? step.inputWidth } : { ...step, width };
    }),
    layer: (step) => {
      const from = original.get(step.name) as WeightedStep;
      const found = padded.get(step.name) ?? padLayer(layer(from), from, step);
      padded.set(step.name, found);
      return found;
    },
  };
}

/** Tensor -> channels, of the tensors that are padded. */
function paddedWidths(steps: readonly Step[], multiple: number): Map<string, number> {
  const widths = new Map<string, number>();
  const shortcuts = new Set(steps.map((step) => (step.kind === "add" ? step.shortcut : "")));
  const readByDepthwise = new Set(steps.map((step) => (step.kind === "conv" && step.depthwise ? step.input : "")));
  for (const step of steps) {
    const padded = widths.get(step.input);
    if (step.kind === "conv" && !step.depthwise) {
      // What is added to a sum, or summed, keeps its width; the first block's stem is such a tensor.
      if (readByDepthwise.has(step.name) && !shortcuts.has(step.name)) widths.set(step.name, Math.ceil(step.width / multiple) * multiple);
    } else if (padded !== undefined && step.kind !== "dense") {
      widths.set(step.name, padded);
      if (step.kind === "scale") widths.set(step.gate, padded);
    }
  }
  return widths;
}

/** A layer's weights with rows of zeros for added outputs, and zeros for added inputs. */
function padLayer({ weight, bias }: LayerWeights, from: WeightedStep, to: WeightedStep): LayerWeights {
  if (from.width === to.width && from.inputWidth === to.inputWidth) return { weight, bias };
  const row = weight.length / from.width;
  const paddedRow = row === 0 || isDepthwise(from) ? row : (row / from.inputWidth) * to.inputWidth;
  const padded = new Float32Array(paddedRow * to.width);
  for (let out = 0; out < from.width; out++) padded.set(weight.subarray(out * row, (out + 1) * row), out * paddedRow);
  const paddedBias = new Float32Array(to.width);
  paddedBias.set(bias);
  return { weight: padded, bias: paddedBias };
}

const isDepthwise = (step: WeightedStep) => step.kind === "conv" && step.depthwise;
