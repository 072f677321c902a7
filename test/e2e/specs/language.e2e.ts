import { describe, expect, it } from "vitest";
import { bundleOf, manifestTexts } from "../../../scripts/lib/l10n.mjs";
import { endsCleanly, session } from "../harness/session.js";

/** Blocks as `e3k5 e2k3` by stage. */
function config(...stages: string[]): string {
  const blocks = (stage: string) => stage.split(" ").map((block) => ({ expand: Number(block[1]), kernel: Number(block[3]) }));
  return JSON.stringify({ version: 1, space: "foxnas-cpu", resolution: 256, stages: [24, 40, 80, 112, 160].map((width, i) => ({ width, blocks: blocks(stages[i]!) })) }, null, 2);
}
const files = {
  "a.foxnas.json": config("e2k3 e2k3", "e3k5 e2k3 e2k3", "e3k3 e3k3", "e4k5 e3k3 e2k3", "e4k5 e4k5"),
  "samples.csv": "stage,acc\n1,75.5\n",
  "b.foxnas.json": config("e2k3 e2k3", "e3k5 e3k3", "e3k3 e3k3", "e4k5 e6k5 e3k7", "e4k5 e6k7 e4k5"),
};
const texts: Record<string, string> = bundleOf("de");
const titles: Record<string, string> = manifestTexts("de");

// VS Code's own texts stay English without a language pack; what the extension says follows the window's language all the same.
describe("a window in German", () => {
  const at = session({ files }, { width: 1200, height: 900 }, "de");

  it("has German commands, and a page that says in German what it compares", async () => {
    const workbench = at.workbench;
    await workbench.explorerFile("a.foxnas.json").click();
    await workbench.page.getByRole("tab", { name: "a.foxnas.json" }).waitFor({ timeout: 60_000 });
    await workbench.extensionReady();
    await workbench.explorerFile("b.foxnas.json").click({ modifiers: ["Control"] });
    await workbench.explorerFile("b.foxnas.json").click({ button: "right" });
    await workbench.choose(titles["command.compare.configs"]!);
    const frame = () => workbench.panelFrame();
    await workbench.panel.locator(".sum-up").waitFor({ timeout: 60_000 });
    expect(await (await frame()).evaluate(() => document.documentElement.lang)).toBe("de");
    expect(await workbench.panel.locator(".sum-up").innerText()).toMatch(/^B ist .* genauer und .* langsamer als A\./);
    await workbench.screenshot("language-de");
  });

  it("has German messages", async () => {
    const workbench = at.workbench;
    await workbench.panel.getByRole("link", { name: texts["Copy as Markdown"]! }).click();
    await workbench.statusBarItem(texts["FOX-NAS: the comparison is on the clipboard."]!).waitFor({ timeout: 60_000 });
  });

  it("has German errors, also those of the worker", async () => {
    const { workbench } = at;
    await workbench.command(titles["command.fit"]!);
    await workbench.pick("samples.csv");
    for (let step = 2; step <= 6; step++) {
      await workbench.quickInput.locator(".quick-input-title").filter({ hasText: `${step}/6` }).waitFor({ timeout: 60_000 });
      await workbench.quickInputBox.press("Enter");
    }
    await workbench.notification(texts["the column is missing"]!).waitFor({ timeout: 60_000 });
    await workbench.screenshot("language-de-error");
  });

  endsCleanly(at);
});
