import { readFileSync, readdirSync, renameSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readPredictor } from "../../../src/shared/files/index.js";
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
    const feasible = at.workbench.quickInput.locator(".quick-input-message").filter({ hasText: /Feasible/ });
    await feasible.waitFor({ timeout: 60_000 });
    const range = /([\d.]+) … ([\d.]+) ms/.exec(await feasible.innerText())!;
    const budget = ((Number(range[1]) + Number(range[2])) / 2).toFixed(2);
    await foxnas().budgetAdvice(budget, /% predicted/);
    await at.workbench.quickInputBox.press("Enter");
    await at.workbench.page.getByRole("tab", { name: new RegExp(`^FOX-NAS: .*, ${Number(budget)} ms`) }).waitFor({ timeout: 60_000 });
    expect(await foxnas().state(/proven optimum|No certificate/)).toMatch(/proven optimum/);
    expect(await foxnas().panel.locator(".hero").innerText()).toMatch(/cpu int8, 1 thread, 32\spx/);
    await at.workbench.screenshot("profile-searched");
  });

  it("Search with it asks for accuracy and budget only", async () => {
    await at.workbench.page.locator(".pane-body .monaco-list-row").filter({ hasText: "held-out error" }).click();
    await foxnas().state(ENDED);
    await foxnas().panel.getByRole("button", { name: "Search with it…" }).click();
    await foxnas().atStep("1/2");
    await at.workbench.pick("Accuracy at 32 px");
    await foxnas().atStep("2/2");
    await at.workbench.quickInput.locator(".quick-input-message").filter({ hasText: /Feasible/ }).waitFor({ timeout: 60_000 });
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
