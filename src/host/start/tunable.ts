import { InputError } from "../../shared/errors.js";
import { t } from "../../shared/l10n.js";
import type { PredictorFile } from "../../shared/predictor.js";
import type { MachineInfo } from "../machine.js";

const next = () => t("Profile this device, and search with that predictor.");

/**
 * Why what this machine measures cannot be compared with a latency predictor, or cannot correct it; undefined where it
 * can. The worker judges by the same facts once more, since a request may come from elsewhere.
 */
export function unmeasurable({ measured, fit, link }: PredictorFile, machine: MachineInfo): InputError | undefined {
  if (measured === undefined || measured.references.length === 0) {
    return new InputError({ what: t("the latency predictor does not say on which machine and how it was measured"), expected: t("the predictor of a profile of this machine"), next: next() });
  }
  const { cpu, platform, onnxruntime } = measured.device;
  const differing = [
    [t("its processor differs"), cpu, machine.cpu],
    [t("its platform differs"), platform, machine.platform],
    [t("its version of onnxruntime differs"), onnxruntime, machine.onnxruntime?.version ?? t("none")],
  ].find(([, there, here]) => there !== here);
  if (differing !== undefined) {
    const [differs, found, here] = differing;
    return new InputError({ what: t("the latency predictor was measured on another machine: {0}", differs!), found: found!, expected: t("{0}, as here", here!), next: next() });
  }
  if (fit !== undefined && link === null) return undefined;
  return new InputError({ what: t("the latency predictor cannot be corrected by measurements"), found: fit === undefined ? t("no covariance") : t("a link"), expected: t("a fit with its covariance and without a link"), next: next() });
}
