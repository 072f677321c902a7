import * as vscode from "vscode";
import type { Completion } from "../../editor/index.js";
import { rangeOf, type ConfigAnalyses } from "./analyses.js";

const KIND: Record<Completion["kind"], vscode.CompletionItemKind> = {
  field: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.Value,
  structure: vscode.CompletionItemKind.Snippet,
};

/** Fields, and the choices of the config's space with what each costs and brings. */
export class ConfigCompletions implements vscode.CompletionItemProvider {
  static readonly triggers = ['"', ":", " ", "{", "[", ",", "-"];

  constructor(private readonly analyses: ConfigAnalyses) {}

  async provideCompletionItems(document: vscode.TextDocument, position: vscode.Position, token: vscode.CancellationToken): Promise<vscode.CompletionItem[]> {
    const judged = await this.analyses.when(document, token);
    const completions = judged?.analysis.completions(document.offsetAt(position)) ?? [];
    return completions.map((completion) => itemOf(document, completion));
  }
}

function itemOf(document: vscode.TextDocument, { label, detail, documentation, edit, kind, order, preselect }: Completion): vscode.CompletionItem {
  const item = new vscode.CompletionItem({ label, description: detail }, KIND[kind]);
  const range = rangeOf(document, edit.span);
  item.range = range;
  item.insertText = edit.newText;
  // Its lines are indented for where they go.
  item.keepWhitespace = true;
  // VS Code filters by what stands in the range, quotes included. A number is there to be replaced by another.
  const there = document.getText(range);
  item.filterText = /^\s*\d/.test(there) ? there : edit.newText;
  item.sortText = String(order).padStart(5, "0");
  item.preselect = preselect;
  if (documentation !== "") item.documentation = new vscode.MarkdownString(documentation);
  return item;
}
