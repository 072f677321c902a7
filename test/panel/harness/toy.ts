/**
 * Results for the panel's tests, from a small additive model of its own: the panel must draw what a host sends,
 * whoever computed it. The numbers are made up, near those of a Raspberry Pi; only tests see them.
 */
import type { Architecture } from "../../../src/shared/architecture.js";
import type { SearchRunView } from "../../../src/shared/panel.js";
import type { Verified } from "../../../src/shared/verified.js";
import type { Contributions, Estimate, Point, PredictorCard, SearchResult } from "../../../src/shared/results.js";

export type Blocks = Architecture["stages"][number]["blocks"];
export interface Choice { blocks: Blocks; accuracy: number; latency: number }

const WIDTHS = [24, 40, 80, 112, 160];
const SIDES = [128, 64, 32, 16, 16, 8];
export const EXPANDS = [2, 3, 4, 6];
export const KERNELS = [3, 5, 7];
/** What a stage is worth: accuracy weight (pp) and time weight (ms). */
const WEIGHT = [[0.22, 2.6], [0.5, 1.25], [0.7, 0.9], [1.1, 0.75], [1.25, 0.8]] as const;

/** A small generator of its own keeps the data the same everywhere. */
export function lcg(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

export function choice(stage: number, blocks: Blocks): Choice {
  const [gain, cost] = WEIGHT[stage]!;
  const richness = blocks.reduce((sum, b) => sum + Math.log(b.expand) + 0.12 * b.kernel, 0);
  return {
    blocks,
    accuracy: gain * Math.log(1 + richness),
    latency: cost * blocks.reduce((sum, b) => sum + b.expand * (1 + 0.02 * b.kernel ** 2), 0),
  };
}

export function allChoices(stage: number): Choice[] {
  const kinds = EXPANDS.flatMap((expand) => KERNELS.map((kernel) => ({ expand, kernel })));
  const found: Choice[] = [];
  for (let depth = 2; depth <= 4; depth++) {
    for (const first of kinds) for (const rest of kinds) {
      found.push(choice(stage, [first, ...Array.from({ length: depth - 1 }, () => rest)]));
    }
  }
  return found;
}

const pareto = <T extends { accuracy: number; latency: number }>(items: T[]): T[] => {
  let best = -Infinity;
  return items
    .sort((a, b) => a.latency - b.latency || b.accuracy - a.accuracy)
    .filter((item) => item.accuracy > best + 0.012 && ((best = item.accuracy), true));
};

interface Whole { accuracy: number; latency: number; choices: Choice[] }
const STAGES = WIDTHS.map((_, i) => allChoices(i));
const MEAN = STAGES.map((choices) => ({
  accuracy: choices.reduce((sum, c) => sum + c.accuracy, 0) / choices.length,
  latency: choices.reduce((sum, c) => sum + c.latency, 0) / choices.length,
}));
const BASE = { accuracy: 65.2, latency: 21 };
const FRONT: Whole[] = STAGES.reduce<Whole[]>(
  (partial, choices) =>
    pareto(partial.flatMap((whole) => pareto([...choices]).map((c) => ({
      accuracy: whole.accuracy + c.accuracy,
      latency: whole.latency + c.latency,
      choices: [...whole.choices, c],
    })))),
  [{ ...BASE, choices: [] }],
);

const estimate = (value: number, unit: "%" | "ms", half: number, extrapolated: boolean): Estimate => ({
  value, unit, interval: [value - half, value + half * 0.92], extrapolated,
});

function contributions(choices: Choice[], of: "accuracy" | "latency", relative: number): Contributions {
  return {
    baseline: BASE[of] + MEAN.reduce((sum, mean) => sum + mean[of], 0),
    stages: choices.map((c, i) => {
      const value = c[of] - MEAN[i]![of];
      const half = relative * (0.6 + Math.abs(value) / 3);
      return { stage: String(WIDTHS[i]), value, interval: [value - half, value + half] };
    }),
  };
}

function point({ accuracy, latency, choices }: Whole): Point {
  const out = latency > 190 || latency < 62;
  return {
    architecture: { resolution: 256, stages: choices.map((c, i) => ({ width: WIDTHS[i]!, blocks: c.blocks })) },
    accuracy: estimate(accuracy, "%", out ? 0.62 : 0.38, out),
    latency: estimate(latency, "ms", 1.7, false),
    why: { accuracy: contributions(choices, "accuracy", 0.06), latency: contributions(choices, "latency", 0.5) },
  };
}

const card = (target: "accuracy" | "latency"): PredictorCard => ({
  name: `Toy ${target}`, target, unit: target === "accuracy" ? "%" : "ms", space: "foxnas-cpu", resolution: 256,
  device: "Raspberry Pi 4 (CPU, int8)", form: target === "accuracy" ? "log" : "per-stage", source: "a model of the tests",
  link: target === "accuracy" ? { kind: "saturating", ceiling: 78 } : null,
  samples: 300, crossValidatedRmse: target === "accuracy" ? 0.164 : 0.84, digest: "0".repeat(64),
});

/** A trace that looks like annealing: a plunge, a noisy climb, a quiet end. */
function traceTo(final: number, best: number, total: number, entries: number): SearchResult["trace"] {
  const random = lcg(42);
  const trace: SearchResult["trace"] = { evaluations: [], current: [], best: [], temperature: [] };
  let top = -Infinity;
  for (let i = 0; i < entries; i++) {
    const share = i / (entries - 1);
    const noise = (1 - share) ** 2 * 0.8;
    const current = i === entries - 1 ? final : final - 5 * Math.exp(-share * 60) - noise * (0.2 + random()) * 0.9;
    top = Math.max(top, current);
    trace.evaluations.push(Math.round(share * total));
    trace.current.push(current);
    trace.best.push(i === entries - 1 ? best : Math.min(top, best));
    trace.temperature.push(0.1 * 0.1 ** share);
  }
  return trace;
}

const frontIndex = (budget: number): number => FRONT.findLastIndex((whole) => whole.latency <= budget);

/** A finished search under `budget` ms; `below` points under the optimum. */
export function toyResult(budget: number, below = 1): SearchResult {
  const front = FRONT.map(point);
  const index = frontIndex(budget);
  const range: [number, number] = [FRONT[0]!.latency, FRONT[FRONT.length - 1]!.latency + 40];
  const common = {
    search: { seed: 42, evaluations: 1_000_000, elapsedMs: 112 },
    feasible: { latency: range, unit: "ms" },
    budget,
    predictors: { accuracy: card("accuracy"), latency: card("latency") },
    space: {
      id: "foxnas-cpu", title: "FOX-NAS for CPUs", size: "5.9e21",
      stages: WIDTHS.map((width, i) => ({
        name: String(width), input: SIDES[i]!, output: SIDES[i + 1]!, squeezeExcite: [1, 3, 4].includes(i),
        activation: i < 2 ? "relu" : "hswish", depth: [2, 3, 4], expand: EXPANDS, kernel: KERNELS,
      })),
    },
    front,
  };
  if (index < 0) {
    return {
      ...common, status: "infeasible", architecture: null, predicted: null, found: null, nearTies: null,
      certificate: { optimum: null, gap: null, proved: false, reason: null }, nearestBudget: range[0],
      search: { seed: 42, evaluations: 0, elapsedMs: 1 }, trace: { evaluations: [], current: [], best: [], temperature: [] },
    };
  }
  const found = front[Math.max(0, index - below)]!;
  const best = FRONT[index]!;
  return {
    ...common, status: "ok", architecture: found.architecture, predicted: { accuracy: found.accuracy, latency: found.latency }, found,
    certificate: {
      optimum: { accuracy: best.accuracy, latency: best.latency }, gap: best.accuracy - found.accuracy.value, proved: true, reason: null,
    },
    nearestBudget: null, withinBudget: 0.9532, nearTies: { withinPp: 0.05, count: "1234567890123", distinct: 412 },
    trace: traceTo(found.accuracy.value, found.accuracy.value, 1_000_000, 400),
  };
}

/** A run around a result, as the host would send it. */
export function toyRun(result: SearchResult | null, state: SearchRunView["state"] = "done"): SearchRunView {
  return {
    kind: "search", id: "run-7", title: "foxnas-cpu at 256 px", state, space: "foxnas-cpu", resolution: 256, budget: result?.budget ?? 120, seed: 42,
    accuracyPredictor: "Toy accuracy", latencyPredictor: "Toy latency", startedAt: "2026-11-23T14:02:00Z", restarts: 0,
    measurable: false, evaluable: false, progress: null, result, model: null, error: null, measured: [],
  };
}

/** A search in mid-run, `share` of the way. */
export function toyProgress(share: number): NonNullable<SearchRunView["progress"]> {
  const result = toyResult(120);
  const kept = Math.max(2, Math.round(result.trace.evaluations.length * share));
  const cut = (numbers: number[]) => numbers.slice(0, kept);
  const { evaluations, current, best, temperature } = result.trace;
  return {
    evaluations: evaluations[kept - 1]!, total: 1_000_000, elapsedMs: 112 * share, temperature: temperature[kept - 1]!,
    current: { accuracy: current[kept - 1]!, latency: 118.4 }, best: { accuracy: best[kept - 1]!, latency: 119.2 },
    optimum: result.certificate.optimum!.accuracy,
    trace: { evaluations: cut(evaluations), current: cut(current), best: cut(best), temperature: cut(temperature) },
  };
}

/** A measurement of what the toy search found, `share` off its prediction where that is of this machine. */
export function toyMeasured(result: SearchResult, relation: Verified["relation"], share = 0, precision: "int8" | "fp32" = "int8"): Verified {
  const latencyMs = relation === "same" ? result.found!.latency.value * (1 + share) : 4.21;
  const device = { platform: "linux-x64", cpu: "AMD EPYC 7763 64-Core Processor", cores: 2, memoryBytes: 8e9, osRelease: "6.1", node: "22.0.0", onnxruntime: "1.30.0" };
  return {
    architecture: result.found!.architecture, latencyMs, rawMs: latencyMs, standardError: 0.003, relation, suspect: null, device,
    level: relation === "same" ? { factor: 1, disagreement: 0.004 } : null, machine: `AMD EPYC 7763, cpu ${precision}, 1 thread`,
    protocol: {
      statistic: "p25", clock: "cpu", clockReason: "one thread", granularityMs: 0.001, threads: 1, executionProvider: "cpu", precision, resolution: 256,
      batch: 1, warmup: 3, rounds: 60, repeats: 1, channelMultiple: precision === "int8" ? 16 : null, seed: 1, tolerance: 0.03, date: "2026-11-24T10:00:00Z", elapsedMs: 4000,
    },
  };
}
