import type { Estimate, PredictorCard } from "./results.js";
import type { Verified } from "./verified.js";

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
  const apart = "the two are not comparable";
  switch (relation) {
    case "unknown":
      return { kind: "apart", text: `The prediction does not say for which device it is: ${apart}.` };
    case "named":
      return { kind: "apart", text: `The prediction is for ${card.device}, by its name another device: ${apart}.` };
    case "other":
      return { kind: "apart", text: `The prediction is for ${card.device}, another device: ${apart}.` };
    case "setting":
      return { kind: "apart", text: `The prediction is for this machine at another setting or version of onnxruntime (${card.device}): ${apart}.` };
    case "same":
      return byInterval(measured, predicted);
  }
}

function byInterval({ latencyMs }: Verified, { value, interval }: Pick<Estimate, "value" | "interval">): Comparison {
  const off = `${percent(Math.abs(latencyMs / value - 1))} ${latencyMs < value ? "less" : "more"} than predicted`;
  if (interval === null) return { kind: "open", text: `Measured ${off}; the prediction has no interval to judge that by.` };
  const [low, high] = interval;
  if (latencyMs >= low && latencyMs <= high) return { kind: "agrees", text: `Inside the 95${NBSP}% interval of the prediction, ${off}.` };
  return { kind: "parts", text: `Predicted and measured part: ${ms(latencyMs)} is ${off}, outside its 95${NBSP}% interval of ${ms(low)} to ${ms(high)}. Trust the measurement.` };
}

/** What else to know of a measurement: the machine's level, and disturbance. */
export function measuredNotes({ level, rawMs, suspect }: Verified): string[] {
  const notes: string[] = [];
  if (level !== null && Math.abs(level.factor - 1) > 0.02) {
    const change = `${percent(Math.abs(1 / level.factor - 1))} ${level.factor < 1 ? "more" : "less"}`;
    notes.push(`Timed now it took ${ms(rawMs)}: by its references the machine needs ${change} time than when it was profiled, and that is divided out.`);
  }
  if (suspect !== null) notes.push("Something else was running while it was measured: verify again when the machine is quiet.");
  return notes;
}
