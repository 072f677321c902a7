import assert from "node:assert/strict";
import * as vscode from "vscode";
import { until, type Tests } from "./tests.js";

interface Manifest {
  contributes: { commands: { command: string; category: string }[] };
}

export const commandTests: Tests = {
  "every command of package.json is registered, and no other": async () => {
    const manifest = vscode.extensions.getExtension("fox-nas.fox-nas")!.packageJSON as Manifest;
    const declared = manifest.contributes.commands.map(({ command }) => command).sort();
    const registered = await vscode.commands.getCommands(true);
    for (const id of declared) assert.ok(registered.includes(id), `${id} is not registered`);
    // VS Code itself adds some for the view: foxnas.runs.focus and the like.
    const ours = registered.filter((id) => id.startsWith("foxnas.") && !declared.includes(id) && !id.startsWith("foxnas.runs."));
    assert.deepEqual(ours, []);
    for (const { command, category } of manifest.contributes.commands) assert.equal(category, "FOX-NAS", command);
  },

  "a panel can be opened without any run": async () => {
    await vscode.commands.executeCommand("foxnas.openPanel");
    const isPanel = ({ input }: vscode.Tab) => input instanceof vscode.TabInputWebview && input.viewType.includes("foxnas.panel");
    const panel = await until("the panel's tab", () => vscode.window.tabGroups.all.flatMap((group) => group.tabs).find(isPanel));
    await vscode.window.tabGroups.close(panel);
  },
};
