import { readPredictor, readSpace } from "../../../src/shared/files/index.js";
import type { Model } from "./helpers.js";

const block = { kernel: 3, expand: 1, activation: "relu", squeezeExcite: false };

/** A person's own space: 32-px images, ten classes, three stages that differ in every choice. */
const SPACE = {
  version: 1,
  id: "shapes",
  title: "Shapes",
  classes: 10,
  resolutions: [32],
  stem: { width: 8, kernel: 3, stride: 1, activation: "relu" },
  first: { width: 12, ...block },
  stages: [
    { width: 16, stride: 1, activation: "relu", squeezeExcite: false, depth: [1, 2, 3], expand: [1, 2, 4], kernel: [3, 5] },
    { width: 20, stride: 2, activation: "relu", squeezeExcite: true, depth: [2, 4], expand: [1.5, 3, 5], kernel: [3, 7] },
    { width: 36, stride: 2, activation: "hswish", squeezeExcite: true, depth: [1, 3], expand: [2, 6], kernel: [3, 5, 9] },
  ],
  head: { width: 96, features: 128, activation: "hswish" },
  squeezeExciteRatio: 0.25,
  widthMultiple: 4,
};

const predictor = (target: "accuracy" | "latency", rest: object) => ({
  version: 1,
  target,
  unit: target === "accuracy" ? "%" : "ms",
  space: "shapes",
  resolution: 32,
  device: target === "latency" ? "a board" : null,
  form: "own",
  source: "a test",
  ...rest,
});

const ACCURACY = predictor("accuracy", {
  intercept: -3.31,
  link: { kind: "saturating", ceiling: 96 },
  coefficients: {
    log_tot_16: 0.1331, avg_log_e_16: 0.0717, "tot_16:avg_log_k_16": 0.0213, log_e_12_16: 0.0911,
    tot_e_20: 0.0137, "tot_20:avg_k_20": 0.0021, depth4_20: 0.0819, log_k_16_20: 0.0433,
    avg_log_e_36: 0.1773, tot_k_36: 0.0031, depth3_36: 0.0571, tot_e_20_36: 0.0239,
  },
});

const LATENCY = predictor("latency", {
  intercept: 1.7113,
  link: null,
  coefficients: {
    tot_16: 0.2117, tot_ekk_16: 0.0131, tot_ekk_12_16: 0.0173, tot_e_16: 0.0719,
    tot_20: 0.1279, tot_e_20: 0.0937, tot_ekk_16_20: 0.0059, tot_k_20: 0.0311,
    "tot_36:avg_e_36": 0.0523, tot_ekk_36: 0.0023, tot_e_20_36: 0.0833,
  },
});

/** As the files a person would write, read as the program reads them. */
const source = (name: string, value: object) => ({ name, text: JSON.stringify(value) });
export const SHAPES: Model = {
  space: readSpace(source("shapes.space.json", SPACE)),
  accuracy: readPredictor(source("accuracy.predictor.json", ACCURACY)),
  latency: readPredictor(source("latency.predictor.json", LATENCY)),
};
