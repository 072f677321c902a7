import * as vscode from "vscode";
import { comparisonMarkdown } from "../../shared/comparisonMarkdown.js";
import { InputError } from "../../shared/errors.js";
import type { App } from "../app.js";
import { ComparisonPanel } from "./comparisonPanel.js";
import type { Side } from "./sides.js";

/** The comparisons of this window: one page for each pair. */
export class Comparisons implements vscode.Disposable {
  readonly #shown: ComparisonPanel[] = [];
  #first: vscode.Uri | undefined;

  /** The config that others are compared with next. */
  get first(): vscode.Uri | undefined {
    return this.#first;
  }

  /** Remembers a config until one is compared with it; menus offer that from then on. */
  async selectFirst(uri: vscode.Uri): Promise<void> {
    this.#first = uri;
    await vscode.commands.executeCommand("setContext", "foxnas.compareFirst", true);
  }

  /** The pages that are open, the newest last. */
  get shown(): readonly ComparisonPanel[] {
    return this.#shown;
  }

  /** Shows how B differs from A, beside the active editor. A pair that is shown already comes to the front. */
  async open(app: App, a: Side, b: Side): Promise<ComparisonPanel> {
    const known = this.#find(a, b);
    if (known !== undefined) {
      known.reveal();
      await known.draw();
      return known;
    }
    const panel = new ComparisonPanel(app, a, b);
    this.#shown.push(panel);
    panel.onDidDispose(() => this.#shown.splice(this.#shown.indexOf(panel), 1));
    await panel.draw();
    return panel;
  }

  /** Puts the comparison of the active page on the clipboard, as Markdown. Throws InputError where there is none. */
  async copyMarkdown(): Promise<void> {
    const { comparison } = this.#meant();
    if (comparison === null) throw new InputError({ what: vscode.l10n.t("nothing is compared yet"), next: vscode.l10n.t("Mend what the page says cannot be read.") });
    await vscode.env.clipboard.writeText(comparisonMarkdown(comparison));
    void vscode.window.setStatusBarMessage(vscode.l10n.t("FOX-NAS: the comparison is on the clipboard."), 5000);
  }

  /** Shows the active comparison the other way round, in its place: a page that closed could close its group, and the focus would go elsewhere. */
  async swap(): Promise<void> {
    const meant = this.#meant();
    const twin = this.#find(meant.b, meant.a);
    if (twin === undefined) return meant.swap();
    twin.reveal();
    meant.dispose();
  }

  dispose(): void {
    for (const panel of [...this.#shown]) panel.dispose();
  }

  #find(a: Side, b: Side): ComparisonPanel | undefined {
    return this.#shown.find((one) => one.a.key === a.key && one.b.key === b.key);
  }

  /** The active page, else the one opened last. */
  #meant(): ComparisonPanel {
    const meant = this.#shown.find(({ active }) => active) ?? this.#shown.at(-1);
    if (meant === undefined) throw new InputError({ what: vscode.l10n.t("no comparison is open"), next: vscode.l10n.t("Compare two architecture configs first.") });
    return meant;
  }
}
