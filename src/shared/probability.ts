import { t } from "./l10n.js";

/** `95.3 %`; what would round to certainty is `over 99.9 %`, to impossibility `under 0.1 %`. @param p 0..1 */
export function probabilityText(p: number): string {
  if (p > 0.999) return t("over 99.9 %");
  if (p < 0.001) return t("under 0.1 %");
  return `${(100 * p).toFixed(1)} %`;
}

/** A probability as it was asked for: `95 %`, `99.5 %`. */
export const askedText = (p: number): string => `${Number((100 * p).toPrecision(10))} %`;
