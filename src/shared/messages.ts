import * as v from "valibot";
import { ArchitectureSchema } from "./architecture.js";
import { BenchRequestSchema, BenchResultSchema } from "./bench.js";
import { ExplainRequestSchema, ExplanationSchema, OverviewRequestSchema, OverviewResultSchema } from "./explanation.js";
import { MeasureProgressSchema, MeasureRequestSchema, MeasureResultSchema, type MeasureProgress } from "./measure.js";
import { OnnxRequestSchema, OnnxResultSchema } from "./onnx.js";
import { TargetSchema } from "./predictor.js";
import { ProfileRequestSchema, ProfileResultSchema } from "./profile.js";
import { NearTiesSchema, FitResultSchema, FrontResultSchema, PredictResultSchema, SearchResultSchema, DeviceResultSchema } from "./results.js";
import { SourceSchema } from "./source.js";
import {
  EvaluateRequestSchema,
  EvaluateResultSchema,
  FinalistsRequestSchema,
  FinalistsResultSchema,
  InspectRequestSchema,
  InspectResultSchema,
  SubnetRequestSchema,
  SubnetResultSchema,
} from "./supernet.js";
import { TuneRequestSchema, TuneResultSchema } from "./tune.js";

export { SourceSchema, type Source } from "./source.js";

const predictors = { space: SourceSchema, accuracy: SourceSchema, latency: SourceSchema };
/** Probability that one new measurement is to stay within the budget; absent or null: the prediction itself is to. */
const probability = v.optional(v.nullable(v.pipe(v.number(), v.gtValue(0.5), v.ltValue(1))));
const seed = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff));

export const SearchRequestSchema = v.object({
  kind: v.literal("search"),
  ...predictors,
  /** Latency limit, in the latency predictor's unit (ms). */
  budget: v.pipe(v.number(), v.finite()),
  probability,
  seed,
  /** Annealing evaluations; null takes the engine's default. */
  evaluations: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1e12))),
});
export const FrontRequestSchema = v.object({ kind: v.literal("front"), ...predictors });
/** Near-ties of the optimum at one budget. */
export const NearTiesRequestSchema = v.object({ kind: v.literal("nearTies"), ...predictors, budget: v.number() });
export type NearTiesRequest = v.InferOutput<typeof NearTiesRequestSchema>;
export const FitRequestSchema = v.object({
  kind: v.literal("fit"),
  samples: SourceSchema,
  space: SourceSchema,
  target: TargetSchema,
  form: v.string(),
  seed,
  /** What the samples were measured on; both null when the person did not say. */
  device: v.nullable(v.string()),
  resolution: v.nullable(v.number()),
  /**
   * Of the form's link: "fitted" takes the ceiling with the smallest leave-one-out error, a number (%) is taken as it
   * is; absent: the form's own.
   */
  ceiling: v.optional(v.union([v.literal("fitted"), v.number()])),
  /** Where the samples come from, for the predictor file; null names the samples file. */
  source: v.optional(v.nullable(v.string())),
});
export const PredictRequestSchema = v.object({ kind: v.literal("predict"), config: SourceSchema, ...predictors });
export const CheckConfigRequestSchema = v.object({ kind: v.literal("validate"), config: SourceSchema, space: SourceSchema });
export const DeviceRequestSchema = v.object({ kind: v.literal("device") });

/**
 * One job for a worker. Requests carry file contents, so that a run can be replayed anywhere; only supernets and data,
 * which are too large, are named by path and digest.
 */
export const RequestSchema = v.variant("kind", [
  SearchRequestSchema,
  FrontRequestSchema,
  NearTiesRequestSchema,
  FitRequestSchema,
  PredictRequestSchema,
  ExplainRequestSchema,
  OverviewRequestSchema,
  CheckConfigRequestSchema,
  DeviceRequestSchema,
  MeasureRequestSchema,
  ProfileRequestSchema,
  TuneRequestSchema,
  OnnxRequestSchema,
  BenchRequestSchema,
  InspectRequestSchema,
  EvaluateRequestSchema,
  FinalistsRequestSchema,
  SubnetRequestSchema,
]);
export type Request = v.InferOutput<typeof RequestSchema>;
export type SearchRequest = v.InferOutput<typeof SearchRequestSchema>;
export type FitRequest = v.InferOutput<typeof FitRequestSchema>;

/** Result of each kind of job. */
export const ResultSchemas = {
  search: SearchResultSchema,
  front: FrontResultSchema,
  nearTies: v.object({ nearTies: v.nullable(NearTiesSchema) }),
  fit: FitResultSchema,
  predict: PredictResultSchema,
  explain: ExplanationSchema,
  overview: OverviewResultSchema,
  validate: v.object({ space: v.string(), architecture: ArchitectureSchema }),
  device: DeviceResultSchema,
  measure: MeasureResultSchema,
  profile: ProfileResultSchema,
  tune: TuneResultSchema,
  onnx: OnnxResultSchema,
  bench: BenchResultSchema,
  inspect: InspectResultSchema,
  evaluate: EvaluateResultSchema,
  finalists: FinalistsResultSchema,
  subnet: SubnetResultSchema,
} as const;
export type ResultOf<K extends Request["kind"]> = v.InferOutput<(typeof ResultSchemas)[K]>;

/** The annealing at one moment, thinned; each message stands alone, so that any may be dropped. */
export const ProgressSchema = v.object({
  evaluations: v.number(),
  total: v.number(),
  elapsedMs: v.number(),
  /** Of the annealing, percentage points. */
  temperature: v.number(),
  current: v.object({ accuracy: v.number(), latency: v.number() }),
  best: v.nullable(v.object({ accuracy: v.number(), latency: v.number() })),
  /** Certified optimum (%), null without a certificate. */
  optimum: v.nullable(v.number()),
  /** Columns of equal length: evaluations, current (%), best (%), temperature (pp). */
  trace: v.object({
    evaluations: v.array(v.number()),
    current: v.array(v.number()),
    best: v.array(v.number()),
    temperature: v.array(v.number()),
  }),
});
export type Progress = v.InferOutput<typeof ProgressSchema>;
export type Trace = Progress["trace"];

/** Kinds of jobs that measure: their progress counts batches and rounds. */
const MEASURING = ["measure", "profile", "tune", "bench", "evaluate", "finalists"] as const;
export type ProgressOf<K extends Request["kind"]> = K extends (typeof MEASURING)[number] ? MeasureProgress : Progress;

export type AnyProgress = ProgressOf<Request["kind"]>;

/** Schema of the progress of a kind of job. */
export function progressSchemaOf(kind: Request["kind"]): typeof ProgressSchema | typeof MeasureProgressSchema {
  return (MEASURING as readonly string[]).includes(kind) ? MeasureProgressSchema : ProgressSchema;
}

/** parent -> worker */
export const ToWorkerSchema = v.variant("type", [
  v.object({
    type: v.literal("start"),
    request: RequestSchema,
    /** Journal file to write and to resume from, null for none. */
    journal: v.nullable(v.string()),
  }),
  /** Progress `seq` was taken; the worker may send the newest again. */
  v.object({ type: v.literal("ack"), seq: v.number() }),
  v.object({ type: v.literal("cancel") }),
]);
export type ToWorker = v.InferOutput<typeof ToWorkerSchema>;

const ProblemSchema = v.object({
  what: v.string(),
  file: v.optional(v.string()),
  line: v.optional(v.number()),
  column: v.optional(v.number()),
  field: v.optional(v.string()),
  found: v.optional(v.string()),
  expected: v.optional(v.string()),
  next: v.optional(v.string()),
});

/** worker -> parent. Progress and result are validated by the schemas of the request's kind. */
export const FromWorkerSchema = v.variant("type", [
  v.object({ type: v.literal("progress"), seq: v.number(), progress: v.unknown() }),
  v.object({ type: v.literal("result"), result: v.unknown() }),
  v.object({ type: v.literal("cancelled") }),
  /** Bad input: the person can mend it. */
  v.object({ type: v.literal("problem"), problem: ProblemSchema }),
  /** An internal failure: a bug of ours. */
  v.object({ type: v.literal("failure"), message: v.string(), stack: v.string() }),
  v.object({ type: v.literal("log"), level: v.picklist(["info", "warn", "error"]), message: v.string() }),
]);
export type FromWorker = v.InferOutput<typeof FromWorkerSchema>;
