import { describe, expect, test } from "vitest";
import { chooseClock, cpuGranularityMs } from "../../../src/worker/measure/clock.js";
import { estimate } from "../../../src/worker/measure/estimate.js";
import { disagreementOf, noiseOf, suspicionOf } from "../../../src/worker/measure/noise.js";

const rounds = Array.from({ length: 20 }, (_, t) => t);
const steady = (ms: number) => rounds.map(() => ms);

describe("noise of a batch", () => {
  test("references that slow down together agree; one that slows down alone does not", () => {
    expect(disagreementOf([steady(5), steady(9)])).toBe(0);
    const slower = (ms: number, share: number) => rounds.map((t) => (t < 10 ? ms : ms * (1 + share)));
    expect(disagreementOf([slower(5, 0.1), slower(9, 0.1)])).toBeCloseTo(0, 12);
    expect(disagreementOf([slower(5, 0.1), steady(9)])).toBeCloseTo(0.1, 12);
  });

  test("the account: drift of the references, contention, split halves", () => {
    const slow = rounds.map((t) => (t < 10 ? 1 : 1.2));
    const cpu = [4, 6, 8].map((ms) => slow.map((factor) => ms * factor));
    const wall = cpu.map((row) => row.map((ms) => 2 * ms));
    const noise = noiseOf({ references: cpu.slice(1), estimate: estimate(cpu), cpu, wall });
    expect(noise.drift).toBeCloseTo(1.2, 9);
    expect(noise.disagreement).toBeCloseTo(0, 9);
    expect(noise.contention).toBeCloseTo(2, 9);
    expect(noise.splitHalf).toBeCloseTo(0, 9);
    const alone = noiseOf({ references: cpu.slice(2), estimate: estimate(cpu), cpu, wall });
    expect(alone.disagreement).toBeNull();
  });

  test("a batch is suspect when references disagree or halves differ, and the reason says by how much", () => {
    const quiet = { drift: 1.3, disagreement: 0.01, contention: 2, splitHalf: 0.01 };
    expect(suspicionOf(quiet, 0.03)).toBeNull();
    expect(suspicionOf({ ...quiet, disagreement: null }, 0.03)).toBeNull();
    expect(suspicionOf({ ...quiet, disagreement: 0.041 }, 0.03)).toContain("4.1 %");
    expect(suspicionOf({ ...quiet, splitHalf: 0.052 }, 0.03)).toContain("5.2 %");
  });
});

describe("the clock", () => {
  const batch = { granularityMs: 0.002, shortestMs: 5, threads: 1, executionProvider: "cpu" };

  test("CPU time where its steps are under a hundredth of a reading, with several runs in one where they are short", () => {
    expect(chooseClock(batch)).toMatchObject({ clock: "cpu", repeats: 1 });
    expect(chooseClock({ ...batch, shortestMs: 0.1 })).toMatchObject({ clock: "cpu", repeats: 2 });
  });

  test("wall time where CPU time is too coarse, or does not tell, with the reason", () => {
    expect(chooseClock({ ...batch, granularityMs: 15.6 })).toMatchObject({ clock: "wall", repeats: 1, reason: expect.stringContaining("15.6") as string });
    expect(chooseClock({ ...batch, threads: 4 })).toMatchObject({ clock: "wall", reason: expect.stringContaining("4 threads") as string });
    expect(chooseClock({ ...batch, executionProvider: "coreml" })).toMatchObject({ clock: "wall", reason: expect.stringContaining("coreml") as string });
    expect(chooseClock({ ...batch, threads: 2, shortestMs: 0.1 }).repeats).toBe(5);
  });

  test("the step of this machine's CPU clock is found", () => {
    expect(cpuGranularityMs()).toBeGreaterThan(0);
    expect(cpuGranularityMs()).toBeLessThanOrEqual(250);
  });
});
