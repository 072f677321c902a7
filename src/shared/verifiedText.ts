import type { Estimate, PredictorCard } from "./results.js";
import type { Verified } from "./verified.js";
import { t } from "./l10n.js";

const NBSP = "\u00a0";
const ms = (value: number): string => `${value.toFixed(value < 100 ? 2 : 1)}${NBSP}ms`;
const percent = (share: number): string => `${(100 * share).toFixed(1)}${NBSP}%`;

/** `4.21 ms` */
export const measuredValue = ({ latencyMs }: Pick<Verified, "latencyMs">): string => ms(latencyMs);

/** `± 0.3 % (AMD EPYC 7763, cpu int8, 1 thread, onnxruntime 1.30.0)` */
export function measuredHow({ standardError, machine, device }: Verified): string {
  return `±${NBSP}${percent(standardError)} (${machine.replace(/ (?=threads?$)/, NBSP)}, onnxruntime${NBSP}${device.onnxruntime})`;
}

/** How a measurement stands to the prediction: the tone, and one or two sentences. */
export interface Comparison {
  /** agrees: inside the interval. parts: outside. apart: of different devices or settings. open: nothing to compare by. */
  kind: "agrees" | "parts" | "apart" | "open";
  text: string;
}

/** Says plainly whether the prediction holds, or that it is about something else. */
export function comparisonOf(measured: Verified, predicted: Pick<Estimate, "value" | "interval">, card: Pick<PredictorCard, "device">): Comparison {
  const { relation } = measured;
  const apart = t("the two are not comparable");
  switch (relation) {
    case "unknown":
      return { kind: "apart", text: t("The prediction does not say for which device it is: {0}.", apart) };
    case "named":
      return { kind: "apart", text: t("The prediction is for {0}, by its name another device: {1}.", card.device ?? "", apart) };
    case "other":
      return { kind: "apart", text: t("The prediction is for {0}, another device: {1}.", card.device ?? "", apart) };
    case "setting":
      return { kind: "apart", text: t("The prediction is for this machine at another setting or version of onnxruntime ({0}): {1}.", card.device ?? "", apart) };
    case "same":
      return byInterval(measured, predicted);
  }
}

function byInterval({ latencyMs }: Verified, { value, interval }: Pick<Estimate, "value" | "interval">): Comparison {
  const share = percent(Math.abs(latencyMs / value - 1));
  const off = latencyMs < value ? t("{0} less than predicted", share) : t("{0} more than predicted", share);
  if (interval === null) return { kind: "open", text: t("Measured {0}; the prediction has no interval to judge that by.", off) };
  const [low, high] = interval;
  if (latencyMs >= low && latencyMs <= high) return { kind: "agrees", text: t("Inside the 95\u00a0% interval of the prediction, {0}.", off) };
  return { kind: "parts", text: t("Predicted and measured part: {0} is {1}, outside its 95\u00a0% interval of {2} to {3}. Trust the measurement.", ms(latencyMs), off, ms(low), ms(high)) };
}

/** That the machine is slower or faster than it was. @param change share with its unit */
export function levelText(took: string, change: string, slower: boolean): string {
  return slower
    ? t("Timed now it took {0}: by its references the machine needs {1} more time than when it was profiled, and that is divided out.", took, change)
    : t("Timed now it took {0}: by its references the machine needs {1} less time than when it was profiled, and that is divided out.", took, change);
}

/** What else to know of a measurement: the machine's level, and disturbance. */
export function measuredNotes({ level, rawMs, suspect }: Verified): string[] {
  const notes: string[] = [];
  if (level !== null && Math.abs(level.factor - 1) > 0.02) {
    notes.push(levelText(ms(rawMs), percent(Math.abs(1 / level.factor - 1)), level.factor < 1));
  }
  if (suspect !== null) notes.push(t("Something else was running while it was measured: verify again when the machine is quiet."));
  return notes;
}
