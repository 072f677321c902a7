import { describe, expect, it } from "vitest";
import { randomArchitecture } from "../../../src/engine/architecture.js";
import { fitPredictor, type Sample } from "../../../src/engine/fitPredictor.js";
import { formOf, type Form } from "../../../src/engine/forms.js";
import { Predictor, type PredictorData } from "../../../src/engine/predictor.js";
import { Random } from "../../../src/engine/random.js";
import { updatePredictor } from "../../../src/engine/update.js";
import { FOXNAS } from "../files/examples.js";

const random = Random.seeded(5);
const CEILING = 80;
/** Saturating in how large the network is, with an error that the link makes smaller near the ceiling. */
function measured(): Sample {
  const { stages } = randomArchitecture(FOXNAS, 224, random);
  const size = stages.reduce((sum, { blocks }, i) => sum + blocks.reduce((own, { expand, kernel }) => own + (expand + kernel / 2) / (i + 3), 0), 0);
  return { stages, value: CEILING - Math.exp(2.4 - 0.12 * size + 0.2 * (random.unit() - 0.5)) };
}
const FORM: Form = { ...formOf("accuracy", "log-saturating"), link: { kind: "saturating", ceiling: CEILING } };

/** A predictor as its file would say it. */
function dataOf(samples: readonly Sample[]): PredictorData & { fit: NonNullable<PredictorData["fit"]> } {
  const { fit } = fitPredictor(FOXNAS, FORM, samples, 1);
  const [intercept, ...slopes] = fit.terms;
  return {
    ...{ target: "accuracy", unit: "%", space: FOXNAS.id },
    intercept: intercept!.estimate,
    coefficients: Object.fromEntries(slopes.map(({ name, estimate }) => [name, estimate])),
    link: FORM.link,
    fit: { dof: fit.dof, residualStdError: fit.residualStdError, terms: fit.terms.map(({ name }) => name), covariance: fit.covariance.flatMap((row, i) => [...row.slice(0, i + 1)]), maxLeverage: 1 },
  };
}

describe("a predictor with a link, corrected", () => {
  const first = Array.from({ length: 60 }, measured);
  const more = Array.from({ length: 12 }, measured);
  const before = dataOf(first);

  // Its prior is what least squares leaves of the first samples, so both say the same of all of them.
  it("has the coefficients of a fit to all samples", () => {
    const after = updatePredictor(FOXNAS, before, more);
    const refitted = dataOf([...first, ...more]);
    expect(after.intercept).toBeCloseTo(refitted.intercept, 8);
    for (const [name, value] of Object.entries(refitted.coefficients)) expect(after.coefficients[name], name).toBeCloseTo(value, 8);
    for (const { stages } of more) expect(new Predictor(FOXNAS, after).value(stages)).toBeCloseTo(new Predictor(FOXNAS, refitted).value(stages), 6);
    const ratio = (refitted.fit.residualStdError / before.fit.residualStdError) ** 2;
    after.fit.covariance.forEach((value, i) => expect(value * ratio).toBeCloseTo(refitted.fit.covariance[i]!, 8));
  });

  it("cannot be corrected by a value that the link does not reach", () => {
    expect(() => updatePredictor(FOXNAS, before, [{ stages: first[0]!.stages, value: CEILING }])).toThrow("reaches the ceiling");
  });
});
