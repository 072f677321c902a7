import { randomArchitecture, type Stage } from "../../src/engine/architecture.js";
import { fitPredictor, type Sample } from "../../src/engine/fitPredictor.js";
import { formOf, type Target } from "../../src/engine/forms.js";
import { Random } from "../../src/engine/random.js";
import { coefficientsOf } from "../../src/engine/regression.js";
import { UNIT, type PredictorFile } from "../../src/shared/predictor.js";
import type { Space } from "../../src/shared/space.js";

/** A space as somebody would write one for 32-px images: three stages, each with other choices. */
export const CUSTOM_SPACE: Space = {
  version: 1,
  id: "bench-three-stages",
  title: "A person's own space",
  classes: 10,
  resolutions: [32],
  stem: { width: 16, kernel: 3, stride: 1, activation: "relu" },
  first: { width: 16, kernel: 3, expand: 1, activation: "relu", squeezeExcite: false },
  stages: [
    { width: 24, stride: 2, activation: "relu", squeezeExcite: false, depth: [1, 2, 3], expand: [1, 3, 4], kernel: [3] },
    { width: 48, stride: 2, activation: "relu", squeezeExcite: true, depth: [2, 4], expand: [2, 3, 6], kernel: [3, 5] },
    { width: 96, stride: 2, activation: "hswish", squeezeExcite: true, depth: [1, 2, 3, 5], expand: [2, 4, 5, 8], kernel: [3, 5, 7] },
  ],
  head: { width: 192, features: 192, activation: "relu" },
  squeezeExciteRatio: 0.25,
  widthMultiple: 8,
};

const SAMPLES = 200;
const SEED = 7;

/** Predictors of the custom space, fitted by the engine to a synthetic sample: always the same. */
export function customPredictors(): Record<Target, PredictorFile> {
  const random = Random.seeded(SEED);
  const drawn = Array.from({ length: SAMPLES }, () => randomArchitecture(CUSTOM_SPACE, 32, random).stages);
  const measure = (truth: (stages: readonly Stage[]) => number, noise: number): Sample[] =>
    drawn.map((stages) => ({ stages, value: truth(stages) + noise * (random.unit() + random.unit() - 1) }));
  return {
    accuracy: fitted("accuracy", "depth-log-saturating", measure(syntheticAccuracy, 0.3)),
    latency: fitted("latency", "sums", measure(syntheticLatency, 0.05)),
  };
}

/** %; every block helps by its expand ratio and kernel, the later stages more, with falling returns below 77 %. */
function syntheticAccuracy(stages: readonly Stage[]): number {
  const weights = [0.08, 0.14, 0.17];
  const gain = stages.map(({ blocks }, stage) =>
    blocks.reduce((sum, { expand, kernel }) => sum + weights[stage]! * (0.4 + Math.log(expand) + 0.5 * Math.log(kernel)), 0),
  );
  return 77 - 30 * Math.exp(-gain.reduce((sum, value) => sum + value, 0));
}

/** ms; what a block's 1x1 and depthwise convolutions cost, the early stages more, for their larger images. */
function syntheticLatency(stages: readonly Stage[]): number {
  const perExpand = [0.31, 0.24, 0.21];
  const perTap = [0.011, 0.006, 0.004];
  const cost = stages.map(({ blocks }, stage) =>
    blocks.reduce((sum, { expand, kernel }) => sum + 0.2 + expand * (perExpand[stage]! + perTap[stage]! * kernel ** 2), 0),
  );
  return 1.5 + cost.reduce((sum, value) => sum + value, 0);
}

function fitted(target: Target, form: string, samples: readonly Sample[]): PredictorFile {
  const definition = formOf(target, form);
  const { fit } = fitPredictor(CUSTOM_SPACE, definition, samples, SEED);
  return {
    version: 1,
    target,
    unit: UNIT[target],
    space: CUSTOM_SPACE.id,
    resolution: 32,
    device: null,
    form,
    ...coefficientsOf(fit),
    link: definition.link,
    source: `fitted to ${SAMPLES} synthetic samples of the benchmark`,
  };
}
