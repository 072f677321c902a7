import type { Frame } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { ArchitectureConfig } from "../../../src/shared/architecture.js";
import { configText } from "../../../src/shared/files/index.js";
import { seriousFindings } from "../harness/accessibility.js";
import { FoxNas } from "../harness/foxnas.js";
import { keep } from "../harness/pictures.js";
import { endsCleanly, session } from "../harness/session.js";
import type { Workbench } from "../harness/workbench.js";

const themes = [
  { theme: "Dark Modern", name: "dark" },
  { theme: "Light Modern", name: "light" },
  { theme: "Dark High Contrast", name: "high-contrast" },
] as const;

/** `2/3` is a block of expand ratio 2 and kernel size 3. */
const stage = (width: number, blocks: string) => ({ width, blocks: blocks.split(" ").map((block) => block.split("/").map(Number)).map(([expand, kernel]) => ({ expand: expand!, kernel: kernel! })) });
/** The proven optimum of the built-in predictors under 120 ms. */
const config: ArchitectureConfig = {
  version: 1,
  space: "foxnas-cpu",
  resolution: 256,
  stages: [stage(24, "2/3 2/3"), stage(40, "2/3 2/3 2/3"), stage(80, "4/5 6/3 6/3"), stage(112, "6/5 6/3 6/3 6/3"), stage(160, "6/7 6/7 6/7 6/7")],
  provenance: { tool: "fox-nas", version: "0.1.0", date: "2026-11-26T09:00:00.000Z", accuracyPredictor: "FOX-NAS-CPU at 256 px", latencyPredictor: "Raspberry Pi 4 at 256 px", budget: 120, seed: 1 },
};
const good = configText(config, "json");

const files = {
  "pi4-120ms.foxnas.json": good,
  "pi4-120ms.foxnas.yaml": configText(config, "yaml"),
  "by-hand.foxnas.json": good.replace('{ "expand": 6, "kernel": 5 }', '{ "expand": 6, "kernel": 4 }'),
};

/** Editors draw blanks as no-break spaces. */
const drawn = (text: RegExp): RegExp => new RegExp(text.source.replaceAll(" ", "\\s"), text.flags);

/** No script runs in the explanation's page, so axe looks at a copy of it, with the theme's colours that VS Code set. */
async function findingsOfCopy(frame: Frame): Promise<string[]> {
  const [root, body] = [frame.locator("html"), frame.locator("body")];
  const [style, kind, html] = await Promise.all([root.getAttribute("style"), body.getAttribute("class"), root.innerHTML()]);
  expect(style).toContain("--vscode-editor-background");
  const context = await frame.page().context().browser()!.newContext();
  const page = await context.newPage();
  await page.setContent(`<!DOCTYPE html><html lang="en" style="${style!.replaceAll('"', "&quot;")}">${html}</html>`);
  expect(await page.locator("body").getAttribute("class")).toBe(kind);
  const findings = await seriousFindings(page.mainFrame());
  await context.close();
  return findings;
}

/** The text editor that is open. */
class Editor {
  constructor(private readonly workbench: Workbench) {}

  async open(file: string): Promise<void> {
    const { page } = this.workbench;
    await this.workbench.explorerFile(file).dblclick({ timeout: 60_000 });
    await page.locator(".tab.active").filter({ hasText: file }).waitFor({ timeout: 60_000 });
    await this.lens(/predicted|cannot|outside|not known/).waitFor({ timeout: 120_000 });
  }

  lens(text: RegExp) {
    return this.workbench.page.locator(".codelens-decoration a, .codelens-decoration span:not(:has(a))").filter({ hasText: drawn(text) }).first();
  }

  line(text: RegExp, nth = 0) {
    return this.workbench.page.locator(".editor-instance .view-line").filter({ hasText: drawn(text) }).nth(nth);
  }

  /** Puts the cursor onto a word of a line. */
  async cursorAt(line: RegExp, word: string, nth = 0): Promise<void> {
    await this.line(line, nth).locator("span > span").filter({ hasText: word }).first().click();
  }
}

describe("an architecture config in its editor", () => {
  const at = session({ files, settings: { "editor.minimap.enabled": false, "editor.fontSize": 13 } }, { width: 1400, height: 880 });
  const editor = () => new Editor(at.workbench);
  const inThemes = async (name: string, before?: () => Promise<void>) => {
    for (const { theme, name: suffix } of themes) {
      await at.workbench.theme(theme);
      await before?.();
      keep(await at.workbench.screenshot(`${name}-${suffix}`));
    }
    await at.workbench.theme("Dark Modern");
  };

  it("what is predicted stands above the first line, what a stage brings behind its width", async () => {
    await editor().open("pi4-120ms.foxnas.json");
    await editor().lens(/^75\.74 % at 120\.0 ms predicted, 0\.03 ms under the budget of 120 ms$/).waitFor({ timeout: 60_000 });
    await editor().line(/"width": 160.*pp.*ms/).waitFor({ timeout: 60_000 });
    await inThemes("editor-lens");
  });

  it("a hover says what a block costs and brings, and who says so", async () => {
    const hover = at.workbench.page.locator(".monaco-hover:not(.hidden)").filter({ hasText: /transition block/ });
    const show = async () => {
      await at.workbench.page.keyboard.press("Escape");
      await at.workbench.page.keyboard.press("Control+Home");
      await editor().cursorAt(/"kernel": 5/, '"kernel"');
      await expect
        .poll(async () => {
          await at.workbench.page.keyboard.press("Control+k");
          await at.workbench.page.keyboard.press("Control+i");
          return hover.isVisible();
        }, { timeout: 60_000, interval: 2000 })
        .toBe(true);
      await hover.filter({ hasText: /Raspberry Pi 4.*256 px/ }).waitFor({ timeout: 20_000 });
    };
    await inThemes("editor-hover", show);
    await at.workbench.page.keyboard.press("Escape");
  });

  it("YAML is read just the same, and a narrow window cuts nothing important off", async () => {
    await editor().open("pi4-120ms.foxnas.yaml");
    await editor().lens(/^75\.74 % at 120\.0 ms predicted/).waitFor({ timeout: 60_000 });
    await editor().line(/width: 160.*pp.*ms/).waitFor({ timeout: 60_000 });
    await at.workbench.screenshot("editor-yaml-dark");
    await at.workbench.command("View: Toggle Primary Side Bar Visibility");
    await at.workbench.page.setViewportSize({ width: 448, height: 880 });
    await at.workbench.screenshot("editor-narrow-dark");
    await at.workbench.page.setViewportSize({ width: 1400, height: 880 });
    await at.workbench.command("View: Toggle Primary Side Bar Visibility");
  });

  it("a choice outside the space is underlined, and a quick fix mends it", async () => {
    await editor().open("by-hand.foxnas.json");
    await editor().lens(/lies outside its search space/).waitFor({ timeout: 60_000 });
    await at.workbench.page.locator(".squiggly-error").first().waitFor({ timeout: 60_000 });
    const menu = at.workbench.page.locator(".action-widget").filter({ hasText: /Change the kernel size to/ });
    const show = async () => {
      // Ctrl+. asks once: between two sets of problems there is nothing to mend.
      await expect
        .poll(async () => {
          await at.workbench.page.keyboard.press("Escape");
          await editor().cursorAt(/"kernel": 4/, "4");
          await at.workbench.page.keyboard.press("Control+.");
          return menu.waitFor({ timeout: 5000 }).then(() => true, () => false);
        }, { timeout: 60_000, interval: 500 })
        .toBe(true);
    };
    await inThemes("editor-fix", show);
    await show();
    // Something lies over the menu and takes clicks beside it.
    await at.workbench.page.keyboard.press("ArrowDown");
    await at.workbench.page.keyboard.press("Enter");
    await editor().lens(/^75\.74 % at 120\.0 ms predicted/).waitFor({ timeout: 60_000 });
    await expect.poll(() => at.workbench.page.locator(".squiggly-error").count(), { timeout: 60_000 }).toBe(0);
  });

  it("Choose predictors offers those that fit", async () => {
    const foxnas = new FoxNas(at.workbench);
    await editor().lens(/^Predictors: /).click();
    await foxnas.atStep("1/2");
    await at.workbench.screenshot("editor-predictors-dark");
    await at.workbench.pick("ImageNet top-1");
    await foxnas.atStep("2/2");
    await at.workbench.pick("Raspberry Pi 4");
    await editor().lens(/^Predictors: .*Raspberry Pi 4/).waitFor({ timeout: 20_000 });
  });

  it("Explain shows the whole explanation of this very text beside it", async () => {
    await editor().lens(/^Explain$/).click();
    await at.workbench.page.getByRole("tab", { name: /^Explanation: by-hand\.foxnas\.json/ }).waitFor({ timeout: 120_000 });
    await at.workbench.panel.getByRole("heading", { name: "by-hand.foxnas.json" }).waitFor({ timeout: 60_000 });
    expect(await at.workbench.panel.locator("main.report").innerText()).toMatch(/75\.74\s%[\s\S]*Raspberry Pi 4/);
    for (const { theme, name } of themes) {
      await at.workbench.theme(theme);
      await at.workbench.screenshot(`editor-explain-${name}`);
      expect(await findingsOfCopy(await at.workbench.panelFrame())).toEqual([]);
    }
    await at.workbench.theme("Dark Modern");
    // The tab says when the text has moved on.
    await editor().cursorAt(/"kernel": 5/, "5");
    await at.workbench.page.keyboard.press("End");
    await at.workbench.page.keyboard.type(" ");
    await at.workbench.page.getByRole("tab", { name: /^Explanation of an earlier text: by-hand/ }).waitFor({ timeout: 60_000 });
    await at.workbench.page.getByRole("tab", { name: /^Explanation of an earlier text/ }).click();
    await at.workbench.command("View: Close Editor");
  });

  it("Measure times the architecture here, and writes that into the open text", async () => {
    await editor().lens(/^Measure$/).click();
    await at.workbench.pick("int8");
    const said = at.workbench.notification(/Measured on this machine: .*Predicted: .*not comparable/);
    await said.waitFor({ timeout: 280_000 });
    await at.workbench.screenshot("editor-measured-dark");
    await said.getByRole("button", { name: "Write into the Config" }).click();
    await editor().line(/"measured": \{/).waitFor({ timeout: 60_000 });
    await editor().line(/"precision": "int8"/).waitFor({ timeout: 60_000 });
    expect(await at.workbench.page.locator(".squiggly-error").count()).toBe(0);
  });

  it("Optimise from here asks for the budget alone, from the predicted latency on, and starts a search", async () => {
    const foxnas = new FoxNas(at.workbench);
    await at.workbench.page.keyboard.press("Control+Home");
    await editor().lens(/^Optimise from here$/).click();
    const box = at.workbench.quickInputBox;
    await expect.poll(() => box.inputValue(), { timeout: 60_000 }).toBe("119.98");
    await at.workbench.quickInput.locator(".quick-input-message").filter({ hasText: /% predicted/ }).waitFor({ timeout: 60_000 });
    await box.press("Enter");
    await foxnas.state(/proven optimum/);
  });

  endsCleanly(at);
});
