/** Profiles for the panel's tests: made up, near what a small server gives; only tests see them. */
import type { ProfileCard, ProfileRunView } from "../../../src/shared/panel.js";

function lcg(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

const WIDTHS = [24, 40, 80, 112, 160];

function samplesOf(count: number): ProfileCard["samples"] {
  const random = lcg(5);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  return Array.from({ length: count }, (_, i) => {
    const stages = WIDTHS.map((width) => ({
      width,
      blocks: Array.from({ length: pick([2, 3, 4]) }, () => ({ expand: pick([2, 3, 4, 6]), kernel: pick([3, 5, 7]) })),
    }));
    const latencyMs = 4 + stages.flatMap(({ blocks }) => blocks).reduce((sum, { expand, kernel }) => sum + expand * (0.11 + 0.002 * kernel ** 2), 0);
    return {
      stages, latencyMs, predicted: latencyMs * (1 + (random() - 0.5) * 0.05), standardError: 0.004, splitHalf: 0.002 + random() * 0.01, batch: Math.floor(i / 10),
    };
  });
}

/** A finished profile of `count` architectures. */
export function toyProfile(count = 40): ProfileCard {
  const samples = samplesOf(count);
  const mape = samples.reduce((sum, { latencyMs, predicted }) => sum + Math.abs(predicted / latencyMs - 1), 0) / count;
  const errors = (factor: number) => ({ mape: mape * factor, rmse: 0.21 * factor, mae: 0.16 * factor, kendallTau: 1 - 0.06 * factor, r2: 1 - 0.01 * factor });
  return {
    device: {
      platform: "linux-x64", cpu: "AMD EPYC 7B13 64-Core Processor", cores: 2, memoryBytes: 8 * 2 ** 30, osRelease: "6.1.0-28-cloud-amd64",
      node: "20.20.2", onnxruntime: "1.30.0",
    },
    protocol: {
      statistic: "p25", clock: "cpu", clockReason: "one thread on the CPU", granularityMs: 0.002, threads: 1, executionProvider: "cpu", precision: "int8",
      resolution: 224, batch: 1, warmup: 3, rounds: 60, repeats: 1, channelMultiple: 16, seed: 1, tolerance: 0.03, date: "2026-11-23T14:03:10Z", elapsedMs: 9800,
    },
    samples, heldOut: errors(1), terms: 120, tableError: 0.031,
    forms: [
      { form: "sums", terms: 25, heldOut: count < 28 ? null : errors(3.4) },
      { form: "sums-padded", terms: 25, heldOut: count < 28 ? null : errors(2.1) },
      { form: "published", terms: 35, heldOut: count < 38 ? null : errors(4.4) },
    ],
    noise: { batches: Math.ceil(count / 10), repeated: 1, suspect: 0, drift: 1.064, contention: 1.02, splitHalf: 0.0062 },
    stopped: mape <= 0.02 ? "target" : "samples", elapsedMs: 41_300,
  };
}

/** A run around a profile, as the host would send it. */
export function toyProfileRun(result: ProfileCard | null, state: ProfileRunView["state"] = "done"): ProfileRunView {
  return {
    kind: "profile", id: "run-9", title: "AMD EPYC 7B13, int8, 224 px", state, space: "foxnas-cpu", resolution: 224, seed: 1,
    startedAt: "2026-11-23T14:02:00Z", restarts: 0, error: null, progress: null, result,
    asked: { precision: "int8", threads: 1, executionProvider: "cpu", samples: 40, target: 0.02, timeLimitMs: 60_000, rounds: 60 },
  };
}

/** A profile in mid-run, before (0) or after the first fit. */
export function toyMeasuring(timed: number): NonNullable<ProfileRunView["progress"]> {
  const heldOut = timed === 0 ? null : 0.031;
  return {
    kind: "measure", done: timed === 0 ? 0.08 : 0.46, total: 1, elapsedMs: timed === 0 ? 3100 : 19_400, remainingMs: timed === 0 ? null : 22_800,
    note: timed === 0 ? "tracing every block: trace 12 of 25" : `timing architectures ${timed + 1} to ${timed + 10}: round 12 of 60; held-out error 3.1 %`,
    fit: { timed, heldOut },
  };
}
