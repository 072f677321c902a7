import { t } from "../l10n.js";
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
    what: target === "accuracy" ? t("a predictor of accuracy has another unit") : t("a predictor of latency has another unit"),
    found: JSON.stringify(unit),
    expected: `"${UNIT[target]}"`,
    next: t("Convert the intercept and the coefficients to {0}; nothing is converted silently.", UNIT[target]),
  });
}

function requireFitShape(source: Source, { fit, coefficients }: PredictorFile): void {
  if (fit === undefined) return;
  const size = fit.terms.length;
  const expected = (size * (size + 1)) / 2;
  if (fit.covariance.length !== expected) {
    throw inputErrorAt(source, ["fit", "covariance"], {
      what: t("the covariance is not the lower triangle over fit.terms"),
      found: t("{0} numbers", fit.covariance.length),
      expected: t("{0} for {1} terms", expected, size),
      next: t("Fit the predictor again."),
    });
  }
  const stray = fit.terms.findIndex((term, i) => (i === 0 ? term !== "(Intercept)" : !Object.hasOwn(coefficients, term)));
  const repeated = fit.terms.findIndex((term, i) => fit.terms.indexOf(term) !== i);
  const wrong = stray >= 0 ? stray : repeated;
  if (wrong >= 0) {
    throw inputErrorAt(source, ["fit", "terms", wrong], {
      what: t("fit.terms does not match the coefficients"),
      found: JSON.stringify(fit.terms[wrong]),
      expected: wrong === 0 ? '"(Intercept)"' : t("each term of the coefficients once"),
      next: t("Fit the predictor again."),
    });
  }
}

/** The predictor of the wanted target. @throws InputError when the file holds the other one */
export function readPredictorOf(source: Source, target: PredictorFile["target"]): PredictorFile {
  const predictor = readPredictor(source);
  if (predictor.target === target) return predictor;
  throw inputErrorAt(source, ["target"], {
    what: target === "accuracy" ? t("this predicts latency, where accuracy is wanted") : t("this predicts accuracy, where latency is wanted"),
    found: `"${predictor.target}"`,
    expected: `"${target}"`,
    next: t("Were the two predictors exchanged?"),
  });
}
