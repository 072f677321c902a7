import * as vscode from "vscode";
import type { Shown } from "./formats.js";

export const PREVIEW_SCHEME = "foxnas-preview";

/** A read-only text beside the editor, which follows a selection. It lives as long as its question. */
export class Preview implements vscode.TextDocumentContentProvider {
  private readonly texts = new Map<string, string>();
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(PREVIEW_SCHEME, this);
  private column: vscode.ViewColumn = vscode.ViewColumn.Beside;
  /** Wanted last: what takes longer must not cover it. */
  private wanted = "";
  private work: Promise<void> = Promise.resolve();
  private closed = false;

  provideTextDocumentContent(uri: vscode.Uri): string | undefined {
    return this.texts.get(uri.toString());
  }

  /** Shows what `make` answers, unless something else is wanted by then. Rejects as `make` does. */
  show(key: string, make: () => Promise<Shown>): Promise<void> {
    this.wanted = key;
    // One after the other: two editors that open at once would open two groups.
    const shown = this.work.then(() => this.open(key, make));
    this.work = shown.catch(() => undefined);
    return shown;
  }

  private async open(key: string, make: () => Promise<Shown>): Promise<void> {
    if (this.closed || key !== this.wanted) return;
    const { name, text } = await make();
    const uri = vscode.Uri.from({ scheme: PREVIEW_SCHEME, path: `/${name}`, query: key });
    this.texts.set(uri.toString(), text);
    const document = await vscode.workspace.openTextDocument(uri);
    if (this.closed) return;
    const { viewColumn } = await vscode.window.showTextDocument(document, { viewColumn: this.column, preserveFocus: true, preview: true });
    this.column = viewColumn ?? this.column;
    // Where a person's settings have no preview tabs, each would stay.
    await closeTabs((one) => one.toString() !== uri.toString());
  }

  /** Closes the editor, and its group with it where it is empty then. */
  async close(): Promise<void> {
    this.closed = true;
    await this.work;
    await closeTabs(() => true);
    this.registration.dispose();
  }
}

async function closeTabs(which: (uri: vscode.Uri) => boolean): Promise<void> {
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof vscode.TabInputText && input.uri.scheme === PREVIEW_SCHEME && which(input.uri));
  if (tabs.length > 0) await vscode.window.tabGroups.close(tabs, true);
}
