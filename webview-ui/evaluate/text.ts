import { countOf, duration } from "../../src/shared/format.js";
import { t } from "../../src/shared/l10n.js";
import { fixed } from "../../src/shared/numbers.js";
import type { MeasureProgress } from "../../src/shared/measure.js";
import type { AccuracyProtocol, DataCard, MeasuredAccuracy, SupernetCard } from "../../src/shared/supernet.js";
import { shareDone } from "../liveMeasuring.js";
import { share, threadsText } from "../profile/text.js";
import type { EvaluateCard, EvaluateRunView, Evaluated } from "../types.js";

const NBSP = "\u00a0";

type Precision = EvaluateCard["precisions"][number];

/** What the accuracies of a run are told in: the first precision, which the predictor is fitted to as well. */
export const precisionOf = ({ precisions }: Pick<EvaluateCard, "precisions">): Precision => precisions[0]!;

/** Measured at the run's first precision. */
export const measuredOf = (subnet: Evaluated, result: Pick<EvaluateCard, "precisions">): MeasuredAccuracy => subnet[precisionOf(result)]!;

/** By falling top-1. */
export const byAccuracy = (result: EvaluateCard): Evaluated[] =>
  [...result.subnets].sort((a, b) => measuredOf(b, result).top1.value - measuredOf(a, result).top1.value);

/** Images that every accuracy is measured on. */
export const imagesOf = (result: EvaluateCard): number => measuredOf(result.subnets[0]!, result).n;

export const imagesText = (count: number): string => (count === 1 ? t("1\u00a0image") : t("{0}\u00a0images", countOf(count)));

export const subnetsText = (count: number): string => (count === 1 ? t("1\u00a0subnet") : t("{0}\u00a0subnets", countOf(count)));

/** A config without the ending that all have. */
export const shownName = ({ name }: Pick<Evaluated, "name">): string => name.replace(/\.foxnas\.(json|ya?ml)$/, "");

/** `1.05 pp` */
export const pp = (value: number): string => `${fixed(value, 2)}${NBSP}pp`;

/** Kendall's tau, `0.83`. */
export const tauText = (value: number): string => fixed(value, 2);

/** `81.3 to 84.6`, % */
export const rangeText = ([low, high]: readonly [number, number]): string => t("{0} to {1}", low.toFixed(1), high.toFixed(1));

/** How much is done, rounded as the header does: `29 %`. */
export const doneText = (progress: MeasureProgress): string => `${Math.floor(100 * (shareDone(progress) ?? 0))}${NBSP}%`;

/** `412 MB` */
export const megabytes = (bytes: number): string => `${countOf(Math.round(bytes / 1e6))}${NBSP}MB`;

/** `229 k`, `8.20 M`, of parameters and multiply-adds. */
export function millions(value: number): string {
  if (value < 999_500) return `${Math.round(value / 1e3)}${NBSP}k`;
  return value >= 999_500_000 ? `${(value / 1e9).toPrecision(3)}${NBSP}G` : `${(value / 1e6).toPrecision(3)}${NBSP}M`;
}

/** What was asked to be measured: `80 subnets to fit, 40 held out`, `5 of your own configs`. */
export function askedText({ asked: { samples, heldOut, given } }: Pick<EvaluateRunView, "asked">): string {
  if (given > 0) return given === 1 ? t("1 config of your own") : t("{0} configs of your own", given);
  return heldOut === 0 ? t("{0} subnets to fit", samples) : t("{0} subnets to fit, {1} held out", samples, heldOut);
}

/** A judgement, and whether it is good news. */
export interface Verdict { text: string; tone: "good" | "plain" | "warn" }

/** How much of the order that so many images can tell the predictor tells. */
const NEARLY = 0.9;

/** What the fit is worth: its order against chance, multiply-adds and what the images can tell. */
export function fitVerdict(result: EvaluateCard): Verdict | null {
  const { fit } = result;
  if (fit === null) return null;
  if (fit.heldOut === null) {
    return { text: t("No subnet was held out: the predictor is judged on those it was fitted to, each left out in turn."), tone: "plain" };
  }
  const { kendallTau, multiplyAddsTau, noiseCeiling, n, coverage } = fit.heldOut;
  const images = imagesText(imagesOf(result));
  if (kendallTau <= multiplyAddsTau) return { text: t("Multiply-adds alone rank the held-out subnets as well: this predictor tells nothing more. Measure more subnets, or choose another form."), tone: "warn" };
  if (coverage + 2 * Math.sqrt((0.95 * 0.05) / n) < 0.95) return { text: t("Only {0} of the held-out subnets lie inside their 95\u00a0% intervals: this predictor is less sure than it says.", share(coverage, 0)), tone: "warn" };
  if (kendallTau >= NEARLY * noiseCeiling) return { text: t("Ranks unseen subnets nearly as well as {0} can tell them apart.", images), tone: "good" };
  return { text: t("Ranks unseen subnets better than multiply-adds do, though not as well as {0} can tell them apart.", images), tone: "plain" };
}

/** The order in numbers: `Rank correlation 0.83; a perfect predictor would show about 0.91 on 2,000 images, multiply-adds alone show 0.41.` */
export function ceilingSentence(result: EvaluateCard): string | null {
  const heldOut = result.fit?.heldOut;
  if (heldOut == null) return null;
  return t("Rank correlation {0}; a perfect predictor would show about {1} on {2}, multiply-adds alone show {3}.", tauText(heldOut.kendallTau), tauText(heldOut.noiseCeiling), imagesText(imagesOf(result)), tauText(heldOut.multiplyAddsTau));
}

/** Whether the best of the person's own configs is apart from the others, by the intervals alone. */
export function givenVerdict(result: EvaluateCard): Verdict {
  const [best, ...others] = byAccuracy(result);
  const low = measuredOf(best!, result).top1.interval[0];
  const close = others.filter((one) => measuredOf(one, result).top1.interval[1] >= low).length;
  if (others.length === 0) return { text: t("{0} alone was measured.", shownName(best!)), tone: "plain" };
  if (close === 0) return { text: t("{0} is best: its 95\u00a0% interval is above those of all others.", shownName(best!)), tone: "good" };
  const overlaps = close === 1 ? t("that of another config") : t("those of {0} other configs", close);
  return { text: t("{0} is measured best, but its 95\u00a0% interval overlaps {1}: {2} do not settle the order by that alone.", shownName(best!), overlaps, imagesText(imagesOf(result))), tone: "plain" };
}

/** A digest that a person can compare. */
export const shortDigest = (digest: string): string => digest.slice(0, 12);

/** What accuracy was measured with. */
export function sourceRows(result: { supernet: SupernetCard; data: DataCard; protocol: AccuracyProtocol; elapsedMs: number }, int8: boolean): [string, string][] {
  const { supernet, data, protocol, elapsedMs } = result;
  const { validationImages, calibrationImages } = protocol;
  const validation = validationImages === null || validationImages >= data.validation ? t("all {0}", imagesText(data.validation)) : t("{0} of {1}", countOf(validationImages), imagesText(data.validation));
  return [
    [t("Supernet"), t("{0}, {1} parameters, {2}", supernet.name, millions(supernet.parameters), supernet.format)],
    [t("Supernet’s SHA-256"), `${shortDigest(supernet.digest)}…`],
    [t("Data"), t("{0}, {1} classes, {2}", data.name, data.classes.length, data.form)],
    [t("Data’s SHA-256"), `${shortDigest(data.digest)}…`],
    [t("Validation"), validation],
    [t("Batch-norm"), t("recalibrated for each subnet on {0}", imagesText(Math.min(calibrationImages, data.calibration)))],
    ...(int8 ? [[t("Ranges of int8"), protocol.ranges === "minmax" ? t("smallest to largest of the calibration images") : t("percentiles of the calibration images")] as [string, string]] : []),
    [t("Resolution"), `${protocol.resolution}${NBSP}px`],
    [t("Threads"), threadsText(protocol.threads)],
    [t("Seed"), String(protocol.seed)],
    [t("Took"), duration(elapsedMs)],
  ];
}
