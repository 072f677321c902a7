import { beforeAll, describe, expect, it } from "vitest";
import { bundleOf, LANGUAGES } from "../../scripts/lib/l10n.mjs";
import type { RunView, SearchRunView } from "../../src/shared/panel.js";
import { overview } from "../../src/worker/jobs/overview.js";
import type { PanelPage } from "./harness/browser.js";
import { cutOff } from "./harness/findings.js";
import { BUILT_IN, doHere, realRun } from "./harness/realRun.js";
import { describePanel, looksRight } from "./harness/suite.js";
import { toyMeasured, toyProgress, toyResult, toyRun } from "./harness/toy.js";
import { toyBench, toyBenching, toyBenchRun } from "./harness/toyBench.js";
import { toyEvaluate, toyEvaluateRun, toyEvaluating, toyGiven } from "./harness/toyEvaluate.js";
import { toyFinalists, toyFinalistsMeasuring, toyFinalistsNothing, toyFinalistsRun } from "./harness/toyFinalists.js";
import { toyMeasuring, toyProfile, toyProfileRun } from "./harness/toyProfile.js";
import { toyTune, toyTuneNothing, toyTuneRun, toyTuning } from "./harness/toyTune.js";

const searched = toyRun(toyResult(120));
/** Every kind of run, under way, stopped and done. */
const RUNS: Record<string, RunView | null> = {
  "no run": null,
  "a search under way": { ...toyRun(null, "running"), progress: toyProgress(0.4) },
  "a search without a way": toyRun(toyResult(30), "infeasible"),
  "a search, verified": { ...searched, restarts: 2, measured: [toyMeasured(searched.result!, "same", 0.09, "fp32"), toyMeasured(searched.result!, "other")] },
  "a profile under way": { ...toyProfileRun(null, "running"), progress: toyMeasuring(10) },
  "an interrupted profile": toyProfileRun(null, "interrupted"),
  "a profile": toyProfileRun({ ...toyProfile(20), noise: { ...toyProfile().noise, suspect: 1, batches: 2, repeated: 3 } }),
  "a bench under way": { ...toyBenchRun(null, "running"), progress: toyBenching(true) },
  "a bench": toyBenchRun(toyBench()),
  "a tune under way": { ...toyTuneRun(null, "running"), progress: toyTuning() },
  "a tune": toyTuneRun(toyTune()),
  "a tune of nothing": toyTuneRun(toyTuneNothing(), "infeasible"),
  "an evaluation under way": { ...toyEvaluateRun(null, "running"), progress: toyEvaluating(46) },
  "an evaluation": toyEvaluateRun(toyEvaluate()),
  "an evaluation of configs": toyEvaluateRun(toyGiven()),
  "finalists under way": { ...toyFinalistsRun(null, "running"), progress: toyFinalistsMeasuring(4) },
  "finalists of nothing": toyFinalistsRun(toyFinalistsNothing(), "infeasible"),
  finalists: toyFinalistsRun(toyFinalists({ rounds: 3 })),
};

/** Every text of the page: what is seen, and what is heard. */
function textsOf(panel: PanelPage): Promise<string[]> {
  return panel.page.evaluate(() => {
    const seen = document.createTreeWalker(document.querySelector("#panel")!, NodeFilter.SHOW_TEXT);
    const said: (string | null)[] = [];
    while (seen.nextNode()) said.push(seen.currentNode.textContent);
    for (const name of ["aria-label", "title", "aria-valuetext", "placeholder"]) {
      for (const element of document.querySelectorAll(`#panel [${name}]`)) said.push(element.getAttribute(name));
    }
    return [...new Set(said.flatMap((text) => (text === null || text.trim() === "" ? [] : [text.trim()])))];
  });
}

/** Words that are no language: units, symbols, formats, and what German or Japanese takes over from English. */
const NEUTRAL = /\b(?:ms|pp|px|min|MB|kB|GB|GiB|ReLU|SE|h-swish|int8|fp32|onnxruntime|linux|CPU|GHz|RMSE|MAE|VIF|RESET|Breusch-Pagan|top-?\d|SHA|UTC|safetensors|ONNX|FOX-NAS|Markdown|arXiv|Raspberry|Pi|MobileNet\w*|EfficientNet\w*|Lite\d?|Large|Kendall\w*|Cook)\b/gi;
const TAKEN = new Set(["Block", "Budget", "Format", "Term", "Kernel", "Parameter", "Multiply", "Adds", "adds", "Threads", "Thread", "Seed", "Split", "half", "System", "Drift", "Batch", "Norm", "Squeeze", "Excite", "Finalist", "Form", "Benchmark", "Alternativen", "Pause", "Baseline", "Baselines"]);

/** Texts of the English page that stand on the other as well and are no names out of the run itself. */
function leftOver(english: readonly string[], other: readonly string[], run: RunView | null): string[] {
  const known = JSON.stringify(run);
  const words = (text: string) => text.replaceAll(NEUTRAL, "").match(/\p{L}{3,}/gu) ?? [];
  const same = new Set(other);
  return english.filter((text) => same.has(text) && words(text).some((word) => !TAKEN.has(word) && !known.includes(word)));
}

describePanel("the panel in other languages", (open) => {
  let real: SearchRunView;
  let general: Awaited<ReturnType<typeof overview>>;
  beforeAll(async () => {
    [real, general] = await Promise.all([realRun(119.4), doHere(overview, { kind: "overview", ...BUILT_IN })]);
  }, 60_000);

  /** All at once: a click for each of a hundred takes minutes. */
  const unfold = (panel: PanelPage) =>
    panel.page.evaluate(async () => {
      for (const folded of document.querySelectorAll("details:not([open])")) folded.querySelector("summary")!.click();
      await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
    });

  const views = async (panel: PanelPage) => {
    await panel.post({ type: "run", run: real });
    await panel.post({ type: "overview", runId: real.id, overview: general.overview });
    return panel;
  };
  const show = async (panel: PanelPage, tab: number) => {
    const chosen = panel.page.getByRole("tab").nth(tab);
    await chosen.click();
    await expect.poll(() => chosen.getAttribute("aria-selected"), { timeout: 15_000 }).toBe("true");
    await unfold(panel);
  };
  /** Texts of every view in English. */
  const english: string[][] = [];

  it("draws every view of a search in English, to compare with", async () => {
    const panel = await views(await open("light", 400));
    for (let tab = 0; tab < 5; tab++) {
      await show(panel, tab);
      english.push(await textsOf(panel));
      expect(english[tab]!.length, `tab ${tab}`).toBeGreaterThan(20);
    }
  }, 120_000);

  /** Texts of each kind of run in English. */
  const known: Record<string, string[]> = {};

  it("draws every kind of run in English, to compare with", async () => {
    const panel = await open("dark", 400);
    for (const [name, run] of Object.entries(RUNS)) {
      await panel.post({ type: "run", run });
      await unfold(panel);
      known[name] = await textsOf(panel);
    }
  });

  describe.each(LANGUAGES)("%s", (language) => {
    const spoken = { language, texts: bundleOf(language) };

    it.each(Object.keys(RUNS))("draws %s with nothing English left and nothing cut off at 400 px", async (name) => {
      const run = RUNS[name]!;
      const panel = await open("dark", 400, spoken);
      await panel.post({ type: "run", run });
      await unfold(panel);
      await looksRight(panel, name);
      expect(await panel.page.evaluate(() => document.documentElement.lang)).toBe(language);
      expect(leftOver(known[name]!, await textsOf(panel), run)).toEqual([]);
    });

    // Without axe, which takes a minute for these views: explain.test.ts has it in English, texts.test.ts compares the names.
    it("draws every view of a search with nothing English left and nothing cut off at 400 px", async () => {
      const panel = await views(await open("light", 400, spoken));
      for (let tab = 0; tab < 5; tab++) {
        await show(panel, tab);
        expect(await cutOff(panel), `tab ${tab}`).toEqual([]);
        expect(await panel.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `tab ${tab}`).toBeLessThanOrEqual(0);
        expect(leftOver(english[tab]!, await textsOf(panel), real), `tab ${tab}`).toEqual([]);
      }
    }, 240_000);
  });
});
