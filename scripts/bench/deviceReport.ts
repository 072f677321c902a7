import type { ProfileResult } from "../../src/shared/profile.js";
import { RESOLUTION, type Precision } from "./deviceJobs.js";
import type { DeviceResults, Held, Winner } from "./deviceResults.js";
import { fixed, table } from "./table.js";

const percent = (value: number, digits = 2): string => `${fixed(100 * value, digits)} %`;

export function explainDevice(): void {
  console.log(`  Space foxnas-cpu at ${RESOLUTION} px, one thread. Held-out architectures are random and measured after the profile, in batches of their
  own, brought to its level by the references. The searches rank by the built-in predictor of accuracy, which is for
  256 px: its ranking is all that matters here.`);
}

export function printProfile(precision: Precision, { samples, heldOut, noise, elapsedMs, stopped }: ProfileResult): void {
  console.log(`
  ${precision}: profiled in ${fixed(elapsedMs / 1000, 0)} s, ${samples.length} architectures timed (stopped by ${stopped}), leave-one-out MAPE ${percent(heldOut.mape)}
  noise: split-half ${percent(noise.splitHalf)}, drift ${percent(noise.drift - 1)}, wall over CPU ${fixed(noise.contention, 2)}, ${noise.repeated} repeats, ${noise.suspect} of ${noise.batches} batches suspect`);
}

export function printHeld({ perBlock, forms, suspect, batches }: Held): void {
  const row = ({ form, terms, errors }: Held["perBlock"]) => [`${form} (${terms} terms)`, errors === null ? "too few samples" : percent(errors.mape), errors === null ? "-" : fixed(errors.kendallTau, 3)];
  console.log(table(["60 held-out architectures", "MAPE", "tau"], [perBlock, ...forms].map(row)));
  if (suspect > 0) console.log(`  !! ${suspect} of ${batches} batches of held-out architectures stayed suspect: the machine was busy.`);
}

export function printWinners(precision: Precision, winners: readonly Winner[]): void {
  console.log(`\n  ${precision}: search, measure, refit at ${winners.length} budgets; "again" is one more batch with all winners`);
  const ms = (value: number) => fixed(value, 2);
  const rows = winners.map(({ budget, ok, stopped, rounds, accuracy, predicted, measured, again }) =>
    [ms(budget), ok ? "yes" : "NO", `${rounds} (${stopped})`, fixed(accuracy, 2), ms(predicted), ms(measured), percent(measured / predicted - 1, 1), ms(again), percent(again / budget - 1, 1)]);
  console.log(table(["budget ms", "under it", "rounds", "acc %", "predicted", "measured", "difference", "again", "over budget"], rows));
}

export function printRatio(ratio: number): void {
  console.log(`\n  int8 over fp32, the five architectures of median latency timed twice in turns: ${fixed(ratio, 3)}`);
}

const meanGap = (winners: readonly Winner[]): number => winners.reduce((sum, { measured, predicted }) => sum + Math.abs(measured / predicted - 1), 0) / winners.length;

/** Against what the project asks of itself. */
export function printVerdicts({ profiles, held, ratio, winners, loadAverage }: DeviceResults): void {
  const rows: [string, string, string, boolean][] = [];
  for (const { precision, perBlock } of held) {
    const { mape, kendallTau } = perBlock.errors!;
    rows.push([`${precision}: MAPE on held-out architectures`, percent(mape), "<= 2 %", mape <= 0.02]);
    rows.push([`${precision}: Kendall's tau on them`, fixed(kendallTau, 3), ">= 0.9", kendallTau >= 0.9]);
    const { seconds } = profiles[precision];
    rows.push([`${precision}: profiling`, `${fixed(seconds, 0)} s`, "<= 90 s", seconds <= 90]);
  }
  rows.push(["int8 over fp32, median architecture", fixed(ratio, 3), "<= 0.8", ratio <= 0.8]);
  for (const [precision, found] of Object.entries(winners)) {
    const under = found.filter(({ measured, budget }) => measured <= budget).length;
    rows.push([`${precision}: winners measured under the budget`, `${under} of ${found.length}`, ">= 9 of 10", under >= 0.9 * found.length]);
    rows.push([`${precision}: mean |measured - predicted| after the refit`, percent(meanGap(found)), "<= 2 %", meanGap(found) <= 0.02]);
  }
  console.log(`\n${table(["verdict", "found", "wanted", ""], rows.map(([what, value, wanted, met]) => [what, value, wanted, met ? "met" : "MISSED"]))}`);
  console.log(`  Load average at the end: ${loadAverage.map((value) => fixed(value, 2)).join(", ")}; this benchmark alone makes 1.`);
}
