import { blockTable, type TracedArchitecture } from "../../engine/device/blockTable.js";
import { blockTerms } from "../../engine/device/blockTerms.js";
import { fitTable, type TableFit } from "../../engine/device/tableFit.js";
import { quality } from "../../engine/crossValidation.js";
import { fitPredictor, type Sample } from "../../engine/fitPredictor.js";
import { formNames, formOf, formTerms } from "../../engine/forms.js";
import { INTERCEPT } from "../../engine/regression.js";
import type { Space } from "../../engine/space.js";
import type { PredictorFile } from "../../shared/predictor.js";
import type { HeldOut, ProfileResult } from "../../shared/profile.js";

/** Name of the per-block form in predictor files; it needs a traced table, so it is none of the forms of `fit`. */
export const PER_BLOCK = "per-block";

/** Of a timing, relative: the halves of quiet batches differ by as much. */
const LEAST_ERROR = 0.005;

/** The calibrated table, with its error on samples it was not fitted to. */
export interface DeviceFit {
  readonly names: readonly string[];
  readonly table: TableFit;
  readonly heldOut: HeldOut;
}

export function fitDevice(space: Space, traced: readonly TracedArchitecture[], samples: readonly Sample[]): DeviceFit {
  const terms = blockTerms(space);
  const mean = samples.reduce((sum, { value }) => sum + value, 0) / samples.length;
  const table = fitTable(terms, blockTable(terms, traced), samples, LEAST_ERROR * mean);
  return { names: terms.map(({ name }) => name), table, heldOut: errorsOf(samples, table.heldOut) };
}

function errorsOf(samples: readonly Sample[], predicted: readonly number[]): HeldOut {
  const actual = samples.map(({ value }) => value);
  const mape = actual.reduce((sum, value, i) => sum + Math.abs(predicted[i]! / value - 1), 0) / actual.length;
  return { mape, ...quality(actual, predicted) };
}

/** The regression forms on the same samples: what a person would get without the traces. */
export function otherForms(space: Space, samples: readonly Sample[], seed: number): ProfileResult["forms"] {
  return formNames("latency").map((name) => {
    const form = formOf("latency", name);
    const terms = formTerms(form, space).length;
    // Leave-one-out fits one sample less, and a fit without degrees of freedom tells nothing.
    if (samples.length < terms + 3) return { form: name, terms, heldOut: null };
    const { leaveOneOut } = fitPredictor(space, form, samples, seed);
    return { form: name, terms, heldOut: errorsOf(samples, leaveOneOut) };
  });
}

/** The fields of a predictor file that the fit decides. */
export function fittedFields({ names, table, heldOut }: DeviceFit, samplesDigest: string): Pick<PredictorFile, "form" | "intercept" | "coefficients" | "link" | "fit"> {
  const { rmse, mae, kendallTau, r2 } = heldOut;
  return {
    form: PER_BLOCK,
    intercept: table.intercept,
    coefficients: Object.fromEntries(names.map((name, i) => [name, table.coefficients[i]!])),
    link: null,
    fit: {
      n: table.n,
      dof: table.dof,
      residualStdError: table.residualStdError,
      terms: [INTERCEPT, ...names],
      covariance: table.covariance.flatMap((row, i) => [...row.slice(0, i + 1)]),
      maxLeverage: table.maxLeverage,
      crossValidation: { folds: table.n, repeats: 1, rmse, mae, kendallTau, r2 },
      samplesDigest,
    },
  };
}
