import * as vscode from "vscode";
import { kindOf } from "../kinds/index.js";
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
    const live = id === undefined ? undefined : runs.live(id);
    if (live === undefined) {
      shown = "";
      item.hide();
      return;
    }
    const { text, tooltip } = kindOf(live.record).status(live.progress);
    // Every assignment goes to the window; many progresses round to the same text.
    if (text === shown) return;
    shown = text;
    item.text = `$(sync~spin) ${text}`;
    item.tooltip = tooltip;
    item.accessibilityInformation = { label: `${text}. ${vscode.l10n.t("Opens the FOX-NAS panel.")}` };
    item.show();
  };
  update();
  return vscode.Disposable.from(item, runs.onDidChange(update), runs.onDidProgress(update));
}
