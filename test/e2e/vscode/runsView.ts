import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { sha256 } from "../../../src/runs/digest.js";
import type { TestApi } from "../../../src/host/testApi.js";
import type { RunNode } from "../../../src/host/runs/nodes.js";
import { readConfig } from "../../../src/shared/files/index.js";
import { countOf } from "../../../src/shared/format.js";
import { readRunFile, withPlaces } from "../../../src/shared/runFile.js";
import { searchRequest, stateOf, until, type Tests } from "./tests.js";

/** Runs as the view shows them, below headings or not. */
async function rows({ runsView }: TestApi): Promise<RunNode[]> {
  const roots = await runsView.children();
  const nodes = await Promise.all(roots.map((root) => (root.type === "group" ? runsView.children(root) : Promise.resolve([root]))));
  return nodes.flat().filter((node) => node.type === "run");
}

async function rowOf(api: TestApi, id: string): Promise<RunNode> {
  const row = (await rows(api)).find(({ record }) => record.id === id);
  assert.ok(row !== undefined, `run ${id} is in the view`);
  return row;
}

async function finished(api: TestApi, title: string, part: Parameters<typeof searchRequest>[1] = {}): Promise<string> {
  const id = await api.runs.start(await searchRequest(api, { evaluations: 20_000, ...part }), title);
  await stateOf(api, id, "done", "infeasible", "failed");
  return id;
}

const labelOf = (label: string | vscode.TreeItemLabel | undefined) => (typeof label === "object" ? label.label : label);

export const runsViewTests: Tests = {
  "rows tell state, budget, accuracy and latency; a finished run's figures stand below it": async ({ api }) => {
    const id = await finished(api, "figures");
    const row = await rowOf(api, id);
    const item = api.runItem(row);
    assert.match(labelOf(item.label)!, /^120 ms → 7\d\.\d\d %$/);
    assert.match(String(item.description), /figures/);
    assert.match(item.accessibilityInformation!.label, /^120 ms → 7\d\.\d\d %, done, /);
    assert.equal(item.contextValue, "search.done");
    assert.equal(item.collapsibleState, vscode.TreeItemCollapsibleState.Collapsed);
    const result = (await api.runs.result(id, "search"))!;
    const figures = (await api.runsView.children(row)).map((node) => (node.type === "figure" ? node.figure.label : ""));
    assert.deepEqual(figures.slice(0, 2), [`Accuracy ${result.predicted!.accuracy.value.toFixed(2)} %`, `Latency ${result.predicted!.latency.value.toFixed(1)} ms`]);
    assert.match(figures[2]!, result.certificate.gap! < 0.005 ? /^Proven optimum$/ : /pp below the optimum$/);
    assert.equal(figures[3], `Front of ${countOf(result.front.length)}`);
    await api.runs.delete(id);
  },

  "an infeasible run says what is feasible": async ({ api }) => {
    const id = await finished(api, "infeasible", { budget: 10 });
    const row = await rowOf(api, id);
    const item = api.runItem(row);
    assert.equal(item.contextValue, "search.infeasible");
    assert.match(String(item.description), /^infeasible budget/);
    const figures = (await api.runsView.children(row)).map((node) => (node.type === "figure" ? node.figure.label : ""));
    assert.match(figures[0]!, /^Nearest budget [\d.]+ ms$/);
    assert.match(figures[1]!, /^Feasible [\d.]+ to [\d.]+ ms$/);
    await api.runs.delete(id);
  },

  "a pin takes a run to the top under a heading, and is kept; unpin takes it back": async ({ api }) => {
    const [first, second] = [await finished(api, "first"), await finished(api, "second", { budget: 100 })];
    await vscode.commands.executeCommand("foxnas.runs.pin", await rowOf(api, first));
    const [pinned, rest] = await api.runsView.children();
    assert.ok(pinned?.type === "group" && rest?.type === "group");
    assert.equal(pinned.id, "pinned");
    assert.deepEqual(pinned.runs.map(({ record }) => record.id), [first]);
    assert.ok(rest.runs.some(({ record }) => record.id === second));
    assert.equal(api.runItem(await rowOf(api, first)).contextValue, "search.done.pinned");
    const kept = JSON.parse(readFileSync(join(api.runsFolder, first, "run.json"), "utf8")) as { pinned: boolean };
    assert.equal(kept.pinned, true);
    // Several at once, as the menu of several selected rows hands them over.
    const both = [await rowOf(api, first), await rowOf(api, second)];
    await vscode.commands.executeCommand("foxnas.runs.pin", both[0], both);
    assert.ok((await rows(api)).filter(({ record }) => record.pinned === true).length === 2);
    await vscode.commands.executeCommand("foxnas.runs.unpin", both[0], both);
    assert.ok((await rows(api)).every(({ record }) => record.pinned !== true));
    for (const id of [first, second]) await api.runs.delete(id);
  },

  "a name stands before the figures, is kept by a run that goes on, and can be taken back": async ({ api }) => {
    const id = await api.runs.start(await searchRequest(api, { evaluations: 3_000_000_000 }), "long");
    await api.runs.change(id, { name: "the one for the door" });
    assert.equal(labelOf(api.runItem(await rowOf(api, id)).label), "the one for the door");
    api.runs.cancel(id);
    await stateOf(api, id, "cancelled");
    const item = api.runItem(await rowOf(api, id));
    assert.equal(labelOf(item.label), "the one for the door");
    assert.match(String(item.description), /^cancelled · 120 ms · long$/);

    // The question proposes the name that there is; accepting it changes nothing.
    const renamed = vscode.commands.executeCommand("foxnas.runs.rename", await rowOf(api, id));
    let done = false;
    void renamed.then(() => (done = true));
    await until("the name is accepted", async () => {
      await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
      return done ? true : undefined;
    });
    assert.equal((await api.runs.record(id))?.name, "the one for the door");
    await api.runs.change(id, { name: null });
    assert.equal(labelOf(api.runItem(await rowOf(api, id)).label), "120 ms");
    await api.runs.delete(id);
  },

  "delete takes a finished run away without a question, and it can be brought back whole": async ({ api }) => {
    const id = await finished(api, "undone");
    const before = await api.runs.result(id, "search");
    await vscode.commands.executeCommand("foxnas.runs.delete", await rowOf(api, id));
    assert.ok(!existsSync(join(api.runsFolder, id)));
    assert.ok((await rows(api)).every(({ record }) => record.id !== id));
    await api.runs.restore(id);
    const row = await rowOf(api, id);
    assert.equal(row.record.state, "done");
    assert.deepEqual(await api.runs.result(id, "search"), before);
    await api.runs.delete(id);
    await assert.rejects(api.runs.restore("0-nobody"), { name: "InputError" });
  },

  "delete of a run that is going ends its worker first": async ({ api }) => {
    const id = await api.runs.start(await searchRequest(api, { evaluations: 3_000_000_000 }), "going");
    const pid = await until("a worker", () => api.runs.workerPidOf(id) ?? undefined);
    await api.runs.delete(id);
    assert.throws(() => process.kill(pid, 0), { code: "ESRCH" });
    assert.ok(!api.runs.liveIds().includes(id));
    await api.runs.restore(id);
    assert.equal((await rowOf(api, id)).record.state, "cancelled");
    await api.runs.delete(id);
  },

  "run again with the same seed: a new run, the same result byte for byte but for elapsed times": async ({ api }) => {
    const id = await finished(api, "again");
    await vscode.commands.executeCommand("foxnas.runs.rerun", await rowOf(api, id));
    const again = await until("a second run", async () => (await rows(api)).find(({ record }) => record.title === "again" && record.id !== id));
    await stateOf(api, again.record.id, "done", "failed");
    assert.deepEqual(again.record.request, (await rowOf(api, id)).record.request);
    const bytes = async (run: string) => JSON.stringify(await api.runs.result(run, "search"), (key, value: unknown) => (key === "elapsedMs" ? 0 : value));
    assert.equal(await bytes(again.record.id), await bytes(id));
    assert.deepEqual((await api.runs.replayOf(again.record.id))?.verdict, { kind: "same" });
    const [figure] = await api.runsView.children(await rowOf(api, again.record.id));
    assert.ok(figure?.type === "figure" && figure.figure.label === "Same result again");
    for (const one of [id, again.record.id]) await api.runs.delete(one);
  },

  "an exported run holds what it read, replays as the same, and tells where another result differs": async ({ api }) => {
    const id = await finished(api, "exported");
    const { record } = await rowOf(api, id);
    const text = await api.exportedText(record);
    const file = readRunFile({ name: "exported.foxnas-run.json", text }, sha256);
    assert.deepEqual(file.request, record.request);
    assert.equal(file.versions.foxnas, vscode.extensions.getExtension("fox-nas.fox-nas")!.packageJSON.version);
    assert.equal(file.versions.node, process.versions.node);
    assert.match(file.versions.onnxruntime!, /^\d+\.\d+/);

    const replayed = await api.startReplay(file, withPlaces(file.request, null), "exported.foxnas-run.json");
    await stateOf(api, replayed, "done", "failed");
    assert.deepEqual(await api.runs.replayOf(replayed), { version: 1, of: "exported.foxnas-run.json", verdict: { kind: "same" } });
    const other = await api.startReplay(file, { ...record.request, seed: 8 } as typeof record.request, "exported.foxnas-run.json");
    await stateOf(api, other, "done", "failed");
    const verdict = (await api.runs.replayOf(other))?.verdict;
    assert.ok(verdict?.kind === "different");
    for (const one of [id, replayed, other]) await api.runs.delete(one);
  },

  "the architecture of a run, as the comparison takes it": async ({ api }) => {
    const id = await finished(api, "compared");
    const side = await api.sideOf(await rowOf(api, id));
    assert.match(side.title, /^120 ms → /);
    const { resolution, stages } = readConfig(side.source);
    assert.deepEqual({ resolution, stages }, (await api.runs.result(id, "search"))!.found!.architecture);
    await api.runs.delete(id);
  },

  "two searches are compared, as the menu of two selected rows hands them over": async ({ api }) => {
    const [small, large] = [await finished(api, "small", { budget: 90 }), await finished(api, "large")];
    const both = [await rowOf(api, small), await rowOf(api, large)];
    await vscode.commands.executeCommand("foxnas.compare.runs", both[0], both);
    const shown = api.comparisons.shown.at(-1)!;
    for (const [side, row] of [[shown.a, both[0]!], [shown.b, both[1]!]] as const) {
      assert.equal(side.title, (await api.sideOf(row)).title);
    }
    const { comparison } = shown;
    assert.ok(comparison !== null, "both can be read");
    assert.ok(comparison.stages.some(({ blocks }) => blocks.some(({ status }) => status !== "same")), "architectures for 90 and 120 ms differ");
    shown.dispose();
    for (const id of [small, large]) await api.runs.delete(id);
  },
};
