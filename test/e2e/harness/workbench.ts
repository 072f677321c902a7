import { mkdirSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, BrowserContext, Frame, FrameLocator, Locator, Page } from "playwright-core";
import { launchBrowser, watchedContext, type Findings } from "./browser.js";
import { resultsFolder } from "./paths.js";
import type { VsCodeServer } from "./server.js";

const panelFrame = 'iframe.webview.ready[src*="extensionId=fox-nas.fox-nas"]:not([src*="purpose=webviewView"])';

/** VS Code's window, driven as a person would: palette, lists, explorer, the panel. */
export class Workbench {
  private constructor(
    private readonly browser: Browser,
    private readonly context: BrowserContext,
    readonly page: Page,
    readonly findings: Findings,
    private readonly server: VsCodeServer,
  ) {}

  static async open(server: VsCodeServer, size = { width: 1440, height: 900 }, language = "en"): Promise<Workbench> {
    const browser = await launchBrowser();
    const { context, findings } = await watchedContext(browser, size.width, size.height);
    const page = await context.newPage();
    const workbench = new Workbench(browser, context, page, findings, server);
    // What a language pack sets, with VS Code's own texts.
    if (language !== "en") await page.addInitScript((spoken) => Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: spoken }), language);
    await page.goto(server.url([["logLevel", "fox-nas.fox-nas:debug"]]));
    await workbench.ready();
    return workbench;
  }

  private async ready(): Promise<void> {
    await this.page.locator(".monaco-workbench .activitybar").waitFor({ timeout: 60_000 });
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.browser.close();
  }

  /** Reloads the window by its own command: a browser's reload would not wait until VS Code has stored the window's state. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent("load", { timeout: 60_000 });
    await this.command("Developer: Reload Window");
    await loaded;
    await this.ready();
  }

  get quickInput(): Locator {
    return this.page.locator(".quick-input-widget");
  }

  get quickInputBox(): Locator {
    return this.quickInput.locator(".quick-input-box input");
  }

  get quickInputRows(): Locator {
    return this.quickInput.locator(".monaco-list-row");
  }

  /** Runs a command by its title in the palette. Its list is fixed when it opens, so open it again until the command is there. */
  async command(title: string): Promise<void> {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await this.page.keyboard.press("F1");
      const row = this.quickInputRows.filter({ hasText: title }).first();
      // A panel that takes the focus late closes the palette again.
      const typed = this.quickInputBox.fill(`>${title}`, { timeout: 3000 });
      const chosen = await typed.then(() => this.clickRow(row, 3000)).then(() => true, () => false);
      if (chosen) return;
      await this.page.keyboard.press("Escape");
      await sleep(300);
    }
    throw new Error(`The command palette has no "${title}".`);
  }

  /** Picks the row of the open quick pick that holds the text. */
  async pick(text: string | RegExp): Promise<void> {
    await this.clickRow(this.quickInputRows.filter({ hasText: text }).first(), 20_000);
  }

  /** Clicks a row of the quick pick. The pointer rests where it clicked last, and the description of the row under it would cover the others. */
  private async clickRow(row: Locator, timeout: number): Promise<void> {
    await row.waitFor({ timeout });
    await this.page.mouse.move(1, 1);
    await row.click({ timeout });
  }

  /** Chooses an entry of the open menu, by the keyboard: a menu ignores a mouse button that comes up within 100 ms of its opening. */
  async choose(text: string): Promise<void> {
    await this.page.locator(".monaco-menu .action-item").filter({ hasText: text }).first().hover({ timeout: 20_000 });
    await this.page.keyboard.press("Enter");
  }

  /** The content of our panel beside the editor. */
  get panel(): FrameLocator {
    return this.page.locator(panelFrame).contentFrame().locator("iframe#active-frame").contentFrame();
  }

  /** The panel's frame itself, to run scripts in. */
  async panelFrame(): Promise<Frame> {
    const inner = this.page.locator(panelFrame).contentFrame().locator("iframe#active-frame");
    const frame = await (await inner.elementHandle({ timeout: 30_000 }))?.contentFrame();
    if (!frame) throw new Error("The FOX-NAS panel has no frame.");
    return frame;
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator(".notifications-toasts .notification-list-item").filter({ hasText: text });
  }

  dialog(text: string | RegExp): Locator {
    return this.page.getByRole("dialog").filter({ hasText: text });
  }

  explorerFile(name: string): Locator {
    return this.page.locator(".explorer-viewlet .monaco-list-row").filter({ hasText: name });
  }

  /** The text of the status bar items that hold a text. */
  statusBarItem(text: string | RegExp): Locator {
    return this.page.locator(".statusbar-item").filter({ hasText: text });
  }

  /** What lies on the clipboard, as text. */
  async clipboard(): Promise<string> {
    await this.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(this.server.url()).origin });
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Shows a view of ours; a click on its icon would hide one that a reload has brought back. */
  async showView(name: string): Promise<void> {
    await this.command(`View: Show ${name}`);
    await this.page.locator(".part.sidebar").filter({ hasText: name }).waitFor({ timeout: 20_000 });
  }

  /** Waits for what the extension says above an open architecture config. A menu keeps the entries it opened with, and those of an extension come after the window is there. */
  async extensionReady(): Promise<void> {
    await this.page.locator(".codelens-decoration a").first().waitFor({ timeout: 60_000 });
  }

  /** Switches the colour theme and waits until the window shows it. */
  async theme(name: "Dark Modern" | "Light Modern" | "Dark High Contrast" | "Light High Contrast"): Promise<void> {
    const ids = { "Dark Modern": "Default Dark Modern", "Light Modern": "Default Light Modern", "Dark High Contrast": "Default High Contrast", "Light High Contrast": "Default High Contrast Light" };
    const kinds = { "Dark Modern": "vs-dark", "Light Modern": "vs", "Dark High Contrast": "hc-black", "Light High Contrast": "hc-light" };
    this.server.set({ "workbench.colorTheme": ids[name] });
    await this.page.locator(`.monaco-workbench.${kinds[name]}`).waitFor({ timeout: 20_000 });
  }

  /** Writes test-results/NAME.png. */
  async screenshot(name: string, of: Locator | Page = this.page): Promise<string> {
    mkdirSync(resultsFolder, { recursive: true });
    const file = path.join(resultsFolder, `${name}.png`);
    await of.screenshot({ path: file });
    return file;
  }
}
