import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import type { TestApi } from "../../../src/host/testApi.js";
import { parseLines } from "../../../src/runs/journalLine.js";
import type { BenchRequest } from "../../../src/shared/bench.js";
import { stateOf, until, type Tests } from "./tests.js";

/** So small that it measures next to nothing, but everything a bench does is done. */
async function benchRequest(api: TestApi, part: Partial<BenchRequest> = {}): Promise<BenchRequest> {
  const { space } = await api.builtIn("foxnas-cpu");
  const config = (key: string, depth: number): BenchRequest["configs"][number] => ({
    key,
    network: { space, stages: [24, 40, 80, 112, 160].map((width) => ({ width, blocks: Array.from({ length: depth }, () => ({ expand: 2, kernel: 3 })) })) },
    resolution: 32,
    predicted: { value: 70 + depth, unit: "%", source: "made up for a test", resolution: 32 },
  });
  return {
    kind: "bench", configs: [config("small", 2), config("large", 4)], baselines: [{ name: "mobilenet-v2", resolution: 32 }], precision: "int8", threads: 1,
    executionProvider: "cpu", rounds: 4, batches: 1, seed: 3, ...part,
  };
}

/** Dates of the batches that each checkpoint of a run holds, oldest first: a batch that is measured again has another. */
function batchesOf({ runsFolder }: TestApi, id: string): string[][] {
  const { entries } = parseLines(readFileSync(join(runsFolder, id, "journal.jsonl")));
  const checkpoints = entries as { kind: string; state: { batches: { protocol: { date: string } }[] } }[];
  return checkpoints.filter(({ kind }) => kind === "checkpoint").map(({ state }) => state.batches.map(({ protocol }) => protocol.date));
}

export const benchTests: Tests = {
  "a small bench is stored, listed, read back and copied": async ({ api }) => {
    const id = await api.runs.start(await benchRequest(api), "bench: 2 architectures, int8");
    await assert.rejects(api.runs.start(await benchRequest(api), "another"), { name: "InputError", message: /measured already/ });
    assert.equal(await stateOf(api, id, "done", "failed"), "done");
    const result = await api.runs.result(id, "bench");
    assert.ok(result !== null);
    assert.deepEqual(result.rows.map(({ key }) => key), ["small", "large", "mobilenet-v2"]);
    assert.deepEqual(result.ratios.map(({ config, baseline }) => [config, baseline]), [["small", "mobilenet-v2"], ["large", "mobilenet-v2"]]);
    for (const { latencyMs } of result.rows) assert.ok(latencyMs > 0);
    // A published accuracy is of 224 px.
    assert.deepEqual(result.rows.map(({ accuracy }) => accuracy?.value), [72, 74, undefined]);

    const { found, record } = (await api.runs.list()).find((run) => run.record.id === id)!;
    const fastest = result.rows.slice(0, 2).sort((a, b) => a.latencyMs - b.latencyMs)[0]!;
    assert.deepEqual(found, { kind: "bench", networks: 3, fastest: fastest.key, latencyMs: fastest.latencyMs });
    assert.equal(record.title, "bench: 2 architectures, int8");
    const view = await api.runs.view(id);
    assert.ok(view?.kind === "bench");
    assert.deepEqual(view.result, result);
    assert.deepEqual(view.asked, { precision: "int8", threads: 1, executionProvider: "cpu", rounds: 4, batches: 1, configs: 2, baselines: 1 });

    await vscode.commands.executeCommand("foxnas.copyMarkdown", { runId: id });
    const copied = await until("the clipboard", async () => {
      const text = await vscode.env.clipboard.readText();
      return text.includes("FOX-NAS benchmark") ? text : undefined;
    });
    assert.match(copied, /\| small \| 32 \| 72\.0 % predicted \|/);
    await api.runs.delete(id);
    assert.equal(await api.runs.view(id), null);
  },

  "cancel and resume in mid-bench: no finished batch is lost or measured again": async ({ api }) => {
    const id = await api.runs.start(await benchRequest(api, { batches: 6, rounds: 40 }), "bench: 2 architectures, int8");
    const batch = (number: number) => until(`batch ${number}`, () => (api.runs.progressOf(id, "bench")?.note.startsWith(`batch ${number} of`) === true ? true : undefined));
    await batch(3);
    const pid = api.runs.workerPidOf(id)!;
    api.runs.cancel(id);
    await stateOf(api, id, "cancelled");
    assert.throws(() => process.kill(pid, 0), { code: "ESRCH" });
    await api.runs.resume(id);
    assert.equal(await stateOf(api, id, "done", "failed"), "done");
    assert.equal((await api.runs.result(id, "bench"))?.noise.batches, 6);
    const states = batchesOf(api, id);
    const last = states.at(-1)!;
    assert.equal(last.length, 6);
    for (const dates of states) assert.deepEqual(dates, last.slice(0, dates.length));
    await api.runs.delete(id);
  },

  "architectures to measure: finished searches and config files, each read with its space": async ({ api, folder }) => {
    const file = vscode.Uri.joinPath(folder, "bench-me.foxnas.json");
    const stages = (await benchRequest(api)).configs[0]!.network;
    assert.ok("stages" in stages);
    const text = (space: string) => new TextEncoder().encode(JSON.stringify({ version: 1, space, resolution: 64, stages: stages.stages }));
    await vscode.workspace.fs.writeFile(file, text("foxnas-cpu"));
    try {
      const candidate = await until("the file's candidate", async () => (await api.benchCandidates()).find(({ key }) => key === file.toString()));
      const config = await candidate.read();
      assert.deepEqual([config.key, config.resolution, config.predicted], ["bench-me.foxnas.json", 64, null]);
      assert.equal("space" in config.network && config.network.space.text, stages.space.text);
      await vscode.workspace.fs.writeFile(file, text("nowhere"));
      await assert.rejects(candidate.read(), { name: "InputError", message: /no search space of this id.*nowhere/ });
    } finally {
      await vscode.workspace.fs.delete(file);
    }
  },
};
