import type { Target } from "./predictor.js";
import { t } from "./l10n.js";

/** A form as a person picks it; the engine knows its terms by `name`. */
export interface FormCard {
  name: string;
  title: string;
  /** What its terms are and when to take it, in a sentence. */
  detail: string;
}

/** The forms of each target, the recommended one first. */
export const FORMS: Readonly<Record<Target, readonly FormCard[]>> = {
  accuracy: [
    {
      name: "depth-log-saturating",
      title: t("Depth levels and logs, saturating"),
      detail: t("Each depth by itself, logs of the expand ratios and kernel sizes, a ceiling. The smallest error on some 100 samples and more."),
    },
    {
      name: "log-saturating",
      title: t("Logs, saturating"),
      detail: t("Main effects as logs and a ceiling: the fewest terms, for less than some 100 samples."),
    },
    {
      name: "published",
      title: t("Published (FOX-NAS 2021)"),
      detail: t("The terms of the paper, linear, without a ceiling. For comparison."),
    },
  ],
  latency: [
    {
      name: "sums",
      title: t("Sums over blocks"),
      detail: t("Number of blocks, sums of e and e·k² and the transition block of each stage: what a convolution costs."),
    },
    {
      name: "sums-padded",
      title: t("Sums over padded blocks"),
      detail: t("The same of channels padded to multiples of 16: for int8 models on x86, as this project writes them."),
    },
    {
      name: "published",
      title: t("Published (FOX-NAS 2021)"),
      detail: t("The terms of the paper. For comparison."),
    },
  ],
};
