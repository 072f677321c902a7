import * as vscode from "vscode";
import type { EditorProblem } from "../../editor/index.js";
import type { App } from "../app.js";
import { rangeOf, type ConfigAnalyses } from "./analyses.js";
import { isConfig } from "./configFiles.js";
import { docsLink } from "./docsLink.js";

const SEVERITY: Record<EditorProblem["severity"], vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};
/** A keystroke often comes as several changes; people notice nothing before 50 ms. */
const SETTLE_MS = 5;

/** Shows the problems of every open config, and follows its text. */
export class ConfigDiagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection("foxnas");
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  readonly #subscriptions: vscode.Disposable[];

  constructor(
    private readonly app: Pick<App, "context" | "log">,
    private readonly analyses: ConfigAnalyses,
  ) {
    const { onDidOpenTextDocument, onDidChangeTextDocument, onDidCloseTextDocument } = vscode.workspace;
    this.#subscriptions = [
      this.#collection,
      onDidOpenTextDocument((document) => this.#soon(document)),
      onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#soon(document);
      }),
      onDidCloseTextDocument((document) => this.#forget(document)),
      analyses.surroundings.onDidChange(() => this.#all()),
    ];
    this.#all();
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #all(): void {
    for (const document of vscode.workspace.textDocuments) this.#soon(document);
  }

  #soon(document: vscode.TextDocument): void {
    // Texts of the past and of the other side of a comparison are nobody's to mend.
    if (!isConfig(document) || document.uri.scheme === "git") return;
    const key = document.uri.toString();
    const changedAt = performance.now();
    clearTimeout(this.#waiting.get(key));
    this.#waiting.set(key, setTimeout(() => void this.#show(document, changedAt), SETTLE_MS));
  }

  async #show(document: vscode.TextDocument, changedAt: number): Promise<void> {
    this.#waiting.delete(document.uri.toString());
    const { version } = document;
    await this.analyses.ready();
    if (document.isClosed || document.version !== version) return;
    const { analysis } = this.analyses.of(document);
    this.#collection.set(document.uri, analysis.problems().filter((problem) => !saidByJson(document, problem)).map((problem) => this.#diagnostic(document, problem)));
    this.app.log.trace(`editor: ${document.uri.path}, version ${version}: problems shown ${(performance.now() - changedAt).toFixed(1)} ms after the change`);
  }

  #forget(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.#waiting.get(key));
    this.#waiting.delete(key);
    this.#collection.delete(document.uri);
  }

  #diagnostic(document: vscode.TextDocument, { code, message, severity, span }: EditorProblem): vscode.Diagnostic {
    const diagnostic = new vscode.Diagnostic(rangeOf(document, span), sentence(message), SEVERITY[severity]);
    diagnostic.source = "FOX-NAS";
    diagnostic.code = { value: code, target: docsLink(this.app.context.extensionUri, "editor.md", code) };
    return diagnostic;
  }
}

/** Whether VS Code's own JSON language tells a problem. It takes an empty text, and comments where the language is `jsonc`. */
function saidByJson(document: vscode.TextDocument, { code }: EditorProblem): boolean {
  if (code !== "syntax" || document.languageId !== "json" || document.getText().trim() === "") return false;
  return vscode.workspace.getConfiguration("json", document).get("validate.enable", true);
}

/** A message that begins with the name of a field keeps its case. */
function sentence(message: string): string {
  return /^[\w$[\].]+: /.test(message) ? message : message.charAt(0).toUpperCase() + message.slice(1);
}
