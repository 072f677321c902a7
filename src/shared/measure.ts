import * as v from "valibot";
import { ArchitectureSchema } from "./architecture.js";
import { SourceSchema } from "./source.js";

const count = (low: number, high: number) => v.pipe(v.number(), v.integer(), v.minValue(low), v.maxValue(high));

/** An architecture of a space, or a baseline by name: it travels instead of a model file. */
export const MeasurableSchema = v.union([
  v.object({ space: SourceSchema, stages: ArchitectureSchema.entries.stages }),
  v.object({ baseline: v.string() }),
]);
export type Measurable = v.InferOutput<typeof MeasurableSchema>;

export const NetworkRequestSchema = v.object({
  /** The caller's name for it, unique in the batch. */
  key: v.string(),
  network: MeasurableSchema,
  /** Side of the input, px. */
  resolution: count(8, 4096),
  /** The space's number of classes (a baseline's: 1000) unless given. */
  classes: v.optional(count(1, 1_000_000)),
});
export type NetworkRequest = v.InferOutput<typeof NetworkRequestSchema>;

export const PrecisionSchema = v.picklist(["fp32", "int8"]);

/** One batch: networks timed side by side in one process. A batch of 20 takes some 0.5-1 GB. */
export const MeasureRequestSchema = v.object({
  kind: v.literal("measure"),
  networks: v.pipe(v.array(NetworkRequestSchema), v.minLength(1), v.maxLength(64)),
  /** The same in every batch: they show how the machine's speed drifts within a batch and from one to the next. */
  references: v.pipe(v.array(NetworkRequestSchema), v.minLength(1), v.maxLength(16)),
  precision: PrecisionSchema,
  threads: count(1, 1024),
  /** As onnxruntime names it: "cpu", "coreml", "dml" … */
  executionProvider: v.string(),
  /** Images in one run; a latency is that of a run. */
  batch: count(1, 1024),
  /** Runs of each network before the first round. */
  warmup: count(0, 1000),
  /** Readings of each network; even, so that both halves are equal. Some 60 repeat to 1 %. */
  rounds: count(4, 10_000),
  /** Of the order of the rounds; weights have a seed of their own, since they do not change the time. */
  seed: count(0, 0xffff_ffff),
  /** Also a table of each network's time by place. */
  traces: v.boolean(),
  /** Relative; references that disagree by more make the batch suspect. 0.03 unless given. */
  tolerance: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
});
export type MeasureRequest = v.InferOutput<typeof MeasureRequestSchema>;

/** Time of one place of a network (`placeName` of src/onnx), ms per run. */
const PlaceTimeSchema = v.object({
  place: v.string(),
  /** p25 over the traced runs of the sum of its kernels, over the runs' drift. */
  ms: v.number(),
  /** By onnxruntime's operator: the median over the runs, likewise. */
  kernels: v.array(v.object({ op: v.string(), ms: v.number() })),
});

/** Where the time of a run goes, from onnxruntime's own profile; wall clock, and slightly slower for being profiled. */
export const TraceSchema = v.object({
  runs: v.number(),
  /** In the order of execution: stem, first, stages.0.blocks.0 … head, classifier. */
  places: v.array(PlaceTimeSchema),
  /** Between the kernels, ms: belongs to no place. A run takes the sum of the places and this. */
  overheadMs: v.number(),
});
export type PlaceTrace = v.InferOutput<typeof TraceSchema>;

/** One network of a batch. Times are ms of one run; shares are relative (0.01 = 1 %). */
export const MeasuredSchema = v.object({
  key: v.string(),
  resolution: v.number(),
  classes: v.number(),
  /** The batch's statistic: p25 over the rounds of the readings over their round's drift. */
  latencyMs: v.number(),
  /** Of the same readings: median, and third quartile less first. */
  medianMs: v.number(),
  iqrMs: v.number(),
  readings: v.number(),
  /** |latency of the odd rounds - that of the even ones| / their mean. */
  splitHalf: v.number(),
  /** Of the latency within this batch, relative: from its neighbours in rank (binomial). */
  standardError: v.number(),
  /** Both clocks, p25 of the readings as they were, without the drift. */
  cpuMs: v.number(),
  wallMs: v.number(),
  /** Of the model that was timed: size, SHA-256 in hex. */
  bytes: v.number(),
  digest: v.string(),
  /** As trained, and multiply-adds of one image. */
  parameters: v.number(),
  multiplyAdds: v.number(),
  trace: v.nullable(TraceSchema),
});
export type Measured = v.InferOutput<typeof MeasuredSchema>;

/** What measured it. Two results are comparable only where these are the same. */
export const FingerprintSchema = v.object({
  platform: v.string(),
  cpu: v.string(),
  cores: v.number(),
  memoryBytes: v.number(),
  osRelease: v.string(),
  node: v.string(),
  onnxruntime: v.string(),
});
export type Fingerprint = v.InferOutput<typeof FingerprintSchema>;

/** How it was measured: what a badge says. */
export const ProtocolSchema = v.object({
  statistic: v.literal("p25"),
  /** `cpu`: user and system time of the process; `wall` where that is too coarse, or other threads or devices work. */
  clock: v.picklist(["cpu", "wall"]),
  /** Why that clock. */
  clockReason: v.string(),
  /** Smallest step of the CPU clock, ms. */
  granularityMs: v.number(),
  threads: v.number(),
  executionProvider: v.string(),
  precision: PrecisionSchema,
  /** px; null where the networks differ. */
  resolution: v.nullable(v.number()),
  batch: v.number(),
  warmup: v.number(),
  rounds: v.number(),
  /** Runs in one reading. */
  repeats: v.number(),
  /** int8: expanded channels were padded with zeros to a multiple of this, as an exported model should be. */
  channelMultiple: v.nullable(v.number()),
  seed: v.number(),
  tolerance: v.number(),
  /** ISO 8601, at the end of the batch. */
  date: v.string(),
  elapsedMs: v.number(),
});
export type Protocol = v.InferOutput<typeof ProtocolSchema>;

/** How noisy the batch was; shares are relative. */
export const NoiseSchema = v.object({
  /** Largest over smallest drift of a round, as the references show it. */
  drift: v.number(),
  /** Largest difference between references in how their time moved; null with a single reference. */
  disagreement: v.nullable(v.number()),
  /** Wall time over CPU time of all readings: 1 on an idle machine. */
  contention: v.number(),
  /** Median over networks and references. */
  splitHalf: v.number(),
});
export type Noise = v.InferOutput<typeof NoiseSchema>;

export const MeasureResultSchema = v.object({
  device: FingerprintSchema,
  protocol: ProtocolSchema,
  noise: NoiseSchema,
  /** In the order of the request. */
  networks: v.array(MeasuredSchema),
  references: v.array(MeasuredSchema),
  /** The batch should be measured again; `reason` says why. */
  suspect: v.boolean(),
  reason: v.nullable(v.string()),
});
export type MeasureResult = v.InferOutput<typeof MeasureResultSchema>;

/** How far a batch is. */
export const MeasureProgressSchema = v.object({
  kind: v.literal("measure"),
  /** Steps of nearly equal time, and how many there are. */
  done: v.number(),
  total: v.number(),
  elapsedMs: v.number(),
  /** Null until there is something to go by. */
  remainingMs: v.nullable(v.number()),
  /** What is being done, for people: "round 12 of 60". */
  note: v.string(),
  /** Of an evaluation: what it has measured so far, in the order of measuring; top-1 in %, of the first precision. */
  subnets: v.optional(v.array(v.object({ multiplyAdds: v.number(), top1: v.number() }))),
  /** Of a profile: how far its fit is. */
  fit: v.optional(
    v.object({
      /** Architectures timed so far. */
      timed: v.number(),
      /** Mean absolute percentage error on architectures the fit had not seen, 0.01 = 1 %; null before the first fit. */
      heldOut: v.nullable(v.number()),
    }),
  ),
});
export type MeasureProgress = v.InferOutput<typeof MeasureProgressSchema>;
