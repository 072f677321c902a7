import * as v from "valibot";
import { LEAST_SAMPLES } from "../../engine/device/tableFit.js";
import { sha256 } from "../../runs/digest.js";
import { readSpace } from "../../shared/files/index.js";
import type { MeasureProgress, MeasureRequest } from "../../shared/measure.js";
import type { ProfileRequest, ProfileResult } from "../../shared/profile.js";
import { profiledSamplesText } from "../../shared/profileFiles.js";
import type { Space } from "../../shared/space.js";
import type { Job, JobContext } from "../job.js";
import { measured, networkOf } from "../profile/batches.js";
import { deviceName, noiseOf } from "../profile/describe.js";
import { fitDevice, fittedFields, otherForms, type DeviceFit } from "../profile/fits.js";
import { planOf, type Plan } from "../profile/plan.js";
import { asSamples, batchOf, ProfileStateSchema, referencesOf, samplesOf, tracedOf, tracesOf, type ProfileState } from "../profile/state.js";

/** Rounds of the batch whose traces count: its own timings only set the scale of progress. */
const TRACED_ROUNDS = 4;
const WARMUP = 3;

type Context = JobContext<ProfileState, MeasureProgress>;

/**
 * Profiles this machine for a space: traces every block, times architectures batch by batch until the held-out error
 * is under the target, and fits the per-block predictor. Every finished batch is in the journal.
 */
export const profile: Job<ProfileRequest, ProfileResult, ProfileState, MeasureProgress> = async (request, context) => {
  const space = readSpace(request.space);
  const plan = planOf(space, request);
  const run = new ProfileRun(request, space, plan, context);
  await run.trace();
  const stopped = await run.sample();
  return run.result(stopped);
};

class ProfileRun {
  private readonly state: ProfileState;
  private readonly started = performance.now();
  private readonly before: number;
  private fit: DeviceFit | null = null;

  constructor(
    private readonly request: ProfileRequest,
    private readonly space: Space,
    private readonly plan: Plan,
    private readonly context: Context,
  ) {
    const resumed = v.safeParse(ProfileStateSchema, context.resumed);
    this.state = resumed.success ? resumed.output : { elapsedMs: 0, traces: null, batches: [] };
    this.before = this.state.elapsedMs;
  }

  async trace(): Promise<void> {
    if (this.state.traces !== null) return;
    const { result } = await this.measure(this.batchRequest(this.plan.traced, TRACED_ROUNDS, true), "tracing every block");
    this.state.traces = tracesOf(result, this.plan);
    this.keep();
  }

  async sample(): Promise<ProfileResult["stopped"]> {
    for (;;) {
      const stopped = this.judge();
      if (stopped !== null) return stopped;
      const index = this.state.batches.length;
      const architectures = this.plan.batches[index]!;
      const doing = `timing architectures ${index * this.plan.batches[0]!.length + 1} to ${index * this.plan.batches[0]!.length + architectures.length}`;
      const { result, repeated } = await this.measure(this.batchRequest(architectures, this.request.rounds, false), doing);
      this.state.batches.push(batchOf(result, repeated));
      this.keep();
    }
  }

  result(stopped: ProfileResult["stopped"]): ProfileResult {
    const { space, request, plan, state } = this;
    const samples = samplesOf(plan, state.batches);
    const fit = this.fit!;
    const { device, protocol } = state.batches[0]!;
    const name = deviceName(device, protocol);
    const text = profiledSamplesText(samples, space, name);
    return {
      device,
      protocol,
      predictor: {
        version: 1,
        title: `${name}, ${request.resolution} px`,
        target: "latency",
        unit: "ms",
        space: space.id,
        resolution: request.resolution,
        device: name,
        ...fittedFields(fit, sha256(text)),
        source: `${samples.length} architectures measured with onnxruntime ${device.onnxruntime} on ${protocol.date.slice(0, 10)}, and traces of every block (FOX-NAS profile)`,
        measured: { device, protocol, references: referencesOf(plan, state.batches) },
      },
      samples: samples.map((sample, i) => ({ ...sample, predicted: fit.table.heldOut[i]! })),
      heldOut: fit.heldOut,
      tableError: fit.table.tableError,
      forms: otherForms(space, asSamples(samples), request.seed),
      noise: noiseOf(state.batches, samples),
      stopped,
      elapsedMs: this.elapsedMs,
    };
  }

  /** Fits what there is; whether and why to stop. */
  private judge(): ProfileResult["stopped"] | null {
    const { space, plan, state, request } = this;
    const samples = samplesOf(plan, state.batches);
    if (samples.length < LEAST_SAMPLES) return null;
    this.fit = fitDevice(space, tracedOf(plan, state.traces!), asSamples(samples));
    if (samples.length >= request.samples) return "samples";
    // One batch alone cannot tell how batches differ.
    if (state.batches.length > 1 && this.fit.heldOut.mape <= request.target) return "target";
    return this.elapsedMs >= request.timeLimitMs ? "time" : null;
  }

  private measure(request: MeasureRequest, doing: string) {
    const { context, plan, state } = this;
    const total = plan.batches.length + 1;
    const done = state.batches.length + (state.traces === null ? 0 : 1);
    return measured(request, {
      cancelled: () => context.cancelled(),
      log: (level, message) => context.log(level, message),
      progress: (batch) => {
        const share = (done + batch.done / Math.max(1, batch.total)) / total;
        const elapsedMs = this.elapsedMs;
        const left = done === 0 ? null : Math.min((elapsedMs / share) * (1 - share), Math.max(0, this.request.timeLimitMs - elapsedMs) + (batch.remainingMs ?? 0));
        const error = this.fit === null ? "" : `; held-out error ${(100 * this.fit.heldOut.mape).toFixed(1)} %`;
        context.progress({ kind: "measure", done: share, total: 1, elapsedMs, remainingMs: left, note: `${doing}: ${batch.note}${error}`, fit: this.known() });
      },
    });
  }

  private known(): MeasureProgress["fit"] {
    return { timed: this.state.batches.reduce((sum, { samples }) => sum + samples.length, 0), heldOut: this.fit?.heldOut.mape ?? null };
  }

  private batchRequest(architectures: Plan["traced"], rounds: number, traces: boolean): MeasureRequest {
    const { precision, threads, executionProvider, seed, space } = this.request;
    const named = (kind: string) => (architecture: Plan["traced"][number], i: number) => networkOf(space, `${kind}${i + 1}`, architecture);
    return {
      kind: "measure",
      networks: architectures.map(named("architecture ")),
      references: this.plan.references.map(named("reference ")),
      ...{ precision, threads, executionProvider, batch: 1, warmup: WARMUP, rounds, traces },
      // Traces have a drift of their own, and the few timings beside them are not used.
      ...(traces ? { tolerance: 1 } : {}),
      seed: (seed + this.state.batches.length * 101) % 2 ** 32,
    };
  }

  private get elapsedMs(): number {
    return this.before + performance.now() - this.started;
  }

  private keep(): void {
    this.state.elapsedMs = this.elapsedMs;
    this.context.checkpoint(() => this.state, true);
  }
}
