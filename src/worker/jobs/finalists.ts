import * as v from "valibot";
import { costsOf } from "../../onnx/costs.js";
import { networkOf } from "../../onnx/space.js";
import { inputErrorAt, readPredictorOf } from "../../shared/files/index.js";
import { t } from "../../shared/l10n.js";
import type { MeasureProgress } from "../../shared/measure.js";
import type { EvaluatedWith } from "../../shared/predictor.js";
import type { FinalistsRequest, FinalistsResult } from "../../shared/supernet.js";
import { calibrationSets } from "../evaluate/calibration.js";
import { FinalistRounds, type Round } from "../evaluate/finalistRounds.js";
import { finalistsResult } from "../evaluate/finalistsResult.js";
import { Meter, throughputOf } from "../evaluate/meter.js";
import { openMaterial } from "../evaluate/sources.js";
import { FinalistsStateSchema, nothingSpent, type FinalistsState } from "../evaluate/state.js";
import { imagesOf, SubnetEvaluator } from "../evaluate/subnetEvaluator.js";
import type { Job, JobContext } from "../job.js";
import { loadRuntime } from "../measure/runtime.js";
import { readInputs } from "./inputs.js";

type Context = JobContext<FinalistsState, MeasureProgress>;

/**
 * Measures the best architectures under the budget for these predictors on the validation images, each with several
 * calibration sets, and ranks them by that. After each round the accuracy predictor is corrected by what was measured, and
 * names the next. Every reading is in the journal, so that none is made twice.
 */
export const finalists: Job<FinalistsRequest, FinalistsResult, FinalistsState, MeasureProgress> = async (request, context) => {
  const inputs = readInputs(request);
  requireSameOrigin(request);
  requireResolution(request, inputs.resolution);
  const material = await openMaterial(inputs.space, request, request.resolution);
  await context.breathe();
  const n = material.data.part("validation", request.validationImages, request.seed).count;
  const resumed = v.safeParse(FinalistsStateSchema, context.resumed);
  const state: FinalistsState = resumed.success ? resumed.output : { spent: nothingSpent(), readings: [] };
  const meter = new Meter(context, state.spent, {
    imagesPerSubnet: imagesOf([request.precision], { ranges: request.ranges, calibration: request.calibrationImages, validation: n }),
    subnets: request.rounds * request.candidates * request.calibrations,
  });
  const rounds = new FinalistRounds(request, inputs, n);
  for (let round = rounds.next(state.readings); round !== null; round = rounds.next(state.readings)) {
    await read({ request, rounds, round, material, state, meter, context });
  }
  const spent = meter.spent(state.readings.length);
  return { ...finalistsResult({ request, inputs, material, rounds, readings: state.readings, n }), throughput: throughputOf(spent), elapsedMs: spent.elapsedMs };
};

interface Reading {
  readonly request: FinalistsRequest;
  readonly rounds: FinalistRounds;
  /** The newest. */
  readonly round: Round;
  readonly material: Awaited<ReturnType<typeof openMaterial>>;
  readonly state: FinalistsState;
  readonly meter: Meter;
  readonly context: Context;
}

/** Makes the readings of a round that are not in the state yet. */
async function read(reading: Reading): Promise<void> {
  const { request, rounds, round, material, state, meter, context } = reading;
  const { architectures } = rounds;
  const before = architectures.length - round.architectures.length;
  const { calibrations, calibrationImages, validationImages, precision, seed } = request;
  const sets = calibrationSets(material, { images: calibrationImages, seed, sets: calibrations });
  const validation = material.data.part("validation", validationImages, seed);
  const evaluator = new SubnetEvaluator(await loadRuntime(), material, request, (images, doing) => meter.ran(images, doing));
  const whole = Math.min(architectures.length, Math.floor(state.readings.length / calibrations));
  meter.show(architectures.slice(before, whole).map((_, i) => shownOf(reading, before + i, validation.count)));
  for (let i = state.readings.length; i < architectures.length * calibrations; i++) {
    const [finalist, set] = [Math.floor(i / calibrations), i % calibrations];
    const which = request.rounds === 1 ? "" : `round ${rounds.rounds.length}, `;
    const name = `${which}finalist ${finalist + 1}, calibration set ${set + 1} of ${calibrations}`;
    meter.begin(i, name);
    const recalibrated = await evaluator.recalibrate(name, architectures[finalist]!.stages, sets[set]!);
    const { top1, top5, correct } = await evaluator.score(recalibrated, precision, validation);
    state.readings.push({ counts: [top1, top5], correct: Buffer.from(correct).toString("base64") });
    if (set === calibrations - 1) meter.show([shownOf(reading, finalist, validation.count)]);
    state.spent = meter.spent(state.readings.length);
    context.checkpoint(() => state, true);
    await context.breathe();
  }
}

/** A finalist with all its readings, for the picture while the run goes on. @param n validation images */
function shownOf({ request, rounds, material, state }: Reading, finalist: number, n: number) {
  const { calibrations } = request;
  const own = state.readings.slice(finalist * calibrations, (finalist + 1) * calibrations);
  const { stages, resolution } = rounds.architectures[finalist]!;
  const { multiplyAdds } = costsOf(networkOf(material.space, stages, { resolution }));
  return { multiplyAdds, top1: (100 * own.reduce((sum, { counts }) => sum + counts[0], 0)) / own.length / n };
}

/** What was predicted is measured the same way, or the two say nothing of each other. */
function requireSameOrigin(request: FinalistsRequest): void {
  const file = readPredictorOf(request.accuracy, "accuracy");
  const { evaluated } = file;
  const next = t("Evaluate this supernet on this data, and search with the predictor that comes of it.");
  if (evaluated === undefined) {
    throw inputErrorAt(request.accuracy, ["source"], {
      what: t("this accuracy predictor does not say which supernet and data its samples were measured with, so its winners cannot be measured the same way"),
      found: t("no field {0}", "evaluated"),
      next,
    });
  }
  const differing = differenceTo(evaluated, request);
  if (differing === undefined) return;
  const [what, path, found, expected] = differing;
  throw inputErrorAt(request.accuracy, ["evaluated", ...path], { what, found, expected, next });
}

function differenceTo({ supernet, data, precision }: EvaluatedWith, request: FinalistsRequest): [string, string[], string, string] | undefined {
  const named = ({ name, digest }: { name: string; digest: string }) => t("{0} with digest {1}", name, digest.slice(0, 12));
  if (supernet.digest !== request.supernet.digest) return [t("this accuracy predictor was fitted to another supernet"), ["supernet", "digest"], named(supernet), named(request.supernet)];
  if (data.digest !== request.data.digest) return [t("this accuracy predictor was fitted to other data"), ["data", "digest"], named(data), named(request.data)];
  if (precision !== request.precision) return [t("this accuracy predictor was fitted to another precision"), ["precision"], precision, request.precision];
  return undefined;
}

function requireResolution({ accuracy, resolution }: FinalistsRequest, predicted: number): void {
  if (resolution === predicted) return;
  throw inputErrorAt(accuracy, ["resolution"], {
    what: t("the finalists are to be measured at another resolution than they are predicted for"),
    found: `${predicted} px`,
    expected: `${resolution} px`,
    next: t("Measure at the predictors' resolution."),
  });
}
