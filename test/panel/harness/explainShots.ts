/**
 * Pictures of every view of a real search, for people to judge:
 * `node scripts/run-ts.mjs test/panel/harness/explainShots.ts FOLDER [THEME ...]`.
 */
import { mkdirSync } from "node:fs";
import { overview } from "../../../src/worker/jobs/overview.js";
import { startHarness } from "./browser.js";
import { BUILT_IN, doHere, realRun } from "./realRun.js";
import type { Theme } from "./themes.js";

const [folder = "explain-shots", ...themes] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const [harness, run, general] = await Promise.all([startHarness(), realRun(119.4), doHere(overview, { kind: "overview", ...BUILT_IN })]);
for (const theme of (themes.length === 0 ? ["dark"] : themes) as Theme[]) {
  for (const width of [1000, 400]) {
    const panel = await harness.open(theme, width, 800);
    await panel.post({ type: "run", run });
    await panel.post({ type: "overview", runId: run.id, overview: general.overview });
    for (const [name, id] of [["Result", "result"], ["Alternatives", "alternatives"], ["What if", "whatIf"], ["In general", "general"], ["Predictors", "predictors"]] as const) {
      await panel.page.getByRole("tab", { name }).click();
      if (id === "whatIf") {
        await panel.page.getByRole("combobox", { name: "Stage 112: blocks" }).selectOption("3");
        await panel.page.getByRole("combobox", { name: "Stage 24, block 1: expand ratio" }).selectOption("6");
      }
      if (id === "result") await panel.page.getByRole("button", { name: /^Stage 112/ }).click();
      await panel.page.waitForTimeout(150);
      const height = await panel.page.evaluate(() => document.documentElement.scrollHeight);
      await panel.page.setViewportSize({ width, height });
      await panel.page.waitForTimeout(100);
      await panel.page.screenshot({ path: `${folder}/${id}-${theme}-${width}.png`, fullPage: true });
      await panel.page.setViewportSize({ width, height: 800 });
    }
    for (const report of await panel.reports()) console.log(theme, width, report);
    await panel.page.close();
  }
}
await harness.close();
