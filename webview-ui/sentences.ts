import type { Certificate, Contributions, PredictorCard, SearchResult } from "./types.js";
import { budgetText, ceilBudget, ms, signedMs, signedPp, withinPp } from "../src/pictures/format.js";
import { askedText } from "../src/shared/probability.js";

interface Why {
  accuracy: Contributions;
  latency: Contributions;
}

const excludesZero = (interval: readonly [number, number] | null): boolean =>
  interval === null || interval[0] > 0 || interval[1] < 0;

const largest = (of: Contributions): Contributions["stages"][number] | undefined =>
  [...of.stages].sort((a, b) => b.value - a.value)[0];
const smallest = (of: Contributions): Contributions["stages"][number] | undefined =>
  [...of.stages].sort((a, b) => a.value - b.value)[0];
const of = (contributions: Contributions, stage: string): number =>
  contributions.stages.find((other) => other.stage === stage)?.value ?? 0;

/**
 * One or two sentences on where accuracy comes from and where time goes, against the space’s mean.
 * A contribution whose interval holds zero is never called a gain or a saving.
 */
export function whySentences(why: Why): string[] {
  const gain = largest(why.accuracy);
  const first =
    gain === undefined || gain.value <= 0 || !excludesZero(gain.interval)
      ? "No single stage can be shown to lift accuracy above the space’s mean."
      : `Stage ${gain.stage} adds the most accuracy, ${signedPp(gain.value)} against the space’s mean, at ${signedMs(of(why.latency, gain.stage))}.`;
  const saving = smallest(why.latency);
  if (saving === undefined) return [first];
  if (saving.value < 0 && excludesZero(saving.interval)) {
    const change = of(why.accuracy, saving.stage);
    return [first, `Stage ${saving.stage} saves the most time, ${signedMs(saving.value)}, at ${signedPp(change)} of accuracy.`];
  }
  const cost = largest(why.latency);
  if (cost === undefined || cost.value <= 0 || !excludesZero(cost.interval)) return [first];
  return [first, `Stage ${cost.stage} costs the most time, ${signedMs(cost.value)} against the space’s mean.`];
}

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
