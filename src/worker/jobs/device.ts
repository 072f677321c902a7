import { cpus, totalmem } from "node:os";
import type { ResultOf } from "../../shared/messages.js";
import type { Job, RequestOf } from "../job.js";

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

/** Loaded here and not at the top: its native library costs every worker memory, and where it is missing, a crash. */
async function loadOnnxruntime(): Promise<Onnxruntime | { reason: string }> {
  try {
    const { env, listSupportedBackends } = await import("onnxruntime-node");
    return {
      version: env.versions.node ?? env.versions.common,
      executionProviders: listSupportedBackends().map((backend) => backend.name),
    };
  } catch (error) {
    return { reason: `onnxruntime-node cannot be loaded: ${error instanceof Error ? error.message : String(error)}` };
  }
}
