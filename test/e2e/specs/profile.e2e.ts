import { readFileSync, readdirSync, renameSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parseLines } from "../../../src/runs/journalLine.js";
import { readConfig, readPredictor } from "../../../src/shared/files/index.js";
import type { TuneState } from "../../../src/worker/tune/state.js";
import { seriousFindings } from "../harness/accessibility.js";
import { FoxNas } from "../harness/foxnas.js";
import { keep } from "../harness/pictures.js";
import { root } from "../harness/paths.js";
import { workersUnder } from "../harness/processes.js";
import { endsCleanly, session } from "../harness/session.js";

const themes = [
  { theme: "Dark Modern", name: "dark" },
  { theme: "Light Modern", name: "light" },
  { theme: "Dark High Contrast", name: "high-contrast" },
] as const;

/** The built-in accuracy predictor as if it were for images of 32 px, which a small profile can time. */
function smallAccuracy(): string {
  const text = readFileSync(path.join(root, "media/predictors/foxnas-cpu-256-accuracy.predictor.json"), "utf8");
  return JSON.stringify({ ...JSON.parse(text), resolution: 32, title: "Accuracy at 32 px, for a test" });
}

const middle = ([low, high]: [number, number]): string => ((low + high) / 2).toFixed(2);

/** A run of search and measure that came to an end, whatever this machine says of its budget. */
const TUNED = /Predicted and measured agree|Within the budget|Nothing measures/;

/** What a journal of search and measure has kept, checkpoint by checkpoint: the dates of its batches. */
function batchesOf(folder: string): string[][] {
  const { entries } = parseLines(readFileSync(path.join(folder, "journal.jsonl")));
  return (entries as { kind: string; state: TuneState }[])
    .filter(({ kind }) => kind === "checkpoint")
    .map(({ state }) => [...state.rounds, ...state.confirmations].map(({ batch }) => batch.protocol.date).sort());
}

/** Folder of the run that wrote to its journal last. */
function newestRun(home: string): string {
  const journals = readdirSync(home, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith("journal.jsonl")).map((name) => path.join(home, name));
  return path.dirname(journals.reduce((a, b) => (statSync(b).mtimeMs > statSync(a).mtimeMs ? b : a)));
}

const ENDED = /All architectures are timed|Held-out error under/;

describe("from the command palette to a search on this machine's own milliseconds", () => {
  const at = session(
    {
      files: { "README.md": "# A project\n", "small.predictor.json": smallAccuracy() },
      settings: { "foxnas.profile.samples": 20, "foxnas.profile.target": 0, "foxnas.profile.timeLimit": 3600 },
    },
    { width: 1500, height: 1000 },
  );
  const foxnas = () => new FoxNas(at.workbench);
  const predictors = () => path.join(at.server.workspace, "predictors");

  it("Search and Measure without a profile says what it needs, and offers to make one", async () => {
    await at.workbench.command("FOX-NAS: Search and Measure on This Device");
    const said = at.workbench.notification(/needs a latency predictor that was measured on this machine.*none yet/);
    await said.getByRole("button", { name: "Profile This Device" }).waitFor({ timeout: 60_000 });
    await at.workbench.command("Notifications: Clear All Notifications");
    await said.waitFor({ state: "hidden", timeout: 20_000 });
  });

  it("profiles while the panel and the status bar say how far it is: nothing serious for axe, in three themes", async () => {
    await foxnas().profile("32");
    await foxnas().state(/Profiling, \d+/);
    await at.workbench.statusBarItem(/FOX-NAS: profiling/).waitFor({ timeout: 30_000 });
    await expect.poll(() => foxnas().figure("timed"), { timeout: 120_000 }).toBe("10");
    // Halted, the pictures show one moment: themes change slowly on a busy machine.
    const workers = workersUnder(at.server.pid);
    for (const pid of workers) process.kill(pid, "SIGSTOP");
    for (const { theme, name } of themes) {
      await at.workbench.theme(theme);
      await at.workbench.screenshot(`profiling-${name}`);
      expect(await seriousFindings(await at.workbench.panelFrame())).toEqual([]);
    }
    expect(await foxnas().figure("heldOut")).toMatch(/^[\d.]+\s%$/);
    for (const pid of workers) process.kill(pid, "SIGCONT");
  });

  it("goes on after a reload of the window, and ends with a badge that says what was measured how", async () => {
    await at.workbench.reload();
    expect(await foxnas().state(ENDED)).toMatch(ENDED);
    expect(await foxnas().panel.locator(".facts").innerText()).toMatch(/20 architectures timed/);
    const badge = await foxnas().panel.locator("section.badge").innerText();
    for (const fact of [/onnxruntime\s+1\./, /int8/, /32\spx/, /60 of each architecture/, /p25 of (CPU|wall) time/, /split-half/i]) expect(badge).toMatch(fact);
    expect(await foxnas().panel.locator(".sample").count()).toBe(20);
    await at.workbench.theme("Dark Modern");
    await at.workbench.showView("FOX-NAS");
    await at.workbench.page.locator(".pane-body .monaco-list-row").filter({ hasText: /int8, 32 px: [\d.]+ % held-out error/ }).waitFor({ timeout: 20_000 });
  });

  it("looks right: three themes, and nothing cut off at 400 px", async () => {
    for (const { theme, name } of themes) {
      await at.workbench.theme(theme);
      keep(await at.workbench.screenshot(`profile-${name}`));
      expect(await seriousFindings(await at.workbench.panelFrame())).toEqual([]);
    }
    await at.workbench.theme("Dark Modern");
    await at.workbench.command("View: Toggle Primary Side Bar Visibility");
    await at.workbench.page.setViewportSize({ width: 448, height: 1000 });
    const frame = await at.workbench.panelFrame();
    for (const [section, name] of [[".hero", "top"], [".scatter", "scatter"], [".errors", "errors"], [".badge", "badge"]] as const) {
      await frame.locator(section).evaluate((element) => element.scrollIntoView({ block: "start" }));
      await at.workbench.screenshot(`profile-narrow-${name}`);
    }
    const sizes = await frame.evaluate(() => ({ inner: document.documentElement.scrollWidth, outer: document.documentElement.clientWidth }));
    expect(sizes.inner).toBeLessThanOrEqual(sizes.outer);
    await at.workbench.page.setViewportSize({ width: 1500, height: 1000 });
    await at.workbench.command("View: Toggle Primary Side Bar Visibility");
  });

  it("Save predictor writes three files into the workspace, and asks before it overwrites them", async () => {
    const save = async () => {
      await foxnas().panel.getByRole("button", { name: "Save predictor…" }).click();
      await foxnas().atStep("Save Predictor");
      expect(await at.workbench.quickInputBox.inputValue()).toBe("predictors");
      await at.workbench.quickInputBox.press("Enter");
    };
    await save();
    await at.workbench.notification(/Saved predictors/).waitFor({ timeout: 30_000 });
    const names = readdirSync(predictors()).sort();
    expect(names).toHaveLength(3);
    for (const ending of [".latency.predictor.json", ".profile.json", ".samples.csv"]) expect(names.some((name) => name.endsWith(ending))).toBe(true);
    const name = names.find((one) => one.endsWith(".predictor.json"))!;
    const text = readFileSync(path.join(predictors(), name), "utf8");
    expect(readPredictor({ name, text })).toMatchObject({ target: "latency", resolution: 32, form: "per-block", space: "foxnas-cpu" });
    await at.workbench.page.getByRole("tab", { name: new RegExp(`^${name}`) }).waitFor({ timeout: 20_000 });

    await save();
    await at.workbench.dialog(/exist already/).waitFor({ timeout: 20_000 });
    await at.workbench.page.keyboard.press("Escape");
    expect(readFileSync(path.join(predictors(), name), "utf8")).toBe(text);
  });

  it("the search offers it twice, as a run and as a file, and ends with a certificate", async () => {
    await at.workbench.command("FOX-NAS: Search Architecture");
    await foxnas().atStep("1/4");
    await at.workbench.pick(/^FOX-NAS for CPUs(?!, )/);
    await foxnas().atStep("2/4");
    await at.workbench.pick("Accuracy at 32 px");
    await foxnas().atStep("3/4");
    const offered = at.workbench.quickInputRows.filter({ hasText: "per-block" });
    await expect.poll(() => offered.count(), { timeout: 20_000 }).toBe(2);
    expect(await offered.first().innerText()).toContain("profiled on this machine");
    await at.workbench.screenshot("profile-offered");
    await offered.filter({ hasText: "predictors/" }).click();
    await foxnas().atStep("4/4");
    const budget = middle(await foxnas().feasible());
    await foxnas().budgetAdvice(budget, /% predicted/);
    await at.workbench.quickInputBox.press("Enter");
    await at.workbench.page.getByRole("tab", { name: new RegExp(`^FOX-NAS: .*, ${Number(budget)} ms`) }).waitFor({ timeout: 60_000 });
    expect(await foxnas().state(/proven optimum|No certificate/)).toMatch(/proven optimum/);
    expect(await foxnas().panel.locator(".hero").innerText()).toMatch(/cpu int8, 1 thread, 32\spx/);
    await at.workbench.screenshot("profile-searched");
  });

  it("Search with it asks for accuracy and budget only", async () => {
    await foxnas().openRun("held-out error", ENDED);
    await foxnas().panel.getByRole("button", { name: "Search with it…" }).click();
    await foxnas().atStep("1/2");
    await at.workbench.pick("Accuracy at 32 px");
    await foxnas().atStep("2/2");
    await at.workbench.quickInput.locator(".quick-input-message").filter({ hasText: /Feasible/ }).waitFor({ timeout: 60_000 });
    await at.workbench.page.keyboard.press("Escape");
  });

  it("Search and Measure from the palette: predicted and measured side by side, and the config carries both", async () => {
    const range = await foxnas().openTuneWizard("Accuracy at 32 px");
    const budget = middle(range);
    await foxnas().budgetAdvice(budget, /% predicted/);
    await at.workbench.screenshot("tune-budget");
    await at.workbench.quickInputBox.press("Enter");
    await at.workbench.page.getByRole("tab", { name: new RegExp(`^FOX-NAS: .*, ${Number(budget)} ms, measured`) }).waitFor({ timeout: 60_000 });
    await at.workbench.statusBarItem(/FOX-NAS: search and measure/).waitFor({ timeout: 30_000 });
    await expect.poll(() => foxnas().figure("done"), { timeout: 60_000 }).toMatch(/^[1-9]\d*\s%$/);
    const workers = workersUnder(at.server.pid);
    for (const pid of workers) process.kill(pid, "SIGSTOP");
    await at.workbench.screenshot("tuning-dark");
    expect(await seriousFindings(await at.workbench.panelFrame())).toEqual([]);
    for (const pid of workers) process.kill(pid, "SIGCONT");
    expect(await foxnas().state(TUNED)).toMatch(/Predicted and measured agree|Within the budget/);
    const measured = Number.parseFloat(await foxnas().figure("latency"));
    expect(measured).toBeLessThanOrEqual(Number(budget));
    expect(await foxnas().panel.locator('[data-figure="ending"]').innerText()).toMatch(/\d+ architectures measured in \d rounds?/);
    expect(await foxnas().panel.locator(".sample").count()).toBeGreaterThanOrEqual(5);
    await at.workbench.page.locator(".pane-body .monaco-list-row").filter({ hasText: /ms → [\d.]+ %, measured [\d.]+ ms/ }).waitFor({ timeout: 20_000 });

    const name = await foxnas().insert();
    await at.workbench.page.getByRole("tab", { name: new RegExp(`^${name}`) }).waitFor({ timeout: 30_000 });
    const config = readConfig({ name, text: readFileSync(path.join(at.server.workspace, name), "utf8") });
    expect(config).toMatchObject({ resolution: 32, measured: { latency: { unit: "ms", precision: "int8", resolution: 32 } }, provenance: { budget: Number(budget) } });
    expect(config.measured!.latency!.value).toBeCloseTo(measured, 1);
    expect(config.measured!.latency!.device).toMatch(/cpu int8, 1 thread/);
    expect(config.predicted!.latency.interval).not.toBeNull();
    expect(config.predicted!.latency.source).toMatch(/corrected by \d+ measurements/);
  });

  it("what was measured looks right: dark and light, and nothing cut off at 400 px", async () => {
    for (const { theme, name } of themes.slice(0, 2)) {
      await at.workbench.theme(theme);
      await (await at.workbench.panelFrame()).evaluate(() => scrollTo(0, 0));
      const shot = await at.workbench.screenshot(`tune-${name}`);
      if (name === "dark") keep(shot);
      expect(await seriousFindings(await at.workbench.panelFrame())).toEqual([]);
    }
    // The files that were written lie beside the panel.
    await at.workbench.page.getByRole("tab", { name: /^FOX-NAS: .*, measured/ }).click();
    await at.workbench.command("View: Close Editors in Other Groups");
    await at.workbench.command("View: Toggle Primary Side Bar Visibility");
    await at.workbench.page.setViewportSize({ width: 448, height: 1000 });
    const frame = await at.workbench.panelFrame();
    for (const [section, name] of [[".hero", "top"], [".scatter", "scatter"], [".rounds", "rounds"], [".badge", "badge"]] as const) {
      await frame.locator(section).evaluate((element) => element.scrollIntoView({ block: "start" }));
      await at.workbench.screenshot(`tune-narrow-light-${name}`);
    }
    await at.workbench.theme("Dark Modern");
    await frame.locator(".hero").evaluate((element) => element.scrollIntoView({ block: "start" }));
    await at.workbench.screenshot("tune-narrow-dark-top");
    const sizes = await frame.evaluate(() => ({ inner: document.documentElement.scrollWidth, outer: document.documentElement.clientWidth }));
    expect(sizes.inner).toBeLessThanOrEqual(sizes.outer);
    await at.workbench.page.setViewportSize({ width: 1500, height: 1000 });
    await at.workbench.command("View: Toggle Primary Side Bar Visibility");
  });

  it("Save corrected predictor writes it, and Search again asks for a budget only", async () => {
    await foxnas().panel.getByRole("button", { name: "Save corrected predictor…" }).click();
    await foxnas().atStep("Save Predictor");
    await at.workbench.quickInputBox.press("Enter");
    const saved = at.workbench.notification(/Saved predictors.*corrected by what was measured/);
    await saved.waitFor({ timeout: 30_000 });
    await saved.getByRole("button", { name: "Search With It" }).click();
    await foxnas().atStep("1/2");
    await at.workbench.quickInputBox.press("Escape");
    const name = readdirSync(predictors()).find((one) => one.endsWith("-corrected.latency.predictor.json"))!;
    expect(readPredictor({ name, text: readFileSync(path.join(predictors(), name), "utf8") })).toMatchObject({ target: "latency", form: "per-block", source: expect.stringContaining("corrected by") as string });
    await foxnas().panel.getByRole("button", { name: "Search again…" }).click();
    await foxnas().feasible();
    await at.workbench.quickInputBox.press("Enter");
    await at.workbench.statusBarItem(/FOX-NAS: search and measure/).waitFor({ timeout: 30_000 });
    await foxnas().state(/Measuring/);
  });

  it("cancelled it keeps what it measured; killed in the middle it resumes, and measures no batch twice", async () => {
    await foxnas().panel.getByRole("button", { name: "Cancel" }).click();
    await foxnas().state(/Cancelled/);
    await expect.poll(() => workersUnder(at.server.pid), { timeout: 30_000 }).toEqual([]);
    await foxnas().panel.getByRole("button", { name: "Resume" }).click();
    const folder = newestRun(at.server.home);
    // After the first batch, in the middle of the next.
    await expect.poll(() => batchesOf(folder).length, { timeout: 120_000, interval: 50 }).toBeGreaterThan(0);
    const before = batchesOf(folder).at(-1)!;
    const workers = workersUnder(at.server.pid);
    process.kill(Math.min(...workers), "SIGKILL");
    await foxnas().state(TUNED);
    expect(await foxnas().panel.locator(".facts").innerText()).toMatch(/worker restarted once/);
    const kept = batchesOf(folder);
    for (const [i, dates] of kept.entries()) expect(dates.slice(0, i + 1)).toEqual(kept.at(-1)!.slice(0, i + 1));
    expect(kept.at(-1)!.slice(0, before.length)).toEqual(before);
    expect(kept.map((dates) => dates.length)).toEqual(kept.map((_, i) => i + 1));
  });

  it("a search with a predictor of this machine offers to measure its winners, at its own budget", async () => {
    await foxnas().openRun(/ms → [\d.]+ %(?!, measured)/, /proven optimum/);
    await foxnas().panel.getByRole("button", { name: "Measure the winners…" }).click();
    await at.workbench.quickInput.locator(".quick-input-message").filter({ hasText: /% predicted/ }).waitFor({ timeout: 60_000 });
    await at.workbench.page.keyboard.press("Escape");
  });

  it("without onnxruntime's binary the command says what is missing, and the rest works", async () => {
    const binaries = path.join(at.server.installedExtension, "node_modules/onnxruntime-node/bin");
    renameSync(binaries, `${binaries}-away`);
    await at.workbench.reload();
    await at.workbench.command("FOX-NAS: Profile This Device");
    await at.workbench.notification(/onnxruntime cannot be loaded.*Search, fit, explain, insert and export work all the same/is).waitFor({ timeout: 60_000 });
    await at.workbench.screenshot("profile-without-runtime");
    renameSync(`${binaries}-away`, binaries);
    await foxnas().search("120");
    await foxnas().state(/Reached the proven optimum/);
  });

  endsCleanly(at);
});
