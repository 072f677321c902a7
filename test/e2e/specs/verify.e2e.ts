import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readConfig } from "../../../src/shared/files/index.js";
import { seriousFindings } from "../harness/accessibility.js";
import { FoxNas } from "../harness/foxnas.js";
import { endsCleanly, session } from "../harness/session.js";

const themes = [
  { theme: "Dark Modern", name: "dark" },
  { theme: "Light Modern", name: "light" },
] as const;

const MEASURED = /measured on this machine: ([\d.]+)\sms ±\s[\d.]+\s% \(.+, cpu int8, 1\sthread, onnxruntime\s1\.\d+\.\d+\)/;

describe("from a finished search to a model file and a measured latency", () => {
  const at = session({ files: { "README.md": "# A project\n" } }, { width: 1500, height: 1000 });
  const foxnas = () => new FoxNas(at.workbench);
  const latency = () => foxnas().panel.locator('[data-figure="latency"]');

  it("Export ONNX Model from the palette: search, precision, name, and the model is in the explorer", async () => {
    await foxnas().search("120");
    await foxnas().state(/proven optimum/);
    await at.workbench.command("FOX-NAS: Export ONNX Model");
    await at.workbench.pick("120 ms");
    await at.workbench.pick("int8");
    const box = at.workbench.quickInputBox;
    await expect.poll(() => box.inputValue(), { timeout: 20_000 }).toMatch(/120ms-int8\.onnx$/);
    await box.fill("../model.onnx");
    await at.workbench.quickInput.locator(".quick-input-message").filter({ hasText: "outside the workspace folder" }).waitFor({ timeout: 20_000 });
    await box.fill("model.onnx");
    await box.press("Enter");
    const said = at.workbench.notification(/Exported model\.onnx: [\d.]+ MB, int8.*random \(seed 1\): for timing and shape, not for inference/);
    await said.waitFor({ timeout: 120_000 });
    await at.workbench.explorerFile("model.onnx").waitFor({ timeout: 30_000 });
    const bytes = readFileSync(path.join(at.server.workspace, "model.onnx"));
    // ModelProto begins with its ir_version, field 1, a varint.
    expect(bytes[0]).toBe(0x08);
    expect(bytes.includes("foxnas.architecture")).toBe(true);
    await at.workbench.screenshot("exported");
    await said.getByRole("button", { name: "Reveal in Explorer" }).click();
  });

  it("a model that exists is not overwritten without asking", async () => {
    const file = path.join(at.server.workspace, "model.onnx");
    const before = readFileSync(file);
    await foxnas().panel.getByRole("button", { name: "Export ONNX…" }).click();
    await at.workbench.pick("fp32");
    const box = at.workbench.quickInputBox;
    await expect.poll(() => box.inputValue(), { timeout: 20_000 }).toMatch(/120ms-fp32\.onnx$/);
    await box.fill("model.onnx");
    await box.press("Enter");
    const dialog = at.workbench.dialog(/exists already/);
    await dialog.getByRole("button", { name: "Cancel" }).click({ timeout: 120_000 });
    await dialog.waitFor({ state: "hidden", timeout: 20_000 });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it("Verify measures what is shown, and says that a Raspberry Pi's prediction is another device's", async () => {
    await foxnas().panel.getByRole("button", { name: "Verify on this device…" }).click();
    await at.workbench.pick("int8");
    await at.workbench.notification(/Verify on This Device/).waitFor({ timeout: 30_000 });
    await expect.poll(() => latency().innerText(), { timeout: 280_000 }).toMatch(MEASURED);
    expect(await foxnas().panel.locator('[data-figure="comparison"]').innerText()).toMatch(/Raspberry Pi 4.*another device: the two are not comparable/);
    const said = at.workbench.notification(/Measured on this machine: .*not comparable/);
    await said.getByRole("button", { name: "Profile This Device" }).waitFor({ timeout: 30_000 });
    for (const { theme, name } of themes) {
      await at.workbench.theme(theme);
      await at.workbench.screenshot(`verified-${name}`);
      expect(await seriousFindings(await at.workbench.panelFrame())).toEqual([]);
    }
    await at.workbench.theme("Dark Modern");
  });

  it("the measurement is there after a reload, and the config carries it", async () => {
    await at.workbench.reload();
    await foxnas().state(/proven optimum/);
    const shown = MEASURED.exec(await latency().innerText());
    const config = await foxnas().insert();
    await at.workbench.explorerFile(config).waitFor({ timeout: 30_000 });
    const { measured } = readConfig({ name: config, text: readFileSync(path.join(at.server.workspace, config), "utf8") });
    expect(measured?.latency).toMatchObject({ unit: "ms", precision: "int8", resolution: 256 });
    expect(measured!.latency!.value).toBeCloseTo(Number(shown![1]), 1);
  });

  endsCleanly(at);
});
