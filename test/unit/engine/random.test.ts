import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../../../src/engine/random.js";

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const draw = (random: Random, n: number): number[] => Array.from({ length: n }, () => random.unit());

describe("random numbers", () => {
  it("are the same for the same seed, and others for another", () => {
    fc.assert(
      fc.property(seeds, seeds, (a, b) => {
        expect(draw(Random.seeded(a), 20)).toEqual(draw(Random.seeded(a), 20));
        if (a !== b) expect(draw(Random.seeded(a), 20)).not.toEqual(draw(Random.seeded(b), 20));
      }),
    );
  });

  it("go on from a state that was kept as JSON, and keeping it changes nothing", () => {
    fc.assert(
      fc.property(seeds, fc.nat(200), (seed, before) => {
        const random = Random.seeded(seed);
        draw(random, before);
        const state = JSON.parse(JSON.stringify(random.state())) as number[];
        const copy = [...state];
        const rest = draw(random, 50);
        expect(state).toEqual(copy);
        expect(draw(Random.restored(state), 50)).toEqual(rest);
      }),
    );
  });

  it("lie in [0, 1), and below(n) in 0 ... n - 1", () => {
    fc.assert(
      fc.property(seeds, fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 2 ** 31 - 1 })), (seed, n) => {
        const random = Random.seeded(seed);
        for (let i = 0; i < 100; i++) {
          const unit = random.unit();
          expect(unit >= 0 && unit < 1).toBe(true);
          const whole = random.below(n);
          expect(Number.isInteger(whole) && whole >= 0 && whole < n).toBe(true);
        }
      }),
    );
  });

  it("fall evenly: chi-squared of 12 choices stays under its 1 in 10^6 quantile", () => {
    for (const seed of [1, 2, 3, 77, 4_000_000_000]) {
      const random = Random.seeded(seed);
      const counts = new Array<number>(12).fill(0);
      const items = counts.map((_, i) => i);
      for (let i = 0; i < 60_000; i++) counts[i % 2 === 0 ? random.below(12) : random.pick(items)]!++;
      const chi = counts.reduce((sum, count) => sum + (count - 5000) ** 2 / 5000, 0);
      expect(chi).toBeLessThan(49);
    }
  });

  it("make permutations: each of 0 ... n - 1 once, every order of three about equally often", () => {
    fc.assert(
      fc.property(seeds, fc.nat(60), (seed, n) => {
        const order = Random.seeded(seed).permutation(n);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      }),
    );
    const random = Random.seeded(8);
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const key = random.permutation(3).join("");
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // Standard deviation 29: six of them either way.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(175);
  });
});
