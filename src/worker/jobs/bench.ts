import * as v from "valibot";
import type { BenchRequest, BenchResult } from "../../shared/bench.js";
import type { MeasureProgress } from "../../shared/measure.js";
import { batchRequest, entriesOf } from "../bench/plan.js";
import { resultOf } from "../bench/result.js";
import { BenchStateSchema, type BenchState } from "../bench/state.js";
import type { Job, JobContext } from "../job.js";
import { prepare } from "../measure/networks.js";
import { measured } from "../profile/batches.js";

type Context = JobContext<BenchState, MeasureProgress>;

/**
 * Times configs and baselines side by side, all of them in each of several processes, and how many times as fast each
 * config is as each baseline. Every finished batch is in the journal.
 */
export const bench: Job<BenchRequest, BenchResult, BenchState, MeasureProgress> = async (request, context) => {
  const entries = entriesOf(request);
  // Refused before a process is started.
  prepare(batchRequest(request, 0));
  const resumed = v.safeParse(BenchStateSchema, context.resumed);
  const state = resumed.success ? resumed.output : { elapsedMs: 0, batches: [] };
  const before = state.elapsedMs - performance.now();
  const elapsedMs = () => before + performance.now();
  while (state.batches.length < request.batches) {
    const { result, repeated } = await batch(request, state.batches.length, elapsedMs, context);
    state.batches.push({ ...result, repeated });
    state.elapsedMs = elapsedMs();
    context.checkpoint(() => state);
    await context.breathe();
  }
  return { ...resultOf(entries, state.batches), elapsedMs: elapsedMs() };
};

function batch(request: BenchRequest, index: number, elapsedMs: () => number, context: Context) {
  return measured(batchRequest(request, index), {
    cancelled: () => context.cancelled(),
    log: (level, message) => context.log(level, message),
    progress: ({ done, total, remainingMs, elapsedMs: took, note }) => {
      const share = done / Math.max(1, total);
      // Batches are alike, so what this one takes the others take, too.
      const others = (request.batches - index - 1) * (took + (remainingMs ?? 0));
      context.progress({
        kind: "measure",
        done: (index + share) / request.batches,
        total: 1,
        elapsedMs: elapsedMs(),
        remainingMs: remainingMs === null ? null : remainingMs + others,
        note: `batch ${index + 1} of ${request.batches}: ${note}`,
      });
    },
  });
}
