import { overview } from "../../src/worker/jobs/overview.js";
import { CHROMIUM, startHarness, type PanelPage } from "../../test/panel/harness/browser.js";
import { BUILT_IN, doHere, realRun } from "../../test/panel/harness/realRun.js";
import { summarize, type Summary } from "./statistics.js";
import { fixed, SPREAD, spread, table } from "./table.js";

export type PanelResults = readonly { readonly what: string; readonly limitMs: number; readonly ms: Summary }[];

/** ms; what the issue asks for. */
const LIMITS = { edit: 16, paint: 200 };
const EDITS = 60;
const OPENED = 9;
const VIEWS = ["Result", "Alternatives", "What if", "In general", "Predictors"] as const;

/**
 * The panel in Chromium, on a real search with the built-in predictors: what one edit under “What if” costs, and how long
 * a view takes from the click to the screen.
 * @throws Error without Chromium
 */
export async function measurePanel(): Promise<PanelResults> {
  if (CHROMIUM === null) throw new Error("there is no Chromium: install one (apt-get install chromium) or set CHROMIUM to its path");
  const [harness, run, general] = await Promise.all([startHarness(), realRun(119.4), doHere(overview, { kind: "overview", ...BUILT_IN })]);
  try {
    const edits: number[] = [];
    const painted = new Map<string, number[]>(VIEWS.map((view) => [view, []]));
    for (let round = 0; round < OPENED; round++) {
      const panel = await harness.open("dark", 1000);
      await panel.post({ type: "overview", runId: run.id, overview: general.overview });
      await panel.post({ type: "run", run });
      await panel.post({ type: "overview", runId: run.id, overview: general.overview });
      for (const view of VIEWS.slice(1)) painted.get(view)!.push(await paintedIn(panel, view));
      painted.get("Result")!.push(await paintedIn(panel, "Result"));
      if (round === 0) edits.push(...(await editTimes(panel)));
      await panel.page.close();
    }
    const row = (what: string, limitMs: number, values: readonly number[]) => ({ what, limitMs, ms: summarize(values)! });
    return [row("one edit under What if: predict, explain, draw", LIMITS.edit, edits), ...VIEWS.map((view) => row(`${view}, from the click to the screen`, LIMITS.paint, painted.get(view)!))];
  } finally {
    await harness.close();
  }
}

/** ms from the click on a tab until the browser has painted its view. */
function paintedIn(panel: PanelPage, name: string): Promise<number> {
  return panel.page.evaluate(
    (of) =>
      new Promise<number>((done) => {
        const tab = [...document.querySelectorAll<HTMLElement>("[role=tab]")].find((one) => one.textContent === of)!;
        const start = performance.now();
        tab.click();
        // Two frames on, the picture is on the screen.
        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
      }),
    name,
  );
}

/** ms of work of each edit, in the event and in the frame that draws it, layout included; without the wait for that frame. */
async function editTimes(panel: PanelPage): Promise<number[]> {
  await panel.page.getByRole("tab", { name: "What if" }).click();
  await panel.page.locator(".editor select").first().waitFor();
  return panel.page.evaluate(async (edits) => {
    const times: number[] = [];
    for (let i = 0; i < edits; i++) {
      const selects = [...document.querySelectorAll<HTMLSelectElement>(".editor select")];
      const select = selects[(i * 7) % selects.length]!;
      select.selectedIndex = (select.selectedIndex + 1) % select.options.length;
      const start = performance.now();
      select.dispatchEvent(new Event("change", { bubbles: true }));
      const event = performance.now() - start;
      // The panel has asked for the frame before: it has drawn when this runs.
      const frame = await new Promise<number>((done) =>
        requestAnimationFrame((began) => {
          document.body.getBoundingClientRect();
          done(performance.now() - Math.max(began, start + event));
        }),
      );
      times.push(event + frame);
      await new Promise((next) => setTimeout(next, 30));
    }
    return times;
  }, EDITS);
}

/** Prints medians, spreads and verdicts. */
export function printPanel(results: PanelResults): void {
  console.log("  A search with the built-in predictors, drawn in Chromium without a GPU at 1000 px. An edit is its work in the event and in the frame\n  that draws it, without the wait for that frame.\n");
  console.log(
    table(
      ["", ...SPREAD("ms"), "limit", "verdict"],
      results.map(({ what, limitMs, ms }) => [what, ...spread(ms, (value) => fixed(value, 1)), fixed(limitMs, 0), ms.median <= limitMs ? "met" : "MISSED"]),
    ),
  );
}
