import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** onnxruntime in a process of its own: its native library could take this one down. */
const PROGRAM = `
const { InferenceSession, Tensor } = require("onnxruntime-node");
const [path, side] = process.argv.slice(1);
InferenceSession.create(path, { intraOpNumThreads: 1, logSeverityLevel: 3 }).then(async (session) => {
  const pixels = Float32Array.from({ length: 3 * side * side }, (_, i) => Math.sin(0.37 * i));
  const outputs = await session.run({ input: new Tensor("float32", pixels, [1, 3, Number(side), Number(side)]) });
  const [name, { dims, data }] = Object.entries(outputs)[0];
  console.log(JSON.stringify({ inputs: session.inputNames, name, dims, finite: data.every(Number.isFinite) }));
});`;

/** Loads a model file and runs it on one image of so many px a side. */
export async function loadModel(path: string, side: number): Promise<{ inputs: string[]; name: string; dims: number[]; finite: boolean }> {
  // Without it onnxruntime sends telemetry: see src/worker/measure/runtime.ts.
  const env = { ...process.env, ORT_DISABLE_TELEMETRY: "1" };
  const { stdout } = await promisify(execFile)(process.execPath, ["-e", PROGRAM, path, String(side)], { cwd: ROOT, env });
  return JSON.parse(stdout) as Awaited<ReturnType<typeof loadModel>>;
}
