import { describe, expect, test } from "vitest";
import { imagesAtOnce } from "../../src/worker/evaluate/atOnce.js";
import { Meter, throughputOf } from "../../src/worker/evaluate/meter.js";
import { NotFinite, Scorer } from "../../src/worker/evaluate/score.js";
import { nothingSpent } from "../../src/worker/evaluate/state.js";
import { weightBitsHere } from "../../src/worker/evaluate/weightBits.js";
import type { MeasureProgress } from "../../src/shared/measure.js";
import { FOXNAS } from "../unit/files/examples.js";
import { MICRO } from "./fixtures/evaluateRequests.js";

describe("scoring", () => {
  test("counts top-1 and top-5 over batches; of equal logits the first counts, as argmax has it", () => {
    const scorer = new Scorer(Int32Array.of(2, 0, 1, 6), 7);
    scorer.add(Float32Array.of(0, 1, 2, 0, 0, 0, 0, /* sixth */ 0, 1, 2, 3, 4, 5, -1));
    // Both are the largest: class 0 is said. Then seven equal ones, of which 6 is the seventh.
    scorer.add(Float32Array.of(5, 5, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1));
    expect(scorer.score).toEqual({ n: 4, top1: 1, top5: 2, correct: Uint8Array.of(0b0001) });
  });

  test.each([NaN, Infinity, -Infinity])("refuses %s, by the image", (value) => {
    const scorer = new Scorer(Int32Array.of(0, 0), 2);
    expect(() => scorer.add(Float32Array.of(1, 2, 3, value))).toThrow(NotFinite);
    expect(() => new Scorer(Int32Array.of(0, 0), 2).add(Float32Array.of(1, 2, value, 3))).toThrow("image 1");
  });
});

test("a batch is as large as memory allows, and the same for all subnets of a space", () => {
  expect(imagesAtOnce(MICRO, 16)).toBe(100);
  const large = imagesAtOnce(FOXNAS, 224);
  // Its largest tensor: 96 channels of 112 x 112 pixels.
  expect(4 * 96 * 112 ** 2 * large).toBeLessThanOrEqual(64 * 2 ** 20);
  expect(large).toBeGreaterThan(10);
  expect(imagesAtOnce(FOXNAS, 4096)).toBe(2);
});

test("int8 weights have 7 bits on x86 without VNNI, and where nobody says", () => {
  expect(weightBitsHere("x64", () => "flags : avx2 avx512f avx512_vnni")).toBe(8);
  expect(weightBitsHere("x64", () => "flags : avx2 avx_vnni")).toBe(8);
  expect(weightBitsHere("x64", () => "flags : avx2")).toBe(7);
  expect(weightBitsHere("x64", () => "")).toBe(7);
  expect(weightBitsHere("arm64", () => "")).toBe(8);
});

test("the meter counts on from what earlier processes spent, and never passes the whole", async () => {
  const shown: MeasureProgress[] = [];
  const meter = new Meter({ progress: (progress) => shown.push(progress), breathe: () => Promise.resolve() }, { ...nothingSpent(), elapsedMs: 60_000, images: 200, subnets: 1 }, { imagesPerSubnet: 200, subnets: 3 });
  meter.show([{ multiplyAdds: 1, top1: 50 }]);
  for (const i of [1, 2]) {
    meter.begin(i, `subnet ${i}`);
    await meter.ran(150, "recalibrating");
    await meter.ran(50, "validating");
    meter.show([{ multiplyAdds: i, top1: 60 }]);
  }
  expect(shown.map(({ done }) => done)).toEqual([350, 400, 550, 600]);
  expect(shown.every(({ total, elapsedMs }) => total === 600 && elapsedMs >= 60_000)).toBe(true);
  expect(shown.at(-1)!.remainingMs).toBe(0);
  // Lists that were sent stay as they were.
  expect(shown.map(({ subnets }) => subnets!.length)).toEqual([1, 1, 2, 2]);
  const spent = meter.spent(3);
  expect(spent.images).toBe(600);
  expect(throughputOf({ ...spent, elapsedMs: 60_000 })).toMatchObject({ imagesPerSecond: 10, subnetsPerMinute: 3 });
});
