import * as v from "valibot";
import type { Sample } from "../../engine/fitPredictor.js";
import type { MeasuredOn } from "../../shared/predictor.js";
import { TriedSchema, type TuneMeasured, type TuneResult } from "../../shared/tune.js";
import { anchorOf } from "../../shared/anchor.js";
import { mean } from "../measure/statistics.js";
import { BatchSchema } from "../profile/state.js";

const RoundSchema = v.object({
  candidates: v.array(v.omit(TriedSchema, ["measured", "confirmed"])),
  batch: BatchSchema,
});
export type Round = v.InferOutput<typeof RoundSchema>;

/** A batch that measured a winner once more, with company. */
const ConfirmationSchema = v.object({
  /** Indices into what all rounds have tried, one after the other; the winner first. */
  tried: v.array(v.number()),
  batch: BatchSchema,
});
export type Confirmation = v.InferOutput<typeof ConfirmationSchema>;

/** What a run has measured so far, as the journal keeps it. Every finished batch is in it, so that none is measured twice. */
export const TuneStateSchema = v.object({ elapsedMs: v.number(), rounds: v.array(RoundSchema), confirmations: v.array(ConfirmationSchema) });
export type TuneState = v.InferOutput<typeof TuneStateSchema>;

type Confirmed = Omit<TuneResult["confirmations"][number], "kept">;
export type Told = Pick<TuneResult, "rounds"> & { confirmations: Confirmed[] };

const levelOf = (batch: Round["batch"], { references }: MeasuredOn) => anchorOf(references.map(({ latencyMs }) => latencyMs), batch.references);

/** Reading `i` of a batch, brought to the level of the profile. */
function readingOf({ samples }: Round["batch"], i: number, factor: number): TuneMeasured {
  const { latencyMs: rawMs, standardError } = samples[i]!;
  return { latencyMs: rawMs * factor, rawMs, standardError };
}

/** What was measured so far as the result tells it, latencies on the level of the profile. */
export function toldOf({ rounds, confirmations }: TuneState, on: MeasuredOn): Told {
  const told = confirmations.map(({ tried, batch }) => ({ architectures: tried.length, level: levelOf(batch, on), suspect: batch.suspect }));
  const confirmedAt = (index: number): TuneMeasured | null => {
    const at = confirmations.findIndex(({ tried }) => tried.includes(index));
    return at < 0 ? null : readingOf(confirmations[at]!.batch, confirmations[at]!.tried.indexOf(index), told[at]!.level.factor);
  };
  let before = 0;
  return {
    confirmations: told,
    rounds: rounds.map(({ candidates, batch }) => {
      const level = levelOf(batch, on);
      const tried = candidates.map((one, i) => ({ ...one, measured: readingOf(batch, i, level.factor), confirmed: confirmedAt(before + i) }));
      before += candidates.length;
      const errors = tried.map(({ predicted, measured }) => Math.abs(measured.latencyMs / predicted.latency.value - 1));
      return { candidates: tried, error: mean(errors), level, suspect: batch.suspect };
    }),
  };
}

/** All measurements as samples of the predictor; what was measured twice is two. */
export const samplesOf = ({ rounds }: Pick<Told, "rounds">): Sample[] =>
  rounds.flatMap(({ candidates }) =>
    candidates.flatMap(({ architecture, measured, confirmed }) =>
      [measured, ...(confirmed === null ? [] : [confirmed])].map(({ latencyMs }) => ({ stages: architecture.stages, value: latencyMs })),
    ),
  );
