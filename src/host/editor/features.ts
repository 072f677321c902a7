import * as vscode from "vscode";

/** Whether a person wants lenses or hints: `foxnas.editor.codeLens`, `foxnas.editor.inlayHints`. */
export function featureOn(name: "codeLens" | "inlayHints", uri: vscode.Uri): boolean {
  return vscode.workspace.getConfiguration("foxnas.editor", uri).get<unknown>(name, true) !== false;
}
