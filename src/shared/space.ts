import * as v from "valibot";
import { t } from "./l10n.js";

const width = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_536));
const kernel = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(1),
  v.maxValue(31),
  v.check((k) => k % 2 === 1, () => t("an odd kernel size")),
);
const stride = v.picklist([1, 2]);
const expand = v.pipe(v.number(), v.minValue(1), v.maxValue(16));
const resolution = v.pipe(v.number(), v.integer(), v.minValue(8), v.maxValue(4096));
const activation = v.picklist(["relu", "hswish"]);

const rising = (values: number[]) => values.every((value, i) => i === 0 || value > values[i - 1]!);
const choices = <T extends v.GenericSchema<number, number>>(item: T) =>
  v.pipe(
    v.array(item),
    v.minLength(1, () => t("at least one choice")),
    v.maxLength(16, () => t("at most {0} choices", 16)),
    v.check(rising, () => t("rising choices without repeats")),
  );

const StageSchema = v.strictObject({
  /** Output channels. Also the stage's name: `tot_24` is the depth of the stage of width 24. */
  width,
  stride,
  activation,
  squeezeExcite: v.boolean(),
  /** Choices of the number of blocks. */
  depth: choices(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(8))),
  /** Choices of the expand ratio, per block. */
  expand: choices(expand),
  /** Choices of the kernel size, per block. */
  kernel: choices(kernel),
});

const channels = <T extends v.GenericSchema<number, number>>(item: T) => v.tuple([item, item, item]);

/**
 * How an image becomes the input [3, R, R]: its shorter side is resized to R / cropShare (bilinear, antialiased), R x R
 * is cut from the centre, and of every RGB channel (0..1) the mean is taken away before it is divided by std.
 */
export const PreprocessingSchema = v.strictObject({
  mean: channels(v.pipe(v.number(), v.finite())),
  std: channels(v.pipe(v.number(), v.minValue(1e-6), v.maxValue(1e6))),
  /** 0.875 for ImageNet (256 px to 224); 1 takes the whole shorter side. */
  cropShare: v.pipe(v.number(), v.minValue(0.1), v.maxValue(1)),
});
export type Preprocessing = v.InferOutput<typeof PreprocessingSchema>;

/** As torchvision's ImageNet models have it. */
export const IMAGENET_PREPROCESSING: Preprocessing = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225], cropShare: 0.875 };

/** A search space as data: what is fixed about the network, and the choices of every stage. */
export const SpaceSchema = v.strictObject({
  $schema: v.optional(v.string()),
  version: v.literal(1),
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/, () => t("lower-case letters, digits and '-'"))),
  title: v.string(),
  classes: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(1_000_000)),
  /** Input resolutions the space is meant for (pixels); the first is the default. */
  resolutions: v.pipe(v.array(resolution), v.minLength(1)),
  stem: v.strictObject({ width, kernel, stride, activation }),
  /** The fixed block before the first stage. */
  first: v.strictObject({ width, kernel, expand, activation, squeezeExcite: v.boolean() }),
  stages: v.pipe(
    v.array(StageSchema),
    v.minLength(1, () => t("at least one stage")),
    v.maxLength(12, () => t("at most {0} stages", 12)),
    v.check(
      (stages) => new Set(stages.map((s) => s.width)).size === stages.length,
      () => t("stages of different widths, since a stage is named by its width"),
    ),
  ),
  head: v.strictObject({ width, features: width, activation }),
  /** Squeeze-excite width as a share of the expanded width. */
  squeezeExciteRatio: v.pipe(v.number(), v.minValue(0.01), v.maxValue(1)),
  /** Channel counts round to multiples of this. */
  widthMultiple: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(64)),
  /** How an image becomes the network's input; where absent, as for ImageNet. */
  preprocessing: v.optional(PreprocessingSchema),
});

export type Space = v.InferOutput<typeof SpaceSchema>;
export type StageSpace = v.InferOutput<typeof StageSchema>;
