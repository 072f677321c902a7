import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { seriousFindings } from "../harness/accessibility.js";
import { FoxNas } from "../harness/foxnas.js";
import { keep } from "../harness/pictures.js";
import { endsCleanly, session } from "../harness/session.js";

const themes = [
  { theme: "Dark Modern", name: "dark" },
  { theme: "Light Modern", name: "light" },
  { theme: "Dark High Contrast", name: "high-contrast" },
] as const;

describe("the Runs view, where people keep their work", () => {
  const at = session({ files: { "README.md": "# A project\n" } }, { width: 1200, height: 720 });
  const foxnas = () => new FoxNas(at.workbench);
  const page = () => at.workbench.page;
  const rows = () => page().locator(".part.sidebar .pane-body .monaco-list-row");
  const row = (text: string | RegExp): Locator => rows().filter({ hasText: text });
  const menuItem = (text: string) => page().locator(".monaco-menu .action-item").filter({ hasText: text });

  async function menu(of: Locator, shows: string): Promise<void> {
    await of.click({ button: "right" });
    await menuItem(shows).first().waitFor({ timeout: 20_000 });
  }

  /** A menu takes no click in the moment after it opened: clicks until it is closed by it. */
  async function choose(text: string): Promise<void> {
    const item = menuItem(text).first();
    await item.waitFor({ timeout: 20_000 });
    await expect
      .poll(
        async () => {
          if ((await item.count()) === 0) return true;
          await item.click({ timeout: 5000 }).catch(() => undefined);
          return false;
        },
        { timeout: 30_000, interval: 200 },
      )
      .toBe(true);
  }

  /** Escape where no menu is open would clear the list's selection. */
  async function closeMenu(): Promise<void> {
    await page().keyboard.press("Escape");
    await menuItem("Delete Run").waitFor({ state: "detached", timeout: 20_000 });
  }

  /** The row that the keyboard is at. */
  const focused = () => page().locator(".part.sidebar .pane-body .monaco-list-row.focused").innerText();

  it("runs are listed by what tells them apart, figures below them", async () => {
    for (const budget of ["100", "120", "90"]) {
      await foxnas().search(budget);
      await foxnas().state(/Reached the proven optimum|below the optimum/);
    }
    await at.workbench.showView("FOX-NAS");
    await row(/^90 ms → 7\d\.\d\d %/).waitFor({ timeout: 60_000 });
    await row(/^120 ms/).click();
    await page().keyboard.press("ArrowRight");
    await row(/^Accuracy 7\d\.\d\d %/).waitFor({ timeout: 30_000 });
    await row(/^Latency 1\d\d\.\d ms/).waitFor({ timeout: 30_000 });
    await row(/^Proven optimum|below the optimum/).waitFor({ timeout: 30_000 });
    await page().keyboard.press("ArrowLeft");
    await expect.poll(() => row(/^Accuracy/).count()).toBe(0);
  });

  it("F2 renames the run that the keyboard is at, not the one that was clicked last", async () => {
    await row(/^90 ms/).click();
    await page().keyboard.press("ArrowDown");
    expect(await focused()).toMatch(/^120 ms/);
    await page().keyboard.press("F2");
    await expect.poll(() => at.workbench.quickInputBox.inputValue(), { timeout: 20_000 }).toMatch(/^120 ms → /);
    await at.workbench.quickInputBox.fill("  Front door\tcamera ");
    await at.workbench.quickInputBox.press("Enter");
    await row(/^Front door camera\s*120 ms → 7\d\.\d\d %/).waitFor({ timeout: 30_000 });
  });

  it("Delete takes the run away that the keyboard is at, Undo brings it back", async () => {
    await row(/^90 ms/).click();
    await page().keyboard.press("End");
    expect(await focused()).toMatch(/^100 ms/);
    await page().keyboard.press("Delete");
    await expect.poll(() => row(/^100 ms/).count(), { timeout: 30_000 }).toBe(0);
    const deleted = at.workbench.notification(/Deleted the run “100 ms/);
    await deleted.getByRole("button", { name: "Undo" }).click();
    await row(/^100 ms/).waitFor({ timeout: 30_000 });
  });

  it("two of them: one question before both go, and only what goes for two is offered", async () => {
    await row(/^90 ms/).click();
    await row(/^100 ms/).click({ modifiers: ["ControlOrMeta"] });
    // A menu is fixed when it opens, and the extension is told of the selection a moment after it was made.
    await menu(row(/^100 ms/), "Delete Run");
    await expect
      .poll(
        async () => {
          if ((await menuItem("Compare Architectures of Two Runs").count()) === 1) return true;
          await closeMenu();
          await menu(row(/^100 ms/), "Delete Run");
          return false;
        },
        { timeout: 60_000 },
      )
      .toBe(true);
    expect(await menuItem("Pin Run").count()).toBe(1);
    expect(await menuItem("Rename Run").count()).toBe(0);
    expect(await menuItem("Export Run").count()).toBe(0);
    await closeMenu();
    await page().keyboard.press("Delete");
    const question = at.workbench.dialog("Delete 2 runs?");
    await question.waitFor({ timeout: 20_000 });
    expect(await question.innerText()).toMatch(/90 ms → .*100 ms → /s);
    await page().keyboard.press("Escape");
    await question.waitFor({ state: "detached", timeout: 20_000 });
    expect(await row(/^(90|100) ms/).count()).toBe(2);
  });

  it("a pinned run stands on top under a heading", async () => {
    await row(/^100 ms/).click();
    await menu(row(/^Front door camera/), "Pin Run");
    await choose("Pin Run");
    await row(/^Pinned$/).waitFor({ timeout: 30_000 });
    await row(/^Today$/).waitFor({ timeout: 30_000 });
    await expect.poll(async () => (await rows().allInnerTexts()).findIndex((text) => text.startsWith("Front door camera"))).toBe(1);
  });

  it("Enter opens a run", async () => {
    await row(/^Front door camera/).click();
    await foxnas().state(/Reached the proven optimum|below the optimum/);
    await page().keyboard.press("End");
    expect(await focused()).toMatch(/^100 ms/);
    await page().keyboard.press("Enter");
    await page().getByRole("tab", { name: /^FOX-NAS: .*, 100 ms/ }).waitFor({ timeout: 30_000 });
  });

  it("export writes one file; replay checks it, runs it again and says that the result is the same", async () => {
    await menu(row(/^Front door camera/), "Export Run");
    await choose("Export Run");
    await expect.poll(() => at.workbench.quickInputBox.inputValue(), { timeout: 20_000 }).toBe("Front-door-camera.foxnas-run.json");
    await at.workbench.quickInputBox.press("Enter");
    await at.workbench.notification("Exported Front-door-camera.foxnas-run.json").waitFor({ timeout: 60_000 });
    const file = JSON.parse(readFileSync(path.join(at.server.workspace, "Front-door-camera.foxnas-run.json"), "utf8")) as { kind: string; title: string; inputs: unknown[] };
    expect(file).toMatchObject({ kind: "search", title: "Front door camera" });
    expect(file.inputs).toHaveLength(3);

    await at.workbench.showView("Explorer");
    await at.workbench.explorerFile("Front-door-camera.foxnas-run.json").click({ button: "right" });
    await choose("Replay Run from File");
    const question = at.workbench.dialog("Replay Front-door-camera.foxnas-run.json?");
    await question.waitFor({ timeout: 60_000 });
    expect(await question.innerText()).toMatch(/search, seed 1.*Every digest in the file is right: 3 inputs.*Made with FOX-NAS/s);
    await question.getByRole("button", { name: "Run Again" }).click();
    await at.workbench.notification(/The same result as Front-door-camera\.foxnas-run\.json, to the last digit/).waitFor({ timeout: 120_000 });
    await at.workbench.showView("FOX-NAS");
    await row(/^Front door camera \(replay\)/).waitFor({ timeout: 30_000 });
  });

  it("a file that was changed is refused, naming the digests", async () => {
    const name = path.join(at.server.workspace, "Front-door-camera.foxnas-run.json");
    writeFileSync(name, readFileSync(name, "utf8").replace('"budget": 120', '"budget": 80'));
    await at.workbench.command("FOX-NAS: Replay Run from File");
    await at.workbench.pick("Front-door-camera.foxnas-run.json");
    await at.workbench.notification(/requestSha256: the request is not the one that was written \(found SHA-256 [0-9a-f]{64}, expected [0-9a-f]{64}\)/).waitFor({ timeout: 60_000 });
  });

  it("after days: by day, nothing serious for axe, in three themes", async () => {
    backdate(at.server.home, 100, 1);
    await at.workbench.reload();
    await at.workbench.command("Notifications: Clear All Notifications");
    await at.workbench.showView("FOX-NAS");
    await row(/^Yesterday$/).waitFor({ timeout: 60_000 });
    await row(/^Front door camera(?! \()/).click();
    // The click also opens the run, and the list is read again with it.
    await page().getByRole("tab", { name: /^FOX-NAS: .*, 120 ms/ }).waitFor({ timeout: 30_000 });
    await foxnas().state(/Reached the proven optimum|below the optimum/);
    await page().keyboard.press("ArrowRight");
    await row(/^Accuracy 7\d\.\d\d %/).waitFor({ timeout: 30_000 });
    // The row of a run that is selected shows its actions in place of its figures.
    await row(/^Accuracy 7\d\.\d\d %/).click();
    await page().setViewportSize({ width: 1200, height: 400 });
    const sideBar = page().locator(".part.sidebar");
    expect((await sideBar.boundingBox())!.width).toBeLessThanOrEqual(310);
    for (const { theme, name } of themes) {
      await at.workbench.theme(theme);
      await page().mouse.move(700, 300);
      keep(await at.workbench.screenshot(`runs-view-${name}`, sideBar));
      expect(await seriousFindings(page().mainFrame(), ".part.sidebar .pane-body .monaco-list", [namesHoldTexts])).toEqual([]);
    }
    for (const one of await rows().all()) expect(await unspoken(one)).toEqual([]);
    await page().setViewportSize({ width: 1200, height: 720 });
    await at.workbench.theme("Dark Modern");
    await at.workbench.screenshot("runs-view-window");
  });

  endsCleanly(at);
});

/** Axe reads label and description of a row as one word, since VS Code puts no space between them: `unspoken` looks in its place. */
const namesHoldTexts = "label-content-name-mismatch";

/** What a row shows and its accessible name lacks. */
async function unspoken(row: Locator): Promise<string[]> {
  const name = (await row.getAttribute("aria-label")) ?? "";
  const texts = await row.locator(".label-name, .label-description").allTextContents();
  expect(texts.length).toBeGreaterThan(0);
  return texts.flatMap((text) => text.split(" · ")).filter((text) => !name.includes(text));
}

/** Puts the runs of a budget some days back, as they would be by then. */
function backdate(home: string, budget: number, days: number): void {
  const records = readdirSync(home, { recursive: true, encoding: "utf8" }).filter((name) => /runs[\\/][0-9a-f-]{36}[\\/]run\.json$/.test(name));
  expect(records.length).toBeGreaterThan(2);
  for (const name of records) {
    const file = path.join(home, name);
    const record = JSON.parse(readFileSync(file, "utf8")) as { startedAt: string; request: { budget: number } };
    if (record.request.budget !== budget) continue;
    const startedAt = new Date(new Date(record.startedAt).getTime() - days * 24 * 3600 * 1000).toISOString();
    writeFileSync(file, JSON.stringify({ ...record, startedAt }));
  }
}
