import { budgetText, ms } from "../../src/shared/format.js";
import { combinedOf } from "../../src/shared/tuneCombined.js";
import { dateText, imagesText, machineRows, repeatsText, share, statisticRows } from "../profile/text.js";
import type { TuneCard, TuneRunView } from "../types.js";

const NBSP = "\u00a0";

export const triedIn = ({ rounds }: Pick<TuneCard, "rounds">) =>
  rounds.flatMap(({ candidates, suspect }, round) => candidates.map((one) => ({ ...one, round, suspect, combined: combinedOf(one) })));
export type Tried = ReturnType<typeof triedIn>[number];

/** Batches during which something else was running. */
export const suspectBatches = ({ rounds, confirmations }: TuneCard): number => [...rounds, ...confirmations].filter(({ suspect }) => suspect).length;

export const roundsText = (count: number): string => (count === 1 ? `1${NBSP}round` : `${count}${NBSP}rounds`);

export const signedShare = (value: number): string => `${value < 0 ? "\u2212" : "+"}${share(Math.abs(value))}`;

/** By how much a latency is under or above a budget: `0.05 ms`, and `under the budget of 3.4 ms, 1.5 % of it`. */
export function budgetDistance(latency: number, budget: number): { value: string; text: string; within: boolean } {
  const within = latency <= budget;
  const distance = Math.abs(budget - latency);
  return { within, value: `${distance.toFixed(distance < 0.01 ? 3 : 2)}${NBSP}ms`, text: `${within ? "under" : "above"} the budget of ${budgetText(budget)}, ${share(distance / budget)} of it` };
}

/** How the latency was measured, below the number. */
export function measuredLines({ measured, device }: TuneCard): string[] {
  const { standardError, first, confirmed } = measured!;
  const where = `measured on this machine${device === null ? "" : `, ±${NBSP}${share(standardError)}`}`;
  return [where, confirmed === null ? "in one batch, not confirmed" : `mean of two batches: ${ms(first.latencyMs)}, ${ms(confirmed.latencyMs)}`];
}

/** What measured it and how, as terms and texts. */
export function tuneBadgeRows(result: TuneCard, run: TuneRunView): [string, string][] {
  const { device, protocol, noise, measured } = result;
  if (device === null || protocol === null || noise === null) return [];
  return [
    ...machineRows(device, protocol),
    ["Resolution", `${run.resolution}${NBSP}px`],
    ["Batch", imagesText(protocol)],
    ["Search space", run.space],
    ["Architectures", `${triedIn(result).length} measured in ${roundsText(result.rounds.length)}`],
    ["Confirmed", measured?.confirmed == null ? "no" : "once more, in another batch"],
    ["Readings", `${protocol.rounds} of each architecture in a batch${repeatsText(protocol)}`],
    ...statisticRows(protocol, noise),
    ["Date", dateText(protocol)],
  ];
}
