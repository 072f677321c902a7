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

/** An architecture of 32 px, so that little time is spent. */
function smallConfig(depth: number): string {
  const blocks = Array.from({ length: depth }, () => ({ expand: 2, kernel: 3 }));
  return JSON.stringify({ version: 1, space: "foxnas-cpu", resolution: 32, stages: [24, 40, 80, 112, 160].map((width) => ({ width, blocks })) });
}

describe("architectures of the workspace beside published networks", () => {
  const at = session({ files: { "README.md": "# A project\n", "first.foxnas.json": smallConfig(2), "second.foxnas.yaml": smallConfig(4) } }, { width: 1500, height: 1000 });
  const foxnas = () => new FoxNas(at.workbench);

  it("asks for architectures, at least one, baselines and precision, and measures", async () => {
    const { workbench } = at;
    await workbench.command("FOX-NAS: Benchmark Against Baselines");
    await foxnas().atStep("1/3");
    const rows = workbench.quickInputRows;
    await rows.filter({ hasText: "second.foxnas.yaml" }).waitFor({ timeout: 20_000 });
    // The first is ticked from the start.
    await rows.filter({ hasText: "first.foxnas.json" }).click();
    await workbench.quickInputBox.press("Enter");
    await expect.poll(() => workbench.quickInputBox.getAttribute("placeholder"), { timeout: 20_000 }).toBe("Pick at least one architecture");
    for (const name of ["first.foxnas.json", "second.foxnas.yaml"]) await rows.filter({ hasText: name }).click();
    await workbench.screenshot("bench-wizard");
    await workbench.quickInputBox.press("Enter");
    await foxnas().atStep("2/3");
    for (const name of ["MobileNetV3-Large", "EfficientNet-Lite0"]) await rows.filter({ hasText: name }).click();
    await workbench.quickInputBox.press("Enter");
    await foxnas().atStep("3/3");
    await workbench.pick("int8");
    await workbench.page.getByRole("tab", { name: /^FOX-NAS: bench: 2 architectures, int8/ }).waitFor({ timeout: 60_000 });
    await workbench.statusBarItem(/FOX-NAS: benchmark/).waitFor({ timeout: 60_000 });
    // A page that is still loading when the window reloads asks VS Code's own server for what it had not got yet.
    await foxnas().panel.locator("main h1").waitFor({ timeout: 60_000 });
  });

  it("goes on after a reload, and ends with times, ratios, the paper's headline and a badge", async () => {
    await at.workbench.reload();
    await foxnas().state(/^\W*Measured/);
    const { panel } = foxnas();
    await expect.poll(() => panel.locator("[data-network]").count()).toBe(3);
    expect(await panel.locator("[data-network]").last().innerText()).toMatch(/MobileNetV2 1\.0/);
    expect(await panel.locator(".ratios tbody tr").count()).toBe(2);
    expect(await panel.locator(".paper").innerText()).toMatch(/the paper 3\.4 times its speed; here (first|second) [\d.]+ times .*without a known accuracy/s);
    expect(await panel.locator("section.badge").innerText()).toMatch(/32, 224\spx/);
    await at.workbench.showView("FOX-NAS");
    await at.workbench.page.locator(".pane-body .monaco-list-row").filter({ hasText: /bench: 2 architectures, int8.*ms/ }).waitFor({ timeout: 20_000 });
  });

  it("looks right in three themes", async () => {
    for (const { theme, name } of themes) {
      await at.workbench.theme(theme);
      keep(await at.workbench.screenshot(`bench-${name}`));
      expect(await seriousFindings(await at.workbench.panelFrame())).toEqual([]);
    }
  });

  it("remembers the answers", async () => {
    const { workbench } = at;
    await foxnas().panel.getByRole("button", { name: "New benchmark…" }).click();
    await foxnas().atStep("1/3");
    await expect.poll(() => workbench.quickInput.locator(".quick-input-count").innerText(), { timeout: 20_000 }).toMatch(/^2 /);
    await workbench.quickInputBox.press("Enter");
    await foxnas().atStep("2/3");
    await expect.poll(() => workbench.quickInput.locator(".quick-input-count").innerText(), { timeout: 20_000 }).toMatch(/^1 /);
    await workbench.page.keyboard.press("Escape");
  });

  endsCleanly(at);
});
