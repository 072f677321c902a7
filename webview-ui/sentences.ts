import type { Certificate, PredictorCard, SearchResult } from "./types.js";
import { budgetText, ceilBudget, ms, withinPp } from "../src/shared/format.js";
import { t } from "../src/shared/l10n.js";
import { askedText } from "../src/shared/probability.js";

/** How a finished search stands to the proven optimum. @returns the text, and whether it was reached */
export function certificateText(certificate: Certificate): { text: string; reached: boolean; proved: boolean } {
  if (!certificate.proved || certificate.gap === null) return { text: t("No certificate"), reached: false, proved: false };
  return certificate.gap <= 1e-9
    ? { text: t("Reached the proven optimum"), reached: true, proved: true }
    : { text: t("Within {0} of the proven optimum", withinPp(certificate.gap)), reached: false, proved: true };
}

/** `Raspberry Pi 4, 256 px`; says so where a latency's device is not known. An accuracy may belong to no device. */
export function measuredOn({ device, target, resolution }: PredictorCard): string {
  const where = device ?? (target === "latency" ? t("device not named") : undefined);
  return [where, `${resolution}\u00a0px`].filter((part) => part !== undefined).join(", ");
}

/** Plain words for a budget that nothing fits. */
export function infeasibleSentences(result: SearchResult): string[] {
  const [low, high] = result.feasible.latency;
  const device = result.predictors.latency.device;
  const where = device === null ? "" : t(" on {0}", device);
  const asked = result.probability == null ? "" : t(" with {0} probability", askedText(result.probability));
  return [
    t("No architecture of {0} runs within {1}{2}{3}: by this predictor the fastest takes {4}, the slowest {5}.", result.space.id, budgetText(result.budget), where, asked, ms(low), ms(high)),
    result.nearestBudget === null
      ? t("Choose a budget of at least {0}.", budgetText(ceilBudget(low)))
      : t("The nearest budget that can be met is {0}.", budgetText(ceilBudget(result.nearestBudget))),
  ];
}

/** Why an extrapolated prediction deserves doubt. */
export const EXTRAPOLATED =
  t("this architecture lies further out than every measured sample (leverage above theirs), so the interval may be too narrow. Measure before you rely on it.");
