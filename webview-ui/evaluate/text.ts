import { countOf, duration } from "../../src/shared/format.js";
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

export const imagesText = (count: number): string => (count === 1 ? `1${NBSP}image` : `${countOf(count)}${NBSP}images`);

export const subnetsText = (count: number): string => (count === 1 ? `1${NBSP}subnet` : `${countOf(count)}${NBSP}subnets`);

/** A config without the ending that all have. */
export const shownName = ({ name }: Pick<Evaluated, "name">): string => name.replace(/\.foxnas\.(json|ya?ml)$/, "");

/** `1.05 pp` */
export const pp = (value: number): string => `${fixed(value, 2)}${NBSP}pp`;

/** Kendall's tau, `0.83`. */
export const tauText = (value: number): string => fixed(value, 2);

/** `81.3 to 84.6`, % */
export const rangeText = ([low, high]: readonly [number, number]): string => `${low.toFixed(1)} to ${high.toFixed(1)}`;

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
  if (given > 0) return given === 1 ? "1 config of your own" : `${given} configs of your own`;
  return heldOut === 0 ? `${samples} subnets to fit` : `${samples} subnets to fit, ${heldOut} held out`;
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
    return { text: "No subnet was held out: the predictor is judged on those it was fitted to, each left out in turn.", tone: "plain" };
  }
  const { kendallTau, multiplyAddsTau, noiseCeiling, n, coverage } = fit.heldOut;
  const images = imagesText(imagesOf(result));
  if (kendallTau <= multiplyAddsTau) return { text: "Multiply-adds alone rank the held-out subnets as well: this predictor tells nothing more. Measure more subnets, or choose another form.", tone: "warn" };
  if (coverage + 2 * Math.sqrt((0.95 * 0.05) / n) < 0.95) return { text: `Only ${share(coverage, 0)} of the held-out subnets lie inside their 95${NBSP}% intervals: this predictor is less sure than it says.`, tone: "warn" };
  if (kendallTau >= NEARLY * noiseCeiling) return { text: `Ranks unseen subnets nearly as well as ${images} can tell them apart.`, tone: "good" };
  return { text: `Ranks unseen subnets better than multiply-adds do, though not as well as ${images} can tell them apart.`, tone: "plain" };
}

/** The order in numbers: `Rank correlation 0.83; a perfect predictor would show about 0.91 on 2,000 images, multiply-adds alone show 0.41.` */
export function ceilingSentence(result: EvaluateCard): string | null {
  const heldOut = result.fit?.heldOut;
  if (heldOut == null) return null;
  return `Rank correlation ${tauText(heldOut.kendallTau)}; a perfect predictor would show about ${tauText(heldOut.noiseCeiling)} on ${imagesText(imagesOf(result))}, multiply-adds alone show ${tauText(heldOut.multiplyAddsTau)}.`;
}

/** Whether the best of the person's own configs is apart from the others, by the intervals alone. */
export function givenVerdict(result: EvaluateCard): Verdict {
  const [best, ...others] = byAccuracy(result);
  const low = measuredOf(best!, result).top1.interval[0];
  const close = others.filter((one) => measuredOf(one, result).top1.interval[1] >= low).length;
  if (others.length === 0) return { text: `${shownName(best!)} alone was measured.`, tone: "plain" };
  if (close === 0) return { text: `${shownName(best!)} is best: its 95${NBSP}% interval is above those of all others.`, tone: "good" };
  const overlaps = close === 1 ? "that of another config" : `those of ${close} other configs`;
  return { text: `${shownName(best!)} is measured best, but its 95${NBSP}% interval overlaps ${overlaps}: ${imagesText(imagesOf(result))} do not settle the order by that alone.`, tone: "plain" };
}

/** A digest that a person can compare. */
export const shortDigest = (digest: string): string => digest.slice(0, 12);

/** What accuracy was measured with. */
export function sourceRows(result: { supernet: SupernetCard; data: DataCard; protocol: AccuracyProtocol; elapsedMs: number }, int8: boolean): [string, string][] {
  const { supernet, data, protocol, elapsedMs } = result;
  const { validationImages, calibrationImages } = protocol;
  const validation = validationImages === null || validationImages >= data.validation ? `all ${imagesText(data.validation)}` : `${countOf(validationImages)} of ${imagesText(data.validation)}`;
  return [
    ["Supernet", `${supernet.name}, ${millions(supernet.parameters)} parameters, ${supernet.format}`],
    ["Supernet’s SHA-256", `${shortDigest(supernet.digest)}…`],
    ["Data", `${data.name}, ${data.classes.length} classes, ${data.form}`],
    ["Data’s SHA-256", `${shortDigest(data.digest)}…`],
    ["Validation", validation],
    ["Batch-norm", `recalibrated for each subnet on ${imagesText(Math.min(calibrationImages, data.calibration))}`],
    ...(int8 ? [["Ranges of int8", protocol.ranges === "minmax" ? "smallest to largest of the calibration images" : "percentiles of the calibration images"] as [string, string]] : []),
    ["Resolution", `${protocol.resolution}${NBSP}px`],
    ["Threads", threadsText(protocol.threads)],
    ["Seed", String(protocol.seed)],
    ["Took", duration(elapsedMs)],
  ];
}
