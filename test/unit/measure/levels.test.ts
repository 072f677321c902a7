import { describe, expect, it } from "vitest";
import { randomArchitecture } from "../../../src/engine/architecture.js";
import { Random } from "../../../src/engine/random.js";
import type { MeasureResult } from "../../../src/shared/measure.js";
import { combinedOf } from "../../../src/shared/tuneCombined.js";
import { planOf } from "../../../src/worker/profile/plan.js";
import { batchOf, referencesOf, samplesOf } from "../../../src/worker/profile/state.js";
import { samplesOf as tuneSamplesOf, toldOf, type Round } from "../../../src/worker/tune/state.js";
import { FOXNAS } from "../files/examples.js";

const plan = planOf(FOXNAS, { resolution: 224, samples: 20, seed: 1 });
const REFERENCES = [3, 5, 7, 11];

/** A batch on a machine `slow` times as slow as in the first one; the references err by the given factors. */
function batch(slow: number, count: number, errors: readonly number[] = [1, 1, 1, 1]) {
  const timed = (latencyMs: number) => ({ latencyMs, standardError: 0.01, splitHalf: 0.01 });
  const networks = Array.from({ length: count }, (_, i) => timed((i + 1) * slow));
  const references = REFERENCES.map((ms, i) => timed(ms * slow * errors[i]!));
  return batchOf({ device: {}, protocol: {}, noise: {}, suspect: false, references, networks } as unknown as MeasureResult, 0);
}

describe("the level of a profile", () => {
  it("has four references that every batch times", () => {
    expect(plan.references).toHaveLength(4);
  });

  it("brings the samples of every batch to that of the first, by the references", () => {
    const samples = samplesOf(plan, [batch(1, 10), batch(1.7, 10)]);
    samples.slice(10).forEach(({ latencyMs }, i) => expect(latencyMs).toBeCloseTo(i + 1, 9));
  });

  it("gives the predictor its references on that level, the noise of single batches evened out", () => {
    const told = referencesOf(plan, [batch(1, 10), batch(1.7, 10)]);
    told.forEach(({ stages, latencyMs }, i) => {
      expect(stages).toEqual(plan.references[i]!.stages);
      expect(latencyMs).toBeCloseTo(REFERENCES[i]!, 9);
    });
    // One reference 4 % off in one of two batches: half of it is left, less what the level takes up.
    const noisy = referencesOf(plan, [batch(1, 10), batch(1, 10, [1.04, 1, 1, 1])])[0]!.latencyMs;
    expect(noisy / 3).toBeCloseTo(1.04 ** (3 / 8), 9);
  });
});

describe("a round of search, measure, refit", () => {
  it("brings what it timed to the level of the profile, and tells the mean error of the predictions", () => {
    const architecture = randomArchitecture(FOXNAS, 224, Random.seeded(2));
    const predicted = (value: number) => ({ accuracy: { value: 70, unit: "%", interval: null, extrapolated: null }, latency: { value, unit: "ms", interval: null, extrapolated: null } });
    const copy = { resolution: 224, stages: architecture.stages.map(({ width, blocks }) => ({ width, blocks: [...blocks] })) };
    const round: Round = { candidates: [{ architecture: copy, predicted: predicted(1.25) }, { architecture: copy, predicted: predicted(2) }], batch: batch(1.5, 2) };
    const references = REFERENCES.map((latencyMs) => ({ stages: copy.stages, latencyMs }));
    // The second of them once more, on a faster machine.
    const state = { elapsedMs: 0, rounds: [round], confirmations: [{ tried: [1], batch: batch(0.5, 1) }] };
    const told = toldOf(state, { references } as unknown as Parameters<typeof toldOf>[1]);
    const { candidates, level, error } = told.rounds[0]!;
    expect(level.factor).toBeCloseTo(1 / 1.5, 12);
    expect(level.disagreement).toBeCloseTo(0, 12);
    expect(candidates.map(({ measured }) => measured.rawMs)).toEqual([1.5, 3]);
    expect(candidates[0]!.measured.latencyMs).toBeCloseTo(1, 12);
    expect(error).toBeCloseTo((0.2 + 0) / 2, 12);
    expect(told.confirmations).toMatchObject([{ architectures: 1, suspect: false, level: { factor: 2 } }]);
    expect(candidates[0]!.confirmed).toBeNull();
    expect(candidates[1]!.confirmed!.rawMs).toBeCloseTo(0.5, 12);
    expect(candidates[1]!.confirmed!.latencyMs).toBeCloseTo(1, 12);
    expect(tuneSamplesOf(told).map(({ value }) => Number(value.toFixed(9)))).toEqual([1, 2, 1]);
  });

  it("takes the mean of both batches, whose distance is its error where that is more than their own", () => {
    const reading = (latencyMs: number) => ({ latencyMs, rawMs: 2 * latencyMs, standardError: 0.004 });
    expect(combinedOf({ measured: reading(10), confirmed: null })).toEqual(reading(10));
    expect(combinedOf({ measured: reading(10), confirmed: reading(10.2) })).toEqual({ latencyMs: 10.1, rawMs: 20.2, standardError: expect.closeTo(0.1 / 10.1, 9) as number });
    expect(combinedOf({ measured: reading(10), confirmed: reading(10) }).standardError).toBeCloseTo(0.004 / Math.SQRT2, 12);
  });
});
