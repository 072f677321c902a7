import type { Contributions } from "./types.js";

/** One step of a waterfall, in the prediction's unit: a bar from `start` to `end`, whiskers around `end`. */
export interface Step {
  stage: string;
  value: number;
  start: number;
  end: number;
  interval: [number, number] | null;
}

export interface Waterfall {
  baseline: number;
  steps: Step[];
  total: number;
  /** Everything drawn lies in it, whiskers too. */
  domain: [number, number];
}

/** Stacks the contributions of the stages onto the baseline, so that the last bar ends at the prediction. */
export function waterfall(contributions: Contributions): Waterfall {
  const { baseline } = contributions;
  let at = baseline;
  const steps = contributions.stages.map(({ stage, value, interval }): Step => {
    const start = at;
    at += value;
    return { stage, value, start, end: at, interval };
  });
  const reach = steps.flatMap((s) => [s.end, ...(s.interval ?? []).map((edge) => s.start + edge)]);
  const low = Math.min(baseline, ...reach);
  const high = Math.max(baseline, ...reach);
  const pad = (high - low || 1) * 0.03;
  return { baseline, steps, total: at, domain: [low - pad, high + pad] };
}
