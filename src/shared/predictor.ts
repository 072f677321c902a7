import * as v from "valibot";
import { ArchitectureSchema } from "./architecture.js";
import { DiagnosticsSchema } from "./diagnostics.js";
import { FingerprintSchema, PrecisionSchema, ProtocolSchema } from "./measure.js";

export const TargetSchema = v.picklist(["accuracy", "latency"]);
export type Target = v.InferOutput<typeof TargetSchema>;

/** Units a predictor of each target may carry; nothing is converted silently. */
export const UNIT = { accuracy: "%", latency: "ms" } as const;

const CrossValidationSchema = v.object({
  folds: v.number(),
  repeats: v.number(),
  /** In the target's unit. */
  rmse: v.number(),
  mae: v.number(),
  kendallTau: v.number(),
  r2: v.number(),
});
export type CrossValidation = v.InferOutput<typeof CrossValidationSchema>;

/** What a fit by this project adds to a predictor: enough for intervals and for telling extrapolation. */
const FitSchema = v.object({
  n: v.number(),
  dof: v.number(),
  /** On the scale of the link's argument. */
  residualStdError: v.pipe(v.number(), v.minValue(0)),
  /** Order of the covariance's rows: `(Intercept)` first. */
  terms: v.array(v.string()),
  /** Lower triangle of the coefficients' covariance, row by row, diagonal included. */
  covariance: v.array(v.number()),
  /** Largest leverage among the samples; above it a prediction is extrapolation. */
  maxLeverage: v.number(),
  /** Standard errors of prediction are multiplied by it, so that 95 % intervals hold 95 % of new measurements; absent: 1. */
  predictionFactor: v.optional(v.pipe(v.number(), v.minValue(0.2), v.maxValue(5))),
  crossValidation: v.nullable(CrossValidationSchema),
  /** SHA-256 of the samples file. */
  samplesDigest: v.nullable(v.string()),
  /** Whether it can be trusted; of the fit itself, not of what corrects it later. */
  diagnostics: v.optional(DiagnosticsSchema),
});

/** What samples were measured on, and how; with it later batches on the same machine come to the samples' level. */
const MeasuredOnSchema = v.object({
  device: FingerprintSchema,
  protocol: ProtocolSchema,
  /** Architectures that every batch timed, with their latency on the samples' level, ms. */
  references: v.array(v.object({ stages: ArchitectureSchema.entries.stages, latencyMs: v.pipe(v.number(), v.gtValue(0)) })),
});
export type MeasuredOn = v.InferOutput<typeof MeasuredOnSchema>;

/** What accuracies were measured with: finalists are measured the same way. */
const EvaluatedWithSchema = v.object({
  supernet: v.object({ name: v.string(), digest: v.string() }),
  data: v.object({ name: v.string(), digest: v.string() }),
  precision: PrecisionSchema,
  calibrationImages: v.number(),
  validationImages: v.number(),
});
export type EvaluatedWith = v.InferOutput<typeof EvaluatedWithSchema>;

export const LinkSchema = v.nullable(
  v.strictObject({
    /** value = ceiling - exp(-eta) */
    kind: v.literal("saturating"),
    ceiling: v.number(),
  }),
);

/** A predictor file (`*.predictor.json`). Terms are products of variables, `tot_24:tot_e_24`. */
export const PredictorSchema = v.object({
  $schema: v.optional(v.string()),
  version: v.literal(1),
  target: TargetSchema,
  unit: v.string(),
  space: v.string(),
  resolution: v.number(),
  device: v.nullable(v.string()),
  form: v.string(),
  intercept: v.number(),
  coefficients: v.record(v.string(), v.number()),
  link: LinkSchema,
  source: v.string(),
  /** Short name for lists, when the file gives one. */
  title: v.optional(v.string()),
  fit: v.optional(FitSchema),
  /** The machine that its samples were measured on, and how; where this project measured them. */
  measured: v.optional(MeasuredOnSchema),
  /** The supernet and the images that its samples were measured with; where this project measured them. */
  evaluated: v.optional(EvaluatedWithSchema),
});
export type PredictorFile = v.InferOutput<typeof PredictorSchema>;
export type PredictorFit = v.InferOutput<typeof FitSchema>;
