import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { configText, readConfig } from "../../../src/shared/files/index.js";
import { isKind } from "../../../src/runs/runStore.js";
import type { Point, SearchResult } from "../../../src/shared/results.js";
import type { TestApi } from "../../../src/host/testApi.js";
import { searchRequest, stateOf, until, type Tests } from "./tests.js";

/** Some seconds of annealing, so that something can happen in the middle. */
const LONG = 30_000_000;

/** A result without what depends on the clock. */
const timeless = (result: SearchResult | null) => ({ ...result, search: { ...result?.search, elapsedMs: 0 } });

const inProgress = ({ runs }: TestApi, id: string) =>
  until("progress", () => {
    const progress = runs.progressOf(id, "search");
    return progress !== null && progress.evaluations > 0 ? progress : undefined;
  });

export const runTests: Tests = {
  "a search is stored, its config parses back to what was found, delete removes it": async ({ api }) => {
    const id = await api.runs.start(await searchRequest(api), "test");
    assert.equal(await stateOf(api, id, "done", "failed"), "done");
    const result = await api.runs.result(id, "search");
    assert.ok(result?.found);
    assert.ok(result.found.latency.value <= 120);
    const { record } = (await api.runs.list()).find((run) => run.record.id === id)!;
    assert.ok(isKind(record, "search"));
    const points: (number | null)[] = [null, Math.floor(result.front.length / 2)];
    for (const format of ["json", "yaml"] as const) {
      for (const point of points) {
        const { config, name } = api.configOfRun(record, result, point, "0.0.0", "2026-11-24T00:00:00.000Z");
        const read = readConfig({ name: `${name}.foxnas.${format}`, text: configText(config, format) });
        const expected: Point = point === null ? result.found : result.front[point]!;
        assert.deepEqual({ resolution: read.resolution, stages: read.stages }, expected.architecture);
        assert.equal(read.predicted?.latency.device, result.predictors.latency.device);
        assert.ok(read.provenance !== undefined && read.provenance.budget >= expected.latency.value);
      }
    }
    assert.throws(() => api.configOfRun(record, result, result.front.length, "0", ""), { name: "InputError" });
    await api.runs.delete(id);
    assert.ok(!existsSync(join(api.runsFolder, id)));
  },

  "an infeasible budget ends as such, with the feasible range": async ({ api }) => {
    const id = await api.runs.start(await searchRequest(api, { budget: 1 }), "test");
    assert.equal(await stateOf(api, id, "infeasible", "failed", "done"), "infeasible");
    const result = await api.runs.result(id, "search");
    assert.ok(result?.nearestBudget !== null && result!.nearestBudget >= result!.feasible.latency[0]);
    await api.runs.delete(id);
  },

  "cancel ends the worker, resume goes on": async ({ api }) => {
    const id = await api.runs.start(await searchRequest(api, { evaluations: LONG * 1000 }), "test");
    await inProgress(api, id);
    const pid = api.runs.workerPidOf(id)!;
    api.runs.cancel(id);
    await stateOf(api, id, "cancelled");
    assert.throws(() => process.kill(pid, 0), { code: "ESRCH" });
    await api.runs.resume(id);
    await inProgress(api, id);
    api.runs.cancel(id);
    await stateOf(api, id, "cancelled");
    await api.runs.delete(id);
  },

  "a worker killed in mid-run is started again, the result is that of an undisturbed run": async ({ api }) => {
    const request = await searchRequest(api, { evaluations: LONG });
    const [disturbed, undisturbed] = [await api.runs.start(request, "test"), await api.runs.start(request, "test")];
    await inProgress(api, disturbed);
    process.kill(api.runs.workerPidOf(disturbed)!, "SIGKILL");
    assert.equal(await stateOf(api, disturbed, "done", "failed"), "done");
    assert.equal(await stateOf(api, undisturbed, "done", "failed"), "done");
    const restarts = (await api.runs.list()).find((run) => run.record.id === disturbed)!.record.restarts;
    assert.equal(restarts, 1);
    assert.deepEqual(timeless(await api.runs.result(disturbed, "search")), timeless(await api.runs.result(undisturbed, "search")));
    for (const id of [disturbed, undisturbed]) await api.runs.delete(id);
  },
};
