import { join } from "node:path";
import * as vscode from "vscode";
import { RunStore } from "../runs/runStore.js";
import { Library } from "./library.js";
import { Machine } from "./machine.js";
import { NearTiesCounter } from "./nearTies.js";
import { overviewOf } from "./overview.js";
import { Panel } from "./panel.js";
import { profiledPredictors } from "./profiledPredictors.js";
import { report } from "./report.js";
import { RunController } from "./runController.js";
import { runsView } from "./runsView.js";
import { statusBar } from "./statusBar.js";

/** The parts of the extension, made once on activation. */
export interface App {
  context: vscode.ExtensionContext;
  log: vscode.LogOutputChannel;
  library: Library;
  machine: Machine;
  runs: RunController;
  panel: Panel;
  /** dist/worker.js */
  workerPath: string;
  /** Folder of the stored runs: of the workspace, of no workspace where none is open. */
  runsFolder: string;
  version: string;
  /** Column for an editor that does not cover the panel. */
  column: () => vscode.ViewColumn;
  report: (error: unknown) => Promise<void>;
  /** Deletes a run after a question when it is still running. */
  deleteRun: (id: string) => Promise<void>;
}

/** Builds the parts and ties their lifetimes to the extension's. */
export function createApp(context: vscode.ExtensionContext): App {
  const log = vscode.window.createOutputChannel("FOX-NAS", { log: true });
  const runsFolder = join((context.storageUri ?? context.globalStorageUri).fsPath, "runs");
  const workerPath = join(context.extensionPath, "dist", "worker.js");
  const tell = (error: unknown) => report(error, log);
  const store = new RunStore(runsFolder, (id, why) => log.warn(`run ${id} cannot be listed: ${why}`));
  const runs = new RunController({ store, workerPath, log, report: tell });
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
      else void vscode.commands.executeCommand(`foxnas.${type === "exportFinalist" ? "exportSubnet" : type}`, rest);
    },
  });
  context.subscriptions.push(log, runs, nearTies, panel, statusBar(runs), runsView(runs));
  return {
    context,
    log,
    library: new Library(context.extensionUri, () => profiledPredictors(runs)),
    machine,
    runs,
    panel,
    workerPath,
    runsFolder,
    version: (context.extension.packageJSON as { version: string }).version,
    column: () => panel.editorColumn,
    report: tell,
    deleteRun: async (id) => {
      if (runs.liveIds().includes(id)) {
        const remove = vscode.l10n.t("Cancel and Delete");
        const answer = await vscode.window.showWarningMessage(vscode.l10n.t("The run is still going."), { modal: true }, remove);
        if (answer !== remove) return;
      }
      await runs.delete(id);
    },
  };
}
