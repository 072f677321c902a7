import { cpus, totalmem } from "node:os";
import type { ResultOf } from "../../shared/messages.js";
import { InputError } from "../../shared/errors.js";
import type { Job, RequestOf } from "../job.js";
import { loadRuntime, runtimeVersion } from "../measure/runtime.js";

/** Says what this machine offers: processor, memory, and whether onnxruntime runs on it. */
export const device: Job<RequestOf<"device">, ResultOf<"device">> = async () => {
  const processors = cpus();
  const loaded = await loadOnnxruntime();
  return {
    platform: `${process.platform}-${process.arch}`,
    cpu: processors[0]?.model.trim() ?? "unknown",
    cores: processors.length,
    memoryBytes: totalmem(),
    node: process.versions.node,
    onnxruntime: "reason" in loaded ? null : loaded,
    reason: "reason" in loaded ? loaded.reason : null,
  };
};

type Onnxruntime = { version: string; executionProviders: string[] };

async function loadOnnxruntime(): Promise<Onnxruntime | { reason: string }> {
  try {
    const runtime = await loadRuntime();
    return {
      version: runtimeVersion(runtime),
      executionProviders: runtime.listSupportedBackends().map((backend) => backend.name),
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { reason: error.message };
  }
}
