import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readConfig, readPredictor, readSpace } from "../../../src/shared/files/index.js";
import { seriousFindings } from "../harness/accessibility.js";
import { FoxNas } from "../harness/foxnas.js";
import { root } from "../harness/paths.js";
import { keep, picturesWanted } from "../harness/pictures.js";
import { workersUnder } from "../harness/processes.js";
import { endsCleanly, session } from "../harness/session.js";

const themes = [
  { theme: "Dark Modern", name: "dark" },
  { theme: "Light Modern", name: "light" },
  { theme: "Dark High Contrast", name: "high-contrast" },
] as const;

const SIZE = { width: 1500, height: 1000 };

/** How much is measured: little, or what the figures of the README's pictures need. */
const asked = picturesWanted()
  ? { design: "80 + 40", validation: 2000, calibration: 500 }
  : { design: "24 + 6", validation: 200, calibration: 100 };

describe("from the sample project to a subnet with its weights", () => {
  const at = session(
    { files: { "README.md": "# A project\n" }, settings: { "foxnas.profile.samples": 20, "foxnas.profile.target": 0, "foxnas.profile.timeLimit": 3600 } },
    SIZE,
  );
  const foxnas = () => new FoxNas(at.workbench);
  const box = () => at.workbench.quickInputBox;
  const inWorkspace = (...names: string[]) => path.join(at.server.workspace, ...names);
  const enter = async (expected: RegExp, text?: string) => {
    await expect.poll(() => box().inputValue(), { timeout: 30_000 }).toMatch(expected);
    if (text !== undefined) await box().fill(text);
    await box().press("Enter");
  };

  /** Answers the size of a design and of the images; between them the precision. */
  const answerNumbers = async (precision: RegExp | string, subnets: () => Promise<void>, steps: [string, string, string]) => {
    await foxnas().atStep(steps[0]);
    await subnets();
    await foxnas().atStep(steps[1]);
    await at.workbench.pick(precision);
    await foxnas().atStep(steps[2]);
    await at.workbench.pick("Other numbers");
    await enter(/^\d+ \+ \d+$/, `${asked.calibration} + ${asked.validation}`);
  };

  /** Closes what lies beside the panel, and shows the runs at its left. */
  const alone = async () => {
    const { workbench } = at;
    await workbench.command("Notifications: Clear All Notifications");
    await workbench.page.locator(".notifications-toasts .notification-list-item").first().waitFor({ state: "hidden", timeout: 20_000 });
    const tab = workbench.page.getByRole("tab", { name: /^FOX-NAS: shapes/ }).last();
    await tab.click();
    if ((await workbench.page.locator(".editor-group-container").count()) > 1) await workbench.command("View: Close Editors in Other Groups");
    await expect.poll(() => workbench.page.locator(".editor-group-container").count(), { timeout: 20_000 }).toBe(1);
    await workbench.showView("FOX-NAS");
    await workbench.page.locator(".pane-body .monaco-list-row").filter({ hasText: /subnets/ }).first().waitFor({ timeout: 20_000 });
    // Without a border around the list, and what the pointer brings up.
    await tab.click();
    await workbench.page.mouse.move(200, SIZE.height - 200);
    await workbench.page.locator(".workbench-hover").waitFor({ state: "hidden", timeout: 20_000 });
  };

  /** The panel in three themes, with nothing serious for axe, and at 400 px, where nothing is cut off. */
  const looks = async (name: string, narrow: readonly string[]) => {
    const { workbench } = at;
    await alone();
    for (const { theme, name: of } of themes) {
      await workbench.theme(theme);
      await (await workbench.panelFrame()).evaluate(() => scrollTo(0, 0));
      const shot = await workbench.screenshot(`${name}-${of}`);
      if (name !== "evaluate-given") keep(shot);
      expect(await seriousFindings(await workbench.panelFrame())).toEqual([]);
    }
    await workbench.theme("Dark Modern");
    const frame = await workbench.panelFrame();
    for (const section of [...narrow, ".badge"]) {
      await frame.locator(section).first().evaluate((element) => element.scrollIntoView({ block: "start" }));
      await workbench.screenshot(`${name}-wide${section.replaceAll(/\W+/g, "-")}`);
    }
    await workbench.command("View: Toggle Primary Side Bar Visibility");
    await workbench.page.setViewportSize({ ...SIZE, width: 448 });
    for (const section of ["header", ...narrow, ".badge"]) {
      await frame.locator(section).first().evaluate((element) => element.scrollIntoView({ block: "start" }));
      await workbench.screenshot(`${name}-narrow${section === "header" ? "" : section.replaceAll(/\W+/g, "-")}`);
    }
    const sizes = await frame.evaluate(() => ({ inner: document.documentElement.scrollWidth, outer: document.documentElement.clientWidth }));
    await workbench.page.setViewportSize(SIZE);
    await workbench.command("View: Toggle Primary Side Bar Visibility");
    await workbench.command("View: Show Explorer");
    await frame.evaluate(() => scrollTo(0, 0));
    expect(sizes.inner).toBeLessThanOrEqual(sizes.outer);
  };

  /** Top-1 of each finalist with each calibration set, %, as the panel shows them. */
  let readings: string[][] = [];

  it("Open Sample Project makes a new folder, shows its README, and a second one gets another name", async () => {
    await at.workbench.command("FOX-NAS: Open Sample Project");
    await at.workbench.pick("New folder in workspace");
    await enter(/^shapes$/);
    await at.workbench.notification(/shapes: a supernet for ten drawn shapes/).waitFor({ timeout: 60_000 });
    await at.workbench.page.getByRole("tab", { name: /^README\.md/ }).first().waitFor({ timeout: 30_000 });
    expect(readdirSync(inWorkspace("shapes")).sort()).toEqual(["README.md", "data", "draw.py", "shapes.safetensors", "shapes.space.json"]);
    await at.workbench.command("FOX-NAS: Open Sample Project");
    await at.workbench.pick("New folder in workspace");
    await expect.poll(() => box().inputValue(), { timeout: 30_000 }).toBe("shapes-2");
    await box().fill("shapes");
    await at.workbench.quickInput.locator(".quick-input-message").filter({ hasText: "exists already and is not empty" }).waitFor({ timeout: 20_000 });
    await at.workbench.page.keyboard.press("Escape");
  });

  it("Evaluate Supernet reads supernet and data, then measures while panel and status bar say how far it is", async () => {
    await at.workbench.notification(/shapes: a supernet/).getByRole("button", { name: "Evaluate Supernet" }).click();
    await foxnas().atStep("1/6");
    await at.workbench.pick("shapes.space.json");
    await foxnas().atStep("2/6");
    await at.workbench.pick("data");
    const design = async () => {
      await at.workbench.pick("another size");
      await enter(/^\d+ \+ \d+$/, asked.design);
    };
    await answerNumbers(/^fp32/, design, ["4/6", "5/6", "6/6"]);
    await at.workbench.statusBarItem(/FOX-NAS: evaluation/).waitFor({ timeout: 60_000 });
    await at.workbench.page.getByRole("tab", { name: /^FOX-NAS: shapes at 32 px/ }).waitFor({ timeout: 60_000 });
    await expect.poll(() => foxnas().figure("done"), { timeout: 900_000 }).toMatch(/^([3-9]\d|100)\s%$/);
    // Halted, the picture shows one moment.
    const workers = workersUnder(at.server.pid);
    for (const pid of workers) process.kill(pid, "SIGSTOP");
    await at.workbench.theme("Dark Modern");
    await alone();
    keep(await at.workbench.screenshot("evaluate-running-dark"));
    expect(await seriousFindings(await at.workbench.panelFrame())).toEqual([]);
    for (const pid of workers) process.kill(pid, "SIGCONT");
    await at.workbench.command("View: Show Explorer");
    await foxnas().panel.getByRole("button", { name: "Search with it…" }).waitFor({ timeout: 1_500_000 });
  }, 1_800_000);

  it("says how well the predictor ranks and predicts: three themes, and nothing cut off at 400 px", async () => {
    const [samples, heldOut] = asked.design.split(" + ").map(Number);
    expect(await foxnas().panel.locator(".facts").innerText()).toContain(`${samples} subnets to fit, ${heldOut} held out`);
    for (const name of ["tau", "rmse", "coverage", "throughput"] as const) expect(await foxnas().figure(name)).toMatch(/\d/);
    expect(await foxnas().table("Held-out subnets")).toHaveLength(heldOut!);
    expect(await foxnas().table("Measured subnets")).toHaveLength(samples! + heldOut!);
    for (const table of await foxnas().panel.locator("details.table > summary").all()) await table.click();
    await looks("evaluate", [".scatter", ".quality", ".quality + .scatter"]);
  });

  it("Save predictor writes predictor, samples and account; Save samples the samples alone", async () => {
    await foxnas().panel.getByRole("button", { name: "Save predictor…" }).click();
    await enter(/^predictors$/);
    await at.workbench.notification(/Saved predictors/).waitFor({ timeout: 30_000 });
    expect(readdirSync(inWorkspace("predictors")).sort()).toEqual(["shapes-32px-fp32.accuracy.predictor.json", "shapes-32px-fp32.accuracy.samples.csv", "shapes-32px-fp32.evaluation.json"]);
    const name = "shapes-32px-fp32.accuracy.predictor.json";
    const predictor = readPredictor({ name, text: readFileSync(inWorkspace("predictors", name), "utf8") });
    expect(predictor).toMatchObject({ target: "accuracy", unit: "%", space: "shapes", resolution: 32, evaluated: { supernet: { name: "shapes.safetensors" }, validationImages: asked.validation } });
    // What was said lies over the panel's buttons.
    await at.workbench.command("Notifications: Clear All Notifications");
    await foxnas().panel.getByRole("button", { name: "Save samples…" }).click();
    await enter(/samples\.csv$/, "mine.csv");
    await at.workbench.explorerFile("mine.csv").waitFor({ timeout: 30_000 });
    expect(readFileSync(inWorkspace("mine.csv"), "utf8")).toBe(readFileSync(inWorkspace("predictors", "shapes-32px-fp32.accuracy.samples.csv"), "utf8"));
  });

  it("a profile of this machine for the space, and a search with both predictors", async () => {
    await at.workbench.command("FOX-NAS: Profile This Device");
    await foxnas().atStep("1/3");
    await at.workbench.pick("shapes.space.json");
    await foxnas().atStep("2/3");
    await at.workbench.pick("32 px");
    await foxnas().atStep("3/3");
    await at.workbench.pick("fp32");
    await foxnas().state(/All architectures are timed|Held-out error under/);
    await foxnas().panel.getByRole("button", { name: /^Search with (it|this)/i }).click();
    await foxnas().atStep("1/2");
    await at.workbench.pick("shapes");
    const [low, high] = await foxnas().feasible();
    await foxnas().budgetAdvice(((low + high) / 2).toFixed(2), /% predicted/);
    await box().press("Enter");
    await foxnas().state(/proven optimum/);
  });

  it("Evaluate the Winners finds supernet and data again, and ranks the finalists by what was measured", async () => {
    await foxnas().panel.getByRole("button", { name: /Measure the winners’ accuracy/ }).click();
    await at.workbench.pick("5 finalists");
    await at.workbench.statusBarItem(/FOX-NAS: winners/).waitFor({ timeout: 60_000 });
    await foxnas().panel.getByRole("button", { name: /^Insert config of/ }).waitFor({ timeout: 300_000 });
    const rows = await foxnas().table("Finalists, predicted and measured");
    expect(rows.length).toBeGreaterThanOrEqual(5);
    const measured = rows.map(([, top1]) => Number(top1));
    expect(measured).toEqual([...measured].sort((a, b) => b - a));
    expect(Number.parseFloat(await foxnas().figure("accuracy"))).toBe(measured[0]);
    readings = rows.map((cells) => cells[3]!.split(" "));
    await foxnas().panel.locator("details.table > summary").first().click();
    await looks("finalists", [".scatter", ".ranking", '[data-figure="architecture"]']);
    // What the rounds corrected is given; the budget's step has computed a front with it.
    await foxnas().panel.getByRole("button", { name: "Search with corrected predictor…" }).click();
    await foxnas().atStep("1/2");
    await at.workbench.pick("fp32, 1 thread");
    await foxnas().feasible();
    await box().press("Escape");
    await foxnas().panel.getByRole("button", { name: "Show the 2nd" }).click();
    for (const button of [/^Insert config of the 2nd/, null]) {
      if (button === null) await foxnas().panel.getByRole("button", { name: "Show the 1st" }).click();
      const name = await foxnas().insert(button ?? /^Insert config of the winner/);
      expect(name).toMatch(button === null ? /-(?!0ms)[\d.]+ms-winner\.foxnas\.json$/ : /-(?!0ms)[\d.]+ms-finalist-2\.foxnas\.json$/);
      await at.workbench.explorerFile(name).waitFor({ timeout: 30_000 });
      expect(readConfig({ name, text: readFileSync(inWorkspace(name), "utf8") })).toMatchObject({ space: "shapes", resolution: 32, predicted: { accuracy: { unit: "%" } }, measured: { accuracy: { unit: "%", supernet: expect.stringContaining("shapes.safetensors (sha256 ") as string } } });
    }
  });

  it("the winner is exported with its weights, from the panel and from its config", async () => {
    await foxnas().panel.getByRole("button", { name: /with weights…$/ }).click();
    await at.workbench.pick("ONNX, float32");
    await enter(/-winner-fp32\.onnx$/, "winner.onnx");
    await at.workbench.notification(/Exported winner\.onnx: .*float32.*shapes\.safetensors, batch-norm recalibrated on \d+ images/).waitFor({ timeout: 120_000 });
    expect(readFileSync(inWorkspace("winner.onnx"))[0]).toBe(0x08);
    await at.workbench.command("FOX-NAS: Export Subnet with Weights");
    await at.workbench.pick(/-winner\.foxnas\.json/);
    await foxnas().atStep("1/4");
    await at.workbench.pick("shapes.safetensors");
    await foxnas().atStep("2/4");
    await at.workbench.pick("data");
    await foxnas().atStep("3/4");
    await at.workbench.pick("PyTorch state dict");
    await enter(/-winner\.safetensors$/, "winner.safetensors");
    await at.workbench.notification(/Exported winner\.safetensors: .*recalibrated on 500 images/).waitFor({ timeout: 120_000 });
    expect(readFileSync(inWorkspace("winner.safetensors"), "latin1")).toContain("classifier.weight");
  });

  it("evaluates the two inserted configs in both precisions, and ranks them", async () => {
    const { workbench } = at;
    await workbench.command("Notifications: Clear All Notifications");
    await workbench.command("FOX-NAS: Evaluate Supernet");
    await foxnas().atStep("1/7");
    await workbench.pick("shapes.safetensors");
    await foxnas().atStep("2/7");
    await workbench.pick("shapes.space.json");
    await foxnas().atStep("3/7");
    await workbench.pick("data");
    const configs = async () => {
      await workbench.pick("Configs of this workspace");
      await workbench.quickInputRows.filter({ hasText: "-finalist-2.foxnas.json" }).waitFor({ timeout: 20_000 });
      await box().press("Enter");
    };
    await answerNumbers("both", configs, ["5/7", "6/7", "7/7"]);
    await foxnas().panel.locator('[data-figure="loss"]').waitFor({ timeout: 300_000 });
    expect(await foxnas().panel.locator(".ranking tbody tr").count()).toBe(2);
    expect(await foxnas().panel.locator('[data-figure="verdict"]').innerText()).toMatch(/-(winner|finalist-2)/);
    const rows = await foxnas().table("Measured subnets");
    for (const [name, int8, , , fp32] of rows) {
      // The same weights, calibration and images as among the finalists.
      expect(readings[name!.endsWith("-winner") ? 0 : 1]).toContain(fp32);
      expect(Math.abs(Number(int8) - Number(fp32))).toBeLessThan(10);
    }
    await foxnas().panel.locator("details.table > summary").first().click();
    await looks("evaluate-given", [".ranking", ".scatter"]);
  });

  it("Create Supernet Project writes the training kit and the space into a new folder", async () => {
    await at.workbench.command("FOX-NAS: Create Supernet Project");
    await at.workbench.pick("shapes.space.json");
    await at.workbench.pick("New folder in workspace");
    await enter(/^shapes-supernet$/, "mine");
    await at.workbench.notification(/mine: PyTorch programs that train a supernet for shapes/).waitFor({ timeout: 60_000 });
    const kit = readdirSync(path.join(root, "media/templates/supernet"));
    expect(kit).toContain("train.py");
    expect(readdirSync(inWorkspace("mine")).sort()).toEqual([...kit, "shapes.space.json"].sort());
    const space = (folder: string) => readSpace({ name: "shapes.space.json", text: readFileSync(inWorkspace(folder, "shapes.space.json"), "utf8") });
    expect(space("mine")).toEqual(space("shapes"));
  });

  endsCleanly(at);
});
