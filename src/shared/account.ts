import type { Explanation, Marginal, Move, Part, Share } from "./explanation.js";
import { budgetText, count, countOf, intervalText, ms, percent, signedMs, signedPp } from "./format.js";
import { probabilityText } from "./probability.js";
import type { Estimate } from "./results.js";

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
      ? "No single stage can be shown to lift accuracy above the space’s mean."
      : `Stage ${gain.stage} adds the most accuracy, ${signedPp(gain.value)} against the space’s mean, at ${signedMs(of(latency, gain.stage))}.`;
  const saving = by(latency, -1);
  if (saving === undefined) return [first];
  if (saving.value < 0 && certain(saving)) {
    return [first, `Stage ${saving.stage} saves the most time, ${signedMs(saving.value)}, at ${signedPp(of(accuracy, saving.stage))} of accuracy.`];
  }
  const cost = by(latency, 1);
  if (cost === undefined || cost.value <= 0 || !certain(cost)) return [first];
  return [first, `Stage ${cost.stage} costs the most time, ${signedMs(cost.value)} against the space’s mean.`];
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
  const saved = `saves ${ms(-cut.latency.value)}`;
  if (cut.accuracy.value >= 0 && certain(cut.accuracy)) return `${named(cut)} ${saved} and is predicted to gain ${signedPp(cut.accuracy.value)}.`;
  const price = `${signedPp(cut.accuracy.value)}${certain(cut.accuracy) ? "" : ", which these predictors cannot tell from no change"}`;
  return `To save time, begin with ${cut.change}: it ${saved} at ${price}.`;
}
const named = ({ change }: Move): string => change.charAt(0).toUpperCase() + change.slice(1);

/** Which stages decide a target over the whole space, in a sentence: as few as make up two thirds of its variance; empty without shares. */
export function importanceSentence(what: string, shares: readonly Share[]): string {
  const sorted = [...shares].sort((a, b) => b.share - a.share);
  if (sorted.length === 0 || sorted[0]!.share <= 0) return "";
  const enough = sorted.findIndex((_, i) => sorted.slice(0, i + 1).reduce((sum, { share }) => sum + share, 0) >= 2 / 3);
  const first = sorted.slice(0, enough + 1);
  const names = first.map(({ stage, share }) => `${stage} (${(100 * share).toFixed(0)}\u00a0%)`);
  const list = names.length === 1 ? names[0]! : `${names.slice(0, -1).join(", ")} and ${names.at(-1)!}`;
  return `Over the whole space, ${names.length === 1 ? "stage" : "stages"} ${list} ${names.length === 1 ? "decides" : "decide"} most of ${what}’s variance.`;
}

const estimate = (what: string, { value, unit, interval }: Estimate): string =>
  `${what} **${unit === "ms" ? ms(value) : percent(value)}**${interval === null ? "" : ` (95 %: ${intervalText(interval, unit)})`}`;

type Explained = Omit<Explanation, "text">;

function standing({ budget, optimum, predicted }: Explained): string | null {
  if (optimum === null) return null;
  const gap = optimum.accuracy - predicted.accuracy.value;
  const where = budget === null ? `no slower than ${ms(predicted.latency.value)}` : `within ${budgetText(budget)}`;
  if (budget !== null && predicted.latency.value > budget) {
    return `It is over the budget of ${budgetText(budget)} by ${ms(predicted.latency.value - budget)}; the optimum of these predictors within it is ${percent(optimum.accuracy)} at ${ms(optimum.latency)}.`;
  }
  return gap <= 1e-9
    ? `It is the proven optimum of these predictors ${where}.`
    : `The proven optimum of these predictors ${where} is ${percent(optimum.accuracy)} at ${ms(optimum.latency)}, ${signedPp(gap)} better.`;
}

/** What the last millisecond bought and the next would buy. */
export function marginalSentence({ below, above }: Pick<Marginal, "below" | "above">): string {
  const buys = above > 0 ? `One more millisecond would buy ${signedPp(above, 3)}` : "One more millisecond would buy nothing";
  const costs = below === null ? "one less is not to be had" : below > 0 ? `one less would cost ${below.toFixed(3)}\u00a0pp` : "one less would cost nothing";
  return `${buys}; ${costs}.`;
}

function marginalSentences({ marginal }: Explained): string[] {
  if (marginal === null) return [];
  const { better } = marginal;
  const next = better === null ? [] : [`The next better architecture, ${percent(better.accuracy)} at ${ms(better.latency)}, changes ${listOf(better.changes)}.`];
  return [marginalSentence(marginal), ...next];
}

/** A list that stays readable: three, and how many more. */
function listOf(changes: readonly string[]): string {
  const shown = changes.slice(0, 3).join("; ");
  return changes.length > 3 ? `${shown}; and ${changes.length - 3} more` : shown;
}

function tieSentence({ nearTies }: Explained): string | null {
  if (nearTies === null || nearTies.count === "0") return null;
  return `${count(nearTies.count)} other architectures within the budget lie within ${nearTies.withinPp} pp of the optimum, ${countOf(nearTies.distinct)} of them distinct to these predictors: choose among them for reasons of your own.`;
}

function riskSentence({ withinBudget, budget }: Explained): string | null {
  return withinBudget === null || budget === null ? null : `A new measurement is predicted to stay within ${budgetText(budget)} with ${probabilityText(withinBudget)} probability.`;
}

function caveats({ predicted, predictors }: Explained): string[] {
  const beyond = [predicted.accuracy.extrapolated ? "accuracy" : "", predicted.latency.extrapolated ? "latency" : ""].filter(Boolean);
  return [
    ...(beyond.length === 0 ? [] : [`It is unlike every sample of the fit: its ${beyond.join(" and ")} ${beyond.length === 1 ? "is" : "are"} extrapolated.`]),
    `All of this is said by two predictors, “${predictors.accuracy.name}” and “${predictors.latency.name}”, not by measurements of this architecture.`,
  ];
}

/** A short account of an explanation in Markdown; it says what the numbers say and no more. */
export function accountOf(explained: Explained): string {
  const { predictors, space, architecture, budget, predicted, accuracy, latency, moves, importance } = explained;
  const device = predictors.latency.device ?? "a device that its predictor does not name";
  const head = `**${space.id}** at ${architecture.resolution} px${budget === null ? "" : `, budget ${budgetText(budget)}`}: predicted ${estimate("accuracy", predicted.accuracy)} and ${estimate("latency", predicted.latency)} on ${device}.`;
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
