import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseLines } from "../../../src/runs/journalLine.js";
import type { ProfileRequest } from "../../../src/shared/profile.js";
import { readPredictor } from "../../../src/shared/files/index.js";
import type { TestApi } from "../../../src/host/testApi.js";
import { stateOf, until, type Tests } from "./tests.js";

/** So small that it measures next to nothing, but everything a profile does is done. */
async function profileRequest(api: TestApi, part: Partial<ProfileRequest> = {}): Promise<ProfileRequest> {
  const { space } = await api.builtIn("foxnas-cpu");
  return {
    kind: "profile", space, resolution: 32, precision: "int8", threads: 1, executionProvider: "cpu", samples: 8, target: 0, timeLimitMs: 600_000,
    rounds: 4, seed: 3, ...part,
  };
}

/** State of a profile as its journal keeps it. */
interface State {
  traces: unknown;
  batches: { protocol: { date: string }; samples: unknown[] }[];
}

/** The checkpoints of a run, oldest first. */
function checkpoints({ runsFolder }: TestApi, id: string): State[] {
  const { entries } = parseLines(readFileSync(join(runsFolder, id, "journal.jsonl")));
  return (entries as { kind: string; state: State }[]).filter(({ kind }) => kind === "checkpoint").map(({ state }) => state);
}

const timedBy = (api: TestApi, id: string, timed: number) =>
  until(`${timed} timed architectures`, () => ((api.runs.progressOf(id, "profile")?.fit?.timed ?? 0) >= timed ? true : undefined));

export const profileTests: Tests = {
  "a small profile is stored, listed, and its predictor offered to a search": async ({ api }) => {
    const id = await api.runs.start(await profileRequest(api), "this, int8, 32 px");
    await assert.rejects(api.runs.start(await profileRequest(api), "another"), { name: "InputError", message: /measured already/ });
    assert.equal(await stateOf(api, id, "done", "failed"), "done");
    const result = await api.runs.result(id, "profile");
    assert.ok(result !== null);
    assert.equal(result.samples.length, 8);
    for (const { latencyMs, predicted } of result.samples) assert.ok(latencyMs > 0 && Number.isFinite(predicted));
    assert.equal(result.stopped, "samples");
    assert.equal(result.predictor.measured?.protocol.rounds, 4);

    const { found, record } = (await api.runs.list()).find((run) => run.record.id === id)!;
    assert.deepEqual(found, { kind: "profile", heldOut: result.heldOut.mape, samples: 8, device: result.predictor.device });
    const view = await api.runs.view(id);
    assert.ok(view?.kind === "profile" && view.result !== null);
    assert.equal(view.result.terms, 120);
    assert.ok(!("predictor" in view.result));

    const entry = (await api.library.predictors()).entries.find(({ key }) => key === `run:${id}`);
    assert.ok(entry !== undefined && entry.uri === null);
    assert.deepEqual(readPredictor(entry.source), result.predictor);
    const here = await api.machine.info();
    assert.equal(api.originNote(entry.content, here), undefined);
    assert.equal(api.originNote(entry.content, { ...here, cpu: "Cortex-A72" }), "from another machine");
    assert.match(api.originNote(entry.content, { ...here, onnxruntime: { version: "1.0.0", executionProviders: [] } }) ?? "", /onnxruntime .* here is 1\.0\.0/);
    assert.equal(record.request.kind, "profile");
    await api.runs.delete(id);
    assert.ok((await api.library.predictors()).entries.every(({ key }) => key !== `run:${id}`));
  },

  "kill -9 and cancel in mid-profile: the run goes on, no finished batch is lost or measured again": async ({ api }) => {
    const id = await api.runs.start(await profileRequest(api, { samples: 24 }), "this, int8, 32 px");
    await timedBy(api, id, 10);
    process.kill(api.runs.workerPidOf(id)!, "SIGKILL");
    const restarts = () => api.runs.live(id)?.record.restarts;
    await until("the restart", () => (restarts() === 1 ? true : undefined));
    await timedBy(api, id, 20);
    const pid = api.runs.workerPidOf(id)!;
    api.runs.cancel(id);
    await stateOf(api, id, "cancelled");
    assert.throws(() => process.kill(pid, 0), { code: "ESRCH" });
    await api.runs.resume(id);
    assert.equal(await stateOf(api, id, "done", "failed"), "done");

    const states = checkpoints(api, id);
    const last = states.at(-1)!;
    assert.deepEqual(states.map(({ batches }) => batches.length), [0, 1, 2, 3]);
    for (const { traces, batches } of states) {
      assert.deepEqual(traces, last.traces);
      assert.deepEqual(batches, last.batches.slice(0, batches.length));
    }
    const result = await api.runs.result(id, "profile");
    assert.equal(result?.samples.length, 24);
    assert.deepEqual(last.batches.map(({ samples }) => samples.length), [10, 10, 4]);
    await api.runs.delete(id);
  },

  "an execution provider that there is not fails with a list of those there are": async ({ api }) => {
    const id = await api.runs.start(await profileRequest(api, { executionProvider: "abacus" }), "this, int8, 32 px");
    assert.equal(await stateOf(api, id, "done", "failed"), "failed");
    assert.match((await api.runs.record(id))?.error ?? "", /no such execution provider.*abacus.*cpu/);
    await api.runs.delete(id);
  },
};
