import { join } from "node:path";
import * as v from "valibot";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { encodeArchitecture } from "../../src/engine/architecture.js";
import { Predictor } from "../../src/engine/predictor.js";
import { digestOf } from "../../src/runs/digest.js";
import { Journal } from "../../src/runs/journal.js";
import { runJob } from "../../src/runs/supervisor.js";
import { InputError } from "../../src/shared/errors.js";
import { readPredictor } from "../../src/shared/files/index.js";
import type { Source } from "../../src/shared/messages.js";
import type { PredictorFile } from "../../src/shared/predictor.js";
import type { TuneResult } from "../../src/shared/tune.js";
import { combinedOf } from "../../src/shared/tuneCombined.js";
import { tuneSentences } from "../../src/shared/tuneText.js";
import { TuneStateSchema } from "../../src/worker/tune/state.js";
import { done, struck, SUPPORTED } from "./fixtures/measuring.js";
import { smallProfile, smallTune, TINY } from "./fixtures/profileRequests.js";
import { bundle, isAlive, temporaryFolder } from "./helpers.js";

let workerPath = "";
let profiled: PredictorFile;
/** ms */
let slowest = 0;
beforeAll(async () => {
  workerPath = await bundle("src/worker/main.ts");
  if (!SUPPORTED) return;
  const { result } = await done<"profile">(smallProfile(), workerPath);
  profiled = result.predictor;
  slowest = Math.max(...result.samples.map(({ latencyMs }) => latencyMs));
});

const source = (file: object): Source => ({ name: "tiny.latency.predictor.json", text: JSON.stringify(file) });

/** Half of what the machine takes: whatever is predicted within a budget measures above it. */
const optimistic = (): PredictorFile => ({
  ...profiled,
  intercept: profiled.intercept / 2,
  coefficients: Object.fromEntries(Object.entries(profiled.coefficients).map(([name, ms]) => [name, ms / 2])),
});

const fastestOf = (file: PredictorFile): number => {
  const predictor = new Predictor(TINY, file);
  const stages = TINY.stages.map(({ width, depth, expand, kernel }) => ({ width, blocks: Array.from({ length: depth[0]! }, () => ({ expand: expand[0]!, kernel: kernel[0]! })) }));
  return predictor.value(stages);
};

const triedIn = ({ rounds }: TuneResult) => rounds.flatMap(({ candidates }) => candidates);

function expectSound(result: TuneResult, atMost: number): void {
  expect(result.rounds.length).toBeGreaterThan(0);
  expect(result.rounds.length).toBeLessThanOrEqual(atMost);
  const tried = triedIn(result);
  expect(new Set(tried.map(({ architecture }) => encodeArchitecture(architecture))).size).toBe(tried.length);
  for (const { candidates, level, error } of result.rounds) {
    expect(candidates.length).toBeLessThanOrEqual(3);
    expect(error).toBeGreaterThanOrEqual(0);
    for (const { measured, predicted } of candidates) {
      expect(measured.latencyMs).toBeCloseTo(measured.rawMs * level.factor, 9);
      expect(predicted.latency.interval![0]).toBeLessThan(predicted.latency.interval![1]);
    }
  }
  const { measured, predicted, architecture, predictor, budget, status, confirmations } = result;
  const winner = tried.find((one) => encodeArchitecture(one.architecture) === encodeArchitecture(architecture!))!;
  expect(measured).toMatchObject(combinedOf(winner));
  expect(measured).toMatchObject({ first: winner.measured, confirmed: winner.confirmed });
  // Nothing is within the budget by one batch alone, but where all confirming batches are used up.
  if (measured!.underBudget && confirmations.length < atMost) expect(measured!.confirmed).not.toBeNull();
  const confirmed = tried.flatMap((one) => one.confirmed ?? []);
  expect(confirmations.reduce((sum, { architectures }) => sum + architectures, 0)).toBe(confirmed.length);
  expect(confirmations.length).toBeLessThanOrEqual(atMost);
  expect(result.noise!.batches).toBe(result.rounds.length + confirmations.length);
  expect(measured!.underBudget).toBe(measured!.latencyMs <= budget);
  expect(status).toBe(measured!.underBudget ? "ok" : "infeasible");
  const [low, high] = predicted!.latency.interval!;
  expect(measured!.withinInterval).toBe(measured!.latencyMs >= low && measured!.latencyMs <= high);
  expect(new Predictor(TINY, readPredictor(source(predictor))).value(architecture!.stages)).toBeCloseTo(predicted!.latency.value, 9);
  expect(predictor.fit!.n).toBe(profiled.fit!.n + tried.length + confirmed.length);
  expect(predictor.measured).toEqual(profiled.measured);
  expect(result.protocol).toMatchObject({ precision: "int8", threads: 1, executionProvider: "cpu" });
  expect(tuneSentences(result).join(" ")).not.toMatch(/NaN|undefined|null/);
}

describe.runIf(SUPPORTED)("search, measure, refit", () => {
  test("with room in the budget: the optimum is measured in the first round, under the budget, and the loop ends", async () => {
    const { result, steps } = await done<"tune">(smallTune(source(profiled), 4 * slowest, { most: 4 }), workerPath);
    expectSound(result, 4);
    expect(result.status).toBe("ok");
    expect(result.certificate.proved).toBe(true);
    const first = result.rounds[0]!.candidates[0]!;
    const best = Math.max(...triedIn(result).map(({ predicted }) => predicted.accuracy.value));
    expect(first.predicted.accuracy.value).toBe(best);
    expect(result.architecture).toEqual(first.architecture);
    for (const { done: share, total } of steps) expect(share).toBeLessThanOrEqual(total);
    // The corrected predictor can be tuned again.
    const again = await done<"tune">(smallTune(source(result.predictor), 4 * slowest, { most: 1, candidates: 1 }), workerPath);
    expect(again.result.rounds).toHaveLength(1);
  });

  test("nothing measures within the budget: the rounds are used up, and the nearest is given; kill -9 loses and repeats no batch", async () => {
    const journal = join(temporaryFolder(), "tune.jsonl");
    const file = optimistic();
    const request = smallTune(source(file), 1.05 * fastestOf(file), { most: 3, rounds: 40 });
    const { outcome, processes, state, notes } = await struck<"tune">(request, workerPath, "kill", (note) => note.includes("time 2 of"), journal);
    if (outcome.status !== "done") throw new Error(outcome.status);
    const { result } = outcome;
    expectSound(result, 3);
    expect(result).toMatchObject({ status: "infeasible", stopped: "rounds" });
    expect(result.rounds).toHaveLength(3);
    const fastest = Math.min(...triedIn(result).map(({ measured }) => measured.latencyMs));
    expect(result.measured!.latencyMs).toBe(fastest);
    expect(result.nearestBudget).toBe(fastest);
    expect(tuneSentences(result)[0]).toMatch(/^None of \d+ architectures measured in 3 rounds/);

    const before = v.parse(TuneStateSchema, state);
    expect(before.rounds).toHaveLength(1);
    expect(result.rounds[0]!.candidates.map(({ measured }) => measured.rawMs)).toEqual(before.rounds[0]!.batch.samples.map(({ latencyMs }) => latencyMs));
    expect(notes.filter((note) => note.includes("time 1 of"))).toEqual([]);
    await vi.waitUntil(() => !processes.some(isAlive), { timeout: 20_000 });
  });

  test("kill -9 in mid-confirmation loses and repeats no batch; a winner that its second batch puts above the budget goes back, and the next best is taken", async () => {
    const journal = join(temporaryFolder(), "tune.jsonl");
    const request = smallTune(source(profiled), 4 * slowest, { most: 3, rounds: 40 });
    const { outcome, state, notes } = await struck<"tune">(request, workerPath, "kill", (note) => note.includes("once more"), journal);
    if (outcome.status !== "done") throw new Error(outcome.status);
    expectSound(outcome.result, 3);
    expect(notes.filter((note) => note.includes("time 1 of"))).toEqual([]);
    const before = v.parse(TuneStateSchema, state);
    expect(before.confirmations).toEqual([]);
    expect(triedIn(outcome.result).slice(0, 3).map(({ measured }) => measured.rawMs)).toEqual(before.rounds[0]!.batch.samples.map(({ latencyMs }) => latencyMs));
    expect(outcome.result.confirmations[0]).toMatchObject({ architectures: 3, kept: true });

    // The same journal, but that the second batch says ten times as much of the winner: so much no noise makes up for.
    const winner = triedIn(outcome.result).findIndex(({ architecture }) => encodeArchitecture(architecture) === encodeArchitecture(outcome.result.architecture!));
    const round = before.rounds[0]!.batch;
    const slower = { ...round, samples: [{ ...round.samples[winner]!, latencyMs: 10 * round.samples[winner]!.latencyMs }] };
    const doctored = join(temporaryFolder(), "doctored.jsonl");
    const opened = Journal.open(doctored, digestOf(request));
    opened.checkpoint({ ...before, confirmations: [{ tried: [winner], batch: slower }] });
    opened.close();
    const { result } = await done<"tune">(request, workerPath, { journal: doctored });
    expectSound(result, 3);
    const failed = triedIn(result)[winner]!;
    expect(failed.confirmed!.rawMs).toBe(slower.samples[0]!.latencyMs);
    expect(combinedOf(failed).latencyMs).toBeGreaterThan(request.budget);
    expect(result).toMatchObject({ status: "ok", confirmations: [{ kept: false }, { kept: true }] });
    expect(encodeArchitecture(result.architecture!)).not.toBe(encodeArchitecture(failed.architecture));
    expect(result.measured!.confirmed).not.toBeNull();
  });

  test("a journal of before there were confirming batches starts afresh", async () => {
    const journal = join(temporaryFolder(), "old.jsonl");
    const request = smallTune(source(profiled), 4 * slowest, { most: 1, candidates: 1 });
    const opened = Journal.open(journal, digestOf(request));
    opened.checkpoint({ elapsedMs: 1e9, rounds: [] });
    opened.close();
    const { result } = await done<"tune">(request, workerPath, { journal });
    expectSound(result, 1);
    expect(result.search.elapsedMs).toBeLessThan(1e9);
  });

  test("a budget under every prediction: nothing is measured, the feasible range is given", async () => {
    const { result } = await done<"tune">(smallTune(source(profiled), fastestOf(profiled) / 1000), workerPath);
    expect(result).toMatchObject({ status: "infeasible", stopped: "infeasible", architecture: null, measured: null, rounds: [] });
    expect(result.nearestBudget).toBe(result.feasible.latency[0]);
  });

  test("a cancel ends worker and child", async () => {
    const journal = join(temporaryFolder(), "tune.jsonl");
    const { outcome, processes } = await struck<"tune">(smallTune(source(profiled), slowest, { rounds: 10_000 }), workerPath, "cancel", (note) => note.includes(": round"), journal);
    expect(outcome.status).toBe("cancelled");
    await vi.waitUntil(() => !processes.some(isAlive), { timeout: 20_000 });
  });
});

describe.runIf(SUPPORTED)("refused", () => {
  const refusal = async (file: object): Promise<string> => {
    const error: unknown = await runJob<"tune">(smallTune(source(file), slowest), { workerPath, journal: null }).then(() => null, (reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).message;
  };
  const elsewhere = (device: object, protocol: object = {}) => {
    const measured = profiled.measured!;
    return { ...profiled, measured: { ...measured, device: { ...measured.device, ...device }, protocol: { ...measured.protocol, ...protocol } } };
  };

  test("a predictor of another machine, with the difference named", async () => {
    const cpu = await refusal(elsewhere({ cpu: "Abacus 3000" }));
    expect(cpu).toContain("its processor differs (found Abacus 3000");
    expect(cpu).toContain(profiled.measured!.device.cpu);
    expect(cpu).toContain("Profile this device");
    expect(await refusal(elsewhere({ platform: "abacus-x1" }))).toContain("its platform differs");
    expect(await refusal(elsewhere({ onnxruntime: "0.1.0" }))).toContain("its version of onnxruntime differs (found 0.1.0");
    expect(await refusal(elsewhere({}, { executionProvider: "abacus" }))).toContain('"abacus"');
  });

  test("a predictor that nobody measured, or that has no covariance", async () => {
    const { measured: _measured, ...unmeasured } = profiled;
    expect(await refusal(unmeasured)).toContain("does not say on which machine");
    const { fit: _fit, ...bare } = profiled;
    expect(await refusal(bare)).toContain("cannot be corrected");
  });
});
