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
  /** Most rounds of measuring, and most confirming batches; 4 unless given. */
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

/** An architecture that a round measured. `confirmed`: once more, in a batch that confirms a winner; null where it was not. */
export const TriedSchema = v.object({
  architecture: ArchitectureSchema,
  predicted: v.object({
    accuracy: EstimateSchema,
    /** By the predictor as it was before the round. */
    latency: EstimateSchema,
  }),
  measured: MeasuredLatencySchema,
  confirmed: v.nullable(MeasuredLatencySchema),
});

/** Factor from the times of a batch to the level of the predictor, and by how much its references disagree. */
const LevelSchema = v.object({ factor: v.number(), disagreement: v.number() });

const TuneRoundSchema = v.object({
  candidates: v.array(TriedSchema),
  /** Mean |measured / predicted - 1| before the correction. */
  error: v.number(),
  level: LevelSchema,
  suspect: v.boolean(),
});

export const TuneResultSchema = v.object({
  /** `infeasible`: nothing is predicted, or was measured, within the budget. */
  status: v.picklist(["ok", "infeasible"]),
  /**
   * agreed: the winner is as good as the optimum of the corrected predictors, in its interval, under the budget, confirmed.
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
      /** The mean of `first` and `confirmed` where both are there, else the first: what the verdict rests on. */
      ...MeasuredLatencySchema.entries,
      /** As its round measured it. */
      first: MeasuredLatencySchema,
      /**
       * As a second batch of its own measured it; null where nothing measured within the budget, so that there was no
       * winner to confirm, or where all confirming batches were used up by winners that failed.
       */
      confirmed: v.nullable(MeasuredLatencySchema),
      /** `latencyMs / rawMs` */
      level: v.number(),
      withinInterval: v.boolean(),
      underBudget: v.boolean(),
    }),
  ),
  rounds: v.array(TuneRoundSchema),
  /** Batches that measured a winner once more. `kept`: it is the one that the run ended with. */
  confirmations: v.array(v.object({ architectures: v.number(), level: LevelSchema, suspect: v.boolean(), kept: v.boolean() })),
  /** The latency predictor, corrected by all that was measured. */
  predictor: PredictorSchema,
  /** Of the corrected predictors. The gap is below 0 where the winner measures within the budget and is not predicted so. */
  certificate: CertificateSchema,
  ...v.pick(SearchResultSchema, ["search", "feasible", "budget", "nearestBudget", "predictors", "space", "found", "nearTies"]).entries,
  /** Of the last batch that measured the winner; null where nothing was measured. */
  device: v.nullable(FingerprintSchema),
  protocol: v.nullable(ProtocolSchema),
  noise: v.nullable(ProfileResultSchema.entries.noise),
});
export type TuneMeasured = v.InferOutput<typeof MeasuredLatencySchema>;
export type TuneRound = v.InferOutput<typeof TuneRoundSchema>;
export type Tried = v.InferOutput<typeof TriedSchema>;
export type TuneResult = v.InferOutput<typeof TuneResultSchema>;
