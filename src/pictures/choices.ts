import type { Choice } from "../shared/explanation.js";
import { t } from "../shared/l10n.js";

/** What a stage is made of, in the words of the space. */
export const CHOICE_NAME: Record<Choice, string> = {
  depth: t("Depth"), transition: t("Transition block"), expand: t("Expand ratios"), kernel: t("Kernel sizes"), together: t("Together"),
};
/** The same within a sentence. */
export const CHOICE_WORD: Record<Choice, string> = {
  depth: t("depth"), transition: t("transition block"), expand: t("expand ratios"), kernel: t("kernel sizes"), together: t("together"),
};
