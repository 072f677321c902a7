/** A JSON schema, as far as ours go (draft 7). */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

const object = (title: string, description: string, properties: Readonly<Record<string, JsonSchema>>, optional: readonly string[] = []): JsonSchema => ({
  ...{ type: "object", title, description, properties },
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
});
const list = (title: string, description: string, items: JsonSchema): JsonSchema => ({ type: "array", title, description, items, minItems: 1 });
const text = (title: string, description: string): JsonSchema => ({ type: "string", title, description });
const number = (title: string, description: string): JsonSchema => ({ type: "number", title, description });

const BLOCK = object("Block", "An inverted residual block: 1x1 convolution, depthwise convolution, 1x1 convolution.", {
  expand: number("Expand ratio", "Width inside the block over the width before it."),
  kernel: number("Kernel size", "Side of the depthwise convolution's kernel."),
});
const STAGE = object("Stage", "Blocks of one output width.", {
  width: number("Width", "Output channels of the stage; also its name."),
  blocks: list("Blocks", "Blocks in order; their number is the depth. The first is the transition block.", BLOCK),
});

const predicted = (target: string, unit: string): JsonSchema =>
  object(`Predicted ${target}`, `Predicted ${target}: what a predictor says, not a measurement.`, {
    value: number("Value", `Predicted ${target}, ${unit}.`),
    unit: text("Unit", "Unit of the value and the interval."),
    interval: {
      ...{ type: ["array", "null"], title: "Interval", description: "95 % prediction interval; null where the predictor carries no covariance." },
      ...{ items: { type: "number" }, minItems: 2, maxItems: 2 },
    },
    device: { type: ["string", "null"], title: "Device", description: "Device the predictor's samples were measured on." },
    resolution: number("Resolution", "Input resolution of the samples, px."),
    source: text("Source", "Where the predictor comes from."),
  });

const MEASURED_ACCURACY = object("Measured accuracy", "Measured accuracy of the subnet, with weights of a supernet.", {
  value: number("Value", "Top-1."),
  unit: text("Unit", "Unit of the value and the interval."),
  interval: { type: "array", title: "Interval", description: "Binomial interval, 95 %.", items: { type: "number" }, minItems: 2, maxItems: 2 },
  images: number("Images", "Validation images it was measured on."),
  resolution: number("Resolution", "Input resolution, px."),
  precision: { type: "string", enum: ["fp32", "int8"], title: "Precision", description: "Precision of the evaluated model." },
  supernet: text("Supernet", "File the weights came from, with the start of its digest."),
  data: text("Data", "What it was measured on, with the start of its digest."),
});

const MEASURED_LATENCY = object("Measured latency", "Measured latency.", {
  value: number("Value", "Measured latency, on the level of the latency predictor's samples."),
  unit: text("Unit", "Unit of the value."),
  device: text("Device", "Device it was measured on."),
  resolution: number("Resolution", "Input resolution, px."),
  precision: { type: "string", enum: ["fp32", "int8"], title: "Precision", description: "Precision of the timed model." },
  date: text("Date", "When, ISO 8601."),
  standardError: number("Standard error", "Of the value within its batch, relative: 0.01 is 1 %."),
});

const PROVENANCE = object(
  "Provenance",
  "The search that found it; not needed to build the model.",
  {
    tool: text("Tool", "Program that wrote the file."),
    version: text("Version", "Its version."),
    date: text("Date", "When, ISO 8601."),
    accuracyPredictor: text("Accuracy predictor", "Predictor of accuracy."),
    latencyPredictor: text("Latency predictor", "Predictor of latency."),
    budget: number("Budget", "Latency limit of the search, ms. The editor warns where the predicted latency is over it."),
    probability: number("Probability", "Probability with which one measurement was to stay within the budget; absent: on average."),
    seed: number("Seed", "Seed of the search."),
  },
  ["probability"],
);

/** Every field of a config, whatever its space. */
export const CONFIG: JsonSchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  ...object(
    "FOX-NAS architecture config",
    "One choice for every stage and block of a search space, at one resolution.",
    {
      $schema: text("Schema", "Where this schema stands."),
      version: { const: 1, title: "Version", description: "Version of the file format." },
      space: text("Search space", "Id of the search space, e.g. foxnas-cpu."),
      resolution: { type: "integer", minimum: 8, maximum: 4096, title: "Resolution", description: "Side of the input image, px." },
      stages: list("Stages", "Stages in order.", STAGE),
      predicted: object("Predicted values", "What predictors say of the architecture. Not needed to build the model.", { accuracy: predicted("accuracy", "%"), latency: predicted("latency", "ms") }),
      measured: object("Measured values", "What was measured. Not needed to build the model.", { accuracy: MEASURED_ACCURACY, latency: MEASURED_LATENCY }, ["accuracy", "latency"]),
      provenance: PROVENANCE,
    },
    ["$schema", "predicted", "measured", "provenance"],
  ),
};
