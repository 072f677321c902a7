import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { seriousFindings } from "../harness/accessibility.js";
import { launchBrowser, watchedContext } from "../harness/browser.js";
import { blocksOf, configIn } from "../harness/configs.js";
import { FoxNas, type ShownBlock } from "../harness/foxnas.js";
import { keep } from "../harness/pictures.js";
import { endsCleanly, session } from "../harness/session.js";
import { resultsFolder } from "../harness/paths.js";

const themes = [
  { theme: "Dark Modern", name: "dark" },
  { theme: "Light Modern", name: "light" },
  { theme: "Dark High Contrast", name: "high-contrast" },
] as const;
/** In the order of the tabs; what stands at the top of each picture. */
const views = [
  { view: "Result", picture: "why", top: ".two.late" },
  { view: "Alternatives", picture: "alternatives", top: ".tabs" },
  { view: "What if", picture: "what-if", top: ".tabs" },
  { view: "In general", picture: "general", top: ".tabs" },
  { view: "Predictors", picture: "predictors", top: ".tabs" },
] as const;

/** A number with its unit, e.g. `+0.03 pp`, as a number. */
const numberIn = (text: string) => Number.parseFloat(text.replace("\u2212", "-"));

describe("why this architecture, what else, and what if", () => {
  const at = session({ files: { "README.md": "# A project\n" } }, { width: 1500, height: 1000 });
  const foxnas = () => new FoxNas(at.workbench);
  const panel = () => foxnas().panel;
  const expandOfFirst = () => panel().getByRole("combobox", { name: "Stage 24, block 1: expand ratio" });
  let asFound: ShownBlock[] = [];
  let edited: ShownBlock[] = [];

  const showFrom = (selector: string): Promise<void> =>
    panel().locator(selector).first().evaluate((element) => window.scrollTo(0, element.getBoundingClientRect().top + window.scrollY - 8));

  it("Result: a stage of the waterfall opens to what it is made of, and the parts add up to it", async () => {
    await foxnas().search("120");
    await foxnas().state(/Reached the proven optimum/);
    await at.workbench.command("View: Toggle Primary Side Bar Visibility");
    asFound = await foxnas().shownBlocks();
    const stage = panel().locator(".why").getByRole("button", { name: "Stage 112" });
    expect(await stage.getAttribute("aria-expanded")).toBe("false");
    await stage.click();
    await expect.poll(() => stage.getAttribute("aria-expanded")).toBe("true");
    const values = (rows: string) => panel().locator(`.why ${rows} .lane.accuracy .value`).allInnerTexts();
    const [whole] = await values(".why-row.open");
    const parts = await values(".why-row.part");
    expect(parts.length).toBeGreaterThan(2);
    // Each is rounded to hundredths.
    expect(Math.abs(parts.reduce((sum, part) => sum + numberIn(part), 0) - numberIn(whole!))).toBeLessThan(0.005 * (parts.length + 1));
  });

  it("Copy account puts Markdown on the clipboard", async () => {
    await panel().getByRole("button", { name: "Copy account" }).click();
    await at.workbench.statusBarItem("the account is on the clipboard").waitFor({ timeout: 60_000 });
    const text = await at.workbench.clipboard();
    expect(text).toMatch(/^\*\*foxnas-cpu\*\* at 256 px, budget 120\sms: predicted accuracy \*\*75\.\d\d\s%\*\*/);
    expect(text).toContain("proven optimum of these predictors");
    expect(text).toContain("not by measurements of this architecture");
  });

  it("Alternatives: the price of a millisecond, single moves and near-ties; a near-tie opens under What if", async () => {
    await foxnas().view("Alternatives");
    expect(await panel().locator(".marginal .say").innerText()).toMatch(/One more millisecond would buy \+[\d.]+\spp; one less would cost [\d.]+\spp/);
    expect(await panel().locator(".moves .group h3").allInnerTexts()).toEqual(expect.arrayContaining([expect.stringMatching(/^Worse/), expect.stringMatching(/^Over budget/)]));
    expect(await panel().locator(".moves .why-row.pick").count()).toBeGreaterThan(10);
    const tie = panel().locator(".near-ties tbody tr:not(.own)").first();
    await tie.waitFor({ timeout: 60_000 });
    const depths = /depths ((?:\d ?)+)/.exec(await tie.innerText())![1]!.trim().split(" ").map(Number);
    const distance = Number(await tie.locator("td").nth(2).innerText());
    expect(distance).toBeGreaterThan(0);
    await tie.getByRole("button").click();
    await expect.poll(() => foxnas().tab("What if").getAttribute("aria-selected")).toBe("true");
    const blocks = await foxnas().editedBlocks();
    expect(["24", "40", "80", "112", "160"].map((stage) => blocks.filter((block) => block.stage === stage).length)).toEqual(depths);
    expect(blocks).not.toEqual(asFound);
    expect(Math.abs(numberIn(await panel().locator('[data-figure="editedAccuracy"] span').last().innerText()))).toBeLessThanOrEqual(0.05);
  });

  it("What if: a changed block changes every figure, and Insert writes exactly this design, of which no search may claim to have found it", async () => {
    const before = { accuracy: await foxnas().figure("editedAccuracy"), latency: await foxnas().figure("editedLatency") };
    const was = Number(await expandOfFirst().inputValue());
    // The largest costs time, and puts the design over the budget.
    const becomes = was === 6 ? 2 : 6;
    await expandOfFirst().selectOption(String(becomes));
    await expect.poll(() => foxnas().figure("editedLatency")).not.toBe(before.latency);
    const latency = numberIn(await foxnas().figure("editedLatency"));
    const accuracy = numberIn(await foxnas().figure("editedAccuracy"));
    expect(latency > numberIn(before.latency)).toBe(becomes > was);
    expect(await foxnas().figure("feasible")).toBe(latency > 120 ? "Over" : "Fits");
    edited = await foxnas().editedBlocks();
    expect(edited[0]).toMatchObject({ stage: "24", expand: becomes });
    // The way there, taken apart.
    expect(await panel().locator(".changes li").count()).toBeGreaterThan(0);
    expect(await panel().locator(".compare .difference").count()).toBe(1);

    const name = await foxnas().insert(/^Insert this design/);
    await at.workbench.page.getByRole("tab", { name: new RegExp(`^${name}`) }).waitFor({ timeout: 60_000 });
    const config = configIn(at.server.workspace, name);
    expect(blocksOf(config)).toEqual(edited);
    expect(config.predicted!.latency.value).toBeCloseTo(latency, 1);
    expect(config.predicted!.accuracy.value).toBeCloseTo(accuracy, 1);
    expect(config.predicted!.latency).toMatchObject({ unit: "ms", device: expect.stringContaining("Raspberry Pi 4") as string });
    expect(config.provenance).toBeUndefined();
    await at.workbench.page.getByRole("tab", { name: /^FOX-NAS: .*, 120 ms/ }).click();
    await at.workbench.command("View: Close Editors in Other Groups");
  });

  it("In general: stages 112 and 160 carry accuracy, stage 24 latency", async () => {
    await foxnas().view("In general");
    const rows = await foxnas().table("Importance of the stages");
    const most = (target: string) =>
      rows.filter(([, of]) => of === target).map(([stage, , share]) => ({ stage, share: numberIn(share!) })).sort((a, b) => b.share - a.share);
    const [accuracy, latency] = [most("accuracy"), most("latency")];
    expect(accuracy.slice(0, 2).map(({ stage }) => stage).sort()).toEqual(["112", "160"]);
    expect(latency[0]!.stage).toBe("24");
    for (const shares of [accuracy, latency]) expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(100, 0);
    const label = await panel().locator(".importance .why-grid").getAttribute("aria-label");
    expect(label).toMatch(/stages (112|160) \(\d+\s%\) and (112|160) \(\d+\s%\) decide most of accuracy’s variance/);
    expect(label).toMatch(/stages? 24 \(\d+\s%\).* decides? most of latency’s variance/);
  });

  it("Predictors: a verdict on everything that makes a fit worth believing, for both", async () => {
    await foxnas().view("Predictors");
    await panel().getByRole("heading", { name: "Can the accuracy predictor be trusted?" }).waitFor({ timeout: 20_000 });
    await panel().getByRole("heading", { name: "Can the latency predictor be trusted?" }).waitFor({ timeout: 20_000 });
    for (const diagnostics of await panel().locator(".diagnostics").all()) {
      const verdicts = await diagnostics.locator(".verdict").allInnerTexts();
      expect(verdicts.length).toBeGreaterThanOrEqual(6);
      expect(verdicts.join("\n")).toMatch(/\d/);
    }
  });

  it("after a reload of the window the view and the edited design are there", async () => {
    await foxnas().view("What if");
    const latency = await foxnas().figure("editedLatency");
    await at.workbench.reload();
    await foxnas().state(/Reached the proven optimum/);
    expect(await foxnas().tab("What if").getAttribute("aria-selected")).toBe("true");
    expect(await foxnas().editedBlocks()).toEqual(edited);
    expect(await foxnas().figure("editedLatency")).toBe(latency);
  });

  it("Save report… writes one HTML file, which opens by itself: no request, no script, no violation", async () => {
    await foxnas().view("Result");
    await panel().getByRole("button", { name: "Save report" }).click();
    const box = at.workbench.quickInputBox;
    await expect.poll(() => box.inputValue(), { timeout: 60_000 }).toMatch(/-report\.html$/);
    const name = await box.inputValue();
    await box.press("Enter");
    await at.workbench.notification(/Saved .*-report\.html: one file with all pictures/).waitFor({ timeout: 60_000 });
    const file = path.join(at.server.workspace, name);
    expect(existsSync(file)).toBe(true);

    const browser = await launchBrowser();
    try {
      const { context, findings } = await watchedContext(browser, 1000, 1000);
      const page = await context.newPage();
      const address = pathToFileURL(file).href;
      await page.goto(address);
      expect(await page.locator("h1").innerText()).toBe("foxnas-cpu-256px-120ms");
      expect(await page.getByRole("heading", { name: /^Why: what each stage adds/i }).count()).toBe(1);
      expect(await page.locator(".why-grid").first().locator(".why-row.part").count()).toBeGreaterThan(10);
      expect(await page.locator("table").count()).toBeGreaterThan(10);
      expect(await page.locator("script").count()).toBe(0);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      for (const scheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme: scheme });
        await page.screenshot({ path: path.join(resultsFolder, `explain-report-${scheme}.png`), fullPage: true });
        expect(await seriousFindings(page.mainFrame())).toEqual([]);
      }
      // The file itself is all that was asked for.
      expect(findings.outside).toEqual([address]);
      expect(findings.csp).toEqual([]);
      // And the policy is in force: what it forbids is refused, and seen here.
      await page.evaluate(() => document.body.append(Object.assign(new Image(), { src: "http://127.0.0.1:9/forbidden.png" })));
      await expect.poll(() => findings.csp.length).toBe(1);
    } finally {
      await browser.close();
    }
    await at.workbench.command("Notifications: Clear All Notifications");
    expect(readdirSync(at.server.workspace).filter((one) => one.endsWith(".html"))).toEqual([name]);
  });

  it("looks right in three themes: nothing serious for axe in any view", async () => {
    // A few changes say more than the many that lead to a near-tie.
    await foxnas().view("What if");
    await panel().getByRole("button", { name: "Undo all" }).click();
    await panel().getByRole("combobox", { name: "Stage 80, block 1: expand ratio" }).selectOption("3");
    await panel().getByRole("combobox", { name: "Stage 112, block 1: kernel size" }).selectOption("3");
    await panel().getByRole("combobox", { name: "Stage 160, block 4: kernel size" }).selectOption("5");
    expect(await foxnas().figure("feasible")).toBe("Fits");
    for (const { theme, name } of themes) {
      await at.workbench.theme(theme);
      for (const { view, picture, top } of views) {
        await foxnas().view(view);
        if (view === "Result" && (await panel().locator(".why-row.part").count()) === 0) await panel().locator(".why").getByRole("button", { name: "Stage 112" }).click();
        if (view === "In general") await panel().locator(".heatmaps").waitFor({ timeout: 60_000 });
        await showFrom(top);
        const shot = await at.workbench.screenshot(`explain-${picture}-${name}`);
        if (name !== "high-contrast") keep(shot);
        expect(await seriousFindings(await at.workbench.panelFrame()), `${view}, ${name}`).toEqual([]);
      }
    }
  });

  it("nothing is cut off at 400 px", async () => {
    await at.workbench.theme("Dark Modern");
    await at.workbench.page.setViewportSize({ width: 448, height: 1000 });
    const frame = await at.workbench.panelFrame();
    for (const { view, picture, top } of views) {
      await foxnas().view(view);
      await showFrom(top);
      await at.workbench.screenshot(`explain-narrow-${picture}`);
      const sizes = await frame.evaluate(() => ({ inner: document.documentElement.scrollWidth, outer: document.documentElement.clientWidth }));
      expect(sizes.inner, view).toBeLessThanOrEqual(sizes.outer);
    }
  });

  endsCleanly(at);
});
