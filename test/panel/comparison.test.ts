import { mkdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compare } from "../../src/editor/compare/index.js";
import { comparisonHtml } from "../../src/pictures/comparison/index.js";
import { CHROMIUM, PanelPage, startHarness, type Harness } from "./harness/browser.js";
import { cutOff, seriousFindings } from "./harness/findings.js";
import { THEMES, type Theme } from "./harness/themes.js";
import { builtInModel, LARGE, sideOf, SMALL, stages } from "../unit/editor/compare/sides.js";

if (CHROMIUM === null) {
  console.error("\n!!! The comparison's browser tests do NOT run: no Chromium. Install one (apt-get install chromium) or set CHROMIUM to its path.\n");
}
/** A folder to keep pictures of the page in, for people to judge. */
const SHOTS = process.env["COMPARISON_SHOTS"];

const model = builtInModel();
const [small, large] = [sideOf("small.foxnas.json", stages(SMALL), model), sideOf("large.foxnas.json", stages(LARGE), model)];
const page = { language: "en", css: "/panel.css", cspSource: "'self'", problems: [], actions: [{ label: "Copy as Markdown", href: "command:copy" }] };
const whole = comparisonHtml({ ...page, title: "small.foxnas.json ↔ large.foxnas.json", comparison: compare(small, large, 120) });
const apart = comparisonHtml({
  ...page,
  title: "<script>alert(1)</script> ↔ large.foxnas.json",
  problems: ["B cannot be read: </main> is no JSON."],
  comparison: compare({ ...small, title: "<script>alert(1)</script>", config: { ...small.config, space: "mine" }, space: null, model: null }, large, null),
});

describe.runIf(CHROMIUM !== null)("the page of a comparison in Chromium", () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness("test/panel/harness/comparisonPage.ts");
  });
  afterAll(() => harness.close());

  /** As a webview shows it: the theme's class and variables are set from outside. */
  async function open(html: string, theme: Theme, width: number): Promise<PanelPage> {
    const opened = await harness.openHtml(html, width);
    const { class: className, variables } = THEMES[theme];
    await opened.evaluate(
      ([names, all]) => {
        document.body.className = names;
        for (const [name, value] of all) document.documentElement.style.setProperty(`--vscode-${name}`, value);
      },
      [className, Object.entries(variables)] as const,
    );
    return new PanelPage(opened);
  }

  describe.each(Object.keys(THEMES) as Theme[])("in %s", (theme) => {
    it.each([1200, 800, 400])("has nothing serious for axe and nothing cut off at %d px", async (width) => {
      for (const [name, html] of [["whole", whole], ["apart", apart]] as const) {
        const panel = await open(html, theme, width);
        if (SHOTS !== undefined) {
          mkdirSync(SHOTS, { recursive: true });
          await panel.page.screenshot({ path: `${SHOTS}/${name}-${theme}-${width}.png`, fullPage: true });
        }
        expect(await seriousFindings(panel, theme, width)).toEqual([]);
        expect(await cutOff(panel)).toEqual([]);
        expect(await panel.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
        expect(await panel.page.locator("script").count()).toBe(0);
        await panel.page.close();
      }
    });
  });

  it("keeps to its policy, and shows texts as texts", async () => {
    const opened = await harness.openHtml("<!doctype html><title>blank</title>", 1000);
    const complaints: string[] = [];
    opened.on("console", (message) => complaints.push(message.text()));
    await opened.setContent(apart);
    expect(complaints.filter((text) => !text.includes("favicon"))).toEqual([]);
    expect(await opened.locator("h1").innerText()).toBe("<script>alert(1)</script> ↔ large.foxnas.json");
    expect(await opened.getByRole("status").innerText()).toBe("B cannot be read: </main> is no JSON.");
    await opened.close();
  });

  it("marks in the drawings exactly the blocks that the table lists", async () => {
    const panel = await open(whole, "dark", 1200);
    const rows = panel.page.locator(".blocks tbody tr");
    const of = (status: string) => rows.and(panel.page.locator(`.${status}`)).count();
    const marks = (side: number, status: string) => panel.page.locator("figure").nth(side).locator(`.drawn.wide .mark.${status}`).count();
    expect(await of("changed")).toBeGreaterThan(2);
    expect([await marks(0, "changed"), await marks(1, "changed")]).toEqual([await of("changed"), await of("changed")]);
    expect([await marks(0, "added"), await marks(1, "added")]).toEqual([0, await of("added")]);
    expect(await of("added")).toBe(2);
    await panel.page.close();
  });
});
