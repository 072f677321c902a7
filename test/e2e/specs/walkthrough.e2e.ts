import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { FoxNas } from "../harness/foxnas.js";
import { root } from "../harness/paths.js";
import { keep, keepStep, picturesWanted } from "../harness/pictures.js";
import { endsCleanly, session } from "../harness/session.js";

const themes = [
  { theme: "Dark Modern", name: "dark" },
  { theme: "Light Modern", name: "light" },
  { theme: "Dark High Contrast", name: "hc" },
  { theme: "Light High Contrast", name: "hc-light" },
] as const;

const STEPS = ["sample", "search", "explain", "measure", "insert", "editor"] as const;
type Step = (typeof STEPS)[number];

/** Pictures of a walkthrough are shown at half a window's width: a small window, without what they are not about. */
const SIZE = { width: 1000, height: 640 };
/** Where a resting pointer touches nothing: the empty middle of the status bar. */
const NOWHERE = [400, SIZE.height - 10] as const;
const SETTINGS = { "window.commandCenter": false, "workbench.layoutControl.enabled": false, "editor.minimap.enabled": false, "breadcrumbs.enabled": false };

describe("the first minutes, as the walkthrough leads through them", () => {
  const at = session({ settings: SETTINGS }, SIZE);
  const foxnas = () => new FoxNas(at.workbench);
  const page = () => at.workbench.page;
  const step = (id: Step) => page().locator(`button.getting-started-step[data-step-id$="#${id}"]`);
  const done = (id: Step) => page().locator(`[data-done-step-id$="#${id}"]`).evaluate((badge) => badge.classList.contains("complete"));
  const openStart = async () => {
    await at.workbench.command("FOX-NAS: Get Started");
    await step("sample").waitFor({ timeout: 60_000 });
  };
  /** A link of a step, which is expanded first. */
  const press = async (id: Step, name: string) => {
    await step(id).locator("h3").click();
    await step(id).getByRole("button", { name }).or(step(id).getByText(name, { exact: true })).last().click();
  };
  /** Takes the step's picture in all themes. */
  const picture = async (id: Step, show: () => Promise<void>) => {
    if (!picturesWanted()) return;
    for (const { theme, name } of themes) {
      await at.workbench.theme(theme);
      await show();
      await page().mouse.move(...NOWHERE);
      keepStep(await at.workbench.screenshot(`walkthrough-${id}-${name}`));
    }
    await at.workbench.theme("Dark Modern");
  };
  const seen = (what: Locator) => () => what.waitFor({ timeout: 60_000 });
  const lens = (text: RegExp) => page().locator(".codelens-decoration").filter({ hasText: text }).first();
  const toggleSideBar = () => at.workbench.command("View: Toggle Primary Side Bar Visibility");
  const closeEditors = async () => {
    await at.workbench.command("Notifications: Clear All Notifications");
    await at.workbench.command("View: Close All Editors");
    await expect.poll(() => page().locator(".editor-group-container .tab").count(), { timeout: 20_000 }).toBe(0);
  };

  it("nothing is said on the first start: no notification, no editor of ours", async () => {
    await at.workbench.showView("FOX-NAS");
    const view = page().locator(".welcome-view");
    await view.getByText("Find the architecture for your device").first().waitFor({ timeout: 60_000 });
    expect(await page().locator(".notifications-toasts .notification-list-item").count()).toBe(0);
    expect(await page().locator(".editor-group-container .tab").count()).toBe(0);
    await at.workbench.screenshot("welcome-runs");
    await view.getByText("Get Started").first().click();
    await step("sample").waitFor({ timeout: 60_000 });
  });

  it("the walkthrough has its steps, in order, each with a picture of every theme", async () => {
    const ids = await page().locator("button.getting-started-step").evaluateAll((steps) => steps.map((one) => one.getAttribute("data-step-id")?.split("#").at(-1)));
    expect(ids).toEqual([...STEPS]);
    if (picturesWanted()) return;
    const shown = page().locator(".getting-started-media img");
    for (const id of STEPS) {
      await step(id).locator("h3").click();
      for (const { theme, name } of themes) {
        await at.workbench.theme(theme);
        await expect.poll(() => shown.getAttribute("srcset"), { timeout: 30_000 }).toContain(`${id}-${name}.png`);
        await expect.poll(() => shown.evaluate((image) => (image as HTMLImageElement).naturalWidth), { timeout: 30_000 }).toBeGreaterThan(400);
      }
      expect(await shown.getAttribute("alt")).toMatch(/\S{3,}/);
    }
    await at.workbench.theme("Dark Modern");
  });

  it("open sample: its button asks for a folder, and the step is done", async () => {
    await press("sample", "Open Sample Project");
    await at.workbench.pick("New folder in");
    const box = at.workbench.quickInputBox;
    await expect.poll(() => box.inputValue(), { timeout: 20_000 }).toBe("shapes");
    await box.press("Enter");
    await at.workbench.notification(/supernet for ten drawn shapes/).waitFor({ timeout: 60_000 });
    expect(existsSync(path.join(at.server.workspace, "shapes", "shapes.safetensors"))).toBe(true);
    await openStart();
    await expect.poll(() => done("sample"), { timeout: 20_000 }).toBe(true);
    await closeEditors();
    await at.workbench.command("View: Show Explorer");
    await at.workbench.explorerFile("shapes").first().click();
    await at.workbench.explorerFile("shapes.space.json").click();
    await picture("sample", seen(page().locator(".monaco-editor .view-line").first()));
    await closeEditors();
    await at.workbench.showView("FOX-NAS");
  });

  it("search: its button opens the wizard, and the step is done when something was found", async () => {
    await openStart();
    expect(await done("search")).toBe(false);
    await press("search", "Search Architecture");
    await foxnas().atStep("1/4");
    await expect.poll(() => done("search"), { timeout: 20_000 }).toBe(true);
    await page().keyboard.press("Escape");
    await closeEditors();
    await toggleSideBar();
    await foxnas().openWizard();
    await foxnas().budgetAdvice("120", /% predicted/);
    await picture("search", seen(at.workbench.quickInput.locator(".quick-input-message").filter({ hasText: /% predicted/ })));
    await at.workbench.quickInputBox.press("Enter");
    await foxnas().state(/proven optimum/);
    await toggleSideBar();
    await page().locator(".sidebar .monaco-list-row").filter({ hasText: "120 ms" }).waitFor({ timeout: 60_000 });
    await picture("explain", seen(foxnas().panel.locator('[data-figure="accuracy"]')));
  });

  it("measure: Verify on This Device puts the measured milliseconds beside the predicted ones", async () => {
    await foxnas().panel.getByRole("button", { name: "Verify on this device…" }).click();
    await at.workbench.pick("int8");
    const measured = foxnas().panel.locator('[data-figure="latency"]').filter({ hasText: "measured on this machine" });
    await measured.waitFor({ timeout: 280_000 });
    await at.workbench.command("Notifications: Clear All Notifications");
    await picture("measure", async () => {
      await foxnas().panel.locator("main h1").scrollIntoViewIfNeeded();
      await measured.waitFor({ timeout: 60_000 });
    });
  });

  it("insert: the config is in the workspace and in an editor", async () => {
    const name = await foxnas().insert();
    await closeOthers(name);
    await lens(/75\.\d+\s%.*predicted/).waitFor({ timeout: 60_000 });
    await toggleSideBar();
    await picture("insert", seen(lens(/75\.\d+\s%.*predicted/)));
    await toggleSideBar();
    await at.workbench.command("View: Close All Editors");
    await openStart();
    for (const id of ["search", "measure", "insert"] as const) await expect.poll(() => done(id), { timeout: 20_000, message: id }).toBe(true);
    const file = path.join(at.server.workspace, name);
    const text = readFileSync(file, "utf8");
    writeFileSync(path.join(at.server.workspace, "mine.foxnas.json"), text.replace(/"kernel": \d/, '"kernel": 4'));
  });

  it("edit: an opened config makes the step done, and its mistake has a place", async () => {
    await at.workbench.command("View: Close All Editors");
    await at.workbench.command("View: Show Explorer");
    await at.workbench.explorerFile("mine.foxnas.json").click();
    await page().locator(".monaco-editor .squiggly-error").first().waitFor({ timeout: 60_000 });
    await lens(/lies\soutside\sits\ssearch\sspace/).waitFor({ timeout: 60_000 });
    const fix = page().locator(".action-widget").filter({ hasText: /Change the kernel size to/ });
    await picture("editor", async () => {
      await page().keyboard.press("Escape");
      await page().locator(".view-line").filter({ hasText: /"kernel":\s4/ }).locator("span > span").filter({ hasText: "4" }).first().click();
      await page().keyboard.press("Control+.");
      await fix.waitFor({ timeout: 60_000 });
    });
    await page().keyboard.press("Escape");
    await openStart();
    await expect.poll(() => done("editor"), { timeout: 20_000 }).toBe(true);
    await showWalkthrough();
  });

  /** The walkthrough itself, as a window of usual size shows it: beside its steps their pictures. Dark and light are the README's. */
  async function showWalkthrough(): Promise<void> {
    // Before it opens: an Escape that closes the palette would lead from the walkthrough to the Welcome page.
    await toggleSideBar();
    await page().setViewportSize({ width: 1440, height: 900 });
    await openStart();
    for (const { theme, name } of themes) {
      await at.workbench.theme(theme);
      await step("explain").locator("h3").click();
      await page().locator(`.getting-started-media img[srcset*="explain-${name}.png"]`).waitFor({ timeout: 30_000 });
      await page().mouse.move(400, 890);
      const file = await at.workbench.screenshot(`walkthrough-${name}`);
      if (name === "dark" || name === "light") keep(file);
    }
    await at.workbench.theme("Dark Modern");
    await page().setViewportSize(SIZE);
    await toggleSideBar();
  }

  it("the documentation opens in the preview, at its page", async () => {
    await at.workbench.command("FOX-NAS: Open Documentation");
    await at.workbench.pick("Tasks and automation");
    await page().getByRole("tab", { name: /Preview automation\.md/ }).waitFor({ timeout: 60_000 });
    await at.workbench.screenshot("docs-automation");
  });

  it("the pictures are small enough to travel", () => {
    const folder = path.join(root, "media/walkthrough");
    const sizes = readdirSync(folder).map((name) => statSync(path.join(folder, name)).size);
    expect(sizes.length).toBe(STEPS.length * themes.length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1.5e6);
  });

  /** Closes what lies beside an open file, so that it has the whole width. */
  async function closeOthers(name: string): Promise<void> {
    await page().getByRole("tab", { name: new RegExp(`^${name.replaceAll(".", "\\.")}`) }).first().click();
    if ((await page().locator(".editor-group-container").count()) > 1) await at.workbench.command("View: Close Editors in Other Groups");
    await expect.poll(() => page().locator(".editor-group-container").count(), { timeout: 20_000 }).toBe(1);
  }

  endsCleanly(at);
});
