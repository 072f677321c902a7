import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Random } from "../../../src/engine/random.js";
import { anchorOf } from "../../../src/shared/anchor.js";
import { driftOf, smoothed } from "../../../src/worker/measure/drift.js";
import { estimate } from "../../../src/worker/measure/estimate.js";
import { geometricMean, median, quantile } from "../../../src/worker/measure/statistics.js";

const ms = fc.double({ min: 0.05, max: 500, noNaN: true });
const factor = fc.double({ min: 0.2, max: 5, noNaN: true });

/** Any readings: up to 8 networks, up to 40 rounds. */
const readings = fc
  .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 4, max: 40 }))
  .chain(([networks, rounds]) => fc.array(fc.array(ms, { minLength: rounds, maxLength: rounds }), { minLength: networks, maxLength: networks }));

const latencies = (rows: readonly (readonly number[])[]) => estimate(rows).networks.map(({ latencyMs }) => latencyMs);
const close = (found: number, expected: number) => {
  expect(Math.abs(found / expected - 1)).toBeLessThan(1e-9);
};

describe("the estimator, for any readings", () => {
  test("a factor common to all readings of a round changes no ratio of latencies, however fast it changes", () => {
    const property = fc.property(readings, fc.array(factor, { minLength: 40, maxLength: 40 }), (rows, drift) => {
      const before = latencies(rows);
      const after = latencies(rows.map((row) => row.map((reading, t) => reading * drift[t]!)));
      before.forEach((latency, i) => close(after[i]! / after[0]!, latency / before[0]!));
    });
    fc.assert(property);
  });

  test("another unit gives the same numbers in that unit, and the same shares", () => {
    const property = fc.property(readings, factor, (rows, unit) => {
      const before = estimate(rows).networks;
      const after = estimate(rows.map((row) => row.map((reading) => reading * unit))).networks;
      before.forEach((network, i) => {
        close(after[i]!.latencyMs, network.latencyMs * unit);
        close(after[i]!.medianMs, network.medianMs * unit);
        expect(after[i]!.iqrMs).toBeCloseTo(network.iqrMs * unit, 6);
        expect(after[i]!.splitHalf).toBeCloseTo(network.splitHalf, 9);
        expect(after[i]!.standardError).toBeCloseTo(network.standardError, 9);
      });
    });
    fc.assert(property);
  });

  test("a network that takes longer by a factor is measured longer by it, the others are not", () => {
    const property = fc.property(readings, factor, (rows, longer) => {
      const before = latencies(rows);
      const after = latencies(rows.map((row, i) => (i === 0 ? row.map((reading) => reading * longer) : row)));
      before.forEach((latency, i) => close(after[i]!, i === 0 ? latency * longer : latency));
    });
    fc.assert(property);
  });

  test("the order of the networks does not matter; quantiles are in order; shares are not negative", () => {
    const property = fc.property(readings, (rows) => {
      const { networks, drift, corrected } = estimate(rows);
      latencies([...rows].reverse()).reverse().forEach((latency, i) => close(latency, networks[i]!.latencyMs));
      for (const { latencyMs, medianMs, iqrMs, splitHalf, standardError } of networks) {
        expect(latencyMs).toBeGreaterThan(0);
        expect(medianMs).toBeGreaterThanOrEqual(latencyMs);
        for (const share of [iqrMs, splitHalf, standardError]) expect(share).toBeGreaterThanOrEqual(0);
      }
      corrected.forEach((row, i) => row.forEach((reading, t) => close(reading * drift[t]!, rows[i]![t]!)));
    });
    fc.assert(property);
  });

  test("together the latencies keep the level of the uncorrected p25", () => {
    const property = fc.property(readings, (rows) => {
      close(geometricMean(latencies(rows)), geometricMean(rows.map((row) => quantile(row, 0.25))));
    });
    fc.assert(property);
  });
});

describe("the estimator, for readings as machines give them", () => {
  /** 60 rounds of 8 networks: slow drift of 15 %, noise of 1 %, and some readings of each network disturbed upwards. */
  const machine = (seed: number, disturbed: number) => {
    const random = Random.seeded(seed);
    const truth = Array.from({ length: 8 }, () => 2 + 38 * random.unit());
    const phase = 6 * random.unit();
    const rows = truth.map((time) => {
      const hit = new Set(random.permutation(60).slice(0, disturbed));
      return Array.from({ length: 60 }, (_, t) => {
        const drift = 1 + 0.15 * Math.sin(t / 12 + phase);
        const noise = 1 + 0.01 * (2 * random.unit() - 1);
        return time * drift * noise * (hit.has(t) ? 1.3 + 3 * random.unit() : 1);
      });
    });
    return { truth, rows };
  };

  /** Largest error of a latency relative to the others. */
  const worst = ({ truth, rows }: { truth: number[]; rows: number[][] }) => {
    const ratios = latencies(rows).map((latency, i) => latency / truth[i]!);
    const level = median(ratios);
    return Math.max(...ratios.map((ratio) => Math.abs(ratio / level - 1)));
  };

  test.each([
    ["drift is divided out: the relative error stays below the noise", 0, 0.01],
    ["outliers in a fifth of each network's readings hardly matter", 12, 0.015],
  ])("%s", (_, disturbed, most) => {
    const property = fc.property(fc.nat(), (seed) => {
      expect(worst(machine(seed, disturbed))).toBeLessThan(most);
    });
    fc.assert(property, { numRuns: 200 });
  });
});

test("drift: factors with geometric mean 1, found exactly in readings without noise", () => {
  const drift = [1, 1.1, 1.3, 0.9, 0.8, 1];
  const centre = geometricMean(drift);
  const found = driftOf([3, 5, 17].map((time) => drift.map((slow) => time * slow)));
  found.forEach((slow, t) => close(slow, drift[t]! / centre));
  expect(smoothed([1, 1, 9, 1, 1], 1)).toEqual([1, 1, 1, 1, 1]);
});

test("quantiles interpolate between order statistics", () => {
  expect(quantile([4, 1, 3, 2], 0.25)).toBe(1.75);
  expect(quantile([7], 0.9)).toBe(7);
  expect(() => quantile([], 0.5)).toThrow(RangeError);
});

test("an anchor brings a batch to another's level, and says by how much the references disagree", () => {
  const { factor: toEarlier, disagreement } = anchorOf([10, 20, 40], [11, 22, 44]);
  close(toEarlier, 1 / 1.1);
  expect(disagreement).toBeCloseTo(0, 12);
  expect(anchorOf([10, 20], [10, 21]).disagreement).toBeCloseTo(0.05, 12);
  expect(() => anchorOf([1], [])).toThrow(RangeError);
});
