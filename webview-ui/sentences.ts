import type { Certificate, PredictorCard, SearchResult } from "./types.js";
import { budgetText, ceilBudget, ms, withinPp } from "../src/shared/format.js";
import { askedText } from "../src/shared/probability.js";

/** How a finished search stands to the proven optimum. @returns the text, and whether it was reached */
export function certificateText(certificate: Certificate): { text: string; reached: boolean; proved: boolean } {
  if (!certificate.proved || certificate.gap === null) return { text: "No certificate", reached: false, proved: false };
  return certificate.gap <= 1e-9
    ? { text: "Reached the proven optimum", reached: true, proved: true }
    : { text: `Within ${withinPp(certificate.gap)} of the proven optimum`, reached: false, proved: true };
}

/** `Raspberry Pi 4, 256 px`; says so where a latency's device is not known. An accuracy may belong to no device. */
export function measuredOn({ device, target, resolution }: PredictorCard): string {
  const where = device ?? (target === "latency" ? "device not named" : undefined);
  return [where, `${resolution}\u00a0px`].filter((part) => part !== undefined).join(", ");
}

/** Plain words for a budget that nothing fits. */
export function infeasibleSentences(result: SearchResult): string[] {
  const [low, high] = result.feasible.latency;
  const device = result.predictors.latency.device;
  const where = device === null ? "" : ` on ${device}`;
  const asked = result.probability == null ? "" : ` with ${askedText(result.probability)} probability`;
  return [
    `No architecture of ${result.space.id} runs within ${budgetText(result.budget)}${where}${asked}: by this predictor the fastest takes ${ms(low)}, the slowest ${ms(high)}.`,
    result.nearestBudget === null
      ? `Choose a budget of at least ${budgetText(ceilBudget(low))}.`
      : `The nearest budget that can be met is ${budgetText(ceilBudget(result.nearestBudget))}.`,
  ];
}

/** Why an extrapolated prediction deserves doubt. */
export const EXTRAPOLATED =
  "this architecture lies further out than every measured sample (leverage above theirs), so the interval may be too narrow. Measure before you rely on it.";
