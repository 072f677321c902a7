import * as vscode from "vscode";

/** A link to a heading of our documentation, which opens as a page: `docs/FILE#HEADING` of the extension itself. */
export function docsLink(extensionUri: vscode.Uri, file: string, heading: string): vscode.Uri {
  const page = vscode.Uri.joinPath(extensionUri, "docs", file).with({ fragment: heading });
  return vscode.Uri.parse(`command:markdown.showPreview?${encodeURIComponent(JSON.stringify([page]))}`);
}
