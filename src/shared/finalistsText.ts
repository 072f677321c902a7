import { fixed } from "./numbers.js";
import type { Finalist, FinalistsResult } from "./supernet.js";
import { t } from "./l10n.js";

/** What one round measured. */
export interface FinalistRound {
  readonly finalists: number;
  /** Measured less predicted in the mean, pp. */
  readonly gap: number;
  /** Best measured top-1 of this round, %. */
  readonly best: number;
}

/** The rounds in their order. */
export function roundsOf({ finalists }: Pick<FinalistsResult, "finalists">): FinalistRound[] {
  const rounds: Finalist[][] = [];
  for (const one of finalists) (rounds[one.round - 1] ??= []).push(one);
  return rounds.map((own) => ({
    finalists: own.length,
    gap: own.reduce((sum, { measured, predicted }) => sum + measured.top1.value - predicted.accuracy.value, 0) / own.length,
    best: own.reduce((most, { measured }) => Math.max(most, measured.top1.value), 0),
  }));
}

/** `−2.75 pp`, `+0.15 pp` */
const signed = (gap: number): string => `${gap > 0 ? "+" : ""}${fixed(gap, 2)}\u00a0pp`;

/** Why the rounds ended; empty for a single round, which can only be that. */
export function stoppedSentence({ finalists, stopped }: Pick<FinalistsResult, "finalists" | "stopped">): string {
  const rounds = roundsOf({ finalists }).length;
  if (stopped === "agreed") return rounds === 1 ? t("The optimum of the corrected predictor is among them, so no second round was needed.") : t("The optimum of the corrected predictor is among them, so the rounds ended with number {0}.", rounds);
  return rounds > 1 ? t("The rounds are used up, and the corrected predictor would name still others.") : "";
}

/** Below this, pp, the mean of predictions and that of measurements are told as equal. */
const LEVEL = 0.1;
/** From this on, pp, it is said why. */
const FLATTERED = 0.5;

/**
 * How far the finalists lie off their predictions on average: a predictor that fits random subnets errs upwards on those
 * that were picked because it predicts them best (the optimizer's curse, Smith and Winkler 2006, doi 10.1287/mnsc.1050.0451).
 */
export function flatterySentence(result: Pick<FinalistsResult, "finalists">): string {
  const rounds = roundsOf(result);
  const [first, ...later] = rounds;
  const last = later.at(-1);
  if (first === undefined) return "";
  if (last !== undefined) return t("Measured less predicted, on average: {0} in the first round, {1} in round {2}, with the predictor corrected.", signed(first.gap), signed(last.gap), rounds.length);
  const { gap } = first;
  if (Math.abs(gap) < LEVEL) return t("On average they measured as predicted.");
  const size = fixed(Math.abs(gap), 2);
  if (gap < -FLATTERED) return t("On average they measured {0}\u00a0pp below their predictions: a search picks what its predictor flatters, so trust what was measured.", size);
  return gap < 0 ? t("On average they measured {0}\u00a0pp below their predictions.", size) : t("On average they measured {0}\u00a0pp above their predictions.", size);
}
