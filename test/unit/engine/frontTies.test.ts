import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { latencyExtremes } from "../../../src/engine/feasible.js";
import { frontIndexAt, paretoFront } from "../../../src/engine/front.js";
import type { Landscape } from "../../../src/engine/landscape.js";
import type { PredictorData } from "../../../src/engine/predictor.js";
import type { Space } from "../../../src/engine/space.js";
import { landscapeOf, models, type Model } from "./helpers.js";

// A person's own predictor has coefficients such as 0.1, and budgets such as 0.9 that architectures meet
// exactly: sums then differ in their last digit by the order they were added in, and the last digit decides
// what is within the budget. The annealing goes by landscape.latency.value, so the front has to as well.

const SPACE: Space = {
  id: "ties",
  stem: { stride: 2 },
  first: { width: 16 },
  stages: [24, 40].map((width) => ({ width, stride: 1, squeezeExcite: false, depth: [1, 2, 3, 4], expand: [2], kernel: [3] })),
  widthMultiple: 8,
};

/** A predictor that reads the two depths alone. */
const byDepth = (target: "accuracy" | "latency", intercept: number, first: number, second: number): PredictorData => ({
  target,
  unit: target === "accuracy" ? "%" : "ms",
  space: SPACE.id,
  intercept,
  coefficients: { tot_24: first, tot_40: second },
  link: null,
});

function* grid(): Generator<Model> {
  const tenths = Array.from({ length: 11 }, (_, i) => (i + 1) / 10);
  for (const intercept of [0, 0.1, 0.3, 0.7, 2.1]) {
    for (const p of tenths) {
      for (const q of tenths) {
        for (const [u, v] of [[0.5, 0.25], [1, 0.25], [0.25, 1]] as const) {
          yield { space: SPACE, accuracy: byDepth("accuracy", 60, u, v), latency: byDepth("latency", intercept, p, q) };
        }
      }
    }
  }
}

function statesOf({ choices }: Landscape): Int32Array[] {
  let states: number[][] = [[]];
  for (const { blocks } of choices) states = states.flatMap((state) => blocks.map((_, choice) => [...state, choice]));
  return states.map((state) => Int32Array.from(state));
}

/** Architectures that are within a budget and better than the front's best within it; there must be none. */
function betterThanProven(model: Model): string[] {
  const landscape = landscapeOf(model);
  const front = paretoFront(landscape);
  return statesOf(landscape).flatMap((state) => {
    const budget = landscape.latency.value(state);
    const proven = front.accuracy[frontIndexAt(front, budget)] ?? Number.NEGATIVE_INFINITY;
    const accuracy = landscape.accuracy.value(state);
    return accuracy <= proven + 1e-9 ? [] : [`${accuracy} at ${budget} ms, proven optimum ${proven}`];
  });
}

/** Points of the front that another point beats; there must be none. */
function beaten(model: Model): string[] {
  const { latency, accuracy } = paretoFront(landscapeOf(model));
  const rises = (values: Float64Array, i: number) => i === 0 || values[i]! > values[i - 1]!;
  return Array.from(latency).flatMap((value, i) => (rises(latency, i) && rises(accuracy, i) ? [] : [`${accuracy[i - 1]} then ${accuracy[i]} at ${value} ms`]));
}

describe("where the last digit of a sum decides, the front", () => {
  it("still has the best architecture for a budget that it meets exactly", () => {
    // 0.1 + 2 x 0.2 + 4 x 0.1 = 0.9 for 62 %.
    const model = { space: SPACE, accuracy: byDepth("accuracy", 60, 0.5, 0.25), latency: byDepth("latency", 0.1, 0.2, 0.1) };
    expect(betterThanProven(model)).toEqual([]);
  });

  it("still has no two points of one latency", () => {
    const model = { space: SPACE, accuracy: byDepth("accuracy", 60, 0.25, 1), latency: byDepth("latency", 0.1, 0.1, 0.3) };
    expect(beaten(model)).toEqual([]);
  });

  it("is never beaten by an architecture within a budget, nor by itself, whatever the tenths", () => {
    const wrong = [...grid()].filter((model) => betterThanProven(model).length > 0 || beaten(model).length > 0);
    expect(wrong.map(({ accuracy, latency }) => JSON.stringify([latency.intercept, latency.coefficients, accuracy.coefficients]))).toEqual([]);
  });

  it("still has a point within the smallest feasible latency, the budget that an infeasible search proposes", () => {
    fc.assert(
      fc.property(models("tenths"), (model) => {
        const landscape = landscapeOf(model);
        expect(frontIndexAt(paretoFront(landscape), latencyExtremes(landscape).latency[0])).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 300 },
    );
  });
});
