import type { ArchitectureConfig } from "../shared/architecture.js";
import type { Space } from "../shared/space.js";
import { header, inputConstants, type Origin } from "./header.js";
import { className } from "./names.js";
import { bool, file } from "./python.js";
import { hasSqueezeExcite, roundWidth, stageTable } from "./stages.js";

const ACTIVATION = { relu: "F.relu", hswish: "F.hardswish" } as const;

/**
 * The network as one file that needs PyTorch alone. Its modules have the names of the supernet file
 * (media/templates/supernet/FORMAT.md), so that it takes an exported state dict with strict=True.
 * @throws NetworkError naming the choice that the space does not have
 */
export function pytorchText(config: ArchitectureConfig, space: Space, origin: Origin): string {
  const name = className(origin.file, space.id);
  const squeezeExcite = hasSqueezeExcite(space);
  return file([
    ...header(config, space, origin, {
      what: "an image classifier in PyTorch.",
      needs: [
        `It needs PyTorch 1.13 or newer, and nothing else. Weights are random until you train it or load some, for example an exported state dict: ${name}().load_state_dict(safetensors.torch.load_file("weights.safetensors"))`,
      ],
    }),
    "",
    "import math",
    "",
    "import torch",
    "from torch import nn",
    "from torch.nn import functional as F",
    "",
    ...inputConstants(config, space, "[N, 3, RESOLUTION, RESOLUTION]"),
    "",
    ...stageTable(config, space, ACTIVATION),
    ...section(roundWidth(space)),
    ...section(CONV_NORM),
    ...(squeezeExcite ? section(squeezeExciteClass(space)) : []),
    ...section(blockClass(squeezeExcite)),
    ...section(stageClass(squeezeExcite)),
    ...section(STEM),
    ...section(HEAD),
    ...section(networkClass(name, space)),
    ...section(mainOf(name)),
  ]);
}

/** Two empty lines before a definition (PEP 8). */
const section = (lines: readonly string[]): string[] => ["", "", ...lines];

const lines = (text: string): string[] => text.split("\n").slice(1, -1);

const CONV_NORM = lines(`
class ConvNorm(nn.Conv2d):
    """Convolution without bias, batch-norm, activation."""

    def __init__(self, inputs, outputs, kernel, activation=None, stride=1, groups=1):
        super().__init__(inputs, outputs, kernel, stride, padding=kernel // 2, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(outputs)
        self.activation = activation

    def forward(self, x):
        x = self.norm(super().forward(x))
        return x if self.activation is None else self.activation(x)
`);

const squeezeExciteClass = ({ squeezeExciteRatio }: Space): string[] =>
  lines(`
class SqueezeExcite(nn.Module):
    """Every channel times a gate that all channels' means decide (Hu et al. 2018)."""

    def __init__(self, channels):
        super().__init__()
        squeezed = round_width(channels * ${squeezeExciteRatio})
        self.reduce = nn.Conv2d(channels, squeezed, 1)
        self.expand = nn.Conv2d(squeezed, channels, 1)

    def forward(self, x):
        means = x.mean((2, 3), keepdim=True)
        return x * F.hardsigmoid(self.expand(F.relu(self.reduce(means))))
`);

function blockClass(squeezeExcite: boolean): string[] {
  const [parameter, layer, text] = squeezeExcite
    ? [", squeeze_excite", "\n        self.squeeze = SqueezeExcite(width) if squeeze_excite else nn.Identity()", ", squeeze-excite"]
    : ["", "", ""];
  const inner = squeezeExcite ? "self.squeeze(self.depthwise(self.expand(x)))" : "self.depthwise(self.expand(x))";
  return lines(`
class InvertedResidual(nn.Module):
    """Expand 1x1, depthwise${text}, project 1x1; the input is added where it has the output's shape."""

    def __init__(self, inputs, outputs, expand, kernel, stride, activation${parameter}):
        super().__init__()
        width = inputs if expand == 1 else round_width(inputs * expand)
        self.expand = nn.Identity() if expand == 1 else ConvNorm(inputs, width, 1, activation)
        self.depthwise = ConvNorm(width, width, kernel, activation, stride, groups=width)${layer}
        self.project = ConvNorm(width, outputs, 1)
        self.residual = stride == 1 and inputs == outputs

    def forward(self, x):
        y = self.project(${inner})
        return x + y if self.residual else y
`);
}

function stageClass(squeezeExcite: boolean): string[] {
  const parameter = squeezeExcite ? ", squeeze_excite" : "";
  return lines(`
class Stage(nn.Module):
    """Blocks of the same width; the first one takes the stage's inputs and the stride."""

    def __init__(self, inputs, outputs, stride, activation${parameter}, blocks):
        super().__init__()
        self.blocks = nn.Sequential()
        for expand, kernel in blocks:
            self.blocks.append(InvertedResidual(inputs, outputs, expand, kernel, stride, activation${parameter}))
            inputs, stride = outputs, 1

    def forward(self, x):
        return self.blocks(x)
`);
}

const STEM = lines(`
class Stem(nn.Module):
    def __init__(self, outputs, kernel, activation, stride):
        super().__init__()
        self.conv = ConvNorm(3, outputs, kernel, activation, stride)

    def forward(self, x):
        return self.conv(x)
`);

const HEAD = lines(`
class Head(nn.Module):
    """1x1 convolution, mean over all pixels, a dense layer."""

    def __init__(self, inputs, width, features, activation):
        super().__init__()
        self.conv = ConvNorm(inputs, width, 1, activation)
        self.features = nn.Linear(width, features)
        self.activation = activation

    def forward(self, x):
        return self.activation(self.features(self.conv(x).mean((2, 3))))
`);

function networkClass(name: string, space: Space): string[] {
  const { stem, first, head } = space;
  const firstOptions = [
    `expand=${first.expand}`,
    `kernel=${first.kernel}`,
    "stride=1",
    `activation=${ACTIVATION[first.activation]}`,
    ...(hasSqueezeExcite(space) ? [`squeeze_excite=${bool(first.squeezeExcite)}`] : []),
  ].join(", ");
  return lines(`
class ${name}(nn.Module):
    """Images [N, 3, RESOLUTION, RESOLUTION] to logits [N, classes]."""

    def __init__(self, classes=CLASSES):
        super().__init__()
        self.stem = Stem(${stem.width}, kernel=${stem.kernel}, activation=${ACTIVATION[stem.activation]}, stride=${stem.stride})
        self.first = InvertedResidual(${stem.width}, ${first.width}, ${firstOptions})
        self.stages = nn.Sequential()
        width = ${first.width}
        for outputs, *row in STAGES:
            self.stages.append(Stage(width, outputs, *row))
            width = outputs
        self.head = Head(width, ${head.width}, ${head.features}, ${ACTIVATION[head.activation]})
        self.classifier = nn.Linear(${head.features}, classes)

    def forward(self, x):
        return self.classifier(self.head(self.stages(self.first(self.stem(x)))))
`);
}

const mainOf = (name: string): string[] =>
  lines(`
if __name__ == "__main__":
    network = ${name}().eval()
    with torch.no_grad():
        logits = network(torch.zeros(1, 3, RESOLUTION, RESOLUTION))
    parameters = sum(p.numel() for p in network.parameters())
    print(f"{parameters:,} parameters, output {list(logits.shape)}")
`);
