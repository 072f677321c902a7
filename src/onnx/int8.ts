import { convAttributes } from "./fp32.js";
import type { GraphBuilder } from "./graph.js";
import type { Attribute } from "./proto.js";
import { quantizationOf, quantizeLayer, type Quantization } from "./quantize.js";
import type { RangeSource } from "./ranges.js";
import { INPUT, linearName, LOGITS, type ConvStep, type DenseStep, type Step } from "./steps.js";
import { weightShape, type LayerWeights, type WeightedStep } from "./weights.js";

/** u8 of [0, 6]: what a sum with 3 is requantised to, which makes it relu6(x + 3). */
const RELU6: Quantization = { scale: Math.fround(6 / 255), zeroPoint: 0 };
/** The same integers read as relu6(x + 3) / 6, the hard sigmoid. */
const SIXTH: Quantization = { scale: Math.fround(1 / 255), zeroPoint: 0 };
/** The number 3 as the integer 3. */
const UNIT: Quantization = { scale: 1, zeroPoint: 0 };
const THREE = "three";

export interface Int8Options {
  readonly ranges: RangeSource;
  readonly weightBits: 7 | 8;
}

/**
 * Writes the steps in QDQ form: u8 activations, s8 weights per channel, s32 biases, each operator between
 * DequantizeLinear and QuantizeLinear, which onnxruntime fuses into integer kernels. ReLU and relu6 need no node:
 * the quantiser saturates at their bounds. The u8 tensors are named as in `stepsOf`.
 */
export function writeInt8(graph: GraphBuilder, steps: readonly Step[], layer: (step: WeightedStep) => LayerWeights, options: Int8Options): void {
  const writer = new Int8Writer(graph, layer, options);
  writer.quantizeInput();
  for (const step of steps) writer.step(step, step === steps.at(-1));
}

type Attributes = Readonly<Record<string, Attribute>>;

class Int8Writer {
  private readonly quantizations = new Map<string, Quantization>();
  private readonly readers = new Map<string, number>();

  constructor(
    private readonly graph: GraphBuilder,
    private readonly layer: (step: WeightedStep) => LayerWeights,
    private readonly options: Int8Options,
  ) {}

  quantizeInput(): void {
    this.quantize("stem.input", INPUT, this.rangeOf(INPUT));
  }

  step(step: Step, last: boolean): void {
    const input = step.input === INPUT ? "stem.input" : step.input;
    const { name } = step;
    switch (step.kind) {
      case "conv":
        this.activate(step, this.weighted("Conv", step, input, convAttributes(step)));
        break;
      case "dense": {
        const gemm = this.weighted("Gemm", step, input, { transB: 1 });
        // The classifier's sums leave as floats: logits lose nothing to an eight-bit range.
        if (last) gemm(LOGITS);
        else this.activate(step, gemm);
        break;
      }
      case "pool":
        this.operator("GlobalAveragePool", name, [this.read(input)], this.rangeOf(name));
        break;
      case "flatten":
        this.operator("Flatten", name, [this.read(input)], this.quantizations.get(input)!, { axis: 1 });
        break;
      case "scale":
        this.operator("Mul", name, [this.read(input), this.read(step.gate, SIXTH)], this.rangeOf(name));
        break;
      case "add":
        this.operator("Add", name, [this.read(input), this.read(step.shortcut)], this.rangeOf(name));
        break;
    }
  }

  /** The activation of a convolution or fully connected layer whose float output `linear` makes. */
  private activate(step: ConvStep | DenseStep, linear: (output: string) => string): void {
    const { name } = step;
    const put = (tensor: string, to: Quantization) => this.quantize(tensor, linear(`${tensor}.float`), to);
    switch (step.activation) {
      case "none":
        put(name, this.rangeOf(name));
        return;
      case "relu":
        put(name, this.rangeOf(name, 0));
        return;
      case "relu6":
        put(name, this.rangeOf(name, 0, 6));
        return;
      case "gate":
        put(name, RELU6);
        return;
      case "hswish": {
        const before = linearName(name);
        put(before, this.rangeOf(before));
        const gate = `${name}.gate`;
        this.operator("Add", gate, [this.read(before), this.three()], RELU6);
        this.operator("Mul", name, [this.read(before), this.read(gate, SIXTH)], this.rangeOf(name), {}, `${name}.hswish`);
      }
    }
  }

  /** A node with weights, whose output it is told later. A gate's + 3 goes into its biases. */
  private weighted(op: string, step: WeightedStep, input: string, attributes: Attributes) {
    const { name, width } = step;
    const { weight, bias: trained } = this.layer(step);
    const bias = step.activation === "gate" ? trained.map((b) => b + 3) : trained;
    const inputScale = this.quantizations.get(input)!.scale;
    const made = quantizeLayer(weight, bias, inputScale, this.options.weightBits);
    const { graph } = this;
    const constant = (key: string, shape: readonly number[], data: Int8Array | Int32Array, scales: Float32Array, zeros: Int8Array | Int32Array) => {
      const tensor = `${name}.${key}`;
      const parameters = [graph.tensor(`${tensor}.scale`, [width], scales), graph.tensor(`${tensor}.zero`, [width], zeros)];
      return graph.node("DequantizeLinear", `${tensor}.float`, [graph.tensor(tensor, shape, data), ...parameters], { axis: 0 });
    };
    const inputs = [
      this.read(input),
      constant("weight", weightShape(step), made.weight, made.scales, new Int8Array(width)),
      constant("bias", [width], made.bias, made.biasScales, new Int32Array(width)),
    ];
    return (output: string) => graph.node(op, output, inputs, attributes, name);
  }

  /** A node without weights, between DequantizeLinear and QuantizeLinear. */
  private operator(op: string, name: string, inputs: readonly string[], to: Quantization, attributes: Attributes = {}, node = name): void {
    this.quantize(name, this.graph.node(op, `${name}.float`, inputs, attributes, node), to);
  }

  private quantize(name: string, input: string, to: Quantization): void {
    this.quantizations.set(name, to);
    this.graph.node("QuantizeLinear", name, [input, ...this.parameters(name, to)], {}, `${name}.quantize`);
  }

  /** The tensor as floats, through a DequantizeLinear of the reader's own: that is what onnxruntime fuses. */
  private read(name: string, as = this.quantizations.get(name)!): string {
    const readers = this.readers.get(name) ?? 0;
    this.readers.set(name, readers + 1);
    const output = `${name}.dequantize.${readers}`;
    const parameters = as === this.quantizations.get(name) ? this.parameters(name, as) : this.parameters(`${name}.sixth`, as);
    return this.graph.node("DequantizeLinear", output, [name, ...parameters]);
  }

  private three(): string {
    this.quantizations.set(THREE, UNIT);
    this.graph.tensor(THREE, [], Uint8Array.of(3));
    return this.read(THREE);
  }

  private parameters(name: string, { scale, zeroPoint }: Quantization): [string, string] {
    return [this.graph.tensor(`${name}.scale`, [], Float32Array.of(scale)), this.graph.tensor(`${name}.zero`, [], Uint8Array.of(zeroPoint))];
  }

  private rangeOf(name: string, low = -Infinity, high = Infinity): Quantization {
    const [from, to] = this.options.ranges.range(name);
    return quantizationOf(name, [Math.max(from, low), Math.min(to, high)]);
  }
}
