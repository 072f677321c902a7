import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { blocksOf, configIn } from "../harness/configs.js";
import { FoxNas, type ShownBlock } from "../harness/foxnas.js";
import { endsCleanly, logLines, session } from "../harness/session.js";

describe("from the command palette to a config in the workspace", () => {
  const at = session({ files: { "README.md": "# A project\n" } });
  const foxnas = () => new FoxNas(at.workbench);
  let asFound: ShownBlock[] = [];
  let foundFile = "";

  it("an infeasible budget explains itself while it is typed, and does not start a search", async () => {
    await foxnas().openWizard();
    const advice = await foxnas().budgetAdvice("10", /infeasible/);
    expect(advice).toMatch(/fastest architecture is predicted to take [\d.]+ ms\. The nearest feasible budget is ([\d.]+) ms/);
    await at.workbench.quickInputBox.press("Enter");
    expect(await at.workbench.quickInputBox.isVisible()).toBe(true);

    const nearest = /nearest feasible budget is ([\d.]+) ms/.exec(advice)?.[1] ?? "";
    expect(await foxnas().budgetAdvice(nearest, /% predicted/)).toMatch(/% predicted.*Raspberry Pi 4.*256 px.*Feasible: /s);
    await at.workbench.page.keyboard.press("Escape");
    expect(await at.workbench.page.locator("iframe.webview").count()).toBe(0);
  });

  it("a search ends at the proven optimum, with units, device and intervals on every number", async () => {
    await foxnas().search("120");
    expect(await foxnas().state(/proven optimum|No certificate/)).toMatch(/Reached the proven optimum/);
    expect(await foxnas().figure("accuracy")).toMatch(/^7\d\.\d\d\s%$/);
    expect(await foxnas().figure("latency")).toMatch(/^1[01]\d\.\d\sms$|^120\.0\sms$/);
    const hero = await foxnas().panel.locator(".hero").innerText();
    expect(hero).toContain("Raspberry Pi 4");
    expect(hero.match(/95\s%: [\d.]+ to [\d.]+/g)).toHaveLength(2);
    asFound = await foxnas().shownBlocks();
    console.log(logLines(at.server).filter((line) => /activated in|painted|first|after/.test(line)).join("\n"));
  });

  it("Insert writes the architecture that is shown", async () => {
    foundFile = await foxnas().insert();
    await at.workbench.explorerFile(foundFile).waitFor({ timeout: 30_000 });
    const config = configIn(at.server.workspace, foundFile);
    expect(blocksOf(config)).toEqual(asFound);
    expect(config).toMatchObject({ space: "foxnas-cpu", resolution: 256 });
  });

  it("the slider shows the optimum of another budget, and Insert takes that one", async () => {
    const slider = foxnas().panel.locator("#budget");
    const latency = Number.parseFloat(await foxnas().figure("latency"));
    await slider.focus();
    await slider.press("PageDown");
    await slider.press("PageDown");
    await expect.poll(() => foxnas().panel.locator(".statement").innerText()).toMatch(/Proven optimum at 100\sms/);
    const smaller = Number.parseFloat(await foxnas().figure("latency"));
    expect(smaller).toBeLessThanOrEqual(100);
    expect(smaller).toBeLessThan(latency);

    const shown = await foxnas().shownBlocks();
    expect(shown).not.toEqual(asFound);
    const name = await foxnas().insert();
    expect(name).not.toBe(foundFile);
    await at.workbench.explorerFile(name).waitFor({ timeout: 30_000 });
    expect(blocksOf(configIn(at.server.workspace, name))).toEqual(shown);
  });

  it("Generate code writes the architecture on show as code", async () => {
    await foxnas().panel.getByRole("button", { name: "Generate code…" }).click();
    await at.workbench.quickInputRows.filter({ hasText: "PyTorch" }).first().waitFor({ timeout: 60_000 });
    await at.workbench.page.keyboard.press("Escape");
    await at.workbench.quickInput.waitFor({ state: "hidden", timeout: 20_000 });
  });

  it("a file that exists is not overwritten without asking", async () => {
    const before = readFileSync(path.join(at.server.workspace, foundFile), "utf8");
    await foxnas().panel.getByRole("button", { name: /Back to what the run found/ }).click();
    expect(await foxnas().insert()).toBe(foundFile);
    await at.workbench.dialog(foundFile).waitFor({ timeout: 20_000 });
    await at.workbench.page.keyboard.press("Escape");
    expect(readFileSync(path.join(at.server.workspace, foundFile), "utf8")).toBe(before);
    expect(readdirSync(at.server.workspace).filter((name) => name.endsWith(".foxnas.json"))).toHaveLength(2);
  });

  it("the run is listed, and opens again after the window was reloaded", async () => {
    await at.workbench.reload();
    await at.workbench.showView("FOX-NAS");
    const run = at.workbench.page.locator(".pane-body .monaco-list-row").filter({ hasText: "120 ms" });
    await run.waitFor({ timeout: 30_000 });
    await run.click();
    await foxnas().state(/Reached the proven optimum/);
    expect(await foxnas().shownBlocks()).toEqual(asFound);
  });

  endsCleanly(at);
});
