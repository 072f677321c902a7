import * as vscode from "vscode";
import { InputError } from "../../shared/errors.js";

/** Whether the files of the workspace may be used; where not, says so and offers to trust it. */
export async function requireTrust(): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const manage = vscode.l10n.t("Manage Workspace Trust");
  const text = vscode.l10n.t("Supernets and images are read in a trusted workspace only: a file may be made to mislead.");
  if ((await vscode.window.showWarningMessage(text, manage)) === manage) await vscode.commands.executeCommand("workbench.trust.manage");
  return false;
}

/** The path of a supernet or a data folder on the machine that the extension works on. Throws InputError for one that is on none. */
export function pathOf(uri: vscode.Uri): string {
  if (uri.scheme === "file") return uri.fsPath;
  throw new InputError({
    what: vscode.l10n.t("supernets and data are read from a disk"),
    file: vscode.workspace.asRelativePath(uri),
    found: vscode.l10n.t("a file system of its own, {0}", uri.scheme),
    expected: vscode.l10n.t("a folder of this machine, or of the one that the window is connected to"),
    next: vscode.l10n.t("Clone the repository and open that folder."),
  });
}

/** A path as people read it: relative to the workspace where it lies inside. */
export function shownPath(path: string): string {
  return vscode.workspace.asRelativePath(vscode.Uri.file(path));
}
