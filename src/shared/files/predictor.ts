import type { Source } from "../messages.js";
import { PredictorSchema, UNIT, type PredictorFile } from "../predictor.js";
import { parseJson } from "./json.js";
import { inputErrorAt } from "./locate.js";
import { validate } from "./validate.js";

/**
 * Reads a predictor (`*.predictor.json`).
 * @throws InputError naming file, line, column and field
 */
export function readPredictor(source: Source): PredictorFile {
  const predictor = validate(PredictorSchema, parseJson(source), source);
  requireUnit(source, predictor);
  requireFitShape(source, predictor);
  return predictor;
}

/** Seconds read as milliseconds would go unnoticed until somebody measures. */
function requireUnit(source: Source, { target, unit }: PredictorFile): void {
  if (unit === UNIT[target]) return;
  throw inputErrorAt(source, ["unit"], {
    what: `a predictor of ${target} has another unit`,
    found: JSON.stringify(unit),
    expected: `"${UNIT[target]}"`,
    next: `Convert the intercept and the coefficients to ${UNIT[target]}; nothing is converted silently.`,
  });
}

function requireFitShape(source: Source, { fit, coefficients }: PredictorFile): void {
  if (fit === undefined) return;
  const size = fit.terms.length;
  const expected = (size * (size + 1)) / 2;
  if (fit.covariance.length !== expected) {
    throw inputErrorAt(source, ["fit", "covariance"], {
      what: "the covariance is not the lower triangle over fit.terms",
      found: `${fit.covariance.length} numbers`,
      expected: `${expected} for ${size} terms`,
      next: "Fit the predictor again.",
    });
  }
  const stray = fit.terms.findIndex((term, i) => (i === 0 ? term !== "(Intercept)" : !Object.hasOwn(coefficients, term)));
  const repeated = fit.terms.findIndex((term, i) => fit.terms.indexOf(term) !== i);
  const wrong = stray >= 0 ? stray : repeated;
  if (wrong >= 0) {
    throw inputErrorAt(source, ["fit", "terms", wrong], {
      what: "fit.terms does not match the coefficients",
      found: JSON.stringify(fit.terms[wrong]),
      expected: wrong === 0 ? '"(Intercept)"' : "each term of the coefficients once",
      next: "Fit the predictor again.",
    });
  }
}

/** The predictor of the wanted target. @throws InputError when the file holds the other one */
export function readPredictorOf(source: Source, target: PredictorFile["target"]): PredictorFile {
  const predictor = readPredictor(source);
  if (predictor.target === target) return predictor;
  throw inputErrorAt(source, ["target"], {
    what: `this predicts ${predictor.target}, where ${target} is wanted`,
    found: `"${predictor.target}"`,
    expected: `"${target}"`,
    next: "Were the two predictors exchanged?",
  });
}
