import { describe, expect, it } from "vitest";
import { seriousFindings } from "../harness/accessibility.js";
import { FoxNas } from "../harness/foxnas.js";
import { keep } from "../harness/pictures.js";
import { workersUnder } from "../harness/processes.js";
import { endsCleanly, session } from "../harness/session.js";

const themes = [
  { theme: "Dark Modern", name: "dark" },
  { theme: "Light Modern", name: "light" },
  { theme: "Dark High Contrast", name: "high-contrast" },
] as const;

const files = { "README.md": "# A project\n" };
const size = { width: 1500, height: 1000 };

describe("the panel's looks while a search goes", () => {
  const at = session({ files, settings: { "foxnas.search.evaluations": 200_000_000 } }, size);
  const foxnas = () => new FoxNas(at.workbench);

  it("nothing serious for axe, in three themes", async () => {
    await foxnas().search("120");
    // Far enough that the pictures show an annealing. Then the worker is halted: themes change slowly on a busy machine.
    await foxnas().state(/Searching, (1[5-9]|[2-9]\d)\s%/);
    const [worker] = workersUnder(at.server.pid);
    if (worker === undefined) throw new Error("the search has no worker");
    process.kill(worker, "SIGSTOP");
    for (const { theme, name } of themes) {
      await at.workbench.theme(theme);
      await foxnas().state(/Searching, \d+/);
      keep(await at.workbench.screenshot(`search-${name}`));
      expect(await seriousFindings(await at.workbench.panelFrame())).toEqual([]);
    }
    process.kill(worker, "SIGCONT");
    await foxnas().panel.getByRole("button", { name: "Cancel search" }).click();
    await foxnas().state(/Cancelled/);
  });

  endsCleanly(at);
});

describe("the panel's looks after a search", () => {
  const at = session({ files }, size);
  const foxnas = () => new FoxNas(at.workbench);

  it("nothing serious for axe, in three themes, with every table open", async () => {
    await foxnas().search("120");
    await foxnas().state(/Reached the proven optimum/);
    for (const { theme, name } of themes) {
      await at.workbench.theme(theme);
      keep(await at.workbench.screenshot(`result-${name}`));
    }
    for (const table of await foxnas().panel.locator("details.table > summary").all()) await table.click();
    for (const { theme } of themes) {
      await at.workbench.theme(theme);
      expect(await seriousFindings(await at.workbench.panelFrame())).toEqual([]);
    }
    for (const table of await foxnas().panel.locator("details.table > summary").all()) await table.click();
  });

  it("the whole width and 400 px: nothing is cut off", async () => {
    await at.workbench.theme("Dark Modern");
    await at.workbench.command("View: Toggle Primary Side Bar Visibility");
    for (const [width, name] of [[1500, "wide"], [448, "narrow"]] as const) {
      await at.workbench.page.setViewportSize({ width, height: 1000 });
      const frame = await at.workbench.panelFrame();
      await frame.evaluate(() => scrollTo(0, 0));
      await at.workbench.screenshot(`result-${name}`);
      const sizes = await frame.evaluate(() => ({ inner: document.documentElement.scrollWidth, outer: document.documentElement.clientWidth }));
      expect(sizes.inner).toBeLessThanOrEqual(sizes.outer);
    }
  });

  endsCleanly(at);
});
