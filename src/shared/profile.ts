import * as v from "valibot";
import { ArchitectureSchema } from "./architecture.js";
import { FingerprintSchema, PrecisionSchema, ProtocolSchema } from "./measure.js";
import { PredictorSchema } from "./predictor.js";
import { SourceSchema } from "./source.js";

const count = (low: number, high: number) => v.pipe(v.number(), v.integer(), v.minValue(low), v.maxValue(high));

/** Makes a latency predictor for the machine of the worker: traces every block, times architectures, fits. */
export const ProfileRequestSchema = v.object({
  kind: v.literal("profile"),
  space: SourceSchema,
  /** px */
  resolution: count(8, 4096),
  precision: PrecisionSchema,
  threads: count(1, 1024),
  /** As onnxruntime names it: "cpu", "coreml", "dml" … */
  executionProvider: v.string(),
  /** Most architectures to time; the fit may be good enough with fewer. */
  samples: count(8, 1000),
  /** Relative held-out error (0.02 = 2 %) at which it stops. */
  target: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  /** Begins no further batch after this time, ms. */
  timeLimitMs: v.pipe(v.number(), v.minValue(0)),
  /** Readings of each architecture. */
  rounds: count(4, 10_000),
  seed: count(0, 0xffff_ffff),
});
export type ProfileRequest = v.InferOutput<typeof ProfileRequestSchema>;

/** One architecture with its measured latency. */
const SampleSchema = v.object({
  stages: ArchitectureSchema.entries.stages,
  /** On the level of the first batch, ms. */
  latencyMs: v.number(),
  /** Relative, within the batch. */
  standardError: v.number(),
  /** Odd against even rounds, relative. */
  splitHalf: v.number(),
  batch: v.number(),
  /** Its batch stayed suspect; profiles of earlier versions do not say it. */
  suspect: v.optional(v.boolean()),
});
export type ProfiledSample = v.InferOutput<typeof SampleSchema>;

/** Errors on architectures that the fit had not seen. */
export const HeldOutSchema = v.object({
  /** Mean absolute percentage error, 0.01 = 1 %. */
  mape: v.number(),
  /** ms */
  rmse: v.number(),
  mae: v.number(),
  kendallTau: v.number(),
  r2: v.number(),
});
export type HeldOut = v.InferOutput<typeof HeldOutSchema>;

/** The noise of several batches together. */
export const NoiseSummarySchema = v.object({
  batches: v.number(),
  /** How often a batch was measured again, and how many batches stayed suspect. */
  repeated: v.number(),
  suspect: v.number(),
  /** Largest over smallest speed of the machine, within batches and from one to the next. */
  drift: v.number(),
  /** Wall time over CPU time: 1 on an idle machine. */
  contention: v.number(),
  /** Median over what was timed, relative. */
  splitHalf: v.number(),
});
export type NoiseSummary = v.InferOutput<typeof NoiseSummarySchema>;

export const ProfileResultSchema = v.object({
  device: FingerprintSchema,
  protocol: ProtocolSchema,
  /** The per-block predictor. */
  predictor: PredictorSchema,
  samples: v.array(
    v.object({
      ...SampleSchema.entries,
      /** By a fit without this sample, ms. */
      predicted: v.number(),
    }),
  ),
  heldOut: HeldOutSchema,
  /** Standard error of a traced block relative to its time, as the samples tell it. */
  tableError: v.number(),
  /** Regression forms on the same samples, for comparison; `heldOut` is null where the samples are too few. */
  forms: v.array(v.object({ form: v.string(), terms: v.number(), heldOut: v.nullable(HeldOutSchema) })),
  noise: NoiseSummarySchema,
  /** Why it stopped. */
  stopped: v.picklist(["target", "samples", "time"]),
  elapsedMs: v.number(),
});
export type ProfileResult = v.InferOutput<typeof ProfileResultSchema>;
