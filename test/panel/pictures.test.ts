import { buildSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reportHtml } from "../../src/pictures/report/report.js";
import { CHROMIUM, PanelPage, startHarness, type Harness } from "./harness/browser.js";
import { cutOff, seriousFindings } from "./harness/findings.js";
import { THEMES, type Theme } from "./harness/themes.js";
import { toyExplanation } from "./harness/toyExplanation.js";

if (CHROMIUM === null) {
  console.error("\n!!! The pictures' browser tests do NOT run: no Chromium. Install one (apt-get install chromium) or set CHROMIUM to its path.\n");
}

describe.runIf(CHROMIUM !== null)("the pictures in Chromium", () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness("test/panel/harness/picturesPage.tsx");
  });
  afterAll(() => harness.close());

  const sideways = (panel: PanelPage) => panel.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

  describe.each(Object.keys(THEMES) as Theme[])("in %s", (theme) => {
    it.each([1000, 400])("have nothing serious for axe and nothing cut off at %d px", async (width) => {
      const panel = await harness.open(theme, width);
      for (const opener of await panel.page.locator(".opener").all()) await opener.click();
      // A button that shows all is gone then.
      const more = panel.page.locator(".more");
      while ((await more.count()) > 0) await more.first().click();
      for (const summary of await panel.page.locator("summary").all()) await summary.click();
      expect(await seriousFindings(panel, theme, width)).toEqual([]);
      expect(await sideways(panel)).toBeLessThanOrEqual(0);
      expect(await cutOff(panel)).toEqual([]);
      expect(await panel.reports()).toEqual([]);
      await panel.page.close();
    });
  });

  it("open a stage to its parts by keyboard, and close it", async () => {
    const panel = await harness.open("dark", 1000);
    const stage = panel.page.getByRole("button", { name: "Stage 112", exact: true });
    await stage.focus();
    await panel.page.keyboard.press("Enter");
    expect(await stage.getAttribute("aria-expanded")).toBe("true");
    expect(await panel.page.locator(".why-row.part").allInnerTexts()).toHaveLength(5);
    await panel.page.keyboard.press("Enter");
    expect(await panel.page.locator(".why-row.part").count()).toBe(0);
    await panel.page.close();
  });

  it("hand over the move and the near-tie that was picked", async () => {
    const panel = await harness.open("dark", 1000);
    const { moves } = toyExplanation();
    const index = moves.findIndex(({ verdict }) => verdict === "over budget");
    await panel.page.getByRole("button", { name: "Show all 29" }).click();
    await panel.page.getByRole("button", { name: moves[index]!.change }).click();
    await panel.page.getByRole("button", { name: "fastest" }).click();
    expect(await panel.page.evaluate(() => (window as unknown as { picked: unknown }).picked)).toEqual([["move", index], ["tie", 2]]);
    await panel.page.close();
  });

  describe("the report", () => {
    const css = buildSync({ entryPoints: ["src/pictures/report/report.css"], bundle: true, write: false, outdir: "out" }).outputFiles[0]!.text;
    const html = reportHtml(toyExplanation(), { title: "A report", date: "today", version: "0.1.0", css });

    it.each([[1000, "light"], [1000, "dark"], [400, "light"], [400, "dark"]] as const)("stands alone under its policy at %d px in %s", async (width, scheme) => {
      const page = await harness.openHtml("<!doctype html><title>blank</title>", width, scheme);
      const complaints: string[] = [];
      const asked: string[] = [];
      page.on("console", (message) => complaints.push(message.text()));
      page.on("request", (request) => asked.push(new URL(request.url()).pathname));
      // The browser asks for an icon of its own accord.
      const own = (text: string) => !text.includes("/favicon.ico");
      await page.setContent(html);
      expect(complaints.filter(own)).toEqual([]);
      expect(asked.filter(own)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      // Its style is in force, and its tables are filled.
      expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(scheme === "light" ? "rgb(255, 255, 255)" : "rgb(31, 31, 31)");
      await page.locator("summary").first().click();
      expect(await page.locator("details[open] tbody tr").count()).toBe(toyExplanation().architecture.stages.flatMap(({ blocks }) => blocks).length);
      const panel = new PanelPage(page);
      expect(await seriousFindings(panel)).toEqual([]);
      await page.close();
    });
  });
});
