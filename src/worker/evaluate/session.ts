import type { Tensor } from "onnxruntime-node";
import { INPUT, INPUT_CHANNELS } from "../../onnx/steps.js";
import type { Runtime } from "../measure/runtime.js";

/** Tensors that a model put out, by name. */
export type Outputs = Readonly<Record<string, Tensor>>;

/** Runs a batch of images, [count, 3, R, R] row by row. */
export type Run = (images: Float32Array, count: number) => Promise<Outputs>;

export interface SessionOptions {
  readonly threads: number;
  /** px */
  readonly resolution: number;
}

/** Loads a model of ours into onnxruntime for as long as `work` takes; its native memory is free afterwards. */
export async function withSession<T>(runtime: Runtime, model: Uint8Array, { threads, resolution }: SessionOptions, work: (run: Run) => Promise<T>): Promise<T> {
  const session = await runtime.InferenceSession.create(model, {
    executionProviders: ["cpu"],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    // A plan for all tensors of a batch shape at once takes nearly twice the memory, and saves no time here.
    enableMemPattern: false,
    graphOptimizationLevel: "all",
  });
  try {
    return await work((images, count) => session.run({ [INPUT]: new runtime.Tensor("float32", images, [count, INPUT_CHANNELS, resolution, resolution]) }));
  } finally {
    await session.release();
  }
}

/** The numbers of an output. */
export function floatsOf(outputs: Outputs, name: string): Float32Array {
  const data = outputs[name]?.data;
  if (!(data instanceof Float32Array)) throw new Error(`The model puts out no float tensor "${name}".`);
  return data;
}
