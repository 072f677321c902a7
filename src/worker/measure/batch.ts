import { sha256 } from "../../runs/digest.js";
import type { Measured, MeasureProgress, MeasureRequest, MeasureResult, PlaceTrace } from "../../shared/measure.js";
import { chooseClock, cpuGranularityMs, type ClockChoice } from "./clock.js";
import type { Readings } from "./drift.js";
import { estimate, p25 } from "./estimate.js";
import { fingerprintOf } from "./fingerprint.js";
import { CHANNEL_MULTIPLE, modelWriter, prepare, type PreparedNetwork } from "./networks.js";
import { noiseOf, suspicionOf } from "./noise.js";
import { profile } from "./profile.js";
import { BatchProgress } from "./progress.js";
import { readRounds, warmUp } from "./rounds.js";
import { loadRuntime, requireProvider, type Runtime } from "./runtime.js";
import { imageMaker, load, release, type Loaded } from "./session.js";

/** What a batch needs of its surroundings. */
export interface Hooks {
  progress(progress: MeasureProgress): void;
  /** Lets messages in; throws to stop the batch. */
  breathe(): Promise<void>;
}

const TOLERANCE = 0.03;
const TRACE_RUNS = 25;
const TRACE_WARMUP = 5;

/** What timing a batch gave. */
interface Timing extends ClockChoice {
  readonly cpu: Readings;
  readonly wall: Readings;
  readonly granularityMs: number;
  /** Of the models, in the order of the networks. */
  readonly models: readonly { bytes: number; digest: string }[];
}

/**
 * Times a batch of networks in this process. Batches that should not disturb each other each want a process of
 * their own, and a device wants one batch at a time.
 * @throws InputError for a network outside its space, an unknown execution provider, a platform without onnxruntime
 */
export async function measureBatch(request: MeasureRequest, hooks: Hooks): Promise<MeasureResult> {
  const prepared = prepare(request);
  const runtime = await loadRuntime();
  requireProvider(runtime, request.executionProvider);
  const progress = new BatchProgress((newest) => hooks.progress(newest), {
    networks: request.networks.length,
    references: request.references.length,
    rounds: request.rounds,
    warmup: request.warmup,
    traceRuns: request.traces ? TRACE_RUNS + TRACE_WARMUP : 0,
  });
  const timing = await time(runtime, prepared, request, hooks, progress);
  const traces = request.traces ? await trace(runtime, prepared, request, hooks, progress) : [];
  return resultOf(runtime, prepared, request, timing, traces, progress.elapsedMs);
}

async function time(
  runtime: Runtime,
  prepared: readonly PreparedNetwork[],
  request: MeasureRequest,
  { breathe }: Hooks,
  progress: BatchProgress,
): Promise<Timing> {
  const imageOf = imageMaker(runtime, request.batch);
  const modelOf = modelWriter(request);
  const loaded: Loaded[] = [];
  const models: { bytes: number; digest: string }[] = [];
  try {
    for (const [i, one] of prepared.entries()) {
      // Not kept: onnxruntime has its own copy, and twenty of them are some hundred megabytes.
      const model = modelOf(one);
      models.push({ bytes: model.length, digest: sha256(model) });
      loaded.push(await load(runtime, model, imageOf(one.network.resolution), request, null));
      progress.loaded(`model ${i + 1} of ${prepared.length}`);
      await breathe();
    }
    const granularityMs = cpuGranularityMs();
    const shortest = await warmUp(loaded, request.warmup, breathe);
    progress.ran(loaded.length * Math.max(1, request.warmup), "warmed up");
    const { threads, executionProvider, rounds, seed } = request;
    const choice = chooseClock({ granularityMs, shortestMs: Math.min(...shortest), threads, executionProvider });
    progress.repeat(loaded.length * rounds * (choice.repeats - 1));
    const onRound = (done: number) => progress.ran(loaded.length * choice.repeats, `round ${done} of ${rounds}`);
    const plan = { rounds, repeats: choice.repeats, seed, floorMs: 1e-6, breathe, onRound };
    return { ...choice, ...(await readRounds(loaded, plan)), granularityMs, models };
  } finally {
    await release(loaded);
  }
}

function trace(
  runtime: Runtime,
  prepared: readonly PreparedNetwork[],
  request: MeasureRequest,
  { breathe }: Hooks,
  progress: BatchProgress,
): Promise<PlaceTrace[]> {
  const imageOf = imageMaker(runtime, request.batch);
  const modelOf = modelWriter(request);
  const count = request.networks.length;
  return profile({
    count,
    runs: TRACE_RUNS,
    warmup: TRACE_WARMUP,
    seed: request.seed,
    breathe,
    onRound: (done) => progress.ran(count, `trace ${done} of ${TRACE_RUNS}`),
    load: async (i, prefix) => {
      const { network } = prepared[i]!;
      const loaded = await load(runtime, modelOf(prepared[i]!), imageOf(network.resolution), request, prefix);
      progress.loaded(`model ${i + 1} of ${count} for its trace`);
      return loaded;
    },
  });
}

function resultOf(
  runtime: Runtime,
  prepared: readonly PreparedNetwork[],
  request: MeasureRequest,
  timing: Timing,
  traces: readonly PlaceTrace[],
  elapsedMs: number,
): MeasureResult {
  const { clock, reason: clockReason, granularityMs, repeats, cpu, wall, models } = timing;
  const { threads, executionProvider, precision, batch, warmup, rounds, seed, tolerance = TOLERANCE } = request;
  const readings = timing[clock];
  const estimated = estimate(readings);
  const noise = noiseOf({ references: readings.slice(request.networks.length), estimate: estimated, cpu, wall });
  const reason = suspicionOf(noise, tolerance);
  const measured = prepared.map((one, i): Measured => {
    const { key, parameters, multiplyAdds, network } = one;
    const { resolution, classes } = network;
    const clocks = { cpuMs: p25(cpu[i]!), wallMs: p25(wall[i]!) };
    const facts = { ...models[i]!, parameters, multiplyAdds, trace: traces[i] ?? null };
    return { key, resolution, classes, ...estimated.networks[i]!, readings: rounds, ...clocks, ...facts };
  });
  const resolutions = new Set(measured.map(({ resolution }) => resolution));
  return {
    device: fingerprintOf(runtime),
    protocol: {
      ...{ statistic: "p25", clock, clockReason, granularityMs, threads, executionProvider, precision },
      ...{ resolution: resolutions.size === 1 ? measured[0]!.resolution : null, batch, warmup, rounds, repeats },
      ...{ channelMultiple: precision === "int8" ? CHANNEL_MULTIPLE : null, seed, tolerance, date: new Date().toISOString(), elapsedMs },
    },
    noise,
    networks: measured.slice(0, request.networks.length),
    references: measured.slice(request.networks.length),
    suspect: reason !== null,
    reason,
  };
}
