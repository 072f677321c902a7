import type { TuneResult } from "./tune.js";

/** What the sentences read: the panel has no more. */
type Told = Pick<TuneResult, "measured" | "predicted" | "budget" | "rounds" | "confirmations" | "stopped" | "certificate">;

const ms = (value: number): string => `${value.toFixed(2)} ms`;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const rounds = (n: number): string => (n === 1 ? "1 round" : `${n} rounds`);

/** What a run of search, measure, refit came to, in sentences: why it ended, and where predicted and measured part. */
export function tuneSentences(result: Told): string[] {
  const { measured, predicted, budget } = result;
  if (measured === null || predicted === null) return [`No architecture is predicted within ${budget} ms, so nothing was measured.`];
  return [ending(result), ...confirming(result), ...partings(result), ...levelSentences(result)];
}

/** What the second batch of the winner said. */
function confirming({ measured, confirmations }: Told): string[] {
  const { first, confirmed, latencyMs, underBudget } = measured!;
  const gaveWay = confirmations.filter(({ kept }) => !kept).length;
  const others = gaveWay === 0 ? [] : [`${gaveWay === 1 ? "1 other winner was" : `${gaveWay} other winners were`} measured once more as well, and gave way.`];
  if (confirmed !== null) return [`Measured once more, in another batch, it took ${ms(confirmed.latencyMs)} after ${ms(first.latencyMs)}: ${ms(latencyMs)} in the mean, which counts.`, ...others];
  return underBudget ? [...others, "No second batch confirms it: take it with care."] : others;
}

function ending({ stopped, rounds: { length }, budget, measured, certificate, rounds: all }: Told): string {
  const count = all.reduce((sum, { candidates }) => sum + candidates.length, 0);
  const done = `${count} architectures measured in ${rounds(length)}`;
  const why = stopped === "front" ? "which is the whole front" : "the most that were asked for";
  if (!measured!.underBudget) return `None of ${done}, ${why}, is within ${budget} ms; the fastest takes ${ms(measured!.latencyMs)}.`;
  const { gap } = certificate;
  if (stopped !== "agreed") return `${done}, ${why}: predictor and measurement do not agree yet, and the most accurate one that measures within ${budget} ms was taken.`;
  const near = gap === null || Math.abs(gap) < 0.005 ? "is the optimum of the corrected predictors" : `lies ${Math.abs(gap).toFixed(2)} pp ${gap > 0 ? "below" : "above"} the optimum of the corrected predictors, as good as equal`;
  return `${done}: the winner ${near}, and measures within its interval and the budget.`;
}

function partings({ measured, predicted, budget, rounds: all }: Told): string[] {
  const { latencyMs, withinInterval, underBudget } = measured!;
  const { value, interval } = predicted!.latency;
  const said: string[] = [];
  if (!withinInterval && interval !== null) {
    said.push(`Predicted and measured part: ${ms(latencyMs)} measured lies outside the interval of ${ms(interval[0])} to ${ms(interval[1])}. Trust the measurement.`);
  }
  if (underBudget && value > budget) said.push(`The corrected predictor still says ${ms(value)}, above the budget; the measurement says ${ms(latencyMs)}, within it.`);
  const first = all[0]!.error;
  said.push(`Before the correction measured and predicted differed by ${percent(first)} in the mean${all.length > 1 ? `, in the last round by ${percent(all.at(-1)!.error)}` : ""}.`);
  return said;
}

/** The machine as it is today, against the day of the profile. */
function levelSentences({ measured, rounds: all, confirmations }: Told): string[] {
  const { level, rawMs } = measured!;
  const said: string[] = [];
  if (Math.abs(level - 1) > 0.02) {
    said.push(`Timed now it took ${ms(rawMs)}: by its references the machine needs ${percent(Math.abs(1 / level - 1))} ${level < 1 ? "more" : "less"} time than when it was profiled, and that is divided out.`);
  }
  const batches = [...all, ...confirmations];
  const suspect = batches.filter((batch) => batch.suspect).length;
  if (suspect > 0) said.push(`${suspect} of ${batches.length === 1 ? "1 batch" : `${batches.length} batches`} stayed suspect: something else was running. Measure again when the machine is idle.`);
  return said;
}
