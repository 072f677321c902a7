import { InputError } from "../shared/errors.js";
import type { PredictorFile } from "../shared/predictor.js";
import type { MachineInfo } from "./machine.js";

const NEXT = "Profile this device, and search with that predictor.";

/**
 * Why what this machine measures cannot be compared with a latency predictor, or cannot correct it; undefined where it
 * can. The worker judges by the same facts once more, since a request may come from elsewhere.
 */
export function unmeasurable({ measured, fit, link }: PredictorFile, machine: MachineInfo): InputError | undefined {
  if (measured === undefined || measured.references.length === 0) {
    return new InputError({ what: "the latency predictor does not say on which machine and how it was measured", expected: "the predictor of a profile of this machine", next: NEXT });
  }
  const { cpu, platform, onnxruntime } = measured.device;
  const differing = [
    ["processor", cpu, machine.cpu],
    ["platform", platform, machine.platform],
    ["version of onnxruntime", onnxruntime, machine.onnxruntime?.version ?? "none"],
  ].find(([, there, here]) => there !== here);
  if (differing !== undefined) {
    const [name, found, here] = differing;
    return new InputError({ what: `the latency predictor was measured on another machine: its ${name} differs`, found: found!, expected: `${here}, as here`, next: NEXT });
  }
  if (fit !== undefined && link === null) return undefined;
  return new InputError({ what: "the latency predictor cannot be corrected by measurements", found: fit === undefined ? "no covariance" : "a link", expected: "a fit with its covariance and without a link", next: NEXT });
}
