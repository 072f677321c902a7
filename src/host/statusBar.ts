import * as vscode from "vscode";
import { accuracyText } from "./format.js";
import type { RunController } from "./runController.js";

/** Shows the newest live run in the status bar; a click opens the panel. Gone while nothing runs. */
export function statusBar(runs: RunController): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("foxnas.run", vscode.StatusBarAlignment.Left, 0);
  item.name = vscode.l10n.t("FOX-NAS run");
  item.command = "foxnas.openPanel";
  let shown = "";
  const update = () => {
    const id = runs.liveIds().at(-1);
    void vscode.commands.executeCommand("setContext", "foxnas.running", id !== undefined);
    if (id === undefined) {
      shown = "";
      item.hide();
      return;
    }
    const text = statusText(runs.progressOf(id));
    // Every assignment goes to the window; many progresses round to the same text.
    if (text === shown) return;
    shown = text;
    item.text = `$(sync~spin) ${text}`;
    item.tooltip = vscode.l10n.t("FOX-NAS is searching. Click to open the panel.");
    item.accessibilityInformation = { label: `${text}. ${vscode.l10n.t("Opens the FOX-NAS panel.")}` };
    item.show();
  };
  update();
  return vscode.Disposable.from(item, runs.onDidChange(update), runs.onDidProgress(update));
}

/** `FOX-NAS 75.55 % · 43 % done`, with what is known so far. */
function statusText(progress: ReturnType<RunController["progressOf"]>): string {
  if (progress === null) return vscode.l10n.t("FOX-NAS: searching");
  const done = Math.floor((100 * progress.evaluations) / Math.max(1, progress.total));
  return progress.best === null
    ? vscode.l10n.t("FOX-NAS: searching, {0} % done", done)
    : vscode.l10n.t("FOX-NAS: best {0} %, {1} % done", accuracyText(progress.best.accuracy), done);
}
