import { describe, expect, it } from "vitest";
import { noiseCeiling, ownErrorShare } from "../../../../src/engine/accuracy/noise.js";
import { kendallTau } from "../../../../src/engine/crossValidation.js";
import { Random } from "../../../../src/engine/random.js";

/** Right with probability `share` on each of n images of its own: a binomial reading, image by image. */
const readingOf = (share: number, n: number, random: Random): number => {
  let right = 0;
  for (let i = 0; i < n; i++) right += Number(random.unit() < share);
  return right / n;
};

describe("the noise ceiling", () => {
  it.each([
    [0.1, 500],
    [0.05, 500],
    [0.05, 2000],
  ])("is what the truth itself reaches: shares spread over %f, read on %i images", (spread, n) => {
    const random = Random.seeded(3);
    const reached: number[] = [];
    const told: number[] = [];
    for (let trial = 0; trial < 25; trial++) {
      const truth = Array.from({ length: 60 }, () => 0.75 + spread * (random.unit() - 0.5));
      const shares = truth.map((share) => readingOf(share, n, random));
      reached.push(kendallTau(truth, shares));
      told.push(noiseCeiling(shares, n, random));
    }
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    // Without deconvolution the readings' own spread would be taken for truth: 0.57 for 0.40 at 0.05 and 500 images.
    expect(Math.abs(mean(told) - mean(reached))).toBeLessThan(0.03);
  });

  it("is 0 where all are one network, and nears 1 with ever more images", () => {
    const random = Random.seeded(9);
    expect(noiseCeiling([0.7, 0.7, 0.7, 0.7], 1000, random)).toBe(0);
    const shares = Array.from({ length: 40 }, (_, i) => 0.5 + i / 100);
    const [few, more, many] = [100, 1000, 1_000_000].map((n) => noiseCeiling(shares, n, Random.seeded(1))) as [number, number, number];
    expect(few).toBeLessThan(more);
    expect(more).toBeLessThan(many);
    expect(many).toBeGreaterThan(0.99);
  });

  it("rises where less of the error is a network's own, and is the same for the same seed", () => {
    const shares = Array.from({ length: 40 }, (_, i) => 0.7 + i / 1000);
    const of = (own: number) => noiseCeiling(shares, 500, Random.seeded(2), own);
    expect(of(0.3)).toBeGreaterThan(of(1) + 0.1);
    expect(of(1)).toBe(of(1));
  });
});

describe("the share of errors that is a network's own", () => {
  const flagsOf = (n: number, right: (image: number) => boolean) => Uint8Array.from({ length: n }, (_, image) => Number(right(image)));

  it("is half the mean variance of the difference of two, over the mean binomial variance", () => {
    const random = Random.seeded(4);
    const n = 300;
    const hard = Array.from({ length: n }, () => random.unit());
    const flags = [0.1, 0.2, 0.3, 0.15].map((lost) => flagsOf(n, (image) => 0.7 * hard[image]! + 0.3 * random.unit() > lost));
    let halves = 0;
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < i; j++) {
        const differences = Array.from(flags[i]!, (flag, image) => flag - flags[j]![image]!);
        const mean = differences.reduce((a, b) => a + b, 0) / n;
        halves += differences.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (n - 1) / 2 / 6;
      }
    }
    const binomial = flags.reduce((sum, of) => {
      const share = of.reduce((a, b) => a + b, 0) / n;
      return sum + (share * (1 - share) * n) / (n - 1) / 4;
    }, 0);
    expect(ownErrorShare(flags)).toBeCloseTo(halves / binomial, 10);
    expect(halves / binomial).toBeLessThan(0.8);
  });

  it("is about 1 for networks that err by themselves, and 0 for one network twice", () => {
    const random = Random.seeded(6);
    const alone = Array.from({ length: 8 }, () => flagsOf(2000, () => random.unit() < 0.8));
    expect(ownErrorShare(alone)).toBeGreaterThan(0.95);
    expect(ownErrorShare([alone[0]!, alone[0]!])).toBeCloseTo(0, 12);
    expect(ownErrorShare([flagsOf(50, () => true), flagsOf(50, () => true)])).toBe(1);
  });
});
