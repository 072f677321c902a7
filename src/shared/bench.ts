import * as v from "valibot";
import { FingerprintSchema, NetworkRequestSchema, PrecisionSchema, ProtocolSchema } from "./measure.js";
import { NoiseSummarySchema } from "./profile.js";

const count = (low: number, high: number) => v.pipe(v.number(), v.integer(), v.minValue(low), v.maxValue(high));

/** An accuracy that somebody published or predicted: a bench measures times only. */
const AccuracySchema = v.object({
  value: v.number(),
  unit: v.string(),
  source: v.string(),
  origin: v.picklist(["predicted", "published"]),
  /** Of the published weights; null where unknown. */
  precision: v.nullable(PrecisionSchema),
});
export type BenchAccuracy = v.InferOutput<typeof AccuracySchema>;

const ConfigSchema = v.object({
  ...NetworkRequestSchema.entries,
  /** As the config's file has it; it counts where its resolution is the measured one. */
  predicted: v.nullable(v.object({ value: v.number(), unit: v.string(), source: v.string(), resolution: v.number() })),
});

/** Times found architectures and published networks side by side on the machine of the worker. */
export const BenchRequestSchema = v.object({
  kind: v.literal("bench"),
  configs: v.pipe(v.array(ConfigSchema), v.minLength(1), v.maxLength(48)),
  /** By name; a published accuracy counts at its own resolution, 224 px. */
  baselines: v.pipe(v.array(v.object({ name: v.string(), resolution: count(8, 4096) })), v.maxLength(16)),
  precision: PrecisionSchema,
  threads: count(1, 1024),
  /** As onnxruntime names it: "cpu", "coreml", "dml" … */
  executionProvider: v.string(),
  /** Readings of each network in each batch. */
  rounds: count(4, 10_000),
  /** Processes one after another, each with all networks. */
  batches: count(1, 100),
  seed: count(0, 0xffff_ffff),
});
export type BenchRequest = v.InferOutput<typeof BenchRequestSchema>;

const RowSchema = v.object({
  key: v.string(),
  kind: v.picklist(["config", "baseline"]),
  /** For people: a baseline's name as its authors write it. */
  title: v.string(),
  /** px */
  resolution: v.number(),
  /** Median over the batches, ms. */
  latencyMs: v.number(),
  /** ms, in the order of the batches. */
  perBatch: v.array(v.number()),
  /** Of the latency, relative: from within the batches or from one to the next, whichever says more. */
  standardError: v.number(),
  parameters: v.number(),
  /** Of one image. */
  multiplyAdds: v.number(),
  accuracy: v.nullable(AccuracySchema),
});
export type BenchRow = v.InferOutput<typeof RowSchema>;

/** How many times as fast a config is as a baseline; both times of a quotient come from the same batch. */
const RatioSchema = v.object({
  config: v.string(),
  baseline: v.string(),
  perBatch: v.array(v.number()),
  median: v.number(),
  min: v.number(),
  max: v.number(),
});
export type BenchRatio = v.InferOutput<typeof RatioSchema>;

export const BenchResultSchema = v.object({
  device: FingerprintSchema,
  /** Of the first batch. */
  protocol: ProtocolSchema,
  noise: NoiseSummarySchema,
  /** Configs, then baselines, each in the order of the request. */
  rows: v.array(RowSchema),
  /** Of every config to every baseline. */
  ratios: v.array(RatioSchema),
  elapsedMs: v.number(),
});
export type BenchResult = v.InferOutput<typeof BenchResultSchema>;
