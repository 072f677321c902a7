import { quality } from "../../src/engine/crossValidation.js";
import { fitPredictor, type Sample } from "../../src/engine/fitPredictor.js";
import { formNames, formOf, formTerms } from "../../src/engine/forms.js";
import { Predictor } from "../../src/engine/predictor.js";
import { INTERCEPT } from "../../src/engine/regression.js";
import type { Space } from "../../src/shared/space.js";

export interface Errors {
  readonly form: string;
  readonly terms: number;
  /** Relative and Kendall's tau; null where the samples are too few for the terms. */
  readonly errors: { readonly mape: number; readonly kendallTau: number } | null;
}

export function errorsOf(actual: readonly number[], predicted: readonly number[]): { mape: number; kendallTau: number } {
  const mape = actual.reduce((sum, value, i) => sum + Math.abs(predicted[i]! / value - 1), 0) / actual.length;
  return { mape, kendallTau: quality(actual, predicted).kendallTau };
}

/** The regression forms of latency, fitted to the timed samples of a profile, on held-out architectures. */
export function formErrors(space: Space, samples: readonly Sample[], held: readonly Sample[]): Errors[] {
  return formNames("latency").map((name) => {
    const form = formOf("latency", name);
    const terms = formTerms(form, space).length;
    if (samples.length < terms + 3) return { form: name, terms, errors: null };
    const fitted = fitPredictor(space, form, samples, 1).fit.terms;
    const coefficients = Object.fromEntries(fitted.filter((term) => term.name !== INTERCEPT).map((term) => [term.name, term.estimate]));
    const predictor = new Predictor(space, { target: "latency", unit: "ms", space: space.id, intercept: fitted[0]!.estimate, coefficients, link: form.link });
    return { form: name, terms, errors: errorsOf(held.map(({ value }) => value), held.map(({ stages }) => predictor.value(stages))) };
  });
}
