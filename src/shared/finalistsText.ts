import { fixed } from "./numbers.js";
import type { FinalistsResult } from "./supernet.js";
import { t } from "./l10n.js";

/** Below this, pp, the mean of predictions and that of measurements are told as equal. */
const LEVEL = 0.1;
/** From this on, pp, it is said why. */
const FLATTERED = 0.5;

/**
 * How far the finalists lie off their predictions on average: a predictor that fits random subnets errs upwards on those
 * that were picked because it predicts them best (the optimizer's curse, Smith and Winkler 2006, doi 10.1287/mnsc.1050.0451).
 */
export function flatterySentence({ finalists }: Pick<FinalistsResult, "finalists">): string {
  if (finalists.length === 0) return "";
  const gap = finalists.reduce((sum, { measured, predicted }) => sum + measured.top1.value - predicted.accuracy.value, 0) / finalists.length;
  if (Math.abs(gap) < LEVEL) return t("On average they measured as predicted.");
  const size = fixed(Math.abs(gap), 2);
  if (gap < -FLATTERED) return t("On average they measured {0}\u00a0pp below their predictions: a search picks what its predictor flatters, so trust what was measured.", size);
  return gap < 0 ? t("On average they measured {0}\u00a0pp below their predictions.", size) : t("On average they measured {0}\u00a0pp above their predictions.", size);
}
