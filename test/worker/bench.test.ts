import { join } from "node:path";
import * as v from "valibot";
import { beforeAll, describe, expect, test } from "vitest";
import { digestOf } from "../../src/runs/digest.js";
import { Journal } from "../../src/runs/journal.js";
import { runJob, type Outcome, type RunOptions } from "../../src/runs/supervisor.js";
import { BenchRequestSchema, type BenchRequest, type BenchResult } from "../../src/shared/bench.js";
import { InputError } from "../../src/shared/errors.js";
import type { MeasureProgress } from "../../src/shared/measure.js";
import { uniform } from "./fixtures/measureRequests.js";
import { bundle, isAlive, temporaryFolder } from "./helpers.js";

const SUPPORTED = ["linux-x64", "linux-arm64", "win32-x64", "win32-arm64", "darwin-arm64"].includes(`${process.platform}-${process.arch}`);
if (!SUPPORTED) console.warn("NOT TESTED: there is no onnxruntime for this platform, so nothing can be measured.");

let workerPath = "";
beforeAll(async () => {
  workerPath = await bundle("src/worker/main.ts");
});

const predicted = (value: number, resolution = 64) => ({ value, unit: "%", source: "a test", resolution });

function smallBench(fields: Partial<BenchRequest> = {}): BenchRequest {
  return {
    kind: "bench",
    configs: [
      { ...uniform("small", 2, 2, 3), predicted: predicted(70) },
      { ...uniform("large", 3, 4, 5), predicted: predicted(75, 224) },
    ],
    baselines: [{ name: "mobilenet-v2", resolution: 64 }, { name: "efficientnet-lite0", resolution: 224 }],
    precision: "int8",
    threads: 1,
    executionProvider: "cpu",
    rounds: 4,
    batches: 3,
    seed: 3,
    ...fields,
  };
}

const run = (request: BenchRequest, options: Partial<RunOptions<"bench">> = {}): Promise<Outcome<BenchResult>> =>
  runJob<"bench">(v.parse(BenchRequestSchema, request), { workerPath, journal: null, ...options });

async function result(request: BenchRequest, options: Partial<RunOptions<"bench">> = {}): Promise<BenchResult> {
  const outcome = await run(request, options);
  if (outcome.status !== "done") throw new Error(outcome.status);
  return outcome.result;
}

const middle = (values: readonly number[]) => {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
};

/** Rows and ratios say the same. */
function expectConsistent({ rows, ratios }: BenchResult, request: BenchRequest): void {
  expect(rows.map(({ key }) => key)).toEqual([...request.configs.map(({ key }) => key), ...request.baselines.map(({ name }) => name)]);
  for (const row of rows) {
    expect(row.perBatch).toHaveLength(request.batches);
    expect(Math.min(...row.perBatch)).toBeGreaterThan(0);
    expect(row.latencyMs).toBeCloseTo(middle(row.perBatch), 12);
    expect(row.standardError).toBeGreaterThanOrEqual(0);
  }
  const pairs = request.configs.flatMap(({ key }) => request.baselines.map(({ name }) => [key, name]));
  expect(ratios.map(({ config, baseline }) => [config, baseline])).toEqual(pairs);
  const perBatch = (key: string) => rows.find((row) => row.key === key)!.perBatch;
  for (const { config, baseline, perBatch: quotients, median, min, max } of ratios) {
    expect(quotients).toEqual(perBatch(config).map((ms, i) => perBatch(baseline)[i]! / ms));
    expect([min, max]).toEqual([Math.min(...quotients), Math.max(...quotients)]);
    expect(median).toBeCloseTo(middle(quotients), 12);
  }
}

describe.runIf(SUPPORTED)("bench", () => {
  test("times configs and baselines in every batch; ratios are formed within a batch, accuracies have a source", async () => {
    const request = smallBench();
    const seen: MeasureProgress[] = [];
    const found = await result(request, { onProgress: (progress) => void seen.push(progress) });
    expectConsistent(found, request);
    const [small, large, mobilenet, efficientnet] = found.rows;
    expect(small).toMatchObject({ kind: "config", resolution: 64, accuracy: { value: 70, unit: "%", origin: "predicted", source: "a test" } });
    // Predicted for another resolution, published for another resolution: neither is the accuracy of what was timed.
    expect(large!.accuracy).toBeNull();
    expect(mobilenet).toMatchObject({ kind: "baseline", title: "MobileNetV2 1.0", accuracy: null });
    expect(efficientnet!.accuracy).toMatchObject({ value: 74.4, origin: "published", precision: "int8" });
    expect(mobilenet!.parameters).toBeCloseTo(3.5e6, -5);
    expect(found.protocol).toMatchObject({ precision: "int8", rounds: 4, resolution: null });
    expect(found.noise.batches).toBe(3);
    expect(new Set(seen.map(({ note }) => /^batch \d of 3/.exec(note)?.[0]))).toEqual(new Set(["batch 1 of 3", "batch 2 of 3", "batch 3 of 3"]));
    for (const { done, total } of seen) expect(done).toBeLessThanOrEqual(total);
  });

  test.each([2, 1])("needs no baseline: %d configs", async (count) => {
    const request = smallBench({ baselines: [], batches: 1, precision: "fp32", configs: smallBench().configs.slice(0, count) });
    const found = await result(request);
    expectConsistent(found, request);
    expect(found.ratios).toEqual([]);
  });

  test("refuses an unknown baseline with those that there are, and a key twice, before any batch", async () => {
    const refusal = async (request: BenchRequest) => {
      const seen: MeasureProgress[] = [];
      const error: unknown = await run(request, { onProgress: (progress) => void seen.push(progress) }).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(InputError);
      expect(seen).toEqual([]);
      return (error as InputError).message;
    };
    expect(await refusal(smallBench({ baselines: [{ name: "resnet", resolution: 64 }] }))).toMatch(/baselines\[0\].*"resnet".*mobilenet-v2, mobilenet-v3-large, efficientnet-lite0/);
    const { configs } = smallBench();
    expect(await refusal(smallBench({ configs: [configs[0]!, configs[0]!] }))).toContain('"small"');
  });
});

/** Latencies of the finished batches in a journal: one list for each batch. */
function batchesIn(path: string, request: BenchRequest): number[][] {
  const journal = Journal.open(path, digestOf(v.parse(BenchRequestSchema, request)));
  journal.close();
  const state = journal.found.checkpoint?.state as { batches: { networks: { latencyMs: number }[]; references: { latencyMs: number }[] }[] } | undefined;
  return (state?.batches ?? []).map(({ networks, references }) => [...networks, ...references].map(({ latencyMs }) => latencyMs));
}

const column = ({ rows }: BenchResult, batch: number) => rows.map(({ perBatch }) => perBatch[batch]!);

describe.runIf(SUPPORTED)("a bench that is interrupted in its second batch", () => {
  test("by cancel: no process is left, and going on measures no finished batch again", async () => {
    const journal = join(temporaryFolder(), "bench.jsonl");
    const request = smallBench();
    const cancel = new AbortController();
    let pid = 0;
    const outcome = await run(request, {
      journal,
      signal: cancel.signal,
      onSpawn: (started) => void (pid = started),
      onProgress: ({ note }) => {
        if (note.startsWith("batch 2")) cancel.abort();
      },
    });
    expect(outcome.status).toBe("cancelled");
    expect(isAlive(pid)).toBe(false);
    const before = batchesIn(journal, request);
    expect(before).toHaveLength(1);

    const notes: string[] = [];
    const found = await result(request, { journal, onProgress: ({ note }) => void notes.push(note) });
    expect(notes.filter((note) => note.startsWith("batch 1"))).toEqual([]);
    expect(column(found, 0)).toEqual(before[0]);
    expectConsistent(found, request);
  });

  test("by kill -9: the worker that takes over goes on after the last finished batch", async () => {
    const journal = join(temporaryFolder(), "bench.jsonl");
    const request = smallBench();
    const pids: number[] = [];
    const notes: string[][] = [];
    let before: number[][] = [];
    const found = await result(request, {
      journal,
      onSpawn: (pid) => {
        pids.push(pid);
        notes.push([]);
      },
      onProgress: ({ note }) => {
        notes.at(-1)!.push(note);
        if (pids.length > 1 || !note.startsWith("batch 2") || before.length > 0) return;
        before = batchesIn(journal, request);
        process.kill(pids[0]!, "SIGKILL");
      },
    });
    expect(pids).toHaveLength(2);
    expect(before).toHaveLength(1);
    expect(notes[1]!.filter((note) => note.startsWith("batch 1"))).toEqual([]);
    expect(column(found, 0)).toEqual(before[0]);
    expectConsistent(found, request);
  });
});
