import { join } from "node:path";
import * as v from "valibot";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { blockTerms } from "../../src/engine/device/blockTerms.js";
import { Predictor } from "../../src/engine/predictor.js";
import { readPredictor } from "../../src/shared/files/index.js";
import { profileFiles } from "../../src/shared/profileFiles.js";
import type { ProfileResult } from "../../src/shared/profile.js";
import { readSamples } from "../../src/shared/samples/index.js";
import { ProfileStateSchema } from "../../src/worker/profile/state.js";
import { done, struck, SUPPORTED } from "./fixtures/measuring.js";
import { RESOLUTION, smallProfile, TINY } from "./fixtures/profileRequests.js";
import { bundle, isAlive, temporaryFolder } from "./helpers.js";

let workerPath = "";
beforeAll(async () => {
  workerPath = await bundle("src/worker/main.ts");
});

/** A busy machine may spoil the numbers, but not what is there. */
function expectSound(result: ProfileResult): void {
  const { samples, heldOut, forms, noise, predictor } = result;
  expect(samples).toHaveLength(16);
  expect(samples.map(({ batch }) => batch)).toEqual([...Array.from({ length: 10 }, () => 0), ...Array.from({ length: 6 }, () => 1)]);
  for (const { latencyMs, standardError, splitHalf } of samples) {
    expect(latencyMs).toBeGreaterThan(0);
    expect(standardError).toBeGreaterThanOrEqual(0);
    expect(splitHalf).toBeGreaterThanOrEqual(0);
  }
  expect(result.stopped).toBe("samples");
  expect(heldOut.mape).toBeGreaterThan(0);
  expect(forms.map(({ form }) => form)).toEqual(expect.arrayContaining(["published", "sums", "sums-padded"]));
  expect(noise.batches).toBe(2);
  expect(Object.keys(predictor.coefficients)).toEqual(blockTerms(TINY).map(({ name }) => name));
  expect(Object.values(predictor.coefficients).every(Number.isFinite)).toBe(true);
}

describe.runIf(SUPPORTED)("profiling", () => {
  test("int8: a predictor of every block that reads back, with its machine and references; samples that fit reads", async () => {
    const { result, steps } = await done<"profile">(smallProfile(), workerPath);
    expectSound(result);
    const files = profileFiles(result, TINY);
    const predictor = readPredictor({ name: files.predictor.name, text: files.predictor.text });
    expect(predictor).toEqual(result.predictor);
    expect(predictor).toMatchObject({ target: "latency", space: TINY.id, resolution: RESOLUTION, form: "per-block" });
    expect(predictor.measured!.references).toHaveLength(4);
    expect(predictor.measured!.protocol).toMatchObject({ precision: "int8", threads: 1, executionProvider: "cpu" });
    const ready = new Predictor(TINY, predictor);
    expect(ready.additive).toBe(true);
    for (const { stages } of predictor.measured!.references) expect(ready.estimate(stages).interval![0]).toBeLessThan(ready.value(stages));

    const read = readSamples({ name: files.samples.name, text: files.samples.text }, TINY, "latency");
    expect(read.map(({ stages }) => stages)).toEqual(result.samples.map(({ stages }) => stages));
    read.forEach(({ value }, i) => expect(value).toBeCloseTo(result.samples[i]!.latencyMs, 3));
    expect(JSON.parse(files.profile.text)).toMatchObject({ stopped: "samples", device: { platform: `${process.platform}-${process.arch}` } });

    for (const [i, { done: share, total }] of steps.entries()) {
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(total);
      // Only a batch that is measured again begins anew.
      if (result.noise.repeated === 0 && i > 0) expect(share).toBeGreaterThanOrEqual(steps[i - 1]!.done);
    }
  });

  test("no further batch once the time is up", async () => {
    const { result } = await done<"profile">(smallProfile({ precision: "fp32", timeLimitMs: 0 }), workerPath);
    expect(result.stopped).toBe("time");
    expect(result.samples).toHaveLength(10);
  });
});

describe.runIf(SUPPORTED)("a profile that is disturbed", () => {
  test("kill -9 in mid-profile: the finished batch is neither lost nor measured twice, and no process is left", async () => {
    const journal = join(temporaryFolder(), "profile.jsonl");
    const inSecond = (note: string) => note.startsWith("timing architectures 11");
    const { outcome, processes, state, notes } = await struck<"profile">(smallProfile({ rounds: 40 }), workerPath, "kill", inSecond, journal);
    if (outcome.status !== "done") throw new Error(outcome.status);
    expectSound(outcome.result);
    const before = v.parse(ProfileStateSchema, state);
    expect(before.traces).not.toBeNull();
    expect(before.batches).toHaveLength(1);
    expect(outcome.result.samples.slice(0, 10).map(({ latencyMs, standardError, splitHalf }) => ({ latencyMs, standardError, splitHalf }))).toEqual(before.batches[0]!.samples);
    expect(notes.filter((note) => !inSecond(note))).toEqual([]);
    await vi.waitUntil(() => !processes.some(isAlive), { timeout: 20_000 });
    if (process.platform === "linux") expect(processes).toHaveLength(2);
  });

  test("a cancel ends worker and child", async () => {
    const journal = join(temporaryFolder(), "profile.jsonl");
    // It would take an hour.
    const endless = smallProfile({ rounds: 10_000 });
    const { outcome, processes } = await struck<"profile">(endless, workerPath, "cancel", (note) => note.includes(": round"), journal);
    expect(outcome.status).toBe("cancelled");
    await vi.waitUntil(() => !processes.some(isAlive), { timeout: 20_000 });
  });
});
