import * as v from "valibot";
import { ArchitectureSchema, type Architecture } from "./architecture.js";
import { LinkSchema, PredictorSchema, TargetSchema } from "./predictor.js";

export const IntervalSchema = v.nullable(v.tuple([v.number(), v.number()]));

/** A predicted number with its 95 % prediction interval (null where the predictor carries no covariance). */
export const EstimateSchema = v.object({
  value: v.number(),
  unit: v.string(),
  interval: IntervalSchema,
  /** Leverage above that of every sample: outside what was measured. Null without a covariance. */
  extrapolated: v.nullable(v.boolean()),
});
export type Estimate = v.InferOutput<typeof EstimateSchema>;

/** What each stage adds to a prediction: `baseline` (the space's mean) + the sum of the values = `value`. */
export const ContributionsSchema = v.object({
  baseline: v.number(),
  stages: v.array(v.object({ stage: v.string(), value: v.number(), interval: IntervalSchema })),
});
export type Contributions = v.InferOutput<typeof ContributionsSchema>;

/** One architecture with everything the panel says about it. */
export const PointSchema = v.object({
  architecture: ArchitectureSchema,
  accuracy: EstimateSchema,
  latency: EstimateSchema,
  /** Of what a run found; null where a predictor is not additive over stages, and for points of a front. */
  why: v.nullable(v.object({ accuracy: ContributionsSchema, latency: ContributionsSchema })),
});
export type Point = v.InferOutput<typeof PointSchema>;

/** Who says so: every number shown carries this. */
export const PredictorCardSchema = v.object({
  name: v.string(),
  target: TargetSchema,
  unit: v.string(),
  space: v.string(),
  resolution: v.number(),
  device: v.nullable(v.string()),
  form: v.string(),
  source: v.string(),
  link: LinkSchema,
  samples: v.nullable(v.number()),
  /** Cross-validated root mean squared error, in the unit. */
  crossValidatedRmse: v.nullable(v.number()),
  /** SHA-256 of the file. */
  digest: v.string(),
});
export type PredictorCard = v.InferOutput<typeof PredictorCardSchema>;

const PairSchema = v.object({ accuracy: v.number(), latency: v.number() });

export const CertificateSchema = v.object({
  /** Proven optimum of these predictors under the budget; null when it cannot be proved. */
  optimum: v.nullable(PairSchema),
  /** Optimum minus found, pp. */
  gap: v.nullable(v.number()),
  proved: v.boolean(),
  /** Why there is no certificate, in a sentence; null when there is one. */
  reason: v.nullable(v.string()),
  /** Without a certificate: no architecture is above this (%), where that is known. */
  atMost: v.optional(v.number()),
});

/** What an architecture has much or little of, whatever the predictors say. */
export interface Figures {
  /** Blocks with the largest kernel size of the space. */
  largestKernels: number;
  blocks: number;
  /** Of the trained network, batch-norm included. */
  parameters: number;
  /** For one image. */
  multiplyAdds: number;
}
const figures = { largestKernels: v.number(), blocks: v.number(), parameters: v.number(), multiplyAdds: v.number() };

/** A near-tie that a person may prefer to the optimum. */
export interface ListedTie extends Figures {
  architecture: Architecture;
  /** Predicted, % and ms. */
  accuracy: number;
  latency: number;
  /** Genes (expand ratios, kernel sizes) that differ from the optimum's; a block that only one of them has counts 2. */
  distance: number;
  /** What it is the extreme of among all near-ties, `the most different`, `fewest parameters`; mostly nothing. */
  why: string[];
}
const ListedTieSchema = v.object({
  architecture: ArchitectureSchema,
  accuracy: v.number(),
  latency: v.number(),
  distance: v.number(),
  why: v.array(v.string()),
  ...figures,
});

/** How many other architectures lie within `withinPp` of the optimum under the budget; counted exactly. */
export interface NearTies {
  withinPp: number;
  /** Architectures (order of blocks counts). Decimal string: it may pass 2^53. */
  count: string;
  /** Groups of architectures the predictors can tell apart. */
  distinct: number;
  /** Largest kernel size of the space. Runs of earlier versions lack this and what follows. */
  largestKernel?: number | undefined;
  /** The optimum's own figures. */
  optimum?: Figures | undefined;
  /** The most different groups and the extremes, by falling distance; none of the optimum's own group. */
  listed?: ListedTie[] | undefined;
}
/** Typed by its output alone: spelled out, the panel's messages pass TypeScript's depth. */
export const NearTiesSchema: v.GenericSchema<NearTies> = v.object({
  withinPp: v.number(),
  count: v.string(),
  distinct: v.number(),
  largestKernel: v.optional(v.number()),
  optimum: v.optional(v.object(figures)),
  listed: v.optional(v.array(ListedTieSchema)),
});

export const FeasibleSchema = v.object({ latency: v.tuple([v.number(), v.number()]), unit: v.string() });

/** The stage geometry a picture of an architecture needs. */
export const SpaceCardSchema = v.object({
  id: v.string(),
  title: v.string(),
  stages: v.array(
    v.object({
      name: v.string(),
      /** Input and output side, px. */
      input: v.number(),
      output: v.number(),
      squeezeExcite: v.boolean(),
      activation: v.string(),
      depth: v.array(v.number()),
      expand: v.array(v.number()),
      kernel: v.array(v.number()),
    }),
  ),
  /** Number of architectures, as a short text such as `5.9e21`. */
  size: v.string(),
});
export type SpaceCard = v.InferOutput<typeof SpaceCardSchema>;

export const SearchResultSchema = v.object({
  status: v.picklist(["ok", "infeasible"]),
  architecture: v.nullable(ArchitectureSchema),
  predicted: v.nullable(v.object({ accuracy: EstimateSchema, latency: EstimateSchema })),
  certificate: CertificateSchema,
  search: v.object({ seed: v.number(), evaluations: v.number(), elapsedMs: v.number() }),
  feasible: FeasibleSchema,
  budget: v.number(),
  /** Probability asked for; null or absent: none. */
  probability: v.optional(v.nullable(v.number())),
  /** Probability (0..1) that one new measurement of the found architecture stays within the budget; null without a covariance. */
  withinBudget: v.optional(v.nullable(v.number())),
  /** For an infeasible budget: the nearest that is feasible. */
  nearestBudget: v.nullable(v.number()),
  predictors: v.object({ accuracy: PredictorCardSchema, latency: PredictorCardSchema }),
  space: SpaceCardSchema,
  /** The found architecture; null when infeasible. */
  found: v.nullable(PointSchema),
  nearTies: v.nullable(NearTiesSchema),
  /** The whole exact front by rising latency; empty without a certificate. */
  front: v.array(PointSchema),
  trace: v.object({
    evaluations: v.array(v.number()),
    current: v.array(v.number()),
    best: v.array(v.number()),
    temperature: v.array(v.number()),
  }),
});
export type SearchResult = v.InferOutput<typeof SearchResultSchema>;

export const FrontResultSchema = v.object({
  points: v.array(v.object({ latency: v.number(), accuracy: v.number(), architecture: ArchitectureSchema })),
  elapsedMs: v.number(),
  predictors: v.object({ accuracy: PredictorCardSchema, latency: PredictorCardSchema }),
});
export type FrontResult = v.InferOutput<typeof FrontResultSchema>;

const TermRowSchema = v.object({
  name: v.string(),
  estimate: v.number(),
  stdError: v.number(),
  t: v.number(),
  p: v.number(),
});

export const FitResultSchema = v.object({
  form: v.string(),
  n: v.number(),
  dof: v.number(),
  r2: v.number(),
  adjustedR2: v.number(),
  residualStdError: v.number(),
  f: v.object({ value: v.number(), dof1: v.number(), dof2: v.number(), p: v.number() }),
  terms: v.array(TermRowSchema),
  /** Terms left out as linear combinations of others in these samples. */
  aliased: v.array(v.string()),
  crossValidation: v.object({
    folds: v.number(),
    repeats: v.number(),
    rmse: v.number(),
    mae: v.number(),
    kendallTau: v.number(),
    r2: v.number(),
  }),
  /** Leave-one-out root mean squared error, in the unit. */
  leaveOneOutRmse: v.number(),
  /** The fitted predictor file. */
  predictor: PredictorSchema,
});
export type FitResult = v.InferOutput<typeof FitResultSchema>;

export const PredictResultSchema = v.object({ accuracy: EstimateSchema, latency: EstimateSchema });
export type PredictResult = v.InferOutput<typeof PredictResultSchema>;

/** What the machine of the worker offers. */
export const DeviceResultSchema = v.object({
  platform: v.string(),
  cpu: v.string(),
  cores: v.number(),
  memoryBytes: v.number(),
  node: v.string(),
  /** Null where onnxruntime cannot be loaded; `reason` says why. */
  onnxruntime: v.nullable(v.object({ version: v.string(), executionProviders: v.array(v.string()) })),
  reason: v.nullable(v.string()),
});
