import type { GraphBuilder } from "./graph.js";
import { linearName, LOGITS, type ConvStep, type DenseStep, type Step } from "./steps.js";
import { weightShape, type LayerWeights, type WeightedStep } from "./weights.js";

/** relu6(x + 3) / 6 */
const HARD_SIGMOID = { alpha: { float: 1 / 6 }, beta: { float: 0.5 } };

/** Adds the activation of `step` to its linear output; returns the tensor, which is named like the step. */
export function activate(graph: GraphBuilder, step: ConvStep | DenseStep, linear: (output: string) => string): void {
  const { name } = step;
  switch (step.activation) {
    case "none":
      linear(name);
      return;
    case "relu":
      graph.node("Relu", name, [linear(linearName(name))], {}, `${name}.relu`);
      return;
    case "relu6": {
      const bounds = [graph.tensor("zero", [], Float32Array.of(0)), graph.tensor("six", [], Float32Array.of(6))];
      graph.node("Clip", name, [linear(linearName(name)), ...bounds], {}, `${name}.relu6`);
      return;
    }
    case "gate":
      graph.node("HardSigmoid", name, [linear(linearName(name))], HARD_SIGMOID, `${name}.gate`);
      return;
    case "hswish": {
      // onnxruntime fuses the pair into a convolution where the layout allows it, as it does HardSwish; elsewhere it
      // splits HardSwish into the same two, but without names.
      const before = linear(linearName(name));
      graph.node("Mul", name, [before, graph.node("HardSigmoid", `${name}.gate`, [before], HARD_SIGMOID)], {}, `${name}.hswish`);
    }
  }
}

function weights(graph: GraphBuilder, step: WeightedStep, { weight, bias }: LayerWeights): [string, string] {
  return [graph.tensor(`${step.name}.weight`, weightShape(step), weight), graph.tensor(`${step.name}.bias`, [step.width], bias)];
}

export function convAttributes(step: ConvStep) {
  const pad = (step.kernel - 1) / 2;
  return {
    kernel_shape: [step.kernel, step.kernel],
    strides: [step.stride, step.stride],
    pads: [pad, pad, pad, pad],
    group: step.depthwise ? step.width : 1,
  };
}

/** Writes the steps as a float32 graph: every tensor is named as in `stepsOf`, the last one `logits`. */
export function writeFp32(graph: GraphBuilder, steps: readonly Step[], layer: (step: WeightedStep) => LayerWeights): void {
  for (const step of steps) {
    const { name, input } = step;
    switch (step.kind) {
      case "conv": {
        const tensors = weights(graph, step, layer(step));
        activate(graph, step, (output) => graph.node("Conv", output, [input, ...tensors], convAttributes(step), name));
        break;
      }
      case "dense": {
        const tensors = weights(graph, step, layer(step));
        const gemm = (output: string) => graph.node("Gemm", output, [input, ...tensors], { transB: 1 }, name);
        if (step === steps.at(-1)) gemm(LOGITS);
        else activate(graph, step, gemm);
        break;
      }
      case "pool":
        graph.node("GlobalAveragePool", name, [input]);
        break;
      case "flatten":
        graph.node("Flatten", name, [input], { axis: 1 });
        break;
      case "scale":
        graph.node("Mul", name, [input, step.gate]);
        break;
      case "add":
        graph.node("Add", name, [input, step.shortcut]);
        break;
    }
  }
}
