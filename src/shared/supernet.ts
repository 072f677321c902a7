import * as v from "valibot";
import { t } from "./l10n.js";
import { ArchitectureSchema } from "./architecture.js";
import { PrecisionSchema } from "./measure.js";
import { PredictorSchema } from "./predictor.js";
import { CertificateSchema, EstimateSchema, FeasibleSchema, PredictorCardSchema, SpaceCardSchema } from "./results.js";
import { SourceSchema } from "./source.js";

const count = (low: number, high: number) => v.pipe(v.number(), v.integer(), v.minValue(low), v.maxValue(high));

/**
 * A supernet file or a data folder: too large to travel in a request, so it stays where it is, and its digest says
 * that it is still the same. Only the host and the command line make one, never the panel.
 */
export const ReferenceSchema = v.object({
  /** For people: its base name. */
  name: v.string(),
  path: v.string(),
  /** SHA-256 in hex: of a file's bytes; of a data folder as `DataCardSchema` says. */
  digest: v.string(),
});
export type Reference = v.InferOutput<typeof ReferenceSchema>;

/** What a data folder holds. */
export const DataCardSchema = v.object({
  name: v.string(),
  /** Of the sorted names and sizes of all images, and of the bytes of all .npy and .npz files. */
  digest: v.string(),
  /** Images whose class is known, which accuracy is measured on; and images that batch-norm and ranges are computed from. */
  validation: v.number(),
  calibration: v.number(),
  /** Names in the order of their indices; `0`, `1` … where the data has none. */
  classes: v.array(v.string()),
  /** "images" (folders of JPEG and PNG) or "tensors" (.npy, .npz). */
  form: v.picklist(["images", "tensors"]),
});
export type DataCard = v.InferOutput<typeof DataCardSchema>;

export const SupernetCardSchema = v.object({
  name: v.string(),
  /** SHA-256 of the file. */
  digest: v.string(),
  parameters: v.number(),
  bytes: v.number(),
  format: v.picklist(["safetensors", "onnx"]),
});
export type SupernetCard = v.InferOutput<typeof SupernetCardSchema>;

/** Looks at a supernet and a data folder before anything is run: what wizards show, and the digests that requests carry. */
export const InspectRequestSchema = v.object({
  kind: v.literal("inspect"),
  space: SourceSchema,
  supernet: v.nullable(v.string()),
  data: v.nullable(v.string()),
});
export type InspectRequest = v.InferOutput<typeof InspectRequestSchema>;
export const InspectResultSchema = v.object({ supernet: v.nullable(SupernetCardSchema), data: v.nullable(DataCardSchema) });
export type InspectResult = v.InferOutput<typeof InspectResultSchema>;

/** How the ranges of int8 activations follow from the calibration images. */
export const RangeMethodSchema = v.picklist(["minmax", "percentile"]);
export type RangeMethod = v.InferOutput<typeof RangeMethodSchema>;

/** How a subnet's accuracy is measured; the same for all subnets of a run. */
const protocol = {
  /** px */
  resolution: count(8, 4096),
  /** Images that batch-norm statistics, and ranges, are recomputed from; the first so many in a seeded order. */
  calibrationImages: count(8, 100_000),
  ranges: RangeMethodSchema,
  /** Validation images, the first so many in a seeded order; null takes all. */
  validationImages: v.nullable(count(1, 10_000_000)),
  threads: count(1, 1024),
  seed: count(0, 0xffff_ffff),
};
export const AccuracyProtocolSchema = v.object(protocol);
export type AccuracyProtocol = v.InferOutput<typeof AccuracyProtocolSchema>;

const PrecisionsSchema = v.pipe(
  v.array(PrecisionSchema),
  v.minLength(1),
  v.check((all) => new Set(all).size === all.length, () => t("each precision once")),
);

/**
 * Measures subnets of a supernet on the validation images. `design`: a balanced sample, to which the accuracy predictor
 * is fitted. `given`: the person's own configs.
 */
export const EvaluateRequestSchema = v.object({
  kind: v.literal("evaluate"),
  space: SourceSchema,
  supernet: ReferenceSchema,
  data: ReferenceSchema,
  ...protocol,
  /** The predictor is fitted to the first. */
  precisions: PrecisionsSchema,
  subnets: v.variant("kind", [
    v.object({
      kind: v.literal("design"),
      /** The predictor is fitted to so many; the smallest and the largest subnet are among them. */
      samples: count(8, 5000),
      /** Further random ones that tell how good it is. */
      heldOut: count(0, 5000),
      /** An accuracy form; its link's ceiling is fitted too. */
      form: v.string(),
    }),
    v.object({ kind: v.literal("given"), configs: v.pipe(v.array(SourceSchema), v.minLength(1), v.maxLength(1000)) }),
  ]),
});
export type EvaluateRequest = v.InferOutput<typeof EvaluateRequestSchema>;

/** A share of the validation images, %, with its 95 % binomial interval (Wilson). */
export const ShareSchema = v.object({ value: v.number(), interval: v.tuple([v.number(), v.number()]) });
export const MeasuredAccuracySchema = v.object({
  /** Validation images. */
  n: v.number(),
  top1: ShareSchema,
  /** Null where there are no more than five classes. */
  top5: v.nullable(ShareSchema),
});
export type MeasuredAccuracy = v.InferOutput<typeof MeasuredAccuracySchema>;

export const EvaluatedSchema = v.object({
  /** The config's name, or `smallest`, `largest`, `sample 12`, `held out 3`. */
  name: v.string(),
  role: v.picklist(["fit", "heldOut", "given"]),
  stages: ArchitectureSchema.entries.stages,
  parameters: v.number(),
  multiplyAdds: v.number(),
  fp32: v.nullable(MeasuredAccuracySchema),
  int8: v.nullable(MeasuredAccuracySchema),
  /** By a fit that had not seen it, %; null where nothing is fitted. */
  predicted: v.nullable(v.number()),
});
export type Evaluated = v.InferOutput<typeof EvaluatedSchema>;

/** How well something tells the order and the size of measured accuracies. */
const QualitySchema = v.object({ n: v.number(), rmse: v.number(), mae: v.number(), kendallTau: v.number(), r2: v.number() });

/** What a run may say about its predictor. */
export const AccuracyFitSchema = v.object({
  precision: PrecisionSchema,
  predictor: PredictorSchema,
  /** Leave-one-out, on the subnets it was fitted to; pp. */
  leaveOneOut: QualitySchema,
  /** On the held-out subnets; null where there are none. */
  heldOut: v.nullable(
    v.object({
      ...QualitySchema.entries,
      /** Of multiply-adds alone, on the same subnets. */
      multiplyAddsTau: v.number(),
      /** Kendall's tau that a perfect predictor would reach, since so many images rank subnets only so well. */
      noiseCeiling: v.number(),
      /** Share of the measured values inside their 95 % prediction intervals. */
      coverage: v.number(),
    }),
  ),
});
export type AccuracyFit = v.InferOutput<typeof AccuracyFitSchema>;

export const ThroughputSchema = v.object({
  /** Images through subnets: calibration and validation together. */
  imagesPerSecond: v.number(),
  subnetsPerMinute: v.number(),
  /** Largest resident size of the worker. */
  peakMemoryBytes: v.number(),
});
export type Throughput = v.InferOutput<typeof ThroughputSchema>;

/** What accuracy was measured with. */
const measuredWith = {
  supernet: SupernetCardSchema,
  data: DataCardSchema,
  protocol: AccuracyProtocolSchema,
  throughput: ThroughputSchema,
  elapsedMs: v.number(),
};

export const EvaluateResultSchema = v.object({
  ...measuredWith,
  space: SpaceCardSchema,
  precisions: v.array(PrecisionSchema),
  subnets: v.array(EvaluatedSchema),
  fit: v.nullable(AccuracyFitSchema),
  /** fp32 minus int8, pp, over the subnets measured in both; null where only one was. */
  quantizationLoss: v.nullable(
    v.object({
      mean: v.number(),
      worst: v.number(),
      /** Of the worst subnet by itself, 95 %, over the same images (paired): a handful of images that change sides is chance. */
      worstInterval: v.optional(v.nullable(v.tuple([v.number(), v.number()])), null),
      n: v.number(),
    }),
  ),
});
export type EvaluateResult = v.InferOutput<typeof EvaluateResultSchema>;

/** Measures the best architectures under the budget for real, in rounds that correct the predictor, and ranks them by that. */
export const FinalistsRequestSchema = v.object({
  kind: v.literal("finalists"),
  space: SourceSchema,
  /** Fitted to the same supernet and data. */
  accuracy: SourceSchema,
  latency: SourceSchema,
  /** ms */
  budget: v.pipe(v.number(), v.finite()),
  supernet: ReferenceSchema,
  data: ReferenceSchema,
  ...protocol,
  precision: PrecisionSchema,
  /** Measured in each round. */
  candidates: count(2, 50),
  /** At most so many; after each the accuracy predictor is corrected by what was measured. */
  rounds: v.optional(count(1, 20), 1),
  /** Each finalist is measured with so many disjoint sets of calibration images, and the mean counts. */
  calibrations: count(1, 10),
});
export type FinalistsRequest = v.InferOutput<typeof FinalistsRequestSchema>;

export const FinalistSchema = v.object({
  architecture: ArchitectureSchema,
  /** In which round it was measured, from 1. */
  round: v.optional(v.number(), 1),
  /** Before it was measured: by the accuracy predictor as the rounds before had corrected it. */
  predicted: v.object({ accuracy: EstimateSchema, latency: EstimateSchema }),
  /** Mean over the calibration sets. */
  measured: MeasuredAccuracySchema,
  /** Top-1 with each calibration set, %. */
  readings: v.array(v.number()),
  /** Measured within the predictor's 95 % interval; null where it carries none. */
  withinInterval: v.nullable(v.boolean()),
  /** Winner minus this one, pp, with its 95 % interval over the same images (paired); null for the winner. */
  behind: v.nullable(v.object({ value: v.number(), interval: v.tuple([v.number(), v.number()]) })),
  parameters: v.number(),
  multiplyAdds: v.number(),
});
export type Finalist = v.InferOutput<typeof FinalistSchema>;

export const FinalistsResultSchema = v.object({
  status: v.picklist(["ok", "infeasible"]),
  ...measuredWith,
  space: SpaceCardSchema,
  precision: PrecisionSchema,
  budget: v.number(),
  feasible: FeasibleSchema,
  nearestBudget: v.nullable(v.number()),
  predictors: v.object({ accuracy: PredictorCardSchema, latency: PredictorCardSchema }),
  /** Of the optimum under the budget for the predictors as they were given. */
  certificate: CertificateSchema,
  /** By falling measured accuracy: the first is the winner. Empty when infeasible. */
  finalists: v.array(FinalistSchema),
  /** Where that optimum came in, 0 for first; null when infeasible. */
  optimumRank: v.nullable(v.number()),
  /** agreed: the corrected predictor's optimum is among those measured. rounds: they are used up. */
  stopped: v.optional(v.picklist(["agreed", "rounds"]), "rounds"),
  /** The accuracy predictor, corrected by all finalists; null where nothing was measured. */
  corrected: v.optional(v.nullable(PredictorSchema), null),
});
export type FinalistsResult = v.InferOutput<typeof FinalistsResultSchema>;

/** Cuts the subnet of a config out of a supernet, recalibrates it on the data's calibration images, and writes it. */
export const SubnetRequestSchema = v.object({
  kind: v.literal("subnet"),
  config: SourceSchema,
  space: SourceSchema,
  supernet: ReferenceSchema,
  data: ReferenceSchema,
  calibrationImages: count(8, 100_000),
  ranges: RangeMethodSchema,
  threads: count(1, 1024),
  seed: count(0, 0xffff_ffff),
  /** `safetensors`: the state dict of the kit's plain PyTorch network, float32. */
  format: v.picklist(["onnx", "safetensors"]),
  /** Of an ONNX model. */
  precision: PrecisionSchema,
  /** Version of FOX-NAS, for the file's metadata. */
  version: v.string(),
});
export type SubnetRequest = v.InferOutput<typeof SubnetRequestSchema>;

export const SubnetResultSchema = v.object({
  /** The file, as base64. */
  model: v.string(),
  bytes: v.number(),
  /** SHA-256 of the file, in hex. */
  digest: v.string(),
  parameters: v.number(),
  multiplyAdds: v.number(),
  /** e.g. "shapes.safetensors, batch-norm recalibrated on 500 images". */
  weights: v.string(),
});
export type SubnetResult = v.InferOutput<typeof SubnetResultSchema>;
