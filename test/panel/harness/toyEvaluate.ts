/** Evaluations of a supernet for the panel's tests: made up, near the sample of shapes; only tests see them. */
import type { EvaluateCard, EvaluateRunView } from "../../../src/shared/panel.js";
import type { Evaluated, MeasuredAccuracy } from "../../../src/shared/supernet.js";
import { lcg } from "./toy.js";

const IMAGES = 2000;
const WIDTHS = [16, 24, 40];

/** Share of `n` images with Wilson's interval, %. */
function shareOf(hits: number, n: number): MeasuredAccuracy["top1"] {
  const [p, z] = [hits / n, 1.96];
  const middle = (p + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const half = (z / (1 + z ** 2 / n)) * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2));
  return { value: 100 * p, interval: [100 * (middle - half), 100 * (middle + half)] };
}

/** An accuracy in % as so many images would show it. */
export function measuredAs(top1: number, n = IMAGES): MeasuredAccuracy {
  const hits = (value: number) => Math.round((Math.min(100, value) / 100) * n);
  return { n, top1: shareOf(hits(top1), n), top5: shareOf(hits(100 - (100 - top1) / 8), n) };
}

function subnetsOf(count: number, seed: number, role: Evaluated["role"]): Evaluated[] {
  const random = lcg(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  return Array.from({ length: count }, (_, i) => {
    const end = role === "fit" && i < 2 ? i : null;
    const stages = WIDTHS.map((width) => ({
      width,
      blocks: Array.from({ length: end === null ? pick([1, 2, 3]) : end === 0 ? 1 : 3 }, () => (end === null ? { expand: pick([2, 3, 4, 6]), kernel: pick([3, 5, 7]) } : { expand: end === 0 ? 2 : 6, kernel: end === 0 ? 3 : 7 })),
    }));
    const weight = (s: number) => stages[s]!.blocks.reduce((sum, { expand, kernel }) => sum + Math.log(expand) + 0.15 * kernel, 0);
    const truth = 91.5 - 30 * Math.exp(-0.2 * weight(0) - 0.16 * weight(1) - 0.1 * weight(2));
    const fp32 = measuredAs(truth + (random() - 0.5) * 2);
    return {
      name: end === 0 ? "smallest" : end === 1 ? "largest" : `${role === "fit" ? "sample" : "held out"} ${i + 1}`, role, stages,
      parameters: Math.round(12_000 + stages.flatMap(({ width, blocks }) => blocks.map(({ expand }) => expand * width * width * 2)).reduce((a, b) => a + b, 0)),
      multiplyAdds: Math.round(4e5 + stages.flatMap(({ width, blocks }, s) => blocks.map(({ expand, kernel }) => expand * width * (2 * width + kernel ** 2) * (16 / 2 ** s) ** 2)).reduce((a, b) => a + b, 0)),
      fp32, int8: measuredAs(fp32.top1.value - random() * 0.4), predicted: truth + (random() - 0.5) * 1.2,
    };
  });
}

/** Kendall's tau between two lists. */
function tauOf(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) for (let j = 0; j < i; j++) sum += Math.sign(a[i]! - a[j]!) * Math.sign(b[i]! - b[j]!);
  return sum / ((a.length * (a.length - 1)) / 2);
}

function qualityOf(subnets: readonly Evaluated[]) {
  const measured = subnets.map(({ fp32 }) => fp32!.top1.value);
  const predicted = subnets.map((one) => one.predicted!);
  const errors = measured.map((value, i) => predicted[i]! - value);
  return {
    n: subnets.length, rmse: Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length), mae: errors.reduce((sum, e) => sum + Math.abs(e), 0) / errors.length,
    kendallTau: tauOf(measured, predicted), r2: 0.93,
  };
}

/** What both kinds of run measure with. */
export const TOY_MEASURED_WITH = {
  supernet: { name: "shapes.safetensors", digest: "3f1c".repeat(16), parameters: 229_114, bytes: 921_344, format: "safetensors" as const },
  data: {
    name: "data", digest: "b07a".repeat(16), validation: IMAGES, calibration: 500, form: "tensors" as const,
    classes: ["triangle", "square", "pentagon", "hexagon", "circle", "star", "cross", "ring", "crescent", "heart"],
  },
  protocol: { resolution: 32, calibrationImages: 500, ranges: "percentile" as const, validationImages: null, threads: 1, seed: 1 },
  throughput: { imagesPerSecond: 2312, subnetsPerMinute: 38.4, peakMemoryBytes: 412_000_000 },
  elapsedMs: 188_000,
};

export const TOY_SPACE: EvaluateCard["space"] = {
  id: "shapes", title: "Shapes", size: "6.3e9",
  stages: WIDTHS.map((width, i) => ({ name: String(width), input: 16 / 2 ** Math.max(0, i - 1), output: 16 / 2 ** i, squeezeExcite: i === 1, activation: i === 0 ? "relu" : "hswish", depth: [1, 2, 3], expand: [2, 3, 4, 6], kernel: [3, 5, 7] })),
};

/** A finished evaluation of a design; `heldOut` 0 leaves the judging to leave-one-out. */
export function toyEvaluate({ heldOut = 40, coverage = 0.95, multiplyAddsTau = 0.41 }: { heldOut?: number; coverage?: number; multiplyAddsTau?: number } = {}): EvaluateCard {
  const fitted = subnetsOf(80, 3, "fit");
  const unseen = subnetsOf(heldOut, 4, "heldOut");
  const subnets = [...fitted, ...unseen];
  const losses = subnets.map(({ fp32, int8 }) => fp32!.top1.value - int8!.top1.value);
  return {
    ...TOY_MEASURED_WITH, space: TOY_SPACE, precisions: ["fp32", "int8"], subnets,
    fit: {
      precision: "fp32", form: "log-saturating", terms: 10, ceiling: 91.42, leaveOneOut: qualityOf(fitted),
      heldOut: heldOut === 0 ? null : { ...qualityOf(unseen), multiplyAddsTau, noiseCeiling: 0.91, coverage },
    },
    quantizationLoss: { mean: losses.reduce((a, b) => a + b, 0) / losses.length, worst: Math.max(...losses), worstInterval: [0.14, 1.9], n: subnets.length },
  };
}

const GIVEN = ["edge-small", "edge-medium", "camera-2026-with-a-rather-long-name", "edge-large", "reference"];

/** The person's own configs, measured in int8 alone. */
export function toyGiven(count = GIVEN.length): EvaluateCard {
  const subnets = subnetsOf(count, 9, "given").map((one, i): Evaluated => ({ ...one, name: `${GIVEN[i]!}.foxnas.${i === 0 ? "yaml" : "json"}`, fp32: null, predicted: null }));
  return { ...TOY_MEASURED_WITH, space: TOY_SPACE, precisions: ["int8"], subnets, fit: null, quantizationLoss: null };
}

/** A run around an evaluation, as the host would send it. */
export function toyEvaluateRun(result: EvaluateCard | null, state: EvaluateRunView["state"] = "done"): EvaluateRunView {
  const given = result !== null && result.fit === null ? result.subnets.length : 0;
  const { resolution: _, seed, ...asked } = TOY_MEASURED_WITH.protocol;
  return {
    kind: "evaluate", id: "run-21", title: "shapes at 32 px", state, space: "shapes", resolution: 32, seed, supernet: "shapes.safetensors", data: "data",
    startedAt: "2026-11-25T14:02:00Z", restarts: 0, error: null, progress: null, result,
    asked: { ...asked, precisions: result?.precisions ?? ["fp32", "int8"], samples: given > 0 ? 0 : 80, heldOut: given > 0 ? 0 : (result?.fit?.heldOut?.n ?? 40), given },
  };
}

/** An evaluation with so many of its 120 subnets measured. */
export function toyEvaluating(measured: number): NonNullable<EvaluateRunView["progress"]> {
  const subnets = toyEvaluate().subnets.slice(0, measured).map(({ multiplyAdds, fp32 }) => ({ multiplyAdds, top1: fp32!.top1.value }));
  return {
    kind: "measure", done: measured, total: 120, elapsedMs: 1500 * measured + 900, remainingMs: measured === 0 ? null : 1500 * (120 - measured),
    note: measured === 0 ? "reading 2,500 images" : `subnet ${measured + 1} of 120 (random ${measured}): validating fp32, image 1300 of 2000`, ...(measured === 0 ? {} : { subnets }),
  };
}
