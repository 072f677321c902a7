import * as v from "valibot";
import { ArchitectureSchema } from "./architecture.js";
import { FingerprintSchema, ProtocolSchema } from "./measure.js";
import { PredictorSchema } from "./predictor.js";
import { ProfileResultSchema } from "./profile.js";
import { CertificateSchema, EstimateSchema, SearchResultSchema } from "./results.js";
import { SourceSchema } from "./source.js";

const count = (low: number, high: number) => v.pipe(v.number(), v.integer(), v.minValue(low), v.maxValue(high));

/**
 * Search, measure, refit, on the machine of the worker. The latency predictor must be a profile of this kind of
 * machine; it says precision, threads and execution provider.
 */
export const TuneRequestSchema = v.object({
  kind: v.literal("tune"),
  space: SourceSchema,
  accuracy: SourceSchema,
  latency: SourceSchema,
  /** Latency limit, ms, on the level of the latency predictor. */
  budget: v.pipe(v.number(), v.finite()),
  /** Readings of each architecture. */
  rounds: count(4, 10_000),
  seed: count(0, 0xffff_ffff),
  /** Architectures measured in one round; 5 unless given. */
  candidates: v.optional(count(1, 40)),
  /** Most rounds of measuring; 4 unless given. */
  most: v.optional(count(1, 100)),
});
export type TuneRequest = v.InferOutput<typeof TuneRequestSchema>;

const MeasuredLatencySchema = v.object({
  /** On the level of the latency predictor: comparable with predictions and budget. */
  latencyMs: v.number(),
  /** As it was timed. */
  rawMs: v.number(),
  /** Relative, within the batch. */
  standardError: v.number(),
});

/** An architecture that a round measured. */
export const TriedSchema = v.object({
  architecture: ArchitectureSchema,
  predicted: v.object({
    accuracy: EstimateSchema,
    /** By the predictor as it was before the round. */
    latency: EstimateSchema,
  }),
  measured: MeasuredLatencySchema,
});

const TuneRoundSchema = v.object({
  candidates: v.array(TriedSchema),
  /** Mean |measured / predicted - 1| before the correction. */
  error: v.number(),
  /** Factor from the times of the batch to the level of the predictor, and by how much its references disagree. */
  level: v.object({ factor: v.number(), disagreement: v.number() }),
  suspect: v.boolean(),
});

export const TuneResultSchema = v.object({
  /** `infeasible`: nothing is predicted, or was measured, within the budget. */
  status: v.picklist(["ok", "infeasible"]),
  /**
   * agreed: the winner is as good as the optimum of the corrected predictors, in its interval, under the budget.
   * rounds: they are used up. front: all of the front is measured. infeasible: nothing is predicted within the budget.
   */
  stopped: v.picklist(["agreed", "rounds", "front", "infeasible"]),
  /**
   * The most accurate one that measures within the budget, preferably predicted within it too; where none does, the
   * fastest; null where nothing was measured.
   */
  architecture: v.nullable(ArchitectureSchema),
  /** By the corrected predictor. */
  predicted: v.nullable(v.object({ accuracy: EstimateSchema, latency: EstimateSchema })),
  measured: v.nullable(
    v.object({
      ...MeasuredLatencySchema.entries,
      /** `latencyMs / rawMs` */
      level: v.number(),
      withinInterval: v.boolean(),
      underBudget: v.boolean(),
    }),
  ),
  rounds: v.array(TuneRoundSchema),
  /** The latency predictor, corrected by all that was measured. */
  predictor: PredictorSchema,
  /** Of the corrected predictors. The gap is below 0 where the winner measures within the budget and is not predicted so. */
  certificate: CertificateSchema,
  ...v.pick(SearchResultSchema, ["search", "feasible", "budget", "nearestBudget", "predictors", "space", "found", "nearTies"]).entries,
  /** Of the winner's batch; null where nothing was measured. */
  device: v.nullable(FingerprintSchema),
  protocol: v.nullable(ProtocolSchema),
  noise: v.nullable(ProfileResultSchema.entries.noise),
});
export type TuneResult = v.InferOutput<typeof TuneResultSchema>;
