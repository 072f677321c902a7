import type { Explanation, Marginal, Move, Part, Share } from "./explanation.js";
import { budgetText, count, countOf, intervalText, ms, percent, signedMs, signedPp } from "./format.js";
import { t } from "./l10n.js";
import { probabilityText } from "./probability.js";
import type { Estimate } from "./results.js";
import { toldText } from "./toldText.js";

/** What one stage adds to a prediction. */
interface StageValue extends Part {
  readonly stage: string;
}

/** Contributions of the stages to both predictions. */
export interface Why {
  readonly accuracy: readonly StageValue[];
  readonly latency: readonly StageValue[];
}

/** Whether a difference can be told from nothing; without an interval nobody can say that it cannot. */
const certain = ({ interval }: Part): boolean => interval === null || interval[0] > 0 || interval[1] < 0;

const by = (parts: readonly StageValue[], sign: 1 | -1): StageValue | undefined => [...parts].sort((a, b) => sign * (b.value - a.value))[0];
const of = (parts: readonly StageValue[], stage: string): number => parts.find((other) => other.stage === stage)?.value ?? 0;

/**
 * One or two sentences on where accuracy comes from and where time goes, against the space’s mean.
 * A contribution whose interval holds zero is never called a gain or a saving.
 */
export function whySentences({ accuracy, latency }: Why): string[] {
  const gain = by(accuracy, 1);
  const first =
    gain === undefined || gain.value <= 0 || !certain(gain)
      ? t("No single stage can be shown to lift accuracy above the space’s mean.")
      : t("Stage {0} adds the most accuracy, {1} against the space’s mean, at {2}.", gain.stage, signedPp(gain.value), signedMs(of(latency, gain.stage)));
  const saving = by(latency, -1);
  if (saving === undefined) return [first];
  if (saving.value < 0 && certain(saving)) {
    return [first, t("Stage {0} saves the most time, {1}, at {2} of accuracy.", saving.stage, signedMs(saving.value), signedPp(of(accuracy, saving.stage)))];
  }
  const cost = by(latency, 1);
  if (cost === undefined || cost.value <= 0 || !certain(cost)) return [first];
  return [first, t("Stage {0} costs the most time, {1} against the space’s mean.", cost.stage, signedMs(cost.value))];
}

/** Of the single moves that certainly save time, the one that costs the least accuracy for a millisecond; undefined where none does. */
export function bestCut(moves: readonly Move[]): Move | undefined {
  const price = ({ accuracy, latency }: Move) => accuracy.value / -latency.value;
  return moves.filter(({ latency }) => latency.value < 0 && certain(latency)).sort((a, b) => price(b) - price(a))[0];
}

/** Where to cut first, in a sentence. */
export function cutSentence(moves: readonly Move[]): string | null {
  const cut = bestCut(moves);
  if (cut === undefined) return null;
  const change = toldText(cut.change);
  const saved = ms(-cut.latency.value);
  const price = signedPp(cut.accuracy.value);
  if (cut.accuracy.value >= 0 && certain(cut.accuracy)) return t("{0} saves {1} and is predicted to gain {2}.", capitalised(change), saved, price);
  return certain(cut.accuracy)
    ? t("To save time, begin with {0}: it saves {1} at {2}.", change, saved, price)
    : t("To save time, begin with {0}: it saves {1} at {2}, which these predictors cannot tell from no change.", change, saved, price);
}
const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Which stages decide a target over the whole space, in a sentence: as few as make up two thirds of its variance; empty without shares. */
export function importanceSentence(what: "accuracy" | "latency", shares: readonly Share[]): string {
  const sorted = [...shares].sort((a, b) => b.share - a.share);
  if (sorted.length === 0 || sorted[0]!.share <= 0) return "";
  const enough = sorted.findIndex((_, i) => sorted.slice(0, i + 1).reduce((sum, { share }) => sum + share, 0) >= 2 / 3);
  const first = sorted.slice(0, enough + 1);
  const names = first.map(({ stage, share }) => `${stage} (${(100 * share).toFixed(0)}\u00a0%)`);
  if (names.length === 1) {
    return what === "accuracy"
      ? t("Over the whole space, stage {0} decides most of accuracy’s variance.", names[0]!)
      : t("Over the whole space, stage {0} decides most of latency’s variance.", names[0]!);
  }
  const list = t("{0} and {1}", names.slice(0, -1).join(", "), names.at(-1)!);
  return what === "accuracy"
    ? t("Over the whole space, stages {0} decide most of accuracy’s variance.", list)
    : t("Over the whole space, stages {0} decide most of latency’s variance.", list);
}

const estimate = (what: string, { value, unit, interval }: Estimate): string =>
  `${what} **${unit === "ms" ? ms(value) : percent(value)}**${interval === null ? "" : ` (95 %: ${intervalText(interval, unit)})`}`;

type Explained = Omit<Explanation, "text">;

function standing({ budget, optimum, predicted }: Explained): string | null {
  if (optimum === null) return null;
  const gap = optimum.accuracy - predicted.accuracy.value;
  const where = budget === null ? t("no slower than {0}", ms(predicted.latency.value)) : t("within {0}", budgetText(budget));
  if (budget !== null && predicted.latency.value > budget) {
    return t("It is over the budget of {0} by {1}; the optimum of these predictors within it is {2} at {3}.", budgetText(budget), ms(predicted.latency.value - budget), percent(optimum.accuracy), ms(optimum.latency));
  }
  return gap <= 1e-9
    ? t("It is the proven optimum of these predictors {0}.", where)
    : t("The proven optimum of these predictors {0} is {1} at {2}, {3} better.", where, percent(optimum.accuracy), ms(optimum.latency), signedPp(gap));
}

/** What the last millisecond bought and the next would buy. */
export function marginalSentence({ below, above }: Pick<Marginal, "below" | "above">): string {
  const buys = above > 0 ? t("One more millisecond would buy {0}", signedPp(above, 3)) : t("One more millisecond would buy nothing");
  const costs = below === null ? t("one less is not to be had") : below > 0 ? t("one less would cost {0}\u00a0pp", below.toFixed(3)) : t("one less would cost nothing");
  return `${buys}; ${costs}.`;
}

function marginalSentences({ marginal }: Explained): string[] {
  if (marginal === null) return [];
  const { better } = marginal;
  const next = better === null ? [] : [t("The next better architecture, {0} at {1}, changes {2}.", percent(better.accuracy), ms(better.latency), listOf(better.changes.map(toldText)))];
  return [marginalSentence(marginal), ...next];
}

/** A list that stays readable: three, and how many more. */
function listOf(changes: readonly string[]): string {
  const shown = changes.slice(0, 3).join("; ");
  return changes.length > 3 ? t("{0}; and {1} more", shown, changes.length - 3) : shown;
}

function tieSentence({ nearTies }: Explained): string | null {
  if (nearTies === null || nearTies.count === "0") return null;
  return t("{0} other architectures within the budget lie within {1} pp of the optimum, {2} of them distinct to these predictors: choose among them for reasons of your own.", count(nearTies.count), nearTies.withinPp, countOf(nearTies.distinct));
}

function riskSentence({ withinBudget, budget }: Explained): string | null {
  return withinBudget === null || budget === null ? null : t("A new measurement is predicted to stay within {0} with {1} probability.", budgetText(budget), probabilityText(withinBudget));
}

function caveats({ predicted, predictors }: Explained): string[] {
  const beyond = [predicted.accuracy.extrapolated ? t("accuracy") : "", predicted.latency.extrapolated ? t("latency") : ""].filter(Boolean);
  return [
    ...(beyond.length === 0 ? [] : [beyond.length === 1
            ? t("It is unlike every sample of the fit: its {0} is extrapolated.", beyond[0]!)
            : t("It is unlike every sample of the fit: its {0} are extrapolated.", beyond.join(t(" and ")))]),
    t("All of this is said by two predictors, “{0}” and “{1}”, not by measurements of this architecture.", predictors.accuracy.name, predictors.latency.name),
  ];
}

/** A short account of an explanation in Markdown; it says what the numbers say and no more. */
export function accountOf(explained: Explained): string {
  const { predictors, space, architecture, budget, predicted, accuracy, latency, moves, importance } = explained;
  const device = predictors.latency.device ?? t("a device that its predictor does not name");
  const head = t("**{0}** at {1} px{2}: predicted {3} and {4} on {5}.", space.id, architecture.resolution, budget === null ? "" : t(", budget {0}", budgetText(budget)), estimate(t("accuracy"), predicted.accuracy), estimate(t("latency"), predicted.latency), device);
  const why = accuracy === null || latency === null ? [] : whySentences({ accuracy: accuracy.contributions, latency: latency.contributions });
  const says = (sentences: readonly (string | null)[]) => sentences.filter((sentence) => sentence !== null && sentence !== "").join(" ");
  return [
    says([head, standing(explained), riskSentence(explained)]),
    says([...why, cutSentence(moves)]),
    says([...marginalSentences(explained), tieSentence(explained)]),
    says([importanceSentence("accuracy", importance.accuracy), importanceSentence("latency", importance.latency)]),
    says(caveats(explained)),
  ]
    .filter((paragraph) => paragraph !== "")
    .join("\n\n");
}
