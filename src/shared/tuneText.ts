import type { TuneResult } from "./tune.js";
import { levelText } from "./verifiedText.js";
import { t } from "./l10n.js";

/** What the sentences read: the panel has no more. */
type Told = Pick<TuneResult, "measured" | "predicted" | "budget" | "rounds" | "confirmations" | "stopped" | "certificate">;

const ms = (value: number): string => `${value.toFixed(2)} ms`;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const rounds = (n: number): string => (n === 1 ? t("1 round") : t("{0} rounds", n));

/** What a run of search, measure, refit came to, in sentences: why it ended, and where predicted and measured part. */
export function tuneSentences(result: Told): string[] {
  const { measured, predicted, budget } = result;
  if (measured === null || predicted === null) return [t("No architecture is predicted within {0} ms, so nothing was measured.", budget)];
  return [ending(result), ...confirming(result), ...partings(result), ...levelSentences(result)];
}

/** What the second batch of the winner said. */
function confirming({ measured, confirmations }: Told): string[] {
  const { first, confirmed, latencyMs, underBudget } = measured!;
  const gaveWay = confirmations.filter(({ kept }) => !kept).length;
  const others = gaveWay === 0 ? [] : [gaveWay === 1 ? t("1 other winner was measured once more as well, and gave way.") : t("{0} other winners were measured once more as well, and gave way.", gaveWay)];
  if (confirmed !== null) return [t("Measured once more, in another batch, it took {0} after {1}: {2} in the mean, which counts.", ms(confirmed.latencyMs), ms(first.latencyMs), ms(latencyMs)), ...others];
  return underBudget ? [...others, t("No second batch confirms it: take it with care.")] : others;
}

function ending({ stopped, rounds: { length }, budget, measured, certificate, rounds: all }: Told): string {
  const count = all.reduce((sum, { candidates }) => sum + candidates.length, 0);
  const done = t("{0} architectures measured in {1}", count, rounds(length));
  const why = stopped === "front" ? t("which is the whole front") : t("the most that were asked for");
  if (!measured!.underBudget) return t("None of {0}, {1}, is within {2} ms; the fastest takes {3}.", done, why, budget, ms(measured!.latencyMs));
  const { gap } = certificate;
  if (stopped !== "agreed") return t("{0}, {1}: predictor and measurement do not agree yet, and the most accurate one that measures within {2} ms was taken.", done, why, budget);
  const near = gap === null || Math.abs(gap) < 0.005 ? t("is the optimum of the corrected predictors") : gap > 0
    ? t("lies {0} pp below the optimum of the corrected predictors, as good as equal", gap.toFixed(2))
    : t("lies {0} pp above the optimum of the corrected predictors, as good as equal", Math.abs(gap).toFixed(2));
  return t("{0}: the winner {1}, and measures within its interval and the budget.", done, near);
}

function partings({ measured, predicted, budget, rounds: all }: Told): string[] {
  const { latencyMs, withinInterval, underBudget } = measured!;
  const { value, interval } = predicted!.latency;
  const said: string[] = [];
  if (!withinInterval && interval !== null) {
    said.push(t("Predicted and measured part: {0} measured lies outside the interval of {1} to {2}. Trust the measurement.", ms(latencyMs), ms(interval[0]), ms(interval[1])));
  }
  if (underBudget && value > budget) said.push(t("The corrected predictor still says {0}, above the budget; the measurement says {1}, within it.", ms(value), ms(latencyMs)));
  const first = all[0]!.error;
  said.push(t("Before the correction measured and predicted differed by {0} in the mean{1}.", percent(first), all.length > 1 ? t(", in the last round by {0}", percent(all.at(-1)!.error)) : ""));
  return said;
}

/** The machine as it is today, against the day of the profile. */
function levelSentences({ measured, rounds: all, confirmations }: Told): string[] {
  const { level, rawMs } = measured!;
  const said: string[] = [];
  if (Math.abs(level - 1) > 0.02) {
    said.push(levelText(ms(rawMs), percent(Math.abs(1 / level - 1)), level < 1));
  }
  const batches = [...all, ...confirmations];
  const suspect = batches.filter((batch) => batch.suspect).length;
  if (suspect > 0) said.push(t("{0} of {1} stayed suspect: something else was running. Measure again when the machine is idle.", suspect, batches.length === 1 ? t("1 batch") : t("{0} batches", batches.length)));
  return said;
}
