import { inputErrorAt } from "../../shared/files/index.js";
import { t } from "../../shared/l10n.js";
import type { Fingerprint } from "../../shared/measure.js";
import type { MeasuredOn, PredictorFile } from "../../shared/predictor.js";
import type { Source } from "../../shared/source.js";
import { fingerprintOf } from "../measure/fingerprint.js";
import { loadRuntime, requireProvider } from "../measure/runtime.js";

/** In what two machines must agree for their milliseconds to be the same. */
const SAME = [
  ["cpu", () => t("the latency predictor was measured on another machine: its processor differs")],
  ["platform", () => t("the latency predictor was measured on another machine: its platform differs")],
  ["onnxruntime", () => t("the latency predictor was measured on another machine: its version of onnxruntime differs")],
] as const satisfies readonly (readonly [keyof Fingerprint, () => string])[];

/**
 * What a latency predictor was measured on, provided that it was this kind of machine, at a setting that it has, and
 * that the predictor can be corrected.
 * @throws InputError naming the difference; or that there is no onnxruntime here
 */
export async function requireThisMachine(source: Source, { measured, fit, link }: PredictorFile): Promise<MeasuredOn> {
  const next = t("Profile this device, and search with that predictor.");
  if (measured === undefined || measured.references.length === 0) {
    throw inputErrorAt(source, measured === undefined ? [] : ["measured", "references"], {
      what: t("the latency predictor does not say on which machine and how it was measured, so what this machine measures cannot be compared with it"),
      expected: t("the predictor of a profile of this machine"),
      next,
    });
  }
  if (fit === undefined || link !== null) {
    throw inputErrorAt(source, [fit === undefined ? "fit" : "link"], {
      what: t("the latency predictor cannot be corrected by measurements"),
      found: fit === undefined ? t("no covariance") : t("a link"),
      expected: t("a fit with its covariance and without a link"),
      next,
    });
  }
  const runtime = await loadRuntime();
  const here = fingerprintOf(runtime);
  for (const [field, what] of SAME) {
    if (measured.device[field] === here[field]) continue;
    throw inputErrorAt(source, ["measured", "device", field], {
      what: what(),
      found: measured.device[field],
      expected: t("{0}, as here", here[field]),
      next,
    });
  }
  requireProvider(runtime, measured.protocol.executionProvider);
  return measured;
}
