import * as v from "valibot";
import type { Sample } from "../../engine/fitPredictor.js";
import type { MeasuredOn } from "../../shared/predictor.js";
import { TriedSchema, type TuneResult } from "../../shared/tune.js";
import { anchorOf } from "../../shared/anchor.js";
import { mean } from "../measure/statistics.js";
import { BatchSchema } from "../profile/state.js";

const RoundSchema = v.object({
  candidates: v.array(v.omit(TriedSchema, ["measured"])),
  batch: BatchSchema,
});
export type Round = v.InferOutput<typeof RoundSchema>;

/** What a run has measured so far, as the journal keeps it. Every finished batch is in it, so that none is measured twice. */
export const TuneStateSchema = v.object({ elapsedMs: v.number(), rounds: v.array(RoundSchema) });
export type TuneState = v.InferOutput<typeof TuneStateSchema>;

/** A round as the result tells it, its latencies brought to the level of the profile. */
export function toldOf({ candidates, batch }: Round, { references }: MeasuredOn): TuneResult["rounds"][number] {
  const level = anchorOf(references.map(({ latencyMs }) => latencyMs), batch.references);
  const tried = candidates.map((candidate, i) => {
    const { latencyMs: rawMs, standardError } = batch.samples[i]!;
    return { ...candidate, measured: { latencyMs: rawMs * level.factor, rawMs, standardError } };
  });
  const errors = tried.map(({ predicted, measured }) => Math.abs(measured.latencyMs / predicted.latency.value - 1));
  return { candidates: tried, error: mean(errors), level, suspect: batch.suspect };
}

/** All measurements as samples of the predictor. */
export const samplesOf = (rounds: readonly TuneResult["rounds"][number][]): Sample[] =>
  rounds.flatMap(({ candidates }) => candidates.map(({ architecture, measured }) => ({ stages: architecture.stages, value: measured.latencyMs })));
