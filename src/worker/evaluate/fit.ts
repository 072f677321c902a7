import { fitWithCeiling } from "../../engine/accuracy/ceiling.js";
import { noiseCeiling, ownErrorShare } from "../../engine/accuracy/noise.js";
import { kendallTau, quality, type Quality } from "../../engine/crossValidation.js";
import { diagnose, rounded, type Diagnostics } from "../../engine/diagnostics/index.js";
import { ModelError } from "../../engine/errors.js";
import { fitPredictor, type PredictorFitting, type Sample } from "../../engine/fitPredictor.js";
import type { Form } from "../../engine/forms.js";
import { Predictor } from "../../engine/predictor.js";
import { Random } from "../../engine/random.js";
import { InputError } from "../../shared/errors.js";
import { t } from "../../shared/l10n.js";
import type { PredictorFile } from "../../shared/predictor.js";
import { samplesText } from "../../shared/samples/index.js";
import type { Space } from "../../shared/space.js";
import type { AccuracyFit, DataCard, EvaluateRequest, SupernetCard } from "../../shared/supernet.js";
import { toldProblem } from "../../shared/toldProblem.js";
import { predictorFileOf } from "../jobs/fit.js";
import type { Planned } from "./plan.js";

/** A subnet of the plan with its top-1, %. */
export type MeasuredSubnet = Planned & { readonly top1: number };

/** A sample in plain data, which the engine leaves as it is. */
type MeasuredSample = Sample & Pick<Planned, "stages">;

export interface FittedAccuracy {
  readonly fit: AccuracyFit;
  /** Of each subnet, by a fit that had not seen it, %; null where that cannot be said. */
  readonly predicted: readonly (number | null)[];
}

/** Rank correlation of two tells nothing. */
const LEAST_HELD_OUT = 3;

/** What accuracies were measured with. */
export interface Circumstances {
  readonly request: EvaluateRequest;
  readonly space: Space;
  readonly form: Form;
  readonly cards: { readonly supernet: SupernetCard; readonly data: DataCard };
  /** Validation images. */
  readonly n: number;
}

/**
 * Fits the accuracy predictor to the subnets of the design, and says how good it is: leave-one-out on those, and on the
 * held-out ones, which it never saw.
 * @param flags of some held-out subnets, one per image: 1 where the class was right, else 0
 * @throws InputError where the samples do not allow a fit
 */
export function fitAccuracy(circumstances: Circumstances, subnets: readonly MeasuredSubnet[], flags: readonly Uint8Array[]): FittedAccuracy {
  const { request, space, form } = circumstances;
  const samples = subnets.filter(({ role }) => role === "fit").map(({ stages, top1 }): MeasuredSample => ({ stages, value: top1 }));
  const { form: own, fitting } = fittedTo(space, form, samples, request.seed);
  const diagnostics = rounded(diagnose(space, own, samples, fitting, request.seed));
  const file = fileOf(circumstances, own, fitting, samples, diagnostics);
  const predictor = new Predictor(space, file);
  const outs = subnets.filter(({ role }) => role === "heldOut");
  let fitted = 0;
  return {
    fit: { precision: request.precisions[0]!, predictor: file, leaveOneOut: leaveOneOutOf(samples, fitting.leaveOneOut), heldOut: heldOutOf(predictor, outs, flags, circumstances) },
    predicted: subnets.map(({ role, stages }) => finiteOr(role === "fit" ? fitting.leaveOneOut[fitted++]! : predictor.value(stages))),
  };
}

/** The predictor file, which says what it was fitted to. */
function fileOf({ request, space, cards, n }: Circumstances, form: Form, fitting: PredictorFitting, samples: readonly MeasuredSample[], diagnostics: Diagnostics): PredictorFile {
  const { supernet, data } = cards;
  const { resolution, calibrationImages } = request;
  const precision = request.precisions[0]!;
  const source = {
    target: "accuracy" as const,
    resolution,
    device: null,
    samples: { name: "samples", text: samplesText(samples, space, "accuracy") },
    source: `${samples.length} subnets of ${supernet.name} measured in ${precision} on ${n} validation images of ${data.name}, batch-norm recalibrated on ${calibrationImages} images (FOX-NAS evaluate)`,
  };
  return {
    ...predictorFileOf(source, space, form, fitting, diagnostics),
    title: `${supernet.name}, ${precision}, ${resolution} px`,
    evaluated: {
      supernet: { name: supernet.name, digest: supernet.digest },
      data: { name: data.name, digest: data.digest },
      ...{ precision, calibrationImages, validationImages: n },
    },
  };
}

/** A form with a link is fitted with its ceiling, one without as it is. */
function fittedTo(space: Space, form: Form, samples: readonly Sample[], seed: number) {
  try {
    return form.link === null ? { form, fitting: fitPredictor(space, form, samples, seed) } : fitWithCeiling(space, form, samples, seed);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    const { what, ...more } = toldProblem(error);
    throw new InputError({ what: t("no predictor can be fitted to the measured accuracies: {0}", what), field: "form", ...more });
  }
}

const finiteOr = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Of the samples that the fit does without: one with leverage 1 has no leave-one-out prediction. */
function leaveOneOutOf(samples: readonly Sample[], predicted: readonly number[]): AccuracyFit["leaveOneOut"] {
  const judged = samples.flatMap(({ value }, i) => (Number.isFinite(predicted[i]) ? [{ value, predicted: predicted[i]! }] : []));
  return { n: judged.length, ...finite(quality(judged.map(({ value }) => value), judged.map((one) => one.predicted))) };
}

function heldOutOf(predictor: Predictor, outs: readonly MeasuredSubnet[], flags: readonly Uint8Array[], { n, request }: Circumstances): AccuracyFit["heldOut"] {
  if (outs.length < LEAST_HELD_OUT) return null;
  const actual = outs.map(({ top1 }) => top1);
  const estimates = outs.map(({ stages }) => predictor.estimate(stages));
  const inside = estimates.filter(({ interval }, i) => interval !== null && actual[i]! >= interval[0] && actual[i]! <= interval[1]).length;
  return {
    n: outs.length,
    ...finite(quality(actual, estimates.map(({ value }) => value))),
    multiplyAddsTau: finiteOr(kendallTau(actual, outs.map(({ multiplyAdds }) => multiplyAdds))) ?? 0,
    noiseCeiling: noiseCeiling(actual.map((top1) => top1 / 100), n, Random.seeded(request.seed), n < 2 ? 1 : ownErrorShare(flags)),
    coverage: inside / outs.length,
  };
}

/** Where all values are equal there is no order to tell and nothing to explain: 0. */
const finite = ({ rmse, mae, kendallTau: tau, r2 }: Quality): Quality => ({ rmse, mae, kendallTau: finiteOr(tau) ?? 0, r2: finiteOr(r2) ?? 0 });
