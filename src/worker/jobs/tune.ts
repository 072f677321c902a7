import * as v from "valibot";
import { encodeArchitecture } from "../../engine/architecture.js";
import { chooseCandidates, judge, type Verdict } from "../../engine/device/candidates.js";
import { frontIndexAt } from "../../engine/front.js";
import { readPredictorOf } from "../../shared/files/index.js";
import type { MeasureProgress, MeasureRequest } from "../../shared/measure.js";
import type { MeasuredOn, PredictorFile } from "../../shared/predictor.js";
import type { TuneRequest, TuneResult } from "../../shared/tune.js";
import type { Job, JobContext } from "../job.js";
import { measured, networkOf } from "../profile/batches.js";
import { batchOf } from "../profile/state.js";
import { requireThisMachine } from "../tune/machine.js";
import { infeasibleResult, measuredResult } from "../tune/result.js";
import { corrected, LEAST_ERROR, standingOf, type Standing } from "../tune/standing.js";
import { toldOf, TuneStateSchema, type Round, type TuneState } from "../tune/state.js";
import { copyOf, estimateOf } from "./describe.js";

const CANDIDATES = 5;
const MOST_ROUNDS = 4;
const WARMUP = 3;

type Context = JobContext<TuneState, MeasureProgress>;

/**
 * Search, measure, refit: takes the optimum under the budget and its neighbours from the exact front, measures them on
 * this machine, corrects the latency predictor by that, and begins again, until measurement and predictor agree on the
 * winner. Every finished batch is in the journal.
 */
export const tune: Job<TuneRequest, TuneResult, TuneState, MeasureProgress> = async (request, context) => {
  const standing = standingOf(request);
  const file = readPredictorOf(request.latency, "latency");
  const on = await requireThisMachine(request.latency, file);
  if (request.budget < standing.extremes.latency[0]) return infeasibleResult(request, standing, file);
  return new TuneRun(request, file, on, context).run(standing);
};

class TuneRun {
  private readonly state: TuneState;
  private readonly started = performance.now();
  private readonly before: number;
  private readonly most: number;

  constructor(
    private readonly request: TuneRequest,
    private readonly file: PredictorFile,
    private readonly on: MeasuredOn,
    private readonly context: Context,
  ) {
    const resumed = v.safeParse(TuneStateSchema, context.resumed);
    this.state = resumed.success ? resumed.output : { elapsedMs: 0, rounds: [] };
    this.before = this.state.elapsedMs;
    this.most = request.most ?? MOST_ROUNDS;
  }

  async run(start: Standing): Promise<TuneResult> {
    let [standing, predictor] = [start, this.file];
    for (;;) {
      await this.context.breathe();
      const told = this.state.rounds.map((round) => toldOf(round, this.on));
      if (told.length > 0) {
        const { date } = this.state.rounds.at(-1)!.batch.protocol;
        predictor = corrected(this.request, standing.inputs.space, this.file, told, date);
        standing = standingOf({ ...this.request, latency: { name: this.request.latency.name, text: JSON.stringify(predictor) } });
      }
      const candidates = this.candidates(standing);
      const verdict = told.length === 0 ? null : this.verdict(standing, told);
      const stopped = verdict === null ? null : this.stopped(verdict, told.length, candidates.length);
      if (verdict !== null && stopped !== null) {
        return measuredResult({ request: this.request, standing, predictor, told, rounds: this.state.rounds, verdict, stopped, elapsedMs: this.elapsedMs });
      }
      await this.measure(candidates);
    }
  }

  private stopped({ agreed }: Verdict, rounds: number, left: number): TuneResult["stopped"] | null {
    if (agreed) return "agreed";
    if (rounds >= this.most) return "rounds";
    return left === 0 ? "front" : null;
  }

  private verdict({ inputs, front }: Standing, told: TuneResult["rounds"]): Verdict {
    const at = frontIndexAt(front, this.request.budget);
    const tried = told.flatMap(({ candidates }) =>
      candidates.map(({ architecture, measured: { latencyMs: latency } }) => {
        const { value: predicted, interval } = inputs.latency.estimate(architecture.stages);
        const within = interval === null || (latency >= interval[0] && latency <= interval[1]);
        return { accuracy: inputs.accuracy.value(architecture.stages), predicted, latency, within };
      }),
    );
    return judge(tried, at < 0 ? null : front.accuracy[at]!, this.request.budget);
  }

  /** What to measure next, with what the predictors say of it. */
  private candidates({ inputs, landscape, front }: Standing): Round["candidates"] {
    const { budget, candidates = CANDIDATES } = this.request;
    const architectureAt = (i: number) => landscape.architecture(front.states[i]!, inputs.resolution);
    const known = new Set(this.state.rounds.flatMap((round) => round.candidates.map(({ architecture }) => encodeArchitecture(architecture))));
    const optimum = inputs.latency.estimate(architectureAt(Math.max(0, frontIndexAt(front, budget))).stages);
    // A 95 % interval is some four standard errors wide.
    const spread = optimum.interval === null ? 0 : (optimum.interval[1] - optimum.interval[0]) / 4 / optimum.value;
    const chosen = chooseCandidates(front, budget, Math.max(spread, LEAST_ERROR), candidates, (i) => known.has(encodeArchitecture(architectureAt(i))));
    return chosen.map((i) => {
      const architecture = copyOf(architectureAt(i));
      return { architecture, predicted: { accuracy: estimateOf(inputs.accuracy, architecture), latency: estimateOf(inputs.latency, architecture) } };
    });
  }

  private async measure(candidates: Round["candidates"]): Promise<void> {
    const { context, state, most } = this;
    const round = state.rounds.length;
    const { result, repeated } = await measured(this.batchRequest(candidates), {
      cancelled: () => context.cancelled(),
      log: (level, message) => context.log(level, message),
      progress: (batch) => {
        const share = (round + batch.done / Math.max(1, batch.total)) / most;
        const elapsedMs = this.elapsedMs;
        const remainingMs = share === 0 ? null : (elapsedMs / share) * (1 - share);
        const note = `measuring ${candidates.length} architectures, time ${round + 1} of at most ${most}: ${batch.note}`;
        context.progress({ kind: "measure", done: share, total: 1, elapsedMs, remainingMs, note });
      },
    });
    state.rounds.push({ candidates, batch: batchOf(result, repeated) });
    state.elapsedMs = this.elapsedMs;
    context.checkpoint(() => state, true);
  }

  private batchRequest(candidates: Round["candidates"]): MeasureRequest {
    const { space, rounds, seed } = this.request;
    const { resolution } = this.file;
    const { precision, threads, executionProvider } = this.on.protocol;
    return {
      kind: "measure",
      networks: candidates.map(({ architecture }, i) => networkOf(space, `candidate ${i + 1}`, architecture)),
      references: this.on.references.map(({ stages }, i) => networkOf(space, `reference ${i + 1}`, { resolution, stages })),
      ...{ precision, threads, executionProvider, batch: 1, warmup: WARMUP, rounds, traces: false },
      seed: (seed + this.state.rounds.length * 101) % 2 ** 32,
    };
  }

  private get elapsedMs(): number {
    return this.before + performance.now() - this.started;
  }
}
