import * as vscode from "vscode";
import type { ConfigAnalyses } from "./analyses.js";
import { featureOn } from "./features.js";

/** What every stage costs and brings, at the end of its line. */
export class ConfigInlayHints implements vscode.InlayHintsProvider {
  constructor(
    private readonly analyses: ConfigAnalyses,
    /** Other hints than before may stand in the same text. */
    readonly onDidChangeInlayHints: vscode.Event<void>,
  ) {}

  async provideInlayHints(document: vscode.TextDocument, range: vscode.Range, token: vscode.CancellationToken): Promise<vscode.InlayHint[]> {
    if (!featureOn("inlayHints", document.uri)) return [];
    const judged = await this.analyses.when(document, token);
    return (judged?.analysis.hints() ?? []).flatMap(({ offset, text, tooltip }) => {
      const position = document.positionAt(offset);
      if (!range.contains(position)) return [];
      const hint = new vscode.InlayHint(position, text);
      hint.tooltip = new vscode.MarkdownString(tooltip);
      hint.paddingLeft = true;
      return [hint];
    });
  }
}
