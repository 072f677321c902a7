import type { InferenceSession, Tensor } from "onnxruntime-node";
import { InputError } from "../../shared/errors.js";
import type { MeasureRequest } from "../../shared/measure.js";
import { providerProblem, type Runtime } from "./runtime.js";

type Settings = Pick<MeasureRequest, "threads" | "executionProvider">;

/** A model that is loaded, and the image it runs on. */
export interface Loaded {
  readonly session: InferenceSession;
  run(): Promise<unknown>;
}

/**
 * Loads a model from memory.
 * @param profilePrefix where onnxruntime writes a trace when `endProfiling` is called; null for none
 * @throws InputError where the execution provider does not start
 */
export async function load(
  runtime: Runtime,
  model: Uint8Array,
  image: Tensor,
  { threads, executionProvider }: Settings,
  profilePrefix: string | null,
): Promise<Loaded> {
  const session = await createSession(runtime, model, {
    executionProviders: [executionProvider],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
    ...(profilePrefix === null ? {} : { enableProfiling: true, profileFilePrefix: profilePrefix }),
  }).catch((error: unknown) => {
    // A model of ours runs on the CPU; elsewhere it is the provider that is missing its libraries or its device.
    if (executionProvider === "cpu" || error instanceof InputError) throw error;
    throw providerProblem(runtime, executionProvider, error);
  });
  const feeds = { [session.inputNames[0]!]: image };
  return { session, run: () => session.run(feeds) };
}

const createSession = (runtime: Runtime, model: Uint8Array, options: InferenceSession.SessionOptions) =>
  runtime.InferenceSession.create(model, options);

/** Images by size, made once: all networks of a resolution run on the same one. */
export function imageMaker(runtime: Runtime, batch: number): (resolution: number) => Tensor {
  const images = new Map<number, Tensor>();
  return (resolution) => {
    const known = images.get(resolution);
    if (known !== undefined) return known;
    const shape = [batch, 3, resolution, resolution];
    // Smooth and never near zero everywhere; what it shows does not change the time.
    const pixels = Float32Array.from({ length: 3 * batch * resolution ** 2 }, (_, i) => Math.sin(0.37 * i));
    const image = new runtime.Tensor("float32", pixels, shape);
    images.set(resolution, image);
    return image;
  };
}

/** Frees native memory; a session that cannot be freed must not hide why the batch ended. */
export async function release(loaded: readonly Loaded[]): Promise<void> {
  await Promise.allSettled(loaded.map(({ session }) => session.release()));
}
