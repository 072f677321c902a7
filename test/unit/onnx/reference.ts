import type { Activation, Block, Network } from "../../../src/onnx/network.js";
import type { WeightSource } from "../../../src/onnx/weights.js";

/**
 * A forward pass in nested loops, written from the papers and not from the writer: the oracle of its tests. Every
 * tensor on the way is kept under its documented name.
 */
interface Tensor {
  readonly channels: number;
  readonly side: number;
  readonly data: Float64Array;
}

const relu6 = (x: number) => Math.min(Math.max(x, 0), 6);
const ACTIVATIONS = {
  none: (x: number) => x,
  relu: (x: number) => Math.max(x, 0),
  relu6,
  hswish: (x: number) => (x * relu6(x + 3)) / 6,
  gate: (x: number) => relu6(x + 3) / 6,
};

class Reference {
  readonly tensors = new Map<string, Tensor>();
  constructor(private readonly weights: WeightSource) {}

  keep(name: string, tensor: Tensor): Tensor {
    this.tensors.set(name, tensor);
    return tensor;
  }

  conv(name: string, x: Tensor, width: number, kernel: number, stride: number, depthwise: boolean, activation: Activation | "gate" | "none"): Tensor {
    const groupInputs = depthwise ? 1 : x.channels;
    const weight = this.weights.tensor(`${name}.weight`, [width, groupInputs, kernel, kernel]);
    const bias = this.weights.tensor(`${name}.bias`, [width]);
    const pad = (kernel - 1) / 2;
    const side = Math.floor((x.side + 2 * pad - kernel) / stride) + 1;
    const data = new Float64Array(width * side * side);
    for (let o = 0; o < width; o++)
      for (let row = 0; row < side; row++)
        for (let column = 0; column < side; column++) {
          let sum = bias[o]!;
          for (let g = 0; g < groupInputs; g++)
            for (let i = 0; i < kernel; i++)
              for (let j = 0; j < kernel; j++) {
                const r = row * stride + i - pad;
                const c = column * stride + j - pad;
                if (r < 0 || c < 0 || r >= x.side || c >= x.side) continue;
                const from = ((depthwise ? o : g) * x.side + r) * x.side + c;
                sum += x.data[from]! * weight[((o * groupInputs + g) * kernel + i) * kernel + j]!;
              }
          data[(o * side + row) * side + column] = sum;
        }
    if (activation !== "none") this.keep(`${name}.linear`, { channels: width, side, data });
    return this.keep(name, { channels: width, side, data: data.map(ACTIVATIONS[activation]) });
  }

  pool(name: string, x: Tensor): Tensor {
    const area = x.side ** 2;
    const data = Float64Array.from({ length: x.channels }, (_, c) => x.data.subarray(c * area, (c + 1) * area).reduce((a, b) => a + b) / area);
    return this.keep(name, { channels: x.channels, side: 1, data });
  }

  block(name: string, x: Tensor, block: Block): Tensor {
    let y = block.expand ? this.conv(`${name}.expand`, x, block.expanded, 1, 1, false, block.activation) : x;
    y = this.conv(`${name}.depthwise`, y, block.expanded, block.kernel, block.stride, true, block.activation);
    if (block.squeeze > 0) {
      const area = y.side ** 2;
      const squeezed = this.conv(`${name}.squeeze.reduce`, this.pool(`${name}.squeeze.pool`, y), block.squeeze, 1, 1, false, "relu");
      const gate = this.conv(`${name}.squeeze.expand`, squeezed, block.expanded, 1, 1, false, "gate");
      y = this.keep(`${name}.squeeze.scale`, { ...y, data: y.data.map((v, i) => v * gate.data[Math.floor(i / area)]!) });
    }
    y = this.conv(`${name}.project`, y, block.output, 1, 1, false, "none");
    if (block.stride !== 1 || block.input !== block.output) return y;
    return this.keep(`${name}.add`, { ...y, data: y.data.map((v, i) => v + x.data[i]!) });
  }
}

/** Logits and every tensor on the way, for one image [3, R, R]. */
export function forward(network: Network, weights: WeightSource, pixels: Float32Array): Map<string, Tensor> {
  const reference = new Reference(weights);
  const { stem, head } = network;
  let x = reference.keep("input", { channels: 3, side: network.resolution, data: Float64Array.from(pixels) });
  x = reference.conv("stem.conv", x, stem.width, stem.kernel, stem.stride, false, stem.activation);
  x = reference.block("first", x, network.first);
  network.stages.forEach((blocks, s) => blocks.forEach((block, b) => (x = reference.block(`stages.${s}.blocks.${b}`, x, block))));
  x = reference.conv("head.conv", x, head.width, 1, 1, false, head.activation);
  x = reference.pool("head.pool", x);
  // On one pixel a fully connected layer is a 1x1 convolution.
  if (head.features !== null) x = reference.conv("head.features", x, head.features, 1, 1, false, head.activation);
  reference.keep("logits", reference.conv("classifier", x, network.classes, 1, 1, false, "none"));
  return reference.tensors;
}

/** [min, max] of every tensor over some images. */
export function measuredRanges(network: Network, weights: WeightSource, images: readonly Float32Array[]): Map<string, [number, number]> {
  const ranges = new Map<string, [number, number]>();
  for (const pixels of images)
    for (const [name, { data }] of forward(network, weights, pixels)) {
      const [low, high] = ranges.get(name) ?? [Infinity, -Infinity];
      ranges.set(name, [Math.min(low, ...data), Math.max(high, ...data)]);
    }
  return ranges;
}
