import { CHOICES, type Choice, type Part } from "../../shared/explanation.js";

/** A prediction taken apart by stages: `baseline` + the values = the prediction. Without `parts` a stage is one piece. */
export interface Stacked {
  baseline: number;
  contributions: readonly (Part & { stage: string; parts?: Record<Choice, Part> | undefined })[];
}

/** One step of a waterfall, in the prediction's unit: a bar from `start` to `end`, whiskers around `end`. */
export interface Step {
  value: number;
  start: number;
  end: number;
  interval: Part["interval"];
}

/** A stage's step and the steps it is made of, from its start to its end; none where they are not known. */
export interface StageStep extends Step {
  stage: string;
  parts: readonly (Step & { choice: Choice })[];
}

export interface Waterfall {
  baseline: number;
  steps: StageStep[];
  total: number;
  /** Everything drawn lies in it: whiskers and parts too. */
  domain: [number, number];
}

/** Stacks the contributions of the stages onto the baseline, so that the last bar ends at the prediction. */
export function waterfall({ baseline, contributions }: Stacked): Waterfall {
  let at = baseline;
  const steps = contributions.map(({ stage, value, interval, parts }): StageStep => {
    const start = at;
    at += value;
    return { stage, value, start, end: at, interval, parts: parts === undefined ? [] : stackParts(parts, start) };
  });
  const reach = steps.flatMap((step) => [step, ...step.parts].flatMap((s) => [s.end, ...(s.interval ?? []).map((edge) => s.start + edge)]));
  const low = Math.min(baseline, ...reach);
  const high = Math.max(baseline, ...reach);
  const pad = (high - low || 1) * 0.03;
  return { baseline, steps, total: at, domain: [low - pad, high + pad] };
}

function stackParts(parts: Record<Choice, Part>, start: number): (Step & { choice: Choice })[] {
  let at = start;
  return CHOICES.map((choice) => {
    const { value, interval } = parts[choice];
    const from = at;
    at += value;
    return { choice, value, interval, start: from, end: at };
  });
}
