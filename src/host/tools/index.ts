import * as vscode from "vscode";
import type { App } from "../app.js";
import { explainTool } from "./explain.js";
import type { ToolName } from "./inputs.js";
import { insertTool } from "./insert.js";
import { predictTool } from "./predict.js";
import { searchTool } from "./search.js";
import { spacesTool } from "./spaces.js";
import { asLanguageModelTool } from "./tool.js";

/** The tools for language models, as VS Code takes them. */
export function languageModelTools(app: App): Record<ToolName, vscode.LanguageModelTool<object>> {
  return {
    foxnas_spaces: asLanguageModelTool(app, spacesTool),
    foxnas_search: asLanguageModelTool(app, searchTool),
    foxnas_predict: asLanguageModelTool(app, predictTool),
    foxnas_explain: asLanguageModelTool(app, explainTool),
    foxnas_insert: asLanguageModelTool(app, insertTool),
  };
}

/** Offers the tools to language models; nothing where an editor built on VS Code has no such API. */
export function registerTools(app: App): vscode.Disposable {
  const lm = (vscode as Partial<typeof vscode>).lm as Partial<typeof vscode.lm> | undefined;
  const register = lm?.registerTool;
  if (register === undefined) return vscode.Disposable.from();
  return vscode.Disposable.from(...Object.entries(languageModelTools(app)).map(([name, tool]) => register(name, tool)));
}
