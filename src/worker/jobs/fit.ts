import { fitWithCeiling } from "../../engine/accuracy/ceiling.js";
import { diagnose, rounded, type Diagnostics } from "../../engine/diagnostics/index.js";
import { fitPredictor, type PredictorFitting } from "../../engine/fitPredictor.js";
import { formOf, type Form } from "../../engine/forms.js";
import { coefficientsOf } from "../../engine/regression.js";
import type { Space } from "../../engine/space.js";
import { sha256 } from "../../runs/digest.js";
import { InputError } from "../../shared/errors.js";
import { readSpace } from "../../shared/files/index.js";
import type { FitRequest } from "../../shared/messages.js";
import { UNIT, type PredictorFile } from "../../shared/predictor.js";
import type { FitResult } from "../../shared/results.js";
import { readSamples, type Sample } from "../../shared/samples/index.js";
import { toldProblem } from "../../shared/toldProblem.js";
import { ModelError } from "../../engine/errors.js";
import type { Job } from "../job.js";

/** Fits a form to samples: R's figures, cross-validated errors, and the predictor file. */
export const fit: Job<FitRequest, FitResult> = async (request, context) => {
  const space = readSpace(request.space);
  const known = knownForm(request);
  const samples = readSamples(request.samples, space, request.target);
  await context.breathe();
  const { form, fitting } = placingSamples(request, samples, () => fitted(request, space, known, samples));
  const { fit: linear, crossValidation, leaveOneOutRmse } = fitting;
  await context.breathe();
  const diagnostics = rounded(diagnose(space, form, samples, fitting, request.seed));
  if (linear.aliased.length > 0) {
    context.log("warn", `Left out as combinations of other terms in these samples: ${linear.aliased.join(", ")}`);
  }
  const { n, dof, r2, adjustedR2, residualStdError, f } = linear;
  return {
    form: form.name,
    n,
    dof,
    r2,
    adjustedR2,
    residualStdError,
    f,
    terms: [...linear.terms],
    aliased: [...linear.aliased],
    crossValidation,
    leaveOneOutRmse,
    predictor: predictorFileOf(request, space, form, fitting, diagnostics),
  };
};

function knownForm(request: FitRequest): Form {
  try {
    return formOf(request.target, request.form);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    throw new InputError({ ...toldProblem(error), field: "form" });
  }
}

/** The form with the ceiling asked for, and its fit. */
function fitted({ ceiling, seed }: FitRequest, space: Space, form: Form, samples: readonly Sample[]): { form: Form; fitting: PredictorFitting } {
  return ceiling === undefined ? { form, fitting: fitPredictor(space, form, samples, seed) } : fitWithCeiling(space, form, samples, seed, ceiling);
}

/** Errors about a row name its line in the CSV. */
function placingSamples<T>(request: FitRequest, samples: readonly Sample[], work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    const { path } = error;
    const row = path[0] === "samples" && typeof path[1] === "number" ? samples[path[1]] : undefined;
    const where = path[0] === "form" ? { field: "form" } : { file: request.samples.name, line: row?.line };
    throw new InputError({ ...where, ...toldProblem(error) });
  }
}

/** The predictor file of a fit. */
export function predictorFileOf(
  request: Pick<FitRequest, "target" | "resolution" | "device" | "source" | "samples">,
  space: { id: string; resolutions: number[] },
  form: Form,
  { fit: linear, crossValidation, predictionFactor }: PredictorFitting,
  diagnostics: Diagnostics,
): PredictorFile {
  return {
    version: 1,
    target: request.target,
    unit: UNIT[request.target],
    space: space.id,
    resolution: request.resolution ?? space.resolutions[0]!,
    device: request.device,
    form: form.name,
    ...coefficientsOf(linear),
    link: form.link,
    source: request.source ?? `fitted to ${linear.n} samples of ${request.samples.name}`,
    fit: {
      n: linear.n,
      dof: linear.dof,
      residualStdError: linear.residualStdError,
      terms: linear.terms.map((term) => term.name),
      covariance: linear.covariance.flatMap((row, i) => [...row.slice(0, i + 1)]),
      maxLeverage: linear.leverage.reduce((a, b) => Math.max(a, b)),
      ...(predictionFactor === null ? {} : { predictionFactor }),
      crossValidation,
      samplesDigest: sha256(request.samples.text),
      diagnostics,
    },
  };
}
