import { EXIT, type Command } from "../command.js";
import { doJob } from "../job.js";

/** What this machine offers. */
export const device: Command = {
  name: "device",
  summary: "says what this machine offers: processor, memory, onnxruntime",
  options: {},
  async run(_, context) {
    const result = await doJob<"device">({ kind: "device" }, context);
    const { platform, cpu, cores, memoryBytes, node, onnxruntime, reason } = result;
    const text = [
      `  processor    ${cpu}, ${cores} ${cores === 1 ? "core" : "cores"}`,
      `  memory       ${(memoryBytes / 2 ** 30).toFixed(1)} GiB`,
      `  platform     ${platform}, Node.js ${node}`,
      `  onnxruntime  ${onnxruntime === null ? `not available: ${reason ?? "no reason given"}` : `${onnxruntime.version}, ${onnxruntime.executionProviders.join(", ")}`}`,
      "",
    ].join("\n");
    return { exitCode: EXIT.done, json: result, text };
  },
};
