import { loadavg } from "node:os";
import { randomArchitecture } from "../../src/engine/architecture.js";
import { paretoFront } from "../../src/engine/front.js";
import { tabulate } from "../../src/engine/landscape.js";
import { Predictor } from "../../src/engine/predictor.js";
import { Random } from "../../src/engine/random.js";
import type { PredictorFile } from "../../src/shared/predictor.js";
import type { ProfileResult } from "../../src/shared/profile.js";
import type { Space } from "../../src/shared/space.js";
import type { Source } from "../../src/shared/source.js";
import { productionBuild } from "./build.js";
import { errorsOf, formErrors } from "./deviceErrors.js";
import { asSource, batchOf, levelled, profileOf, RESOLUTION, tuneAt, type Precision } from "./deviceJobs.js";
import { explainDevice, printHeld, printProfile, printRatio, printVerdicts, printWinners } from "./deviceReport.js";
import type { DeviceResults, Held, Winner } from "./deviceResults.js";
import { builtInSources, spaceOf } from "./problems.js";
import { summarize } from "./statistics.js";

const HELD_OUT = 60;
const BUDGETS = 10;
/** Seeds of the profile's own architectures lie elsewhere. */
const SEED = 4242;

/** How well this machine is predicted, and what a search with measuring finds on it. @param all the winners of fp32 as well */
export async function measureDevice(all: boolean): Promise<DeviceResults> {
  await productionBuild();
  explainDevice();
  const sources = builtInSources();
  const space = spaceOf(sources);
  const random = Random.seeded(SEED);
  const architectures = Array.from({ length: HELD_OUT }, () => randomArchitecture(space, RESOLUTION, random));
  const held: Held[] = [];
  const winners: DeviceResults["winners"] = {};
  const profiles: Partial<Record<Precision, ProfileResult>> = {};
  for (const precision of ["int8", "fp32"] as const) {
    const profile = (profiles[precision] = await profileOf(sources.space, precision));
    printProfile(precision, profile);
    held.push(await heldOut(sources.space, space, precision, profile, architectures));
    printHeld(held.at(-1)!);
    if (precision === "fp32" && !all) continue;
    winners[precision] = await winnersOf(sources.space, accuracyAt(sources.accuracy), space, profile.predictor);
    printWinners(precision, winners[precision]);
  }
  const ratio = await ratioOf(sources.space, space, profiles.int8!.predictor, architectures);
  printRatio(ratio);
  const summary = ({ elapsedMs, samples, noise, heldOut: own }: ProfileResult) => ({ seconds: elapsedMs / 1000, samples: samples.length, noise, heldOut: own });
  const results = { profiles: { int8: summary(profiles.int8!), fp32: summary(profiles.fp32!) }, held, ratio, winners, loadAverage: loadavg() };
  printVerdicts(results);
  return results;
}

async function heldOut(source: Source, space: Space, precision: Precision, { predictor: file, samples }: ProfileResult, architectures: ReturnType<typeof randomArchitecture>[]): Promise<Held> {
  const { ms, suspect, batches } = await levelled(source, file, architectures, SEED);
  const predictor = new Predictor(space, file);
  const perBlock = { form: file.form, terms: Object.keys(file.coefficients).length, errors: errorsOf(ms, architectures.map(({ stages }) => predictor.value(stages))) };
  const timed = samples.map(({ stages, latencyMs }) => ({ stages, value: latencyMs }));
  return { precision, perBlock, forms: formErrors(space, timed, architectures.map(({ stages }, i) => ({ stages, value: ms[i]! }))), suspect, batches };
}

/** The built-in predictor of accuracy, as if it were for this resolution: only its ranking matters here. */
function accuracyAt({ name, text }: Source): Source {
  return asSource(name, { ...(JSON.parse(text) as PredictorFile), resolution: RESOLUTION });
}

async function winnersOf(source: Source, accuracy: Source, space: Space, file: PredictorFile): Promise<Winner[]> {
  const latency = asSource("profile.latency.predictor.json", file);
  const found: (Winner & { stages: ReturnType<typeof randomArchitecture>["stages"] })[] = [];
  for (const budget of budgetsOf(space, JSON.parse(accuracy.text) as PredictorFile, file)) {
    const { status, stopped, rounds, architecture, predicted, measured } = await tuneAt({ space: source, accuracy, latency }, budget);
    if (architecture === null || predicted === null || measured === null) throw new Error(`Nothing was measured at ${budget} ms.`);
    const values = { accuracy: predicted.accuracy.value, predicted: predicted.latency.value, measured: measured.latencyMs, again: Number.NaN };
    found.push({ budget, ok: status === "ok", stopped, rounds: rounds.length, ...values, stages: architecture.stages });
  }
  const { ms } = await levelled(source, file, found, SEED + 1000);
  return found.map(({ stages: _, ...winner }, i) => ({ ...winner, again: ms[i]! }));
}

/** Over the whole front, in equal ratios, since latency errors are relative; rounded up to 0.01 ms. */
function budgetsOf(space: Space, accuracy: PredictorFile, latency: PredictorFile): number[] {
  const front = paretoFront(tabulate(space, new Predictor(space, accuracy), new Predictor(space, latency)));
  const [least, most] = [front.latency[0]!, front.latency.at(-1)!];
  return Array.from({ length: BUDGETS }, (_, i) => Math.ceil(100 * least * (most / least) ** ((i + 0.5) / BUDGETS)) / 100);
}

/** int8 over fp32 of the architectures of median latency, timed in turns. */
async function ratioOf(source: Source, space: Space, file: PredictorFile, architectures: ReturnType<typeof randomArchitecture>[]): Promise<number> {
  const predictor = new Predictor(space, file);
  const ranked = [...architectures].sort((a, b) => predictor.value(a.stages) - predictor.value(b.stages));
  const middle = ranked.slice(HELD_OUT / 2 - 2, HELD_OUT / 2 + 3);
  const logs: number[] = [];
  for (let turn = 0; turn < 2; turn++) {
    const timed = { int8: [] as number[], fp32: [] as number[] };
    for (const precision of ["int8", "fp32"] as const) {
      const { networks } = await batchOf(source, precision, middle, file.measured!.references, 30, SEED + turn);
      timed[precision] = networks.map(({ latencyMs }) => latencyMs);
    }
    logs.push(...timed.int8.map((ms, i) => ms / timed.fp32[i]!));
  }
  return summarize(logs)!.median;
}
