import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { ArchitectureConfig } from "../../../src/shared/architecture.js";
import { configText } from "../../../src/shared/files/index.js";
import { keep } from "../harness/pictures.js";
import { endsCleanly, session } from "../harness/session.js";

const themes = [
  { theme: "Dark Modern", name: "dark" },
  { theme: "Light Modern", name: "light" },
  { theme: "Dark High Contrast", name: "high-contrast" },
] as const;

/** Blocks as `e3k5 e2k3` by stage. */
function config(...stages: string[]): string {
  const blocks = (stage: string) => stage.split(" ").map((block) => ({ expand: Number(block[1]), kernel: Number(block[3]) }));
  const whole: ArchitectureConfig = { version: 1, space: "foxnas-cpu", resolution: 256, stages: [24, 40, 80, 112, 160].map((width, i) => ({ width, blocks: blocks(stages[i]!) })) };
  return configText({ ...whole, provenance: { tool: "fox-nas", version: "0.1.0", date: "2026-11-26T00:00:00Z", accuracyPredictor: "a", latencyPredictor: "l", budget: 90, seed: 1 } }, "json");
}
const BEFORE = config("e2k3 e2k3", "e3k5 e2k3 e2k3", "e3k3 e3k3", "e4k5 e3k3 e2k3", "e4k5 e4k5");
const AFTER = config("e2k3 e2k3", "e3k5 e3k3", "e3k3 e3k3", "e4k5 e6k5 e3k7", "e4k5 e6k7 e4k5");

describe("two architectures compared", () => {
  const at = session({ files: { "before.foxnas.json": BEFORE, "after.foxnas.json": AFTER }, settings: { "files.autoSave": "off", "explorer.autoReveal": false, "git.enabled": true, "git.openRepositoryInParentFolders": "never" } }, { width: 1500, height: 1000 });
  const page = () => at.workbench.panel;
  const sumUp = () => page().locator(".sum-up").innerText({ timeout: 60_000 });
  const file = (name: string) => path.join(at.server.workspace, name);
  const tab = (name: string) => at.workbench.page.getByRole("tab", { name });

  it("from the explorer: two selected files, the right mouse button, and the difference is there with its price", async () => {
    await at.workbench.explorerFile("before.foxnas.json").click();
    await tab("before.foxnas.json").waitFor({ timeout: 60_000 });
    await at.workbench.extensionReady();
    await at.workbench.explorerFile("after.foxnas.json").click({ modifiers: ["Control"] });
    await at.workbench.explorerFile("after.foxnas.json").click({ button: "right" });
    await at.workbench.choose("Compare Architecture Configs");
    await tab("before.foxnas.json ↔ after.foxnas.json").waitFor({ timeout: 60_000 });
    expect(await sumUp()).toMatch(/^B is 1\.69\spp more accurate and 12\.4\sms slower than A\. Stage 160 buys most of the accuracy/);
    expect(await page().locator(".blocks tbody .changed, .blocks tbody .added, .blocks tbody .removed").count()).toBe(6);
    expect(await page().locator("script").count()).toBe(0);
  });

  it("follows what is typed, and stays where it was scrolled to", async () => {
    await at.workbench.page.locator(".editor-group-container .monaco-editor").first().click();
    const frame = await at.workbench.panelFrame();
    await frame.evaluate(() => scrollTo(0, 400));
    const { page: window } = at.workbench;
    await at.workbench.command("Go to Line/Column...");
    await at.workbench.quickInputBox.fill(":9:1");
    await at.workbench.quickInputBox.press("Enter");
    await window.keyboard.press("End");
    const line = BEFORE.split("\n")[8]!;
    expect(line).toMatch(/"expand": 2, "kernel": 3 \},?$/);
    // The first stage's first block: its kernel size.
    for (let i = 0; i < (line.endsWith(",") ? 3 : 2); i++) await window.keyboard.press("ArrowLeft");
    await window.keyboard.press("Backspace");
    await window.keyboard.type("5");
    await expect.poll(() => page().locator(".blocks .stage-row").first().innerText(), { timeout: 60_000 }).toContain("1 block changed");
    expect(readFileSync(file("before.foxnas.json"), "utf8")).toBe(BEFORE);
    await expect.poll(() => at.workbench.panelFrame().then((now) => now.evaluate(() => scrollY)), { timeout: 20_000 }).toBe(400);
    await window.keyboard.press("Backspace");
    await page().getByRole("status").filter({ hasText: "A cannot be read as it stands, so it is shown as it was" }).waitFor({ timeout: 60_000 });
    await at.workbench.command("File: Revert File");
    await expect.poll(() => page().locator(".blocks .stage-row").first().innerText(), { timeout: 60_000 }).toContain("unchanged");
    expect(await page().getByRole("status").count()).toBe(0);
  });

  it("its links work without script: Markdown on the clipboard, the sides swapped", async () => {
    await page().getByRole("link", { name: "Copy as Markdown" }).click();
    await at.workbench.statusBarItem("the comparison is on the clipboard").waitFor({ timeout: 60_000 });
    const text = await at.workbench.clipboard();
    expect(text).toContain("**A** before.foxnas.json → **B** after.foxnas.json, foxnas-cpu at 256 px");
    expect(text).toContain("| **160** | **2 → 3 blocks, 1 block changed** |");
    await page().getByRole("link", { name: "Swap sides" }).click();
    await tab("after.foxnas.json ↔ before.foxnas.json").waitFor({ timeout: 60_000 });
    await expect.poll(sumUp, { timeout: 60_000 }).toMatch(/less accurate/);
    await at.workbench.command("Swap the Sides of the Comparison");
    await expect.poll(sumUp, { timeout: 60_000 }).toMatch(/more accurate/);
  });

  // In a page without script axe's timers stand still too: test/panel/comparison.test.ts runs it on the same page in every theme.
  it("is drawn in three themes, and nothing is cut off at 400 px", async () => {
    await at.workbench.command("View: Toggle Primary Side Bar Visibility");
    // Away from what it would light up.
    await at.workbench.page.mouse.move(1, 1);
    for (const { theme, name } of themes) {
      await at.workbench.theme(theme);
      const frame = await at.workbench.panelFrame();
      await frame.evaluate(() => scrollTo(0, 0));
      keep(await at.workbench.screenshot(`compare-${name}`));
      await frame.evaluate(() => document.querySelector(".blocks")!.scrollIntoView());
      await at.workbench.screenshot(`compare-blocks-${name}`);
    }
    await at.workbench.theme("Dark Modern");
    await tab("before.foxnas.json ↔ after.foxnas.json").click();
    await at.workbench.command("View: Close Editors in Other Groups");
    await at.workbench.page.setViewportSize({ width: 448, height: 1000 });
    const frame = await at.workbench.panelFrame();
    await frame.evaluate(() => scrollTo(0, 0));
    await at.workbench.screenshot("compare-narrow");
    const sizes = await frame.evaluate(() => ({ inner: document.documentElement.scrollWidth, outer: document.documentElement.clientWidth }));
    expect(sizes.inner).toBeLessThanOrEqual(sizes.outer);
    await at.workbench.page.setViewportSize({ width: 1500, height: 1000 });
    await at.workbench.command("View: Close All Editors");
    await at.workbench.command("View: Toggle Primary Side Bar Visibility");
  });

  it("from the palette, by two picks", async () => {
    await at.workbench.command("FOX-NAS: Compare Architecture Configs");
    await at.workbench.pick("after.foxnas.json");
    await at.workbench.pick("before.foxnas.json");
    await tab("after.foxnas.json ↔ before.foxnas.json").waitFor({ timeout: 60_000 });
    expect(await sumUp()).toMatch(/less accurate/);
    await at.workbench.command("View: Close All Editors");
  });

  it("with HEAD, and from git's own diff editor", async () => {
    const git = (...args: string[]) => execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false", ...args], { cwd: at.server.workspace });
    git("init", "--quiet", "--initial-branch=main");
    git("add", "before.foxnas.json");
    git("commit", "--quiet", "-m", "First");
    await at.workbench.explorerFile("before.foxnas.json").click();
    await tab("before.foxnas.json").waitFor({ timeout: 60_000 });
    writeFileSync(file("before.foxnas.json"), AFTER);
    await at.workbench.command("FOX-NAS: Compare Architecture with HEAD");
    await tab("before.foxnas.json (HEAD) ↔ before.foxnas.json").waitFor({ timeout: 60_000 });
    await expect.poll(sumUp, { timeout: 60_000 }).toMatch(/^B is 1\.69\spp more accurate/);
    await at.workbench.screenshot("compare-head");
    await at.workbench.command("View: Close All Editors");
    await at.workbench.explorerFile("before.foxnas.json").click();
    await tab("before.foxnas.json").waitFor({ timeout: 60_000 });
    await at.workbench.command("Git: Refresh");
    await at.workbench.command("Git: Open Changes");
    const button = at.workbench.page.getByRole("button", { name: "Compare the Architectures of This Difference" });
    await button.waitFor({ timeout: 60_000 });
    await button.click();
    await tab("before.foxnas.json (HEAD) ↔ before.foxnas.json").or(tab("before.foxnas.json (index) ↔ before.foxnas.json")).waitFor({ timeout: 60_000 });
    expect(await sumUp()).toMatch(/^B is 1\.69\spp more accurate/);
    await at.workbench.screenshot("compare-diff");
  });

  endsCleanly(at);
});
