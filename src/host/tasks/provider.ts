import { join } from "node:path";
import * as vscode from "vscode";
import type { App } from "../app.js";
import { messageOf } from "../report.js";
import { withDefaults } from "./defaults.js";
import { argumentsOf, readDefinition, TASK_TYPE, type CheckTask, type FoxnasTask } from "./definition.js";

const CONFIGS = "**/*.foxnas.{json,yaml,yml}";
const MOST_CONFIGS = 50;

/** Offers a check for every config of a trusted workspace, and runs the foxnas tasks of tasks.json. */
export function taskProvider(app: App): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(TASK_TYPE, {
    provideTasks: () => checks(app),
    resolveTask: (task) => resolved(app, task),
  });
}

/** A check for every config whose budget and predictors are known. */
async function checks(app: App): Promise<vscode.Task[]> {
  if (!vscode.workspace.isTrusted) return [];
  const tasks: vscode.Task[] = [];
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    // The command line reads from a disk.
    if (folder.uri.scheme !== "file") continue;
    const files = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, CONFIGS), "**/node_modules/**", MOST_CONFIGS);
    for (const file of files.sort((a, b) => a.path.localeCompare(b.path))) {
      const config = vscode.workspace.asRelativePath(file, false);
      const definition = await withDefaults({ type: TASK_TYPE, task: "check", config }, folder, app.library);
      // Without a budget there is nothing to check; tasks.json can name one.
      if (definition.budget === undefined) continue;
      tasks.push(taskOf(app, compact(definition), definition, folder, vscode.l10n.t("check {0}", config)));
    }
  }
  return tasks;
}

/** A task of tasks.json, with what it leaves out; undefined where it is none that can be run. */
async function resolved(app: App, task: vscode.Task): Promise<vscode.Task | undefined> {
  const folder = folderOf(task);
  if (folder === undefined || !vscode.workspace.isTrusted) return undefined;
  try {
    const read = readDefinition(task.definition);
    const whole = read.task === "check" ? await withDefaults(read, folder, app.library) : read;
    // VS Code finds a resolved task again by its definition, which therefore stays as it is.
    return taskOf(app, task.definition, whole, folder, task.name);
  } catch (error) {
    app.log.warn(`task ${task.name}: ${messageOf(error)}`);
    return undefined;
  }
}

function taskOf({ context }: App, definition: vscode.TaskDefinition, task: FoxnasTask, folder: vscode.WorkspaceFolder, name: string): vscode.Task {
  const program = join(context.extensionPath, "dist", "cli.js");
  // VS Code's own Node.js: the desktop's program is Electron, which is Node.js with this variable.
  const execution = new vscode.ProcessExecution(process.execPath, [program, ...argumentsOf(task)], { cwd: folder.uri.fsPath, env: { ELECTRON_RUN_AS_NODE: "1" } });
  const made = new vscode.Task(definition, folder, name, "FOX-NAS", execution, "$foxnas");
  made.group = vscode.TaskGroup.Test;
  made.detail = task.task === "check" ? checkDetail(task) : vscode.l10n.t("Export {0} as {1}", task.config, task.format);
  made.presentationOptions = { reveal: vscode.TaskRevealKind.Always, panel: vscode.TaskPanelKind.Dedicated, clear: true };
  return made;
}

function checkDetail({ budget, latency }: CheckTask): string {
  return vscode.l10n.t("Is it predicted within {0} ms? ({1})", budget ?? "…", latency ?? vscode.l10n.t("no latency predictor"));
}

function folderOf({ scope }: vscode.Task): vscode.WorkspaceFolder | undefined {
  return typeof scope === "object" ? scope : vscode.workspace.workspaceFolders?.[0];
}

/** Without the fields that are undefined: the definition is written into tasks.json when a person configures the task. */
const compact = (task: CheckTask): vscode.TaskDefinition => JSON.parse(JSON.stringify(task)) as vscode.TaskDefinition;
