import * as vscode from "vscode";
import { comparisonHtml } from "../../pictures/comparison/index.js";
import { InputError } from "../../shared/errors.js";
import type { Comparison } from "../../shared/comparison.js";
import { language } from "../../shared/l10n.js";
import type { App } from "../app.js";
import { compareSides, readSide, type ReadSide } from "./judge.js";
import type { Side } from "./sides.js";

export const COMPARISON_TYPE = "foxnas.comparison";
/** A keystroke is followed by others; the page is drawn when a hand rests. */
const SETTLE_MS = 80;

/** The page of one comparison beside the editors; it follows the texts of both sides. */
export class ComparisonPanel {
  readonly #panel: vscode.WebviewPanel;
  readonly #subscriptions: vscode.Disposable[];
  readonly #dist: vscode.Uri;
  /** Each side as it could last be read. */
  readonly #read = new Map<Side, ReadSide>();
  #comparison: Comparison | null = null;
  #settling: NodeJS.Timeout | undefined;
  #drawing = false;
  #again = false;

  constructor(
    private readonly app: App,
    public a: Side,
    public b: Side,
  ) {
    this.#dist = vscode.Uri.joinPath(app.context.extensionUri, "dist");
    // No script runs in the page; its links may ask for these commands and no other.
    const options = { enableScripts: false, enableCommandUris: ["foxnas.compare.copyMarkdown", "foxnas.compare.swap"], localResourceRoots: [this.#dist], enableFindWidget: true };
    this.#panel = vscode.window.createWebviewPanel(COMPARISON_TYPE, this.title, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, options);
    this.#panel.iconPath = vscode.Uri.joinPath(app.context.extensionUri, "media", "icons", "foxnas.png");
    const settle = () => this.#settle();
    this.#subscriptions = [a.follow(settle), b.follow(settle), app.editor.surroundings.onDidChange(settle)];
    this.#panel.onDidDispose(() => {
      clearTimeout(this.#settling);
      vscode.Disposable.from(...this.#subscriptions).dispose();
    });
  }

  /** `A ↔ B`: names that tell the two apart. */
  get title(): string {
    return this.names.join(" ↔ ");
  }

  get names(): [string, string] {
    const { a, b } = this;
    return a.title === b.title ? [a.longTitle, b.longTitle] : [a.title, b.title];
  }

  get active(): boolean {
    return this.#panel.active;
  }

  /** What is shown; null while neither side could be read. */
  get comparison(): Comparison | null {
    return this.#comparison;
  }

  /** The page as it is shown. */
  get html(): string {
    return this.#panel.webview.html;
  }

  onDidDispose(listener: () => void): void {
    this.#panel.onDidDispose(listener);
  }

  reveal(): void {
    this.#panel.reveal(undefined, true);
  }

  dispose(): void {
    clearTimeout(this.#settling);
    this.#panel.dispose();
  }

  /** Shows the same two the other way round. */
  async swap(): Promise<void> {
    [this.a, this.b] = [this.b, this.a];
    this.#panel.title = this.title;
    await this.draw();
  }

  /** Draws the page anew; what changes meanwhile is drawn after it. */
  async draw(): Promise<void> {
    if (this.#drawing) {
      this.#again = true;
      return;
    }
    this.#drawing = true;
    try {
      do {
        this.#again = false;
        await this.#drawOnce();
      } while (this.#again);
    } finally {
      this.#drawing = false;
    }
  }

  #settle(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => void this.draw().catch(this.app.report), SETTLE_MS);
  }

  async #drawOnce(): Promise<void> {
    const names = this.names;
    const sides = [this.a, this.b] as const;
    const problems: string[] = [];
    for (const [i, side] of sides.entries()) {
      try {
        this.#read.set(side, await readSide(this.app, side));
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        problems.push(problemText(i === 0 ? "A" : "B", error.message, this.#read.has(side)));
      }
    }
    const [a, b] = sides.map((side) => this.#read.get(side));
    if (a !== undefined && b !== undefined) this.#comparison = await compareSides({ ...a, title: names[0] }, { ...b, title: names[1] });
    const { webview } = this.#panel;
    webview.html = comparisonHtml({
      title: this.title,
      language: language(),
      css: webview.asWebviewUri(vscode.Uri.joinPath(this.#dist, "comparison.css")).toString(),
      cspSource: webview.cspSource,
      comparison: this.#comparison,
      problems,
      actions: [
        { label: vscode.l10n.t("Copy as Markdown"), href: "command:foxnas.compare.copyMarkdown" },
        { label: vscode.l10n.t("Swap sides"), href: "command:foxnas.compare.swap" },
      ],
    });
  }
}

function problemText(name: string, message: string, known: boolean): string {
  return known ? vscode.l10n.t("{0} cannot be read as it stands, so it is shown as it was: {1}", name, message) : vscode.l10n.t("{0} cannot be compared: {1}", name, message);
}
