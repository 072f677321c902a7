import { cpus, release, totalmem } from "node:os";
import type { Fingerprint } from "../../shared/measure.js";
import { runtimeVersion, type Runtime } from "./runtime.js";

/** What distinguishes this device from others, for comparisons of measurements. */
export function fingerprintOf(runtime: Runtime): Fingerprint {
  const processors = cpus();
  return {
    platform: `${process.platform}-${process.arch}`,
    cpu: processors[0]?.model.trim() ?? "unknown",
    cores: processors.length,
    memoryBytes: totalmem(),
    osRelease: release(),
    node: process.versions.node,
    onnxruntime: runtimeVersion(runtime),
  };
}
