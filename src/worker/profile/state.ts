import * as v from "valibot";
import type { TracedArchitecture } from "../../engine/device/blockTable.js";
import type { Sample } from "../../engine/fitPredictor.js";
import { FingerprintSchema, NoiseSchema, ProtocolSchema, type MeasureResult } from "../../shared/measure.js";
import type { ProfiledSample } from "../../shared/profile.js";
import { anchorOf } from "../measure/anchor.js";
import type { Plan } from "./plan.js";

const TimedSchema = v.object({ latencyMs: v.number(), standardError: v.number(), splitHalf: v.number() });

/** One timed batch, as the journal keeps it. */
const BatchSchema = v.object({
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
      stages: plan.batches[index]![i]!.stages.map(({ width, blocks }) => ({ width, blocks: blocks.map(({ expand, kernel }) => ({ expand, kernel })) })),
      latencyMs: latencyMs * factor,
      ...errors,
      batch: index,
    }));
  });
}

export const asSamples = (samples: readonly ProfiledSample[]): Sample[] => samples.map(({ stages, latencyMs }) => ({ stages, value: latencyMs }));
