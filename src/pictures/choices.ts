import type { Choice } from "../shared/explanation.js";

/** What a stage is made of, in the words of the space. */
export const CHOICE_NAME: Record<Choice, string> = {
  depth: "Depth", transition: "Transition block", expand: "Expand ratios", kernel: "Kernel sizes", together: "Together",
};
