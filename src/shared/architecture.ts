import * as v from "valibot";

const BlockSchema = v.object({ expand: v.number(), kernel: v.number() });
const StageSchema = v.object({ width: v.number(), blocks: v.pipe(v.array(BlockSchema), v.minLength(1)) });

/** One choice for every stage and block, at one resolution. The first block of a stage is its transition block. */
export const ArchitectureSchema = v.object({
  resolution: v.pipe(v.number(), v.integer(), v.minValue(8), v.maxValue(4096)),
  stages: v.pipe(v.array(StageSchema), v.minLength(1)),
});
export type Architecture = v.InferOutput<typeof ArchitectureSchema>;

/** A predicted number as a config carries it: optional to read, never needed to build the model. */
const PredictedSchema = v.object({
  value: v.number(),
  unit: v.string(),
  interval: v.nullable(v.tuple([v.number(), v.number()])),
  device: v.nullable(v.string()),
  resolution: v.number(),
  source: v.string(),
});

/** A measured latency as a config carries it. */
const MeasuredSchema = v.object({
  value: v.number(),
  unit: v.string(),
  device: v.string(),
  resolution: v.number(),
  precision: v.picklist(["fp32", "int8"]),
  date: v.string(),
  /** Relative, within the batch. */
  standardError: v.number(),
});

/** A measured accuracy as a config carries it: of the subnet, with weights that it inherits. */
const MeasuredAccuracySchema = v.object({
  /** Top-1. */
  value: v.number(),
  unit: v.string(),
  /** Binomial, 95 %. */
  interval: v.tuple([v.number(), v.number()]),
  /** Validation images. */
  images: v.number(),
  resolution: v.number(),
  precision: v.picklist(["fp32", "int8"]),
  /** With the start of their digests. */
  supernet: v.string(),
  data: v.string(),
});

/** Where a config came from: enough to run the same search again. */
const ProvenanceSchema = v.object({
  tool: v.string(),
  version: v.string(),
  date: v.string(),
  accuracyPredictor: v.string(),
  latencyPredictor: v.string(),
  /** ms */
  budget: v.number(),
  /** With which one measurement was to stay within the budget; absent: on average. */
  probability: v.optional(v.number()),
  seed: v.number(),
});

/** An architecture config file (`*.foxnas.json`, or the same as YAML). */
export const ArchitectureConfigSchema = v.object({
  $schema: v.optional(v.string()),
  version: v.literal(1),
  /** Id of the space it belongs to. */
  space: v.string(),
  ...ArchitectureSchema.entries,
  predicted: v.optional(v.object({ accuracy: PredictedSchema, latency: PredictedSchema })),
  measured: v.optional(v.object({ accuracy: v.optional(MeasuredAccuracySchema), latency: v.optional(MeasuredSchema) })),
  provenance: v.optional(ProvenanceSchema),
});
export type ArchitectureConfig = v.InferOutput<typeof ArchitectureConfigSchema>;
