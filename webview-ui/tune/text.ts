import { budgetText, ms } from "../../src/shared/format.js";
import { t } from "../../src/shared/l10n.js";
import { combinedOf } from "../../src/shared/tuneCombined.js";
import { dateText, imagesText, machineRows, repeatsText, share, statisticRows } from "../profile/text.js";
import type { TuneCard, TuneRunView } from "../types.js";

const NBSP = "\u00a0";

export const triedIn = ({ rounds }: Pick<TuneCard, "rounds">) =>
  rounds.flatMap(({ candidates, suspect }, round) => candidates.map((one) => ({ ...one, round, suspect, combined: combinedOf(one) })));
export type Tried = ReturnType<typeof triedIn>[number];

/** Batches during which something else was running. */
export const suspectBatches = ({ rounds, confirmations }: TuneCard): number => [...rounds, ...confirmations].filter(({ suspect }) => suspect).length;

export const roundsText = (count: number): string => (count === 1 ? t("1\u00a0round") : t("{0}\u00a0rounds", count));

export const signedShare = (value: number): string => `${value < 0 ? "\u2212" : "+"}${share(Math.abs(value))}`;

/** By how much a latency is under or above a budget: `0.05 ms`, and `under the budget of 3.4 ms, 1.5 % of it`. */
export function budgetDistance(latency: number, budget: number): { value: string; text: string; within: boolean } {
  const within = latency <= budget;
  const distance = Math.abs(budget - latency);
  return { within, value: `${distance.toFixed(distance < 0.01 ? 3 : 2)}${NBSP}ms`, text: within ? t("under the budget of {0}, {1} of it", budgetText(budget), share(distance / budget)) : t("above the budget of {0}, {1} of it", budgetText(budget), share(distance / budget)) };
}

/** How the latency was measured, below the number. */
export function measuredLines({ measured, device }: TuneCard): string[] {
  const { standardError, first, confirmed } = measured!;
  const where = t("measured on this machine{0}", device === null ? "" : `, ±${NBSP}${share(standardError)}`);
  return [where, confirmed === null ? t("in one batch, not confirmed") : t("mean of two batches: {0}, {1}", ms(first.latencyMs), ms(confirmed.latencyMs))];
}

/** What measured it and how, as terms and texts. */
export function tuneBadgeRows(result: TuneCard, run: TuneRunView): [string, string][] {
  const { device, protocol, noise, measured } = result;
  if (device === null || protocol === null || noise === null) return [];
  return [
    ...machineRows(device, protocol),
    [t("Resolution"), `${run.resolution}${NBSP}px`],
    [t("Batch"), imagesText(protocol)],
    [t("Search space"), run.space],
    [t("Architectures"), t("{0} measured in {1}", triedIn(result).length, roundsText(result.rounds.length))],
    [t("Confirmed"), measured?.confirmed == null ? t("no") : t("once more, in another batch")],
    [t("Readings"), t("{0} of each architecture in a batch{1}", protocol.rounds, repeatsText(protocol))],
    ...statisticRows(protocol, noise),
    [t("Date"), dateText(protocol)],
  ];
}
