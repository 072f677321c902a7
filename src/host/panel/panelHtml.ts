import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { language, textsElement } from "../../shared/l10n.js";

/** The panel's page: our script, our style sheet and the texts of the window's language, nothing else, no network. */
export function panelHtml(webview: vscode.Webview, dist: vscode.Uri): string {
  const nonce = randomBytes(16).toString("base64url");
  const uri = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource} 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${language()}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>FOX-NAS</title>
<link rel="stylesheet" nonce="${nonce}" href="${uri("panel.css")}">
</head>
<body>
<div id="panel"></div>
${textsElement(vscode.l10n.bundle)}<script nonce="${nonce}" src="${uri("panel.js")}"></script>
</body>
</html>`;
}
