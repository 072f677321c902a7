import * as v from "valibot";
import type { Stage } from "../../engine/architecture.js";
import type { TracedArchitecture } from "../../engine/device/blockTable.js";
import type { Sample } from "../../engine/fitPredictor.js";
import { FingerprintSchema, NoiseSchema, ProtocolSchema, type MeasureResult } from "../../shared/measure.js";
import type { MeasuredOn } from "../../shared/predictor.js";
import type { ProfiledSample } from "../../shared/profile.js";
import { anchorOf } from "../../shared/anchor.js";
import { geometricMean } from "../measure/statistics.js";
import type { Plan } from "./plan.js";

const TimedSchema = v.object({ latencyMs: v.number(), standardError: v.number(), splitHalf: v.number() });

/** One timed batch, as the journal keeps it. */
export const BatchSchema = v.object({
  device: FingerprintSchema,
  protocol: ProtocolSchema,
  noise: NoiseSchema,
  suspect: v.boolean(),
  repeated: v.number(),
  /** ms, of the references. */
  references: v.array(v.number()),
  samples: v.array(TimedSchema),
});
type Batch = v.InferOutput<typeof BatchSchema>;

/** What a profile has measured so far. Every finished batch is in it, so that none is measured twice. */
export const ProfileStateSchema = v.object({
  elapsedMs: v.number(),
  /** ms, by traced architecture, stage and block; null before the traces. */
  traces: v.nullable(v.array(v.array(v.array(v.number())))),
  batches: v.array(BatchSchema),
});
export type ProfileState = v.InferOutput<typeof ProfileStateSchema>;

/** Times of the blocks, read off the batch of traces. */
export function tracesOf({ networks }: MeasureResult, plan: Plan): number[][][] {
  return networks.map(({ trace }, i) => {
    const times = new Map(trace?.places.map(({ place, ms }) => [place, ms]));
    return plan.traced[i]!.stages.map((stage, s) => stage.blocks.map((_, b) => times.get(`stages.${s}.blocks.${b}`) ?? Number.NaN));
  });
}

export function batchOf({ device, protocol, noise, suspect, references, networks }: MeasureResult, repeated: number): Batch {
  return {
    device,
    protocol,
    noise,
    suspect,
    repeated,
    references: references.map(({ latencyMs }) => latencyMs),
    samples: networks.map(({ latencyMs, standardError, splitHalf }) => ({ latencyMs, standardError, splitHalf })),
  };
}

export function tracedOf(plan: Plan, traces: NonNullable<ProfileState["traces"]>): TracedArchitecture[] {
  return plan.traced.map(({ stages }, i) => ({ stages, blocks: traces[i]! }));
}

/** All samples so far, brought to the level of the first batch by the references that every batch timed. */
export function samplesOf(plan: Plan, batches: readonly Batch[]): ProfiledSample[] {
  return batches.flatMap((batch, index) => {
    const { factor } = anchorOf(batches[0]!.references, batch.references);
    return batch.samples.map(({ latencyMs, ...errors }, i) => ({
      stages: plainStages(plan.batches[index]![i]!.stages),
      latencyMs: latencyMs * factor,
      ...errors,
      batch: index,
      suspect: batch.suspect,
    }));
  });
}

/** The references with their latencies on the level of the first batch: the geometric mean over all batches. */
export function referencesOf(plan: Plan, batches: readonly Batch[]): MeasuredOn["references"] {
  const levelled = batches.map(({ references }) => {
    const { factor } = anchorOf(batches[0]!.references, references);
    return references.map((ms) => ms * factor);
  });
  return plan.references.map(({ stages }, i) => ({ stages: plainStages(stages), latencyMs: geometricMean(levelled.map((row) => row[i]!)) }));
}

const plainStages = (stages: readonly Stage[]) => stages.map(({ width, blocks }) => ({ width, blocks: blocks.map(({ expand, kernel }) => ({ expand, kernel })) }));

export const asSamples = (samples: readonly ProfiledSample[]): Sample[] => samples.map(({ stages, latencyMs }) => ({ stages, value: latencyMs }));
