import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isMainThread } from "node:worker_threads";
import type { InferenceSession } from "onnxruntime-node";

/** onnxruntime, in this process. vitest's default pool forks; in a worker thread it could take the process down. */
async function runtime() {
  if (!isMainThread) throw new Error("These tests need vitest's `forks` pool: onnxruntime must not be loaded in a worker thread.");
  // Else it sends telemetry: see src/worker/measure/runtime.ts.
  process.env["ORT_DISABLE_TELEMETRY"] = "1";
  return await import("onnxruntime-node");
}

const OPTIONS = { intraOpNumThreads: 1, interOpNumThreads: 1, executionProviders: ["cpu"], logSeverityLevel: 3 } as const;

/** Runs a model once; every output with its shape. */
export async function run(model: Uint8Array, pixels: Float32Array, shape: readonly number[]): Promise<Map<string, { data: Float32Array; shape: readonly number[] }>> {
  const { InferenceSession, Tensor } = await runtime();
  const session = await InferenceSession.create(model, OPTIONS);
  try {
    const outputs = await session.run({ input: new Tensor("float32", pixels, shape) });
    return new Map(Object.entries(outputs).map(([name, { data, dims }]) => [name, { data: data as Float32Array, shape: dims }]));
  } finally {
    await session.release();
  }
}

/** A node of a trace: written name, kernel, types of its outputs, e.g. `uint8`. */
export interface TracedNode {
  readonly name: string;
  readonly op: string;
  readonly outputs: readonly string[];
}

interface TraceEvent {
  readonly cat?: string;
  readonly name: string;
  readonly args?: { readonly op_name: string; readonly output_type_shape: readonly Record<string, unknown>[] };
}

/**
 * The nodes that onnxruntime executes for a model, in their order, from its own profile of one run.
 * @param level "all", or "extended": without the blocked layout, as on processors that have none
 */
export async function trace(model: Uint8Array, pixels: Float32Array, shape: readonly number[], level: "all" | "extended"): Promise<TracedNode[]> {
  const { InferenceSession, Tensor } = await runtime();
  const folder = mkdtempSync(join(tmpdir(), "fox-nas-trace-"));
  try {
    const session: InferenceSession = await InferenceSession.create(model, { ...OPTIONS, graphOptimizationLevel: level, enableProfiling: true, profileFilePrefix: join(folder, "trace") });
    await session.run({ input: new Tensor("float32", pixels, shape) });
    session.endProfiling();
    await session.release();
    const events = JSON.parse(readFileSync(join(folder, readdirSync(folder)[0]!), "utf8")) as TraceEvent[];
    return events
      .filter((event) => event.cat === "Node" && event.name.endsWith("_kernel_time"))
      .map(({ name, args }) => ({ name, op: args!.op_name, outputs: args!.output_type_shape.flatMap((type) => Object.keys(type)) }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Pearson's correlation. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, v) => sum + v, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i]! - ma) * (b[i]! - mb);
    aa += (a[i]! - ma) ** 2;
    bb += (b[i]! - mb) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}
