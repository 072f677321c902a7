import * as vscode from "vscode";
import { rangeOf, type ConfigAnalyses } from "./analyses.js";

/** Says in sentences what the thing under the pointer is, costs and brings. */
export class ConfigHover implements vscode.HoverProvider {
  constructor(private readonly analyses: ConfigAnalyses) {}

  async provideHover(document: vscode.TextDocument, position: vscode.Position, token: vscode.CancellationToken): Promise<vscode.Hover | undefined> {
    const judged = await this.analyses.when(document, token);
    const hover = judged?.analysis.hover(document.offsetAt(position));
    return hover == null ? undefined : new vscode.Hover(new vscode.MarkdownString(hover.markdown), rangeOf(document, hover.span));
  }
}
