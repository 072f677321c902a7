import * as vscode from "vscode";
import { isKind } from "../../runs/runStore.js";
import { isConfig } from "../editor/configFiles.js";
import type { RunController } from "../runs/runController.js";

const WALKTHROUGH = "foxnas.start";

/** Opens the walkthrough. VS Code remembers which of its steps are done. */
export async function openWalkthrough({ extension }: vscode.ExtensionContext): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.openWalkthrough", `${extension.id}#${WALKTHROUGH}`, false);
}

/** Tells VS Code when there is a finished search, `foxnas.searched`: a step of the walkthrough is then done, whoever searched. */
export function searchedContext(runs: RunController): vscode.Disposable {
  const look = async () => {
    const searched = (await runs.list()).some(({ record }) => isKind(record, "search") && record.state === "done");
    if (!searched) return;
    listening.dispose();
    await vscode.commands.executeCommand("setContext", "foxnas.searched", true);
  };
  const listening = runs.onDidChange(() => void look());
  return listening;
}

/**
 * Tells VS Code that a config was opened in an editor, `foxnas.did.editor`. A condition on `resourceFilename` would not do:
 * that key is an editor group's, and walkthroughs look at the window's.
 */
export function editedContext(): vscode.Disposable {
  const look = async (editor: vscode.TextEditor | undefined) => {
    if (editor === undefined || !isConfig(editor.document)) return;
    listening.dispose();
    await vscode.commands.executeCommand("setContext", "foxnas.did.editor", true);
  };
  const listening = vscode.window.onDidChangeActiveTextEditor((editor) => void look(editor));
  void look(vscode.window.activeTextEditor);
  return listening;
}

/** Commands that a step of the walkthrough leads to. */
const STEPS: Readonly<Record<string, string>> = {
  "foxnas.openSample": "sample",
  "foxnas.openPanel": "explain",
  "foxnas.saveReport": "explain",
  "foxnas.copyAccount": "explain",
  "foxnas.verify": "measure",
  "foxnas.profile": "measure",
  "foxnas.tune": "measure",
  "foxnas.insert": "insert",
  "foxnas.insertFinalist": "insert",
};

/** Tells VS Code that a command was run, `foxnas.did.STEP`: it does not see those that the panel runs. */
export async function commandRan(id: string): Promise<void> {
  const step = STEPS[id];
  if (step !== undefined) await vscode.commands.executeCommand("setContext", `foxnas.did.${step}`, true);
}
