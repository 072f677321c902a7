import * as v from "valibot";
import { ArchitectureSchema } from "./architecture.js";
import { DiagnosticsSchema } from "./diagnostics.js";
import { EstimateSchema, IntervalSchema, NearTiesSchema, PredictorCardSchema, SpaceCardSchema } from "./results.js";
import { SourceSchema } from "./source.js";

/** A part of a prediction in the target's unit (pp or ms), with its 95 % confidence interval where there is a covariance. */
export const PartSchema = v.object({ value: v.number(), interval: IntervalSchema });
export type Part = v.InferOutput<typeof PartSchema>;

/**
 * What a stage is made of. The depth stands against the space's mean; the others against the mean stage of that depth:
 * `transition` the first block's expand ratio and kernel size, `expand` and `kernel` those of the other blocks.
 * `together` is what they do only in combination. They add up to the stage.
 */
export const CHOICES = ["depth", "transition", "expand", "kernel", "together"] as const;
export type Choice = (typeof CHOICES)[number];
const perChoice = <T extends v.GenericSchema>(schema: T) => v.object({ depth: schema, transition: schema, expand: schema, kernel: schema, together: schema });

const StagePartSchema = v.object({ stage: v.string(), ...PartSchema.entries, parts: perChoice(PartSchema) });
export type StagePart = v.InferOutput<typeof StagePartSchema>;

/** One prediction taken apart: `baseline` + the sum of the contributions = `value`. */
export const TargetExplanationSchema = v.object({
  value: v.number(),
  unit: v.string(),
  /** Prediction at the space's mean of the linear part. */
  baseline: v.number(),
  contributions: v.array(StagePartSchema),
});
export type TargetExplanation = v.InferOutput<typeof TargetExplanationSchema>;

const VERDICTS = ["over budget", "worse", "equal within error", "better"] as const;
/** A legal one-step change of the architecture: one expand ratio, one kernel size, one block more or less. */
export const MoveSchema = v.object({
  /** `stage 40, block 2: expand 3 → 4` */
  change: v.string(),
  stage: v.string(),
  /** What it leads to. */
  architecture: ArchitectureSchema,
  /** Differences from the architecture, pp and ms. */
  accuracy: PartSchema,
  latency: PartSchema,
  /** Why the search did not take it; without a budget, no move is over it. */
  verdict: v.picklist(VERDICTS),
});
export type Move = v.InferOutput<typeof MoveSchema>;

/** A neighbour on the front. */
const NeighbourSchema = v.object({
  architecture: ArchitectureSchema,
  accuracy: v.number(),
  latency: v.number(),
  /** What it changes: `stage 40: 3 → 4 blocks`. */
  changes: v.array(v.string()),
});
export type Neighbour = v.InferOutput<typeof NeighbourSchema>;

export const MarginalSchema = v.object({
  /** Optimum at the budget minus optimum one millisecond below, pp/ms; null where nothing fits there. */
  below: v.nullable(v.number()),
  /** Optimum one millisecond above minus optimum at the budget, pp/ms. */
  above: v.number(),
  unit: v.literal("pp/ms"),
  /** The next point of the front to the left and to the right of the optimum. */
  cheaper: v.nullable(NeighbourSchema),
  better: v.nullable(NeighbourSchema),
});
export type Marginal = v.InferOutput<typeof MarginalSchema>;

/** Share of the variance over the space, 0..1; the shares of a target add up to 1, the parts of a stage to its share. */
const ShareSchema = v.object({ stage: v.string(), share: v.number(), parts: perChoice(v.number()) });
export type Share = v.InferOutput<typeof ShareSchema>;

/** Mean prediction where one choice is given and the rest is the space's mean (of the linear part), with its interval. */
const EffectPointSchema = v.object({ choice: v.number(), ...PartSchema.entries });
const EffectSchema = v.object({
  stage: v.string(),
  what: v.picklist(["depth", "transition expand", "transition kernel", "expand", "kernel"]),
  points: v.array(EffectPointSchema),
});
export type Effect = v.InferOutput<typeof EffectSchema>;

/** Predictions by depth and by the expand ratio of all blocks of a stage, the rest as in an effect. */
const HeatmapSchema = v.object({
  stage: v.string(),
  depth: v.array(v.number()),
  expand: v.array(v.number()),
  /** By depth, then expand: difference from the baseline, pp or ms. */
  values: v.array(v.array(v.number())),
});
export type Heatmap = v.InferOutput<typeof HeatmapSchema>;

/** What matters in general, of one target. */
const TargetOverviewSchema = v.object({
  unit: v.string(),
  baseline: v.number(),
  /** Standard deviation of the prediction over the space. */
  deviation: v.number(),
  importance: v.array(ShareSchema),
  effects: v.array(EffectSchema),
  heatmaps: v.array(HeatmapSchema),
});
export type TargetOverview = v.InferOutput<typeof TargetOverviewSchema>;

/** What holds for the whole space, whatever the architecture. Null where a predictor is not additive over stages. */
export const OverviewSchema = v.object({ accuracy: v.nullable(TargetOverviewSchema), latency: v.nullable(TargetOverviewSchema) });
export type Overview = v.InferOutput<typeof OverviewSchema>;

const predictors = { space: SourceSchema, accuracy: SourceSchema, latency: SourceSchema };
export const OverviewRequestSchema = v.object({ kind: v.literal("overview"), ...predictors });
export type OverviewRequest = v.InferOutput<typeof OverviewRequestSchema>;
export const OverviewResultSchema = v.object({ overview: OverviewSchema });

export const ExplainRequestSchema = v.object({
  kind: v.literal("explain"),
  ...predictors,
  config: SourceSchema,
  /** ms; null explains the architecture without a limit. */
  budget: v.nullable(v.pipe(v.number(), v.finite())),
});
export type ExplainRequest = v.InferOutput<typeof ExplainRequestSchema>;

/** Everything there is to say about one architecture. */
export const ExplanationSchema = v.object({
  space: SpaceCardSchema,
  architecture: ArchitectureSchema,
  budget: v.nullable(v.number()),
  predictors: v.object({ accuracy: PredictorCardSchema, latency: PredictorCardSchema }),
  predicted: v.object({ accuracy: EstimateSchema, latency: EstimateSchema }),
  /** Null where the predictor is not additive over stages; so are the fields that need an exact front. */
  accuracy: v.nullable(TargetExplanationSchema),
  latency: v.nullable(TargetExplanationSchema),
  marginal: v.nullable(MarginalSchema),
  /** Accuracy of the proven optimum under the budget, %. */
  optimum: v.nullable(v.object({ accuracy: v.number(), latency: v.number() })),
  moves: v.array(MoveSchema),
  nearTies: v.nullable(NearTiesSchema),
  /** Probability that one measurement stays within the budget, 0..1; null without budget or covariance. */
  withinBudget: v.nullable(v.number()),
  importance: v.object({ accuracy: v.array(ShareSchema), latency: v.array(ShareSchema) }),
  overview: OverviewSchema,
  diagnostics: v.object({ accuracy: v.nullable(DiagnosticsSchema), latency: v.nullable(DiagnosticsSchema) }),
  front: v.array(v.object({ latency: v.number(), accuracy: v.number() })),
  /** A short account, Markdown. */
  text: v.string(),
});
export type Explanation = v.InferOutput<typeof ExplanationSchema>;
