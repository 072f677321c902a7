import type { ArchitectureConfig } from "../shared/architecture.js";
import type { Space } from "../shared/space.js";
import { header, inputConstants, type Origin } from "./header.js";
import { moduleName } from "./names.js";
import { bool, file } from "./python.js";
import { hasSqueezeExcite, roundWidth, stageTable } from "./stages.js";

const ACTIVATION = { relu: '"relu"', hswish: '"hard_swish"' } as const;

/**
 * The network as one file that needs Keras 3 alone, with any of its backends. Its layers have the names of the supernet
 * file (media/templates/supernet/FORMAT.md) with `_` for `.`; batch-norm and padding are PyTorch's.
 * @throws NetworkError naming the choice that the space does not have
 */
export function kerasText(config: ArchitectureConfig, space: Space, origin: Origin): string {
  const squeezeExcite = hasSqueezeExcite(space);
  return file([
    ...header(config, space, origin, {
      what: "an image classifier in Keras 3.",
      needs: [
        "It needs Keras 3 with one of its backends, and nothing else. Weights are random until you train it or load some. Layers are named as in the PyTorch state dict, with _ for the dots.",
      ],
    }),
    "",
    "import math",
    "",
    "import keras",
    "from keras import layers",
    "",
    ...inputConstants(config, space, "[N, RESOLUTION, RESOLUTION, 3]"),
    "",
    ...stageTable(config, space, ACTIVATION),
    ...section(roundWidth(space)),
    ...section(CONV_NORM),
    ...(squeezeExcite ? section(squeezeExciteFunction(space)) : []),
    ...section(blockFunction(squeezeExcite)),
    ...section(modelFunction(moduleName(origin.file, space.id), space)),
    ...section(MAIN),
  ]);
}

/** Two empty lines before a definition (PEP 8). */
const section = (lines: readonly string[]): string[] => ["", "", ...lines];

const lines = (text: string): string[] => text.split("\n").slice(1, -1);

const CONV_NORM = lines(`
def conv_norm(x, width, kernel, name, activation=None, stride=1):
    """Convolution without bias, batch-norm, activation; a width of None makes it depthwise."""
    # Padded alike on all sides; padding="same" would pad less at the top and left where it strides.
    if kernel > 1:
        x = layers.ZeroPadding2D(kernel // 2, name=f"{name}_padding")(x)
    if width is None:
        x = layers.DepthwiseConv2D(kernel, stride, use_bias=False, name=name)(x)
    else:
        x = layers.Conv2D(width, kernel, stride, use_bias=False, name=name)(x)
    x = layers.BatchNormalization(momentum=0.9, epsilon=1e-5, name=f"{name}_norm")(x)
    return x if activation is None else layers.Activation(activation, name=f"{name}_{activation}")(x)
`);

const squeezeExciteFunction = ({ squeezeExciteRatio }: Space): string[] =>
  lines(`
def squeeze_excite(x, name):
    """Every channel times a gate that all channels' means decide (Hu et al. 2018)."""
    channels = x.shape[-1]
    gate = layers.GlobalAveragePooling2D(keepdims=True, name=f"{name}_pool")(x)
    gate = layers.Conv2D(round_width(channels * ${squeezeExciteRatio}), 1, activation="relu", name=f"{name}_reduce")(gate)
    gate = layers.Conv2D(channels, 1, activation="hard_sigmoid", name=f"{name}_expand")(gate)
    return layers.Multiply(name=f"{name}_scale")([x, gate])
`);

function blockFunction(squeezeExcite: boolean): string[] {
  const [parameter, call, text] = squeezeExcite
    ? [", squeeze", '\n    if squeeze:\n        y = squeeze_excite(y, f"{name}_squeeze")', ", squeeze-excite"]
    : ["", "", ""];
  return lines(`
def inverted_residual(x, outputs, expand, kernel, stride, activation${parameter}, name):
    """Expand 1x1, depthwise${text}, project 1x1; the input is added where it has the output's shape."""
    inputs, y = x.shape[-1], x
    if expand != 1:
        y = conv_norm(y, round_width(inputs * expand), 1, f"{name}_expand", activation)
    y = conv_norm(y, None, kernel, f"{name}_depthwise", activation, stride)${call}
    y = conv_norm(y, outputs, 1, f"{name}_project")
    return layers.Add(name=f"{name}_add")([x, y]) if stride == 1 and inputs == outputs else y
`);
}

function modelFunction(name: string, space: Space): string[] {
  const { stem, first, head } = space;
  const squeezeExcite = hasSqueezeExcite(space);
  const firstOptions = [first.width, first.expand, first.kernel, 1, ACTIVATION[first.activation], ...(squeezeExcite ? [bool(first.squeezeExcite)] : [])].join(", ");
  const parameter = squeezeExcite ? ", squeeze" : "";
  return lines(`
def build_model(classes=CLASSES):
    """Images [N, RESOLUTION, RESOLUTION, 3] to logits [N, classes]."""
    images = keras.Input((RESOLUTION, RESOLUTION, 3), name="images")
    x = conv_norm(images, ${stem.width}, ${stem.kernel}, "stem_conv", ${ACTIVATION[stem.activation]}, stride=${stem.stride})
    x = inverted_residual(x, ${firstOptions}, "first")
    for stage, (outputs, stride, activation${parameter}, blocks) in enumerate(STAGES):
        for block, (expand, kernel) in enumerate(blocks):
            name = f"stages_{stage}_blocks_{block}"
            x = inverted_residual(x, outputs, expand, kernel, stride if block == 0 else 1, activation${parameter}, name)
    x = conv_norm(x, ${head.width}, 1, "head_conv", ${ACTIVATION[head.activation]})
    x = layers.GlobalAveragePooling2D(name="head_pool")(x)
    x = layers.Dense(${head.features}, ${ACTIVATION[head.activation]}, name="head_features")(x)
    return keras.Model(images, layers.Dense(classes, name="classifier")(x), name="${name}")
`);
}

const MAIN = lines(`
if __name__ == "__main__":
    model = build_model()
    parameters = sum(math.prod(weight.shape) for weight in model.trainable_weights)
    print(f"{parameters:,} parameters, output {model.output_shape}")
`);
