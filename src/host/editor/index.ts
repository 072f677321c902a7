import * as vscode from "vscode";
import type { App } from "../app.js";
import { ConfigAnalyses } from "./analyses.js";
import { ConfigCodeActions } from "./codeActions.js";
import { ConfigCompletions } from "./completions.js";
import { CONFIG_SELECTOR } from "./configFiles.js";
import { ConfigDiagnostics } from "./diagnostics.js";
import { Explanations } from "./explainConfig.js";
import { GitHeads } from "./gitHeads.js";
import { ConfigHover } from "./hover.js";
import { ConfigInlayHints } from "./inlayHints.js";
import { ConfigLenses } from "./lenses.js";
import { EditorSurroundings } from "./surroundings.js";

/** What makes architecture configs first-class documents. */
export interface Editor extends vscode.Disposable {
  surroundings: EditorSurroundings;
  analyses: ConfigAnalyses;
  explanations: Explanations;
}

/**
 * Registers everything that an editor says about an architecture config. Spaces and predictors are read when the first
 * config is opened; until then this costs nothing.
 */
export function createEditor(app: Omit<App, "editor">): Editor {
  const surroundings = new EditorSurroundings(app);
  const analyses = new ConfigAnalyses(surroundings);
  const explanations = new Explanations(app, analyses);
  const heads = new GitHeads();
  const said = new vscode.EventEmitter<void>();
  const { languages, workspace } = vscode;
  const subscriptions = vscode.Disposable.from(
    surroundings,
    analyses,
    explanations,
    heads,
    said,
    surroundings.onDidChange(() => said.fire()),
    heads.onDidChange(() => said.fire()),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("foxnas.editor")) said.fire();
    }),
    new ConfigDiagnostics(app, analyses),
    languages.registerCodeLensProvider(CONFIG_SELECTOR, new ConfigLenses(analyses, heads, said.event)),
    languages.registerInlayHintsProvider(CONFIG_SELECTOR, new ConfigInlayHints(analyses, said.event)),
    languages.registerHoverProvider(CONFIG_SELECTOR, new ConfigHover(analyses)),
    languages.registerCodeActionsProvider(CONFIG_SELECTOR, new ConfigCodeActions(analyses), { providedCodeActionKinds: ConfigCodeActions.kinds }),
    languages.registerCompletionItemProvider(CONFIG_SELECTOR, new ConfigCompletions(analyses), ...ConfigCompletions.triggers),
  );
  return { surroundings, analyses, explanations, dispose: () => void subscriptions.dispose() };
}
