import * as v from "valibot";

/** What is read of an event in onnxruntime's profile (Chrome's trace format): start and duration in us. */
const EventSchema = v.object({
  cat: v.string(),
  name: v.string(),
  ts: v.number(),
  dur: v.number(),
  args: v.optional(v.object({ op_name: v.optional(v.string()) })),
});

/** One kernel of one run. */
export interface Kernel {
  /** Name of the node, as onnxruntime has it after its optimisations. */
  readonly node: string;
  /** Operator, e.g. QLinearConv. */
  readonly op: string;
  readonly ms: number;
  /** Since the end of the kernel before it; 0 for the first of a run. */
  readonly gapMs: number;
}

const KERNEL = "_kernel_time";

/**
 * Kernels of the last runs in a profile, in the order of their execution, which is the same in every run.
 * @param text the file that onnxruntime wrote
 * @throws RangeError where there are fewer runs, or runs of unequal length
 */
export function lastRuns(text: string, runs: number): Kernel[][] {
  const found: Kernel[][] = [];
  let kernels: Kernel[] = [];
  let ended = 0;
  for (const raw of v.parse(v.array(v.unknown()), JSON.parse(text))) {
    const event = v.safeParse(EventSchema, raw);
    if (!event.success) continue;
    const { cat, name, ts, dur, args } = event.output;
    if (cat === "Node" && name.endsWith(KERNEL)) {
      const gapMs = kernels.length === 0 ? 0 : Math.max(0, ts - ended) / 1000;
      kernels.push({ node: name.slice(0, -KERNEL.length), op: args?.op_name ?? "unknown", ms: dur / 1000, gapMs });
      ended = ts + dur;
    } else if (cat === "Session" && name === "model_run") {
      // Kernels are written as they end, and a run after all of its kernels.
      found.push(kernels);
      kernels = [];
    }
  }
  const last = found.slice(-runs);
  if (last.length < runs) throw new RangeError(`The profile has ${last.length} runs, expected ${runs}.`);
  const length = last[0]?.length ?? 0;
  if (length === 0 || last.some((run) => run.length !== length)) {
    throw new RangeError("The profile's runs have no kernels, or not the same ones.");
  }
  return last;
}
