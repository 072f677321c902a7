import { t } from "../../shared/l10n.js";
import type { Space } from "../../shared/space.js";

/** How many subnets a predictor is fitted to, and how many tell how good it is. */
export interface Design {
  samples: number;
  heldOut: number;
}

/** Enough for a held-out Kendall's tau of some 0.8 in a space of three stages. */
const USUAL: Design = { samples: 80, heldOut: 40 };
/** Of the form with the fewest terms, five a stage and the intercept; with a few more subnets a fit can be judged. */
const least = ({ stages }: Space) => Math.max(8, 5 * stages.length + 4);

/** Number of a space's architectures. */
function architectures({ stages }: Space): number {
  return stages.reduce((all, { depth, expand, kernel }) => all * depth.reduce((sum, d) => sum + (expand.length * kernel.length) ** d, 0), 1);
}

/** What is offered: the usual numbers, fewer where the space has hardly more architectures. */
export function proposedDesign(space: Space): Design {
  const all = architectures(space);
  const samples = Math.max(least(space), Math.min(USUAL.samples, Math.floor((2 * all) / 3)));
  return { samples, heldOut: Math.max(0, Math.min(USUAL.heldOut, all - samples)) };
}

/** The form that so many samples can carry. */
export function formFor({ samples }: Design): string {
  return samples < 100 ? "log-saturating" : "depth-log-saturating";
}

/** `80 + 40` */
export function designText({ samples, heldOut }: Design): string {
  return `${samples} + ${heldOut}`;
}

/** Reads `80 + 40` or `80`; a sentence where it does not pass. */
export function readDesign(text: string, space: Space): Design | string {
  const found = /^\s*(\d{1,5})\s*(?:\+\s*(\d{1,5})\s*)?$/.exec(text);
  if (found === null) return t("Two whole numbers are expected, for example 80 + 40: to fit, and held out.");
  const design = { samples: Number(found[1]), heldOut: Number(found[2] ?? 0) };
  const [low, all] = [least(space), architectures(space)];
  if (design.samples < low) return t("At least {0} subnets are needed to fit a predictor for {1} stages.", low, space.stages.length);
  if (design.samples > 5000 || design.heldOut > 5000) return t("At most 5000 of each are possible.");
  if (design.samples + design.heldOut > all) return t("The space has {0} architectures only.", all);
  return design;
}
