import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import { reportHtml } from "../../pictures/report/report.js";
import { accountOf } from "../../shared/account.js";
import { dateText } from "../../shared/format.js";
import type { App } from "../app.js";
import { jobWithProgress } from "../jobProgress.js";
import { baseName } from "../library.js";
import type { ConfigAnalyses } from "./analyses.js";
import { meantDocument, readMeant, requirePredictors } from "./meantConfig.js";
import { REPORT_THEME } from "./reportTheme.js";

const TYPE = "foxnas.explanation";

interface Shown {
  panel: vscode.WebviewPanel;
  /** Of the text that is explained. */
  version: number;
}

/** The explanations beside their configs: one for each, of the text as it stood when it was asked for. */
export class Explanations implements vscode.Disposable {
  readonly #shown = new Map<string, Shown>();
  readonly #subscription: vscode.Disposable;

  constructor(
    private readonly app: Omit<App, "editor">,
    private readonly analyses: ConfigAnalyses,
  ) {
    this.#subscription = vscode.workspace.onDidChangeTextDocument(({ document }) => this.#mark(document));
  }

  /** Explains a config's text in a page beside its editor. Throws InputError, RunFailure. */
  async explain(uri: unknown): Promise<void> {
    const { workerPath, log, context, version } = this.app;
    const document = await meantDocument(uri, vscode.l10n.t("Explain Config"));
    if (document === undefined) return;
    const textVersion = document.version;
    const { source, space, accuracy, latency, budget } = requirePredictors(await readMeant(document, this.analyses));
    const name = baseName(document.uri);
    const request = { kind: "explain" as const, space: space.source, accuracy: accuracy.source, latency: latency.source, config: source, budget };
    const explanation = await jobWithProgress<"explain">(request, { title: vscode.l10n.t("Explaining {0}", name), workerPath, log });
    if (explanation === undefined) return;
    const css = await readFile(join(context.extensionPath, "dist", "report.css"), "utf8");
    // The worker's account is English; this one is in the language of the window.
    const html = reportHtml({ ...explanation, text: accountOf(explanation) }, { title: name, date: dateText(new Date()), version, css: `${css}\n${REPORT_THEME}` });
    this.#show(document, textVersion, html);
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const { panel } of this.#shown.values()) panel.dispose();
  }

  #show(document: vscode.TextDocument, version: number, html: string): void {
    const key = document.uri.toString();
    const before = this.#shown.get(key)?.panel;
    const panel = before ?? this.#create(key);
    this.#shown.set(key, { panel, version });
    panel.webview.html = html;
    this.#mark(document);
    if (before !== undefined) panel.reveal(undefined, true);
  }

  #create(key: string): vscode.WebviewPanel {
    // A page of words and drawings: no script runs in it.
    const options = { enableScripts: false, localResourceRoots: [], enableFindWidget: true };
    const panel = vscode.window.createWebviewPanel(TYPE, "", { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, options);
    panel.iconPath = vscode.Uri.joinPath(this.app.context.extensionUri, "media", "icons", "foxnas.png");
    panel.onDidDispose(() => this.#shown.delete(key));
    return panel;
  }

  /** The tab says when the text has changed since: nothing explains it anew unasked, for that takes a worker. */
  #mark(document: vscode.TextDocument): void {
    const shown = this.#shown.get(document.uri.toString());
    if (shown === undefined) return;
    const name = baseName(document.uri);
    shown.panel.title = document.version === shown.version ? vscode.l10n.t("Explanation: {0}", name) : vscode.l10n.t("Explanation of an earlier text: {0}", name);
  }
}
