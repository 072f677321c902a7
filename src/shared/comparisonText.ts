import type { ComparedBlock, ComparedSide, ComparedStage, Comparison } from "./comparison.js";
import type { Part } from "./explanation.js";
import { budgetText, latencyDigits, ms, percent, signedMs, signedPp } from "./format.js";
import { t } from "./l10n.js";
import type { Target } from "./predictor.js";

/** Whether a difference can be told from nothing; without an interval, whether it is none. */
const certain = ({ value, interval }: Part): boolean => (interval === null ? value !== 0 : interval[0] > 0 || interval[1] < 0);

/** Decimals of differences in ms: those that tell the two latencies apart. */
export function differenceDigits({ a, b }: Comparison): number {
  const values = [a, b].flatMap(({ predicted }) => (predicted === null ? [] : [Math.abs(predicted.latency.value)]));
  return values.length === 0 ? 1 : latencyDigits(Math.min(...values));
}

/** A difference with sign and unit, `+0.62 pp`, `−50.8 ms`. */
export function priceText(target: Target, value: number, digits: number): string {
  return target === "accuracy" ? signedPp(value) : signedMs(value, digits);
}

/** `e3 k5`. */
export const blockText = ({ expand, kernel }: NonNullable<ComparedBlock["from"]>): string => `e${expand} k${kernel}`;

/** What happened to a block, in a few words: `e3 k5 → e4 k5`. */
export function changeText({ status, from, to }: ComparedBlock): string {
  switch (status) {
    case "same":
      return blockText(from!);
    case "changed":
      return `${blockText(from!)} → ${blockText(to!)}`;
    case "added":
      return t("added {0}", blockText(to!));
    case "removed":
      return t("removed {0}", blockText(from!));
  }
}

export function statusText(status: ComparedBlock["status"]): string {
  return { same: t("unchanged"), changed: t("changed"), added: t("added"), removed: t("removed") }[status];
}

/** What differs in a stage: `3 → 4 blocks`, and how many blocks are other. */
export function stageText({ from, to, blocks, differs }: ComparedStage): string {
  if (!differs) return t("unchanged");
  const changed = blocks.filter(({ status }) => status === "changed").length;
  const depth = from === to ? null : t("{0} → {1} blocks", from, to);
  const others = changed === 0 ? null : changed === 1 ? t("1 block changed") : t("{0} blocks changed", changed);
  return [depth, others].filter((part) => part !== null).join(", ");
}

/** What sums a comparison up, sentence by sentence: it says no more than the numbers do. */
export function comparisonSentences(comparison: Comparison): string[] {
  const { stages, total, a, b } = comparison;
  if (!stages.some(({ differs }) => differs) && a.space === b.space && a.architecture.resolution === b.architecture.resolution) {
    return [t("A and B are the same architecture."), ...verdictSentences(comparison)];
  }
  if (total === null) return [...apartSentence(comparison), ...verdictSentences(comparison)];
  return [headline(total, differenceDigits(comparison)), ...stageSentences(comparison, total), ...verdictSentences(comparison)];
}

/** Both predictions as they are, where no difference can be given an interval. */
function apartSentence({ a, b }: Comparison): string[] {
  if (a.predicted === null || b.predicted === null) return [];
  const of = ({ accuracy, latency }: NonNullable<ComparedSide["predicted"]>) => [percent(accuracy.value), ms(latency.value)] as const;
  return [t("A is predicted at {0} and {1}, B at {2} and {3}.", ...of(a.predicted), ...of(b.predicted))];
}

function headline({ accuracy, latency }: NonNullable<Comparison["total"]>, digits: number): string {
  const pp = signedPp(Math.abs(accuracy.value)).replace("+", "");
  const time = signedMs(Math.abs(latency.value), digits).replace("+", "");
  const better = certain(accuracy) ? Math.sign(accuracy.value) : 0;
  const slower = certain(latency) ? Math.sign(latency.value) : 0;
  if (better > 0 && slower > 0) return t("B is {0} more accurate and {1} slower than A.", pp, time);
  if (better > 0 && slower < 0) return t("B is {0} more accurate and {1} faster than A.", pp, time);
  if (better > 0) return t("B is {0} more accurate than A; their latencies cannot be told apart by these predictors.", pp);
  if (better < 0 && slower > 0) return t("B is {0} less accurate and {1} slower than A.", pp, time);
  if (better < 0 && slower < 0) return t("B is {0} less accurate and {1} faster than A.", pp, time);
  if (better < 0) return t("B is {0} less accurate than A; their latencies cannot be told apart by these predictors.", pp);
  if (slower > 0) return t("B is {0} slower than A; their accuracies cannot be told apart by these predictors.", time);
  if (slower < 0) return t("B is {0} faster than A; their accuracies cannot be told apart by these predictors.", time);
  return t("A and B cannot be told apart by these predictors.");
}

/** The stage that certainly makes up the most of a certain difference, and more than half, where several stages differ. */
function mostOf({ stages }: Comparison, total: Part, target: Target): { stage: string; accuracy: Part; latency: Part } | null {
  const differing = stages.flatMap(({ stage, differs, price }) => (differs && price !== null ? [{ stage, ...price }] : []));
  if (differing.length < 2 || !certain(total)) return null;
  const share = (one: (typeof differing)[number]) => one[target].value / total.value;
  const most = differing.reduce((best, one) => (share(one) > share(best) ? one : best));
  return share(most) > 0.5 && certain(most[target]) ? most : null;
}

function stageSentences(comparison: Comparison, total: NonNullable<Comparison["total"]>): string[] {
  const digits = differenceDigits(comparison);
  const [gain, cost] = [mostOf(comparison, total.accuracy, "accuracy"), mostOf(comparison, total.latency, "latency")];
  const texts = (one: { accuracy: Part; latency: Part }) => [signedPp(one.accuracy.value), signedMs(one.latency.value, digits)] as const;
  const first = gain === null ? null : total.accuracy.value > 0 ? t("Stage {0} buys most of the accuracy: {1} at {2}.", gain.stage, ...texts(gain)) : t("Stage {0} loses most of the accuracy: {1} at {2}.", gain.stage, ...texts(gain));
  if (cost === null || cost.stage === gain?.stage) return first === null ? [] : [first];
  const [pp, time] = texts(cost);
  const second = total.latency.value > 0 ? t("Stage {0} takes most of the time: {1} at {2}.", cost.stage, time, pp) : t("Stage {0} saves most of the time: {1} at {2}.", cost.stage, time, pp);
  return [...(first === null ? [] : [first]), second];
}

/** How each side stands to the budget; nothing without one. */
function verdictSentences({ a, b, budget }: Comparison): string[] {
  if (budget === null) return [];
  return (["A", "B"] as const).flatMap((name, i) => {
    const predicted = [a, b][i]!.predicted;
    return predicted === null ? [] : [verdictSentence(name, predicted.latency, budget)];
  });
}

/** Over or within a budget (ms), by how much, and whether the interval of the prediction says the same. */
function verdictSentence(name: string, { value, interval }: NonNullable<ComparedSide["predicted"]>["latency"], budget: number): string {
  const over = value > budget;
  const by = ms(Math.abs(budget - value));
  const unsure = interval !== null && (over ? interval[0] <= budget : interval[1] > budget);
  if (over) return unsure ? t("{0} is over the budget of {1} by {2}, but the interval of its prediction reaches across it.", name, budgetText(budget), by) : t("{0} is over the budget of {1} by {2}.", name, budgetText(budget), by);
  return unsure ? t("{0} is within the budget of {1}, {2} to spare, but the interval of its prediction reaches across it.", name, budgetText(budget), by) : t("{0} is within the budget of {1}, {2} to spare.", name, budgetText(budget), by);
}

/** The order in which the changes pay, in a sentence; null where there is no order to tell. */
export function pathSentence({ path }: Comparison): string | null {
  if (path.length < 2) return null;
  return t("The changes pay in this order: stages {0}. After each, the highest accuracy that one more stage of B can give.", path.map(({ stage }) => stage).join(", "));
}

/** What is to be known about prices of blocks; null where none is shown. */
export function blockPriceNote({ stages }: Comparison): string | null {
  const prices = stages.flatMap(({ blocks }) => blocks.flatMap(({ price }) => [price.accuracy, price.latency])).filter((price) => price !== null);
  if (!prices.some(({ how }) => how === "alone")) return null;
  return t("≈ marks the price of this one change to A, all else of A kept: the predictor weighs the blocks of a stage together, so these do not add up to the stage. The others do.");
}
