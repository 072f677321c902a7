import type { Stage } from "./architecture.js";
import { crossValidate, FOLDS, foldsFit, quality, REPEATS, type CrossValidation } from "./crossValidation.js";
import { designMatrix, predictRow } from "./design.js";
import { ModelError } from "./errors.js";
import type { Form } from "./forms.js";
import { linkEta, linkValue } from "./link.js";
import { predictionFactor } from "./predictionFactor.js";
import { Random } from "./random.js";
import { fitLinear, type LinearFit } from "./regression.js";
import type { Space } from "./space.js";

/** One architecture with one measured value (% or ms). */
export interface Sample {
  readonly stages: readonly Stage[];
  readonly value: number;
}

export interface PredictorFitting {
  readonly fit: LinearFit;
  readonly crossValidation: CrossValidation;
  /** Prediction of each sample by a fit without it, from the leverages (PRESS); in the target's unit. */
  readonly leaveOneOut: readonly number[];
  /** In the target's unit. */
  readonly leaveOneOutRmse: number;
  /** Calibrates prediction intervals; null where the samples are too few to say. */
  readonly predictionFactor: number | null;
}

/**
 * Fits a form to samples by least squares on the link's scale, with 10 x 10-fold cross-validation (leave-one-out
 * where a fold's training part would be smaller than the form) and leave-one-out errors in the target's unit.
 * @throws ModelError where a value reaches the link's ceiling, or the samples are too few (see fitLinear)
 */
export function fitPredictor(space: Space, form: Form, samples: readonly Sample[], seed: number): PredictorFitting {
  const design = designMatrix(space, form, samples);
  const values = samples.map((sample) => sample.value);
  const eta = Float64Array.from(values, (value, row) => {
    const linked = linkEta(form.link, value);
    if (form.link !== null && Number.isFinite(value) && Number.isNaN(linked)) {
      throw new ModelError(
        `a value reaches the ceiling of form ${form.name}`,
        ["samples", row],
        `${value} %`,
        `below ${form.link.ceiling} %`,
        "Pick a form without a link, such as published.",
      );
    }
    return linked;
  });
  const fit = fitLinear(design.names, design.columns, eta);
  const loo = Array.from(fit.residuals, (r, i) => linkValue(form.link, eta[i]! - r / (1 - fit.leverage[i]!)));
  const fitAndPredict = (train: readonly number[], test: readonly number[]) => {
    const pick = (column: Float64Array, rows: readonly number[]) => Float64Array.from(rows, (row) => column[row]!);
    const part = fitLinear(
      design.names,
      design.columns.map((column) => pick(column, train)),
      pick(eta, train),
    );
    return test.map((row) => linkValue(form.link, predictRow(part, design, row)));
  };
  const errors = quality(values, loo);
  const crossValidation =
    foldsFit(samples.length, design.names.length + 1)
      ? crossValidate(values, fitAndPredict, { folds: FOLDS, repeats: REPEATS, random: Random.seeded(seed) })
      : { ...errors, folds: samples.length, repeats: 1 };
  return { fit, crossValidation, leaveOneOut: loo, leaveOneOutRmse: errors.rmse, predictionFactor: predictionFactor(fit) };
}
