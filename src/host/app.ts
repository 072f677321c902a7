import { join } from "node:path";
import * as vscode from "vscode";
import { RunStore } from "../runs/runStore.js";
import { Comparisons } from "./compare/comparisons.js";
import { createEditor, type Editor } from "./editor/index.js";
import { Library } from "./library.js";
import { Machine } from "./machine.js";
import { NearTiesCounter } from "./panel/nearTies.js";
import { overviewOf } from "./panel/overview.js";
import { Panel, type Asked } from "./panel/panel.js";
import { profiledPredictors } from "./start/madePredictors.js";
import { messageOf, report } from "./report.js";
import { RunController } from "./runs/runController.js";
import { RunsView } from "./runs/runsView.js";
import { statusBar } from "./runs/statusBar.js";

/** The parts of the extension, made once on activation. */
export interface App {
  context: vscode.ExtensionContext;
  log: vscode.LogOutputChannel;
  library: Library;
  machine: Machine;
  runs: RunController;
  runsView: RunsView;
  panel: Panel;
  /** What is said about architecture configs in their editors. */
  editor: Editor;
  /** Pages that compare two architectures. */
  comparisons: Comparisons;
  /** dist/worker.js */
  workerPath: string;
  /** Folder of the stored runs: of the workspace, of no workspace where none is open. */
  runsFolder: string;
  version: string;
  /** Column for an editor that does not cover the panel. */
  column: () => vscode.ViewColumn;
  report: (error: unknown) => Promise<void>;
}

/** Commands that are not called as the panel's message. */
const NAMES: Partial<Record<Asked["type"], string>> = { exportFinalist: "exportSubnet", generateCode: "code.generate" };

/** Builds the parts and ties their lifetimes to the extension's. */
export function createApp(context: vscode.ExtensionContext): App {
  const log = vscode.window.createOutputChannel("FOX-NAS", { log: true });
  const runsFolder = join((context.storageUri ?? context.globalStorageUri).fsPath, "runs");
  const workerPath = join(context.extensionPath, "dist", "worker.js");
  const tell = (error: unknown) => report(error, log);
  const store = new RunStore(runsFolder, (id, why) => log.warn(`run ${id} cannot be listed: ${why}`));
  const { version } = context.extension.packageJSON as { version: string };
  // What was deleted in an earlier session can be undone no more.
  void store.purge().catch((error: unknown) => log.warn(`deleted runs could not be removed: ${messageOf(error)}`));
  const runs = new RunController({ store, workerPath, version, log, report: tell });
  const runsView = new RunsView(runs);
  const machine = new Machine(workerPath, (level, message) => log[level](`device: ${message}`));
  const nearTies = new NearTiesCounter({ runs, workerPath, onLog: (level, message) => log[level](`near-ties: ${message}`) });
  const panel = new Panel({
    extensionUri: context.extensionUri,
    runs,
    nearTies,
    overview: (runId) => overviewOf(runId, { runs, workerPath, onLog: (level, message) => log[level](`overview: ${message}`) }),
    log,
    execute: (message) => {
      const { type, ...rest } = message;
      if (message.type === "cancel") runs.cancel(message.runId);
      else if (message.type === "resume") void runs.resume(message.runId).catch(tell);
      else void vscode.commands.executeCommand(`foxnas.${NAMES[type] ?? type}`, rest);
    },
  });
  context.subscriptions.push(log, runs, nearTies, panel, statusBar(runs), runsView);
  const app: Omit<App, "editor"> = {
    context,
    log,
    library: new Library(context.extensionUri, () => profiledPredictors(runs)),
    machine,
    runs,
    runsView,
    panel,
    comparisons: new Comparisons(),
    workerPath,
    runsFolder,
    version,
    column: () => panel.editorColumn,
    report: tell,
  };
  const editor = createEditor(app);
  context.subscriptions.push(editor, app.comparisons);
  return { ...app, editor };
}
