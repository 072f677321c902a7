import * as v from "valibot";

const width = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_536));
const kernel = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(1),
  v.maxValue(31),
  v.check((k) => k % 2 === 1, "an odd kernel size"),
);
const stride = v.picklist([1, 2]);
const expand = v.pipe(v.number(), v.minValue(1), v.maxValue(16));
const resolution = v.pipe(v.number(), v.integer(), v.minValue(8), v.maxValue(4096));
const activation = v.picklist(["relu", "hswish"]);

const rising = (values: number[]) => values.every((value, i) => i === 0 || value > values[i - 1]!);
const choices = <T extends v.GenericSchema<number, number>>(item: T) =>
  v.pipe(
    v.array(item),
    v.minLength(1, "at least one choice"),
    v.maxLength(16, "at most 16 choices"),
    v.check(rising, "rising choices without repeats"),
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

/** A search space as data: what is fixed about the network, and the choices of every stage. */
export const SpaceSchema = v.strictObject({
  $schema: v.optional(v.string()),
  version: v.literal(1),
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "lower-case letters, digits and '-'")),
  title: v.string(),
  classes: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(1_000_000)),
  /** Input resolutions the space is meant for (pixels); the first is the default. */
  resolutions: v.pipe(v.array(resolution), v.minLength(1)),
  stem: v.strictObject({ width, kernel, stride, activation }),
  /** The fixed block before the first stage. */
  first: v.strictObject({ width, kernel, expand, activation, squeezeExcite: v.boolean() }),
  stages: v.pipe(
    v.array(StageSchema),
    v.minLength(1, "at least one stage"),
    v.maxLength(12, "at most 12 stages"),
    v.check(
      (stages) => new Set(stages.map((s) => s.width)).size === stages.length,
      "stages of different widths, since a stage is named by its width",
    ),
  ),
  head: v.strictObject({ width, features: width, activation }),
  /** Squeeze-excite width as a share of the expanded width. */
  squeezeExciteRatio: v.pipe(v.number(), v.minValue(0.01), v.maxValue(1)),
  /** Channel counts round to multiples of this. */
  widthMultiple: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(64)),
});

export type Space = v.InferOutput<typeof SpaceSchema>;
export type StageSpace = v.InferOutput<typeof StageSchema>;
