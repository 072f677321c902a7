import { afterAll, afterEach, beforeAll, describe, expect } from "vitest";
import { CHROMIUM, startHarness, type Harness, type PanelPage, type Spoken } from "./browser.js";
import { cutOff, seriousFindings } from "./findings.js";
import { THEMES, type Theme } from "./themes.js";

/** Every theme at the width of an editor and of a side panel, px. */
export const LOOKS = (Object.keys(THEMES) as Theme[]).flatMap((theme) => [1000, 400].map((width) => [theme, width] as const));

/** Text with spaces that break. */
export const plain = (text: string): string => text.replaceAll("\u00a0", " ");

/** Opens a panel that is closed after the test. */
export type Open = (theme?: Theme, width?: number, spoken?: Spoken) => Promise<PanelPage>;

/**
 * Tests of the panel in Chromium; says loudly that they do not run where there is none. Whatever a test did, its panels
 * neither threw nor offended their policy.
 */
export function describePanel(name: string, tests: (open: Open) => void): void {
  if (CHROMIUM === null) console.error(`\n!!! The tests of ${name} do NOT run: no Chromium. Install one (apt-get install chromium) or set CHROMIUM to its path.\n`);
  describe.runIf(CHROMIUM !== null)(name, () => {
    let harness: Harness;
    const opened: PanelPage[] = [];
    // Bundling and starting a browser take a busy machine longer than a hook has by default.
    beforeAll(async () => {
      harness = await startHarness();
    }, 60_000);
    afterAll(() => harness.close());
    afterEach(async () => {
      for (const panel of opened.splice(0)) {
        const defects = await panel.reports();
        await panel.page.close();
        expect(defects).toEqual([]);
      }
    });
    tests(async (theme = "dark", width = 1000, spoken) => {
      const panel = await harness.open(theme, width, undefined, spoken);
      opened.push(panel);
      return panel;
    });
  });
}

/** Expects nothing serious from axe, nothing cut off and no sideways scrolling. @param name of what is shown */
export async function looksRight(panel: PanelPage, name: string, theme?: Theme, width?: number): Promise<void> {
  expect(await seriousFindings(panel, theme, width), name).toEqual([]);
  expect(await cutOff(panel), name).toEqual([]);
  expect(await panel.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), name).toBeLessThanOrEqual(0);
}
