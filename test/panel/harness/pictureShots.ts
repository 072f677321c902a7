/** The pictures and the report for people to judge: `node scripts/run-ts.mjs test/panel/harness/pictureShots.ts FOLDER`. */
import { mkdirSync, readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { reportHtml } from "../../../src/pictures/report/report.js";
import { startHarness } from "./browser.js";
import { THEMES, type Theme } from "./themes.js";
import { toyExplanation } from "./toyExplanation.js";

const PIECE = 1300;
const folder = process.argv[2] ?? "picture-shots";
mkdirSync(folder, { recursive: true });

/** The page in pieces that can be looked at without scaling. */
async function shoot(page: Page, name: string): Promise<void> {
  const { width, height } = await page.evaluate(() => ({ width: innerWidth, height: document.documentElement.scrollHeight }));
  for (let top = 0, i = 0; top < height; top += PIECE, i++) {
    await page.screenshot({ path: `${folder}/${name}-${i}.png`, fullPage: true, clip: { x: 0, y: top, width, height: Math.min(PIECE, height - top) } });
  }
}

const harness = await startHarness("test/panel/harness/picturesPage.tsx");
for (const theme of Object.keys(THEMES) as Theme[]) {
  for (const width of [1000, 400]) {
    const panel = await harness.open(theme, width);
    for (const opener of await panel.page.locator(".opener").all()) if ((await opener.innerText()).endsWith("112")) await opener.click();
    await shoot(panel.page, `pictures-${theme}-${width}`);
    console.log(theme, width, await panel.reports());
    await panel.page.close();
  }
}
const html = reportHtml(toyExplanation(false), {
  title: "foxnas-cpu at 256 px, 120 ms", date: "25 November 2026", version: "0.1.0", css: readFileSync("dist/report.css", "utf8"),
});
console.log(`report ${(html.length / 1024).toFixed(0)} kB`);
for (const scheme of ["light", "dark"] as const) {
  for (const width of [1000, 400]) {
    const page = await harness.openHtml(html, width, scheme);
    await shoot(page, `report-${scheme}-${width}`);
    await page.close();
  }
}
await harness.close();
