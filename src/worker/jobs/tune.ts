import * as v from "valibot";
import { encodeArchitecture, type Architecture } from "../../engine/architecture.js";
import { chooseCandidates, judge, type Tried, type Verdict } from "../../engine/device/candidates.js";
import { frontIndexAt } from "../../engine/front.js";
import { readPredictorOf } from "../../shared/files/index.js";
import type { MeasureProgress, MeasureRequest } from "../../shared/measure.js";
import type { MeasuredOn, PredictorFile } from "../../shared/predictor.js";
import type { TuneRequest, TuneResult } from "../../shared/tune.js";
import { combinedOf } from "../../shared/tuneCombined.js";
import type { Job, JobContext } from "../job.js";
import { measured, networkOf } from "../profile/batches.js";
import { batchOf } from "../profile/state.js";
import { requireThisMachine } from "../tune/machine.js";
import { infeasibleResult, measuredResult } from "../tune/result.js";
import { corrected, LEAST_ERROR, standingOf, type Standing } from "../tune/standing.js";
import { toldOf, TuneStateSchema, type Round, type Told, type TuneState } from "../tune/state.js";
import { copyOf, estimateOf } from "./describe.js";

const CANDIDATES = 5;
const MOST_ROUNDS = 4;
const WARMUP = 3;
/** Runners-up that are measured beside a winner to be confirmed: should it fail, the next is confirmed already. */
const COMPANY = 2;

type Context = JobContext<TuneState, MeasureProgress>;

/**
 * Search, measure, refit: takes the optimum under the budget and its neighbours from the exact front, measures them on
 * this machine, corrects the latency predictor by that, and begins again, until measurement and predictor agree on the
 * winner, and a further batch of its own confirms it. Every finished batch is in the journal.
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
    this.state = resumed.success ? resumed.output : { elapsedMs: 0, rounds: [], confirmations: [] };
    this.before = this.state.elapsedMs;
    this.most = request.most ?? MOST_ROUNDS;
  }

  async run(start: Standing): Promise<TuneResult> {
    let [standing, predictor] = [start, this.file];
    for (;;) {
      await this.context.breathe();
      const told = toldOf(this.state, this.on);
      if (told.rounds.length > 0) {
        predictor = corrected(this.request, standing.inputs.space, this.file, told, this.lastDate());
        standing = standingOf({ ...this.request, latency: { name: this.request.latency.name, text: JSON.stringify(predictor) } });
      }
      const candidates = this.candidates(standing);
      const tried = this.tried(standing, told);
      const verdict = tried.length === 0 ? null : judge(tried, optimumOf(standing, this.request.budget), this.request.budget);
      const stopped = verdict === null ? null : this.stopped(verdict, told.rounds.length, candidates.length);
      if (verdict === null || stopped === null) await this.measure(candidates);
      else if (this.mustConfirm(verdict)) await this.confirm([verdict.winner, ...this.company(tried, verdict.winner)], told);
      else return measuredResult({ request: this.request, standing, predictor, told, state: this.state, verdict, stopped: this.ending(verdict, stopped), elapsedMs: this.elapsedMs });
    }
  }

  /** Of many at the budget those win whose measurement errs downwards: nothing is reported within it that one batch alone says. */
  private mustConfirm({ winner, underBudget }: Verdict): boolean {
    return underBudget && !this.isConfirmed(winner) && this.state.confirmations.length < this.most;
  }

  /** What nothing confirms any more is no agreement. */
  private ending({ winner }: Verdict, stopped: TuneResult["stopped"]): TuneResult["stopped"] {
    return stopped === "agreed" && !this.isConfirmed(winner) ? "rounds" : stopped;
  }

  private isConfirmed(index: number): boolean {
    return this.state.confirmations.some(({ tried }) => tried.includes(index));
  }

  /** Who would win without the winner, and so on. */
  private company(tried: readonly Tried[], winner: number): number[] {
    const left = tried.map((one, index) => ({ ...one, index })).filter(({ index }) => index !== winner && !this.isConfirmed(index));
    const chosen: number[] = [];
    while (chosen.length < COMPANY && left.length > 0) {
      const next = judge(left, null, this.request.budget);
      if (!next.underBudget) break;
      chosen.push(left.splice(next.winner, 1)[0]!.index);
    }
    return chosen;
  }

  private stopped({ agreed }: Verdict, rounds: number, left: number): TuneResult["stopped"] | null {
    if (agreed) return "agreed";
    if (rounds >= this.most) return "rounds";
    return left === 0 ? "front" : null;
  }

  /** Everything measured, by what all batches say of it. */
  private tried({ inputs }: Standing, { rounds }: Told): Tried[] {
    return rounds.flatMap(({ candidates }) =>
      candidates.map((one) => {
        const { stages } = one.architecture;
        const { latencyMs: latency } = combinedOf(one);
        const { value: predicted, interval } = inputs.latency.estimate(stages);
        const within = interval === null || (latency >= interval[0] && latency <= interval[1]);
        return { accuracy: inputs.accuracy.value(stages), predicted, latency, within };
      }),
    );
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
    const what = `measuring ${candidates.length} architectures, time ${this.state.rounds.length + 1} of at most ${this.most}`;
    const batch = await this.batch(candidates, what);
    this.state.rounds.push({ candidates, batch });
    this.keep();
  }

  /** Measures the first of what was tried once more, beside the others. */
  private async confirm(tried: number[], { rounds }: Told): Promise<void> {
    const all = rounds.flatMap(({ candidates }) => candidates);
    const company = tried.length === 1 ? "" : `, beside ${tried.length - 1} more`;
    const batch = await this.batch(tried.map((index) => all[index]!), `measuring the winner once more${company}`);
    this.state.confirmations.push({ tried, batch });
    this.keep();
  }

  private keep(): void {
    this.state.elapsedMs = this.elapsedMs;
    this.context.checkpoint(() => this.state, true);
  }

  private async batch(architectures: readonly { architecture: Architecture }[], what: string): Promise<Round["batch"]> {
    const { context, done } = this;
    const { result, repeated } = await measured(this.batchRequest(architectures), {
      cancelled: () => context.cancelled(),
      log: (level, message) => context.log(level, message),
      progress: (batch) => {
        // All rounds and one confirming batch: most runs end before that, few need a batch more.
        const share = Math.min(1, (done + batch.done / Math.max(1, batch.total)) / (this.most + 1));
        const elapsedMs = this.elapsedMs;
        const remainingMs = share === 0 ? null : (elapsedMs / share) * (1 - share);
        context.progress({ kind: "measure", done: share, total: 1, elapsedMs, remainingMs, note: `${what}: ${batch.note}` });
      },
    });
    return batchOf(result, repeated);
  }

  private batchRequest(candidates: readonly { architecture: Architecture }[]): MeasureRequest {
    const { space, rounds, seed } = this.request;
    const { resolution } = this.file;
    const { precision, threads, executionProvider } = this.on.protocol;
    return {
      kind: "measure",
      networks: candidates.map(({ architecture }, i) => networkOf(space, `candidate ${i + 1}`, architecture)),
      references: this.on.references.map(({ stages }, i) => networkOf(space, `reference ${i + 1}`, { resolution, stages })),
      ...{ precision, threads, executionProvider, batch: 1, warmup: WARMUP, rounds, traces: false },
      seed: (seed + this.done * 101) % 2 ** 32,
    };
  }

  /** Batches that are measured. */
  private get done(): number {
    return this.state.rounds.length + this.state.confirmations.length;
  }

  /** Of the newest batch, ISO 8601. */
  private lastDate(): string {
    const { rounds, confirmations } = this.state;
    return [...rounds, ...confirmations].map(({ batch }) => batch.protocol.date).reduce((a, b) => (a > b ? a : b));
  }

  private get elapsedMs(): number {
    return this.before + performance.now() - this.started;
  }
}

/** Accuracy (%) of the predictors' optimum under the budget; null where they have none. */
function optimumOf({ front }: Standing, budget: number): number | null {
  const at = frontIndexAt(front, budget);
  return at < 0 ? null : front.accuracy[at]!;
}
