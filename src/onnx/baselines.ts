import { NetworkError } from "./errors.js";
import { type Activation, type Network, invertedResidual, requireNetwork, type Block } from "./network.js";

/** A published accuracy: nobody here measured it. */
export interface PublishedAccuracy {
  /** ImageNet top-1 (%) at 224 px. */
  readonly top1: number;
  readonly precision: "fp32" | "int8";
  readonly source: string;
}

/** kernel, expanded width (or ratio), output width, squeeze-excite, activation, stride */
type Row = readonly [kernel: number, expand: number, output: number, squeezeExcite: boolean, activation: Activation, stride: number];

interface Table {
  readonly title: string;
  readonly accuracies: readonly PublishedAccuracy[];
  readonly source: string;
  readonly stem: number;
  readonly activation: Activation;
  /** `ratio`: the second column multiplies the input width; `width`: it is the expanded width. */
  readonly expandIs: "ratio" | "width";
  readonly first: Row;
  readonly stages: readonly (readonly Row[])[];
  readonly head: { readonly width: number; readonly features: number | null };
}

/** The first row once, then `count - 1` times with stride 1. */
const repeat = (count: number, [kernel, expand, output, squeezeExcite, activation, stride]: Row): Row[] =>
  Array.from({ length: count }, (_, i) => [kernel, expand, output, squeezeExcite, activation, i === 0 ? stride : 1]);

const TABLES = {
  "mobilenet-v2": {
    title: "MobileNetV2 1.0",
    accuracies: [
      { top1: 71.878, precision: "fp32", source: "torchvision, MobileNet_V2_Weights.IMAGENET1K_V1" },
      { top1: 72.0, precision: "fp32", source: "Sandler et al. 2018, arXiv 1801.04381, table 4" },
    ],
    source: "Sandler et al. 2018, arXiv 1801.04381, table 2",
    stem: 32,
    activation: "relu6",
    expandIs: "ratio",
    first: [3, 1, 16, false, "relu6", 1],
    stages: [
      repeat(2, [3, 6, 24, false, "relu6", 2]),
      repeat(3, [3, 6, 32, false, "relu6", 2]),
      repeat(4, [3, 6, 64, false, "relu6", 2]),
      repeat(3, [3, 6, 96, false, "relu6", 1]),
      repeat(3, [3, 6, 160, false, "relu6", 2]),
      repeat(1, [3, 6, 320, false, "relu6", 1]),
    ],
    head: { width: 1280, features: null },
  },
  "mobilenet-v3-large": {
    title: "MobileNetV3-Large 1.0",
    accuracies: [{ top1: 75.2, precision: "fp32", source: "Howard et al. 2019, arXiv 1905.02244, table 3" }],
    source: "Howard et al. 2019, arXiv 1905.02244, table 1",
    stem: 16,
    activation: "hswish",
    expandIs: "width",
    first: [3, 16, 16, false, "relu", 1],
    stages: [
      [[3, 64, 24, false, "relu", 2], [3, 72, 24, false, "relu", 1]],
      [[5, 72, 40, true, "relu", 2], [5, 120, 40, true, "relu", 1], [5, 120, 40, true, "relu", 1]],
      [[3, 240, 80, false, "hswish", 2], [3, 200, 80, false, "hswish", 1], [3, 184, 80, false, "hswish", 1], [3, 184, 80, false, "hswish", 1]],
      [[3, 480, 112, true, "hswish", 1], [3, 672, 112, true, "hswish", 1]],
      [[5, 672, 160, true, "hswish", 2], [5, 960, 160, true, "hswish", 1], [5, 960, 160, true, "hswish", 1]],
    ],
    head: { width: 960, features: 1280 },
  },
  "efficientnet-lite0": {
    title: "EfficientNet-Lite0",
    accuracies: [
      { top1: 75.1, precision: "fp32", source: "TensorFlow TPU repository, models/official/efficientnet/lite/README.md" },
      { top1: 74.4, precision: "int8", source: "TensorFlow TPU repository, models/official/efficientnet/lite/README.md (post-training quantization)" },
    ],
    source: "TensorFlow TPU repository, models/official/efficientnet/lite",
    stem: 32,
    activation: "relu6",
    expandIs: "ratio",
    first: [3, 1, 16, false, "relu6", 1],
    stages: [
      repeat(2, [3, 6, 24, false, "relu6", 2]),
      repeat(2, [5, 6, 40, false, "relu6", 2]),
      repeat(3, [3, 6, 80, false, "relu6", 2]),
      repeat(3, [5, 6, 112, false, "relu6", 1]),
      repeat(4, [5, 6, 192, false, "relu6", 2]),
      repeat(1, [3, 6, 320, false, "relu6", 1]),
    ],
    head: { width: 1280, features: null },
  },
} as const satisfies Record<string, Table>;

export type BaselineName = keyof typeof TABLES;
export const BASELINES = Object.keys(TABLES) as BaselineName[];

/** What is published of a baseline: for people, with its sources. */
export function baselineFacts(name: BaselineName): { title: string; accuracies: readonly PublishedAccuracy[]; source: string } {
  const { title, accuracies, source } = tableOf(name);
  return { title, accuracies, source };
}

/** Whether there is a baseline of this name. */
export const isBaseline = (name: string): name is BaselineName => Object.hasOwn(TABLES, name);

function tableOf(name: BaselineName): Table {
  if (!isBaseline(name)) throw new NetworkError(`Baseline: found "${String(name)}", expected one of ${BASELINES.join(", ")}.`);
  return TABLES[name];
}

function blockOf(table: Table, [kernel, expand, output, squeezeExcite, activation, stride]: Row, input: number): Block {
  return invertedResidual({
    input,
    output,
    expand: table.expandIs === "ratio" ? expand : expand / input,
    kernel,
    stride,
    activation,
    squeezeExciteRatio: squeezeExcite ? 0.25 : 0,
    widthMultiple: 8,
  });
}

/**
 * A published network as its authors describe it, at any resolution and number of classes.
 * @throws NetworkError for a name that is not in `BASELINES`
 */
export function baselineNetwork(
  name: BaselineName,
  { resolution = 224, classes = 1000 }: { readonly resolution?: number; readonly classes?: number } = {},
): Network {
  const table = tableOf(name);
  let width = table.first[2];
  const network: Network = {
    name,
    resolution,
    classes,
    stem: { width: table.stem, kernel: 3, stride: 2, activation: table.activation },
    first: blockOf(table, table.first, table.stem),
    stages: table.stages.map((rows) =>
      rows.map((row) => {
        const block = blockOf(table, row, width);
        width = block.output;
        return block;
      }),
    ),
    head: { ...table.head, activation: table.activation },
  };
  requireNetwork(network);
  return network;
}
