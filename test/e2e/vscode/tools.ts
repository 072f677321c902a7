import assert from "node:assert/strict";
import * as vscode from "vscode";
import { readConfig } from "../../../src/shared/files/index.js";
import { stateOf, until, type Tests } from "./tests.js";

const NAMES = ["foxnas_explain", "foxnas_insert", "foxnas_predict", "foxnas_search", "foxnas_spaces"];

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a model reads has no type
type Json = any;

/** What VS Code hands to whoever calls a tool: its sentences, and its data. */
async function call(name: string, input: object, token?: vscode.CancellationToken): Promise<{ text: string; json: Json }> {
  const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined }, token);
  const [text, json, ...rest] = content.map((part) => (part as vscode.LanguageModelTextPart).value);
  assert.deepEqual(rest, []);
  return { text: text!, json: JSON.parse(json!) as unknown };
}

/** A finished search that a tool started, and its run. */
const search = (budget = 120) => call("foxnas_search", { space: "foxnas-cpu", budget, seed: 7 });

/** Every number of a text, as it is written. */
const numbersIn = (text: string): number[] => [...text.matchAll(/\d+(?:\.\d+)?/g)].map(([number]) => Number(number));

export const toolTests: Tests = {
  "language models are offered five tools, each with a schema, a description and tags": async () => {
    const ours = vscode.lm.tools.filter(({ name }) => name.startsWith("foxnas_"));
    assert.deepEqual(ours.map(({ name }) => name).sort(), NAMES);
    for (const { name, description, inputSchema, tags } of ours) {
      assert.ok(description.length > 100, name);
      assert.equal((inputSchema as { additionalProperties?: boolean }).additionalProperties, false, name);
      assert.ok(tags.includes("foxnas"), name);
    }
    return Promise.resolve();
  },

  "foxnas_spaces names what the other tools take": async () => {
    const { text, json } = await call("foxnas_spaces", {});
    assert.deepEqual(json.spaces.map(({ id }: { id: string }) => id).sort(), ["foxnas-cpu", "foxnas-cpu-relu", "foxnas-tpu", "ofa-mbv3"]);
    const latency = json.predictors.find(({ id }: { id: string }) => id === "foxnas-cpu-256-latency-pi4");
    assert.deepEqual({ target: latency.target, unit: latency.unit, space: latency.space, resolution: latency.resolution }, { target: "latency", unit: "ms", space: "foxnas-cpu", resolution: 256 });
    assert.match(latency.device, /Raspberry Pi 4/);
    assert.match(text, /Predictor of latency: foxnas-cpu-256-latency-pi4, for foxnas-cpu at 256 px, on Raspberry Pi 4/);
  },

  "foxnas_search is a run, and every number of its answer is the run's, with unit, device, resolution and source": async ({ api }) => {
    const { text, json } = await search();
    const run = (await api.runs.list()).find(({ record }) => record.id === json.runId);
    assert.equal(run?.record.state, "done");
    const result = (await api.runs.result(json.runId, "search"))!;
    assert.deepEqual(json.architecture.stages, result.architecture!.stages);
    for (const target of ["accuracy", "latency"] as const) {
      const [told, found, card] = [json.predicted[target], result.predicted![target], result.predictors[target]];
      assert.deepEqual([told.value, told.unit, told.interval], [found.value, found.unit, found.interval]);
      assert.deepEqual([told.device, told.resolution, told.source], [card.device, card.resolution, card.source]);
    }
    assert.match(text, new RegExp(`Predicted latency: ${result.predicted!.latency.value.toFixed(1)}\\sms, 95 % prediction interval .*\\sms \\(Raspberry Pi 4.*256 px; predictor .*source: `));
    assert.match(text, new RegExp(`Predicted accuracy: ${result.predicted!.accuracy.value.toFixed(2)}\\s%`));
    assert.match(text, /optimal for these predictors, proved/);
    assert.equal(json.certificate.proved, true);
  },

  "foxnas_search under an infeasible budget answers what is feasible": async ({ api }) => {
    const { text, json } = await search(5);
    const result = (await api.runs.result(json.runId, "search"))!;
    assert.equal(json.status, "infeasible");
    assert.deepEqual(json.feasible.latency, result.feasible.latency);
    assert.equal(json.architecture, undefined);
    assert.match(text, /no architecture of foxnas-cpu is predicted within 5\sms on Raspberry Pi 4/);
    assert.ok(numbersIn(text).includes(Number(result.nearestBudget!.toFixed(2))), text);
  },

  "foxnas_search: a long one is asked about, a usual one is not": async ({ api }) => {
    const prepare = (input: object) => api.tools.foxnas_search.prepareInvocation!({ input }, new vscode.CancellationTokenSource().token);
    const usual = (await prepare({ space: "foxnas-cpu", budget: 120 }))!;
    assert.match(String(usual.invocationMessage), /Searching foxnas-cpu under 120 ms for Raspberry Pi 4/);
    assert.equal(usual.confirmationMessages, undefined);
    const long = (await prepare({ space: "foxnas-cpu", budget: 120, evaluations: 1e9 }))!;
    assert.match(String(long.confirmationMessages?.message), /foxnas-cpu under 120 ms with 1.000.000.000 evaluations/);
  },

  "a cancelled search ends as a cancelled run": async ({ api }) => {
    const source = new vscode.CancellationTokenSource();
    const before = new Set((await api.runs.list()).map(({ record }) => record.id));
    const called = call("foxnas_search", { space: "foxnas-cpu", budget: 121, evaluations: 1e12 }, source.token);
    const failed = assert.rejects(called, (error: Error) => /cancel/i.test(`${error.name} ${error.message}`));
    const id = await until("the run is listed", () => api.runs.liveIds().find((one) => !before.has(one)));
    await until("its worker works", () => api.runs.progressOf(id, "search") ?? undefined);
    source.cancel();
    await failed;
    // VS Code gives the call up at once; the worker ends a moment later.
    assert.equal(await stateOf(api, id, "cancelled", "done"), "cancelled");
  },

  "foxnas_predict reads what is typed but not saved, and judges a budget": async ({ api, folder }) => {
    const { json: found } = await search();
    const file = vscode.Uri.joinPath(folder, "typed.foxnas.json");
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode("{}\n"));
    const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file));
    const whole = new vscode.Range(0, 0, editor.document.lineCount, 0);
    await editor.edit((edit) => edit.replace(whole, JSON.stringify({ version: 1, ...found.architecture })));
    assert.ok(editor.document.isDirty);
    const { text, json } = await call("foxnas_predict", { config: "typed.foxnas.json", budget: 100 });
    assert.equal(json.predicted.latency.value, found.predicted.latency.value);
    assert.equal(json.predicted.accuracy.value, found.predicted.accuracy.value);
    assert.deepEqual(json.budget, { value: 100, unit: "ms", within: false });
    assert.match(text, /Over the budget of 100\sms by \d+\.\d\sms/);
    const inline = await call("foxnas_predict", { config: JSON.stringify({ version: 1, ...found.architecture }) });
    assert.deepEqual(inline.json.predicted, json.predicted);
    assert.equal((await api.runs.record(found.runId))?.state, "done");
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await vscode.workspace.fs.delete(file);
  },

  "foxnas_explain takes a run's predictions apart: baseline and parts add up to the value": async () => {
    const { json: found } = await search();
    const { text, json } = await call("foxnas_explain", { runId: found.runId });
    const { baseline, stages } = json.contributions.latency as { baseline: { value: number }; stages: { value: number; unit: string }[] };
    assert.ok(Math.abs(baseline.value + stages.reduce((sum, { value }) => sum + value, 0) - found.predicted.latency.value) < 1e-6);
    assert.ok(stages.every(({ unit }) => unit === "ms"));
    assert.ok(json.moves.length > 0 && json.moves.every(({ change, verdict }: Record<string, unknown>) => Boolean(change) && Boolean(verdict)));
    assert.match(text, /Raspberry Pi 4/);
    assert.match(text, /source: /);
    const source = new vscode.CancellationTokenSource();
    source.cancel();
    await assert.rejects(call("foxnas_explain", { runId: found.runId }, source.token), (error: Error) => /cancel/i.test(`${error.name} ${error.message}`));
  },

  "foxnas_insert asks with the file's name, writes what the run found, and replaces only when told to": async ({ api, folder }) => {
    const { json: found } = await search();
    const prepare = async (input: object) => (await api.tools.foxnas_insert.prepareInvocation!({ input }, new vscode.CancellationTokenSource().token))?.confirmationMessages;
    const input = { runId: found.runId, file: "nets/told.foxnas.yaml" };
    const first = await prepare(input);
    assert.match(first?.title ?? "", /nets\/told\.foxnas\.yaml/);
    assert.match(String(first?.message), /new file nets\/told\.foxnas\.yaml/);
    const { text, json } = await call("foxnas_insert", input);
    const file = vscode.Uri.joinPath(folder, "nets", "told.foxnas.yaml");
    const written = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    assert.deepEqual(readConfig({ name: "told.foxnas.yaml", text: written }).stages, found.architecture.stages);
    assert.deepEqual([json.file, json.replaced], ["nets/told.foxnas.yaml", false]);
    assert.match(text, /^Wrote nets\/told\.foxnas\.yaml/);

    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode("mine: true\n"));
    // The editor that the tool opened has to see it: VS Code does not save over a file that it has not read.
    await until("the editor shows the new text", async () => ((await vscode.workspace.openTextDocument(file)).getText() === "mine: true\n" ? true : undefined));
    await assert.rejects(call("foxnas_insert", input), /the file exists already \(found nets\/told\.foxnas\.yaml\).*overwrite/);
    assert.equal(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)), "mine: true\n");
    const again = await prepare({ ...input, overwrite: true });
    assert.match(again?.title ?? "", /Overwrite nets\/told\.foxnas\.yaml/);
    assert.match(String(again?.message), /exists already.*replaces.*can be undone/);
    await call("foxnas_insert", { ...input, overwrite: true });
    assert.deepEqual(readConfig({ name: "told.foxnas.yaml", text: new TextDecoder().decode(await vscode.workspace.fs.readFile(file)) }).stages, found.architecture.stages);
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder, "nets"), { recursive: true });
  },

  "bad input is a message that says what, found, expected and what next": async ({ folder }) => {
    const { json: found } = await search();
    const cases: [string, object, RegExp][] = [
      ["foxnas_search", {}, /space: the input of foxnas_search is wrong \(found no such field, expected the field/],
      ["foxnas_search", { space: "foxnas-cpu", budget: "120" }, /budget: the input of foxnas_search is wrong \(found "120", expected number\)/],
      ["foxnas_search", { space: "foxnas-cpu", budget: -1 }, /budget: .*found -1/],
      ["foxnas_search", { space: "foxnas-cpu", budget: 120, best: true }, /best: .*expected no such field/],
      ["foxnas_search", { space: "imagenet", budget: 120 }, /there is no such search space \(found "imagenet", expected foxnas-cpu.*foxnas_spaces lists them/],
      ["foxnas_search", { space: "foxnas-cpu", latency: "pi5", budget: 120 }, /there is no such latency predictor \(found "pi5", expected .*foxnas-cpu-256-latency-pi4/],
      ["foxnas_search", { space: "ofa-mbv3", budget: 120 }, /there is no accuracy predictor for ofa-mbv3/],
      ["foxnas_predict", { config: "../elsewhere.foxnas.json" }, /outside the workspace folder/],
      ["foxnas_predict", { config: "/etc/passwd" }, /this is no architecture config/],
      ["foxnas_predict", { config: "missing.foxnas.json" }, /missing\.foxnas\.json: the file cannot be read/],
      ["foxnas_predict", { config: '{"version": 1, "space": "foxnas-cpu"' }, /input\.foxnas\.json:1:/],
      ["foxnas_explain", {}, /One of runId and config is needed \(found neither/],
      ["foxnas_explain", { runId: found.runId, config: "a.foxnas.json" }, /One of runId and config is needed \(found both/],
      ["foxnas_explain", { runId: "no-such-run" }, /found no architecture yet/],
      ["foxnas_explain", { runId: found.runId, point: 999_999 }, /[Tt]he front has no such point/],
      ["foxnas_insert", { runId: "no-such-run" }, /found no architecture yet/],
      ["foxnas_insert", { runId: found.runId, file: "../out.foxnas.json" }, /outside the workspace folder/],
      ["foxnas_insert", { runId: found.runId, file: "model.py" }, /another ending than its format/],
      ["foxnas_insert", { runId: found.runId, file: "a.foxnas.json", format: "toml" }, /format: the input of foxnas_insert is wrong/],
      ["foxnas_spaces", { all: true }, /all: .*expected no such field/],
    ];
    const before = (await vscode.workspace.fs.readDirectory(folder)).length;
    for (const [name, input, message] of cases) await assert.rejects(call(name, input), message, `${name} ${JSON.stringify(input)}`);
    assert.equal((await vscode.workspace.fs.readDirectory(folder)).length, before);
  },
};
