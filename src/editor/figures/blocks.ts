import type { Stage } from "../../engine/architecture.js";
import { partOf, type Part } from "../../engine/explain/part.js";
import { linkSecant } from "../../engine/link.js";
import type { Both, Price } from "../types.js";
import type { Model } from "./models.js";

/** What a block brings against the mean over all of its choices, the rest of the architecture as it is. */
export function againstMean({ accuracy, latency }: Both<Model>, stages: readonly Stage[], stage: number, block: number): Price | null {
  const value = partAgainstMean(accuracy, stages, stage, block);
  const time = partAgainstMean(latency, stages, stage, block);
  return value === null || time === null ? null : { accuracy: value, latency: time };
}

/** The mean is that of eta; through a link by the secant from there, as the explainer has it for stages. */
function partAgainstMean({ predictor, explained }: Model, stages: readonly Stage[], stage: number, block: number): Part | null {
  if (explained === null) return null;
  const model = explained.additive.stages[stage]!;
  const { blocks } = stages[stage]!;
  const { options } = model.means;
  const [transition, ...others] = blocks.map((one) => [one]);
  const exact = model.means.given(blocks.length, transition, others);
  const [first, ...rest] = blocks.map((one, b) => (b === block ? options : [one]));
  const shift = model.shift(model.means.given(blocks.length, first, rest), exact);
  const eta = predictor.eta(stages);
  return partOf(shift, linkSecant(predictor.link, eta - shift.value, eta));
}
