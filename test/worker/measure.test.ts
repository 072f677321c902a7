import { copyFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { runJob, type Outcome, type RunOptions } from "../../src/runs/supervisor.js";
import { InputError } from "../../src/shared/errors.js";
import { MeasureRequestSchema, type Measured, type MeasureProgress, type MeasureRequest, type MeasureResult, type NetworkRequest } from "../../src/shared/measure.js";
import { smallBatch, uniform } from "./fixtures/measureRequests.js";
import { bundle, isAlive, temporaryFolder } from "./helpers.js";

const SUPPORTED = ["linux-x64", "linux-arm64", "win32-x64", "win32-arm64", "darwin-arm64"].includes(`${process.platform}-${process.arch}`);
if (!SUPPORTED) console.warn("NOT TESTED: there is no onnxruntime for this platform, so nothing can be measured.");

let workerPath = "";
beforeAll(async () => {
  workerPath = await bundle("src/worker/main.ts");
});

const run = (request: MeasureRequest, options: Partial<RunOptions<"measure">> = {}): Promise<Outcome<MeasureResult>> =>
  runJob<"measure">(v.parse(MeasureRequestSchema, request), { workerPath, journal: null, ...options });

async function measured(request: MeasureRequest, options: Partial<RunOptions<"measure">> = {}): Promise<MeasureResult> {
  const outcome = await run(request, options);
  if (outcome.status !== "done") throw new Error(outcome.status);
  return outcome.result;
}

/** What a request is refused for. */
async function refusal(request: MeasureRequest, options: Partial<RunOptions<"measure">> = {}): Promise<string> {
  const error: unknown = await run(request, options).then(() => null, (reason: unknown) => reason);
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).message;
}

/** A folder where the worker puts its temporary files. */
function ownTemporaryFolder(): string {
  const folder = temporaryFolder();
  const before = process.env["TMPDIR"];
  process.env["TMPDIR"] = folder;
  onTestFinished(() => {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  });
  return folder;
}

const all = ({ networks, references }: MeasureResult): Measured[] => [...networks, ...references];

function expectSound(result: MeasureResult, request: MeasureRequest): void {
  expect(result.networks.map(({ key }) => key)).toEqual(request.networks.map(({ key }) => key));
  expect(result.references.map(({ key }) => key)).toEqual(request.references.map(({ key }) => key));
  for (const network of all(result)) {
    expect(network.latencyMs).toBeGreaterThan(0);
    expect(network.medianMs).toBeGreaterThanOrEqual(network.latencyMs);
    for (const share of [network.iqrMs, network.splitHalf, network.standardError]) expect(share).toBeGreaterThanOrEqual(0);
    expect(network.readings).toBe(request.rounds);
    expect(network.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(network.bytes).toBeGreaterThan(network.parameters * (request.precision === "int8" ? 0.9 : 3.6));
  }
  expect(new Set(all(result).map(({ digest }) => digest)).size).toBe(all(result).length);
  const { noise, suspect, reason } = result;
  expect(noise.drift).toBeGreaterThanOrEqual(1);
  expect(noise.disagreement).toBeGreaterThanOrEqual(0);
  expect(noise.contention).toBeGreaterThan(0);
  expect(suspect).toBe(reason !== null);
}

/** A trace covers the whole network, and its sum is of the order of the latency. */
function expectTraced({ trace, latencyMs }: Measured, depth: number): void {
  const blocks = [0, 1, 2, 3, 4].flatMap((stage) => Array.from({ length: depth }, (_, i) => `stages.${stage}.blocks.${i}`));
  expect(trace!.places.map(({ place }) => place)).toEqual(["stem", "first", ...blocks, "head", "classifier"]);
  expect(trace!.runs).toBeGreaterThan(10);
  const sum = trace!.places.reduce((total, { ms }) => total + ms, trace!.overheadMs);
  expect(sum / latencyMs).toBeGreaterThan(1 / 4);
  expect(sum / latencyMs).toBeLessThan(4);
  for (const { ms, kernels } of trace!.places) {
    expect(ms).toBeGreaterThan(0);
    expect(kernels.length).toBeGreaterThan(0);
  }
}

const kernelsOf = ({ trace }: Measured, place: RegExp) =>
  new Set(trace!.places.filter((each) => place.test(each.place)).flatMap(({ kernels }) => kernels.map(({ op }) => op)));

describe.runIf(SUPPORTED)("measuring", () => {
  test("int8 with traces: every number there, only quantised kernels in the body, nothing left on the disk", async () => {
    const folder = ownTemporaryFolder();
    const request = smallBatch({ traces: true });
    const seen: MeasureProgress[] = [];
    const result = await measured(request, { onProgress: (progress) => void seen.push(progress) });
    expectSound(result, request);
    const [small, large] = result.networks as [Measured, Measured];
    expectTraced(small, 2);
    expectTraced(large, 4);
    expect(result.references.every(({ trace }) => trace === null)).toBe(true);
    for (const network of result.networks) {
      const body = [...kernelsOf(network, /^(first|stages)/)];
      expect(body).toContain("QLinearConv");
      expect(body.filter((op) => !op.startsWith("QLinear"))).toEqual([]);
      expect([...kernelsOf(network, /./)].filter((op) => /^(Fused)?Conv$|^(Mat|Fused)?Gemm$|^MatMul$/.test(op))).toEqual([]);
    }
    // Some 13 times as many multiply-adds.
    expect(large.multiplyAdds / small.multiplyAdds).toBeGreaterThan(5);
    expect(large.latencyMs).toBeGreaterThan(small.latencyMs);
    expect(readdirSync(folder)).toEqual([]);
    expectProgress(seen);
  });

  function expectProgress(steps: MeasureProgress[]): void {
    expect(steps.length).toBeGreaterThan(3);
    for (const [i, { kind, done, total, note, remainingMs }] of steps.entries()) {
      expect(kind).toBe("measure");
      expect(done).toBeGreaterThan(steps[i - 1]?.done ?? 0);
      expect(done).toBeLessThanOrEqual(total);
      expect(remainingMs).toBeGreaterThanOrEqual(0);
      expect(note).not.toBe("");
    }
  }

  test("fp32: another model of the same architecture; the protocol says what was measured how", async () => {
    const request = smallBatch({ precision: "fp32", rounds: 4 });
    const result = await measured(request);
    expectSound(result, request);
    expect(result.networks[0]!.trace).toBeNull();
    const { device, protocol } = result;
    expect(device).toMatchObject({ platform: `${process.platform}-${process.arch}`, node: process.versions.node });
    expect(device.onnxruntime).toMatch(/^\d+\.\d+\.\d+/);
    const asked = { precision: "fp32", threads: 1, executionProvider: "cpu", batch: 1, warmup: 2, rounds: 4, seed: 3 };
    expect(protocol).toMatchObject({ ...asked, statistic: "p25", resolution: 64, tolerance: 0.03 });
    expect(Date.parse(protocol.date)).not.toBeNaN();
    // CPU time wherever it is fine enough, and then it says a run's own time, whatever else runs.
    if (protocol.clock === "cpu") expect(protocol.granularityMs).toBeLessThan(0.01 * protocol.repeats * result.networks[1]!.cpuMs);
    const again = await measured({ ...request, seed: 4 });
    expect(all(again).map(({ digest }) => digest)).toEqual(all(result).map(({ digest }) => digest));
  });

  test("two threads are timed by the wall clock; other resolutions, classes and batches are told apart", async () => {
    const other: NetworkRequest = { ...uniform("other", 2, 2, 3), resolution: 32, classes: 10 };
    const request = smallBatch({ threads: 2, batch: 2, rounds: 4, warmup: 0, tolerance: 1, networks: [uniform("small", 2, 2, 3), other] });
    const result = await measured(request);
    expectSound(result, request);
    expect(result.protocol).toMatchObject({ clock: "wall", threads: 2, resolution: null, batch: 2 });
    expect(result.networks[1]).toMatchObject({ resolution: 32, classes: 10 });
    expect(result.networks[1]!.parameters).toBeLessThan(result.networks[0]!.parameters);
  });
});

describe.runIf(SUPPORTED)("cancelling", () => {
  test.each(["round", "trace"])("in a %s ends the process and leaves nothing", async (phase) => {
    const folder = ownTemporaryFolder();
    const cancel = new AbortController();
    let pid = 0;
    const outcome = await run(smallBatch({ rounds: phase === "round" ? 10_000 : 4, traces: true }), {
      signal: cancel.signal,
      onSpawn: (started) => void (pid = started),
      onProgress: ({ note }) => {
        if (note.startsWith(phase)) cancel.abort();
      },
    });
    expect(outcome.status).toBe("cancelled");
    expect(isAlive(pid)).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe.runIf(SUPPORTED)("refusals", () => {
  test("an execution provider that there is not, with those that there are", async () => {
    const message = await refusal(smallBatch({ executionProvider: "abacus" }));
    expect(message).toContain('"abacus"');
    expect(message).toMatch(/one of .*cpu/);
  });

  test("a network outside its space, by its key and choice; a baseline that there is not; a key twice", async () => {
    const request = smallBatch({ networks: [uniform("fine", 2, 2, 3), uniform("wide", 2, 5, 3)] });
    const message = await refusal(request);
    expect(message).toContain("foxnas-cpu.json");
    expect(message).toContain('networks[1]: the network "wide"');
    expect(message).toContain("stages[0].blocks[0].expand: found 5");
    const unknown: NetworkRequest = { key: "x", network: { baseline: "resnet" }, resolution: 64 };
    expect(await refusal(smallBatch({ references: [unknown] }))).toMatch(/references\[0\].*"resnet".*mobilenet-v2/);
    expect(await refusal(smallBatch({ networks: [uniform("middle", 2, 2, 3)] }))).toContain('"middle"');
  });
});

test("without onnxruntime the message says what is missing and what works all the same", async () => {
  // Outside the project no package is found.
  const elsewhere = join(temporaryFolder(), "worker.cjs");
  copyFileSync(workerPath, elsewhere);
  const message = await refusal(smallBatch(), { workerPath: elsewhere });
  expect(message).toContain("onnxruntime");
  expect(message).toContain("Search, fit, explain");
});
