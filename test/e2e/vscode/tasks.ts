import assert from "node:assert/strict";
import * as vscode from "vscode";
import { configText } from "../../../src/shared/files/index.js";
import type { ArchitectureConfig } from "../../../src/shared/architecture.js";
import type { TestApi } from "../../../src/host/testApi.js";
import { searchRequest, stateOf, until, type Tests } from "./tests.js";

const NAME = "nets/tasked.foxnas.json";

/** Runs a task and answers its exit code. */
async function exitCode(task: vscode.Task): Promise<number | undefined> {
  const ended = new Promise<number | undefined>((resolve) => {
    const listening = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode: code }) => {
      if (execution.task.name !== task.name) return;
      listening.dispose();
      resolve(code);
    });
  });
  await vscode.tasks.executeTask(task);
  return ended;
}

/** The config of a search under 120 ms, as a file of the workspace with another budget in it. */
async function writeConfig(api: TestApi, folder: vscode.Uri, budget: number): Promise<vscode.Uri> {
  const id = await api.runs.start(await searchRequest(api), "for tasks");
  await stateOf(api, id, "done");
  const record = (await api.runs.record(id))!;
  const result = (await api.runs.result(id, "search"))!;
  const { config } = api.configOfRun(record as Parameters<TestApi["configOfRun"]>[0], result, null, "0.0.0", "2026-01-01T00:00:00Z");
  const changed: ArchitectureConfig = { ...config, provenance: { ...config.provenance!, budget } };
  const file = vscode.Uri.joinPath(folder, NAME);
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(configText(changed, "json")));
  return file;
}

const provided = async () => (await vscode.tasks.fetchTasks({ type: "foxnas" })).find(({ definition }) => definition["config"] === NAME);
const problemsOf = (file: vscode.Uri) => vscode.languages.getDiagnostics(file).filter(({ message }) => message.startsWith("predicted latency"));

/** Tasks need terminals; the harness says so loudly where this VS Code has none. */
export const taskTests: Tests = process.env["FOXNAS_TERMINALS"] === undefined ? {} : {
  "a config within its budget: its check task is offered with predictors that fit, and ends with 0": async ({ api, folder }) => {
    await writeConfig(api, folder, 120);
    const task = await until("the check is offered", provided);
    const { accuracy, latency, budget } = task.definition;
    assert.deepEqual([accuracy, latency, budget], ["foxnas-cpu-256-accuracy", "foxnas-cpu-256-latency-pi4", 120]);
    assert.deepEqual(task.problemMatchers, ["$foxnas"]);
    assert.match(task.detail ?? "", /within 120 ms\? \(foxnas-cpu-256-latency-pi4\)/);
    assert.equal(await exitCode(task), 0);
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder, "nets"), { recursive: true });
  },

  "a config over its budget: exit code 3, and the problem stands at its stages": async ({ api, folder }) => {
    const file = await writeConfig(api, folder, 100);
    const task = await until("the check is offered", provided);
    assert.equal(task.definition["budget"], 100);
    assert.equal(await exitCode(task), 3);
    const [problem] = await until("the problem is listed", () => (problemsOf(file).length > 0 ? problemsOf(file) : undefined));
    assert.match(problem!.message, /^predicted latency \d+\.\d\d ms is over the budget of 100 ms by \d+\.\d\d ms \(Raspberry Pi 4.*256 px/);
    assert.equal(problem!.severity, vscode.DiagnosticSeverity.Error);
    const document = await vscode.workspace.openTextDocument(file);
    assert.ok(document.lineAt(problem!.range.start.line).text.includes('"stages"'));
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder, "nets"), { recursive: true });
  },

  "a task of tasks.json: what it leaves out is filled in, what it names goes before": async ({ api, folder }) => {
    await writeConfig(api, folder, 120);
    const tasks = { version: "2.0.0", tasks: [
      { type: "foxnas", task: "check", label: "too tight", config: NAME, budget: 60 },
      { type: "foxnas", task: "export", label: "as code", config: NAME, format: "pytorch", out: "nets/model.py" },
      { type: "foxnas", task: "check", label: "no such file", config: "nets/missing.foxnas.json", budget: 60 },
    ] };
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, ".vscode", "tasks.json"), new TextEncoder().encode(JSON.stringify(tasks)));
    const named = (name: string) => until(`the task ${name}`, async () => (await vscode.tasks.fetchTasks()).find((task) => task.name.includes(name)));
    assert.equal(await exitCode(await named("too tight")), 3);
    assert.equal(await exitCode(await named("as code")), 0);
    const code = new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, "nets", "model.py")));
    assert.match(code, /import torch/);
    assert.equal(await exitCode(await named("no such file")), 2);
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder, ".vscode", "tasks.json"));
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder, "nets"), { recursive: true });
  },
};
