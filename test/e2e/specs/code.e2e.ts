import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { ArchitectureConfig } from "../../../src/shared/architecture.js";
import { configText } from "../../../src/shared/files/index.js";
import { FoxNas } from "../harness/foxnas.js";
import { keep } from "../harness/pictures.js";
import { endsCleanly, session } from "../harness/session.js";

const CONFIG: ArchitectureConfig = {
  version: 1,
  space: "foxnas-cpu",
  resolution: 256,
  stages: [24, 40, 80, 112, 160].map((width) => ({ width, blocks: [{ expand: 3, kernel: 3 }, { expand: 4, kernel: 5 }] })),
};
const FILES = {
  "kitchen.foxnas.json": configText(CONFIG, "json"),
  "src/models/__init__.py": "",
  "src/models/resnet.py": "def build_resnet():\n    pass\n",
};

describe("code from a config", () => {
  const at = session({ files: FILES, settings: { "editor.minimap.enabled": false } });
  const foxnas = () => new FoxNas(at.workbench);
  const file = (name: string) => path.join(at.server.workspace, name);
  const tab = (name: string) => at.workbench.page.getByRole("tab", { name: new RegExp(`^${name.replaceAll(".", "\\.")}`) });
  const generate = async () => {
    await at.workbench.command("FOX-NAS: Generate Code");
    await at.workbench.quickInputRows.filter({ hasText: "PyTorch module" }).waitFor({ timeout: 60_000 });
  };

  it("every form is shown beside the editor while the selection moves, and Escape takes the preview away", async () => {
    await at.workbench.explorerFile("kitchen.foxnas.json").dblclick();
    await tab("kitchen.foxnas.json").waitFor({ timeout: 60_000 });
    // Room for the code beside the list, which VS Code puts in the middle.
    await at.workbench.page.keyboard.press("Control+b");
    await at.workbench.page.locator(".part.sidebar").waitFor({ state: "hidden", timeout: 30_000 });
    await generate();
    await tab("kitchen.py").waitFor({ timeout: 60_000 });
    expect(await at.workbench.quickInputRows.first().innerText()).toMatch(/JSON[^]*kitchen\.foxnas\.json[^]*The config itself\./);
    expect(await at.workbench.quickInput.locator(".quick-input-title").innerText()).toMatch(/^Generate Code: [\d.]+ million parameters, [\d.]+ million multiply-adds$/);
    for (const [theme, name] of [["Dark Modern", "dark"], ["Light Modern", "light"]] as const) {
      await at.workbench.theme(theme);
      await at.workbench.page.locator(".view-line", { hasText: "Kitchen, an image classifier in PyTorch" }).waitFor({ timeout: 30_000 });
      keep(await at.workbench.screenshot(`code-preview-${name}`));
    }
    await at.workbench.theme("Dark Modern");
    for (const shown of ["kitchen.py", "kitchen.onnx.txt", "kitchen-pytorch.md", "kitchen-keras.md"]) {
      await tab(shown).waitFor({ timeout: 60_000 });
      await at.workbench.screenshot(`code-preview-${shown.replaceAll(".", "-")}`);
      await at.workbench.page.keyboard.press("ArrowDown");
      if (shown === "kitchen.py") await at.workbench.page.keyboard.press("ArrowDown");
    }
    await at.workbench.page.keyboard.press("Escape");
    await tab("kitchen-keras.md").waitFor({ state: "hidden", timeout: 30_000 });
    expect(await tab("kitchen.foxnas.json").count()).toBe(1);
  });

  it("a module goes beside the workspace's models, from the text as it is typed", async () => {
    await tab("kitchen.foxnas.json").click();
    await generate();
    await at.workbench.pick("PyTorch module");
    await at.workbench.pick("New file in the workspace");
    await expect.poll(() => at.workbench.quickInputBox.inputValue(), { timeout: 30_000 }).toBe("src/models/kitchen.py");
    await at.workbench.quickInputBox.press("Enter");
    await tab("kitchen.py").waitFor({ timeout: 60_000 });
    await expect.poll(() => existsSync(file("src/models/kitchen.py")), { timeout: 30_000 }).toBe(true);
    expect(readFileSync(file("src/models/kitchen.py"), "utf8")).toMatch(/class Kitchen\(nn\.Module\):/);
  });

  it("a file that exists is only overwritten after a yes", async () => {
    writeFileSync(file("mine.py"), "mine\n");
    await tab("kitchen.foxnas.json").click();
    await generate();
    await at.workbench.pick("Keras model");
    await at.workbench.pick("New file in the workspace");
    await expect.poll(() => at.workbench.quickInputBox.inputValue(), { timeout: 30_000 }).toBe("src/models/kitchen_2.py");
    await at.workbench.quickInputBox.fill("mine.py");
    await at.workbench.quickInputBox.press("Enter");
    const dialog = at.workbench.dialog(/mine\.py exists already/);
    await dialog.getByRole("button", { name: "Cancel" }).click({ timeout: 60_000 });
    await dialog.waitFor({ state: "hidden", timeout: 20_000 });
    expect(readFileSync(file("mine.py"), "utf8")).toBe("mine\n");
  });

  it("a project is a folder of its own, whose README opens", async () => {
    await tab("kitchen.foxnas.json").click();
    await generate();
    await at.workbench.pick("PyTorch project");
    await at.workbench.pick("New folder in");
    await expect.poll(() => at.workbench.quickInputBox.inputValue(), { timeout: 30_000 }).toBe("kitchen-pytorch");
    await at.workbench.quickInputBox.press("Enter");
    await at.workbench.notification(/kitchen-pytorch: a project that trains the network/).waitFor({ timeout: 60_000 });
    await tab("README.md").waitFor({ timeout: 60_000 });
    expect(readdirSync(file("kitchen-pytorch")).sort()).toEqual(["README.md", "data.py", "export.py", "kitchen.foxnas.json", "model.py", "requirements.txt", "train.py"]);
    await at.workbench.screenshot("code-project");
  });

  it("the Runs view writes what a search found", async () => {
    await foxnas().search("120");
    await foxnas().state(/proven optimum/);
    await at.workbench.showView("FOX-NAS");
    const row = at.workbench.page.locator(".monaco-list-row").filter({ hasText: "120" }).first();
    await row.click({ button: "right", timeout: 30_000 });
    await at.workbench.choose("Generate Code");
    await at.workbench.pick("Python dict");
    await at.workbench.pick("Clipboard");
    await at.workbench.notification(/is on the clipboard/).waitFor({ timeout: 30_000 });
    expect(await at.workbench.clipboard()).toMatch(/^# FoxnasCpu256px120ms, an architecture in the layout of Once-for-All\.[^]*Predicted latency: [\d.]+ ms on Raspberry Pi 4[^]*"r": \[256\],\n\}\n$/);
  });

  endsCleanly(at);
});
