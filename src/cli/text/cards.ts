import type { Source } from "../../shared/messages.js";
import type { PredictorFile } from "../../shared/predictor.js";
import type { PredictorCard } from "../../shared/results.js";
import { differenceUnit, fixed } from "./numbers.js";

/** What a reader must know about the origin of a number. */
export type Origin = Pick<PredictorCard, "name" | "target" | "device" | "resolution" | "form" | "source" | "samples" | "crossValidatedRmse">;

/** The origin of a predictor file's numbers. */
export function originOf({ name }: Source, file: PredictorFile): Origin {
  const { target, device, resolution, form, source, fit } = file;
  return {
    name: file.title ?? name,
    target,
    device,
    resolution,
    form,
    source,
    samples: fit?.n ?? null,
    crossValidatedRmse: fit?.crossValidation?.rmse ?? null,
  };
}

/** Where the numbers come from, two lines for each predictor. */
export function originLines(origins: { accuracy: Origin; latency: Origin }): string[] {
  return [
    ...originOfOne(origins.accuracy),
    ...originOfOne(origins.latency),
    "  Predicted, not measured. Another device has other milliseconds: rankings do not transfer.",
  ];
}

/** `accuracy  256 px, no device; form …; 300 samples, cross-validated error 0.16 pp` and the source. */
export function originOfOne({ name, target, device, resolution, form, source, samples, crossValidatedRmse }: Origin): string[] {
  const facts = [
    device ?? (target === "latency" ? "device unknown" : undefined),
    `${resolution} px`,
    `form ${form}`,
    samples === null ? undefined : `${samples} samples`,
    crossValidatedRmse === null ? undefined : `cross-validated error ${fixed(crossValidatedRmse, 2)} ${differenceUnit(target)}`,
  ].filter((fact) => fact !== undefined);
  return [`  ${target.padEnd(8)}  ${facts.join(" · ")}`, `  ${"".padEnd(8)}  ${name}: ${source}`];
}
