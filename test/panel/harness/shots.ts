/**
 * Pictures of the panel for people to judge: `node scripts/run-ts.mjs test/panel/harness/shots.ts FOLDER [NAME] [RUNS.json]`.
 * NAME keeps the pictures whose name has it; RUNS.json holds `{"BUDGET": {result, progress}}` of real searches at 120 and
 * 30 ms, without it the made-up ones of the tests are drawn.
 */
import { mkdirSync, readFileSync } from "node:fs";
import { startHarness } from "./browser.js";
import { toyMeasured, toyProgress, toyResult, toyRun } from "./toy.js";
import { toyBench, toyBenchAlone, toyBenching, toyBenchRun } from "./toyBench.js";
import { toyEvaluate, toyEvaluateRun, toyEvaluating, toyGiven } from "./toyEvaluate.js";
import { toyFinalists, toyFinalistsMeasuring, toyFinalistsNothing, toyFinalistsRun } from "./toyFinalists.js";
import { toyMeasuring, toyProfile, toyProfileRun } from "./toyProfile.js";
import { toyTune, toyTuneAbove, toyTuneNothing, toyTuneRun, toyTuning } from "./toyTune.js";
import type { Theme } from "./themes.js";
import type { SearchRunView, RunView } from "../../../src/shared/panel.js";
import type { SearchResult } from "../../../src/shared/results.js";

const folder = process.argv[2] ?? "panel-shots";
const wanted = process.argv[3];
mkdirSync(folder, { recursive: true });

const real = process.argv[4] === undefined ? null : JSON.parse(readFileSync(process.argv[4], "utf8"));
const resultAt = (budget: 120 | 30): SearchResult => real?.[budget].result ?? toyResult(budget);
const progressAt = (share: number): SearchRunView["progress"] => real?.[120].progress ?? toyProgress(share);

const done = toyRun(resultAt(120));
const states: [name: string, run: RunView | null, budget?: number][] = [
  ["done", done],
  ["verified-other-done", { ...done, measured: [toyMeasured(resultAt(120), "named", 0, "fp32"), toyMeasured(resultAt(120), "named")] }],
  ["verified-inside-done", { ...done, measured: [toyMeasured(resultAt(120), "same", 0.004)] }],
  ["verified-outside-done", { ...done, measured: [{ ...toyMeasured(resultAt(120), "same", 0.09), suspect: "the references disagree" }] }],
  ["running", { ...toyRun(null, "running"), progress: progressAt(0.45) }],
  ["elsewhere", done, 68],
  ["infeasible", toyRun(resultAt(30), "infeasible")],
  ["interrupted", { ...toyRun(null, "interrupted"), progress: toyProgress(0.3), restarts: 2 }],
  ["failed", { ...toyRun(null, "failed"), error: "The worker crashed 4 times in 3 minutes." }],
  ["empty", null],
  ["profile-done", toyProfileRun(toyProfile())],
  ["profile-running", { ...toyProfileRun(null, "running"), progress: toyMeasuring(10) }],
  ["profile-few", toyProfileRun({ ...toyProfile(20), noise: { ...toyProfile(20).noise, suspect: 1, repeated: 3, contention: 1.4 } })],
  ["bench-done", toyBenchRun(toyBench())],
  ["bench-running", { ...toyBenchRun(null, "running"), progress: toyBenching(true) }],
  ["bench-alone", toyBenchRun(toyBenchAlone())],
  ["tune-done", toyTuneRun(toyTune())],
  ["tune-running", { ...toyTuneRun(null, "running"), progress: toyTuning() }],
  ["tune-suspect", toyTuneRun(toyTune(120, { suspect: true, unconfirmed: true }))],
  ["tune-above", toyTuneRun(toyTuneAbove(), "infeasible")],
  ["tune-nothing", toyTuneRun(toyTuneNothing(), "infeasible")],
  ["measurable-done", { ...done, measurable: true }],
  ["evaluable-done", { ...done, measurable: true, evaluable: true }],
  ["evaluate-done", toyEvaluateRun(toyEvaluate())],
  ["evaluate-given-done", toyEvaluateRun(toyGiven())],
  ["evaluate-running", { ...toyEvaluateRun(null, "running"), progress: toyEvaluating(46) }],
  ["evaluate-starting", { ...toyEvaluateRun(null, "running"), progress: toyEvaluating(0) }],
  ["evaluate-weak", toyEvaluateRun(toyEvaluate({ multiplyAddsTau: 0.95 }))],
  ["evaluate-alone", toyEvaluateRun(toyEvaluate({ heldOut: 0 }))],
  ["evaluate-cancelled", { ...toyEvaluateRun(null, "cancelled"), progress: toyEvaluating(46) }],
  ["finalists-done", toyFinalistsRun(toyFinalists())],
  ["finalists-running", { ...toyFinalistsRun(null, "running"), progress: toyFinalistsMeasuring(4) }],
  ["finalists-clear", toyFinalistsRun(toyFinalists({ clear: true, calibrations: 1, count: 3, intervals: false }))],
  ["finalists-nothing", toyFinalistsRun(toyFinalistsNothing(), "infeasible")],
  ["profile-cancelled", toyProfileRun(null, "cancelled")],
];
const harness = await startHarness();
console.log(`panel.js ${harness.bytes.js} bytes, panel.css ${harness.bytes.css} bytes`);
for (const theme of ["dark", "light", "contrast", "contrastLight"] as Theme[]) {
  for (const width of [1000, 400]) {
    for (const [name, run, budget] of states) {
      if (theme !== "dark" && !/(^|-)(done|running)$/.test(name)) continue;
      if (wanted !== undefined && !`${name}-${theme}-${width}`.includes(wanted)) continue;
      const panel = await harness.open(theme, width, 800);
      await panel.post({ type: "run", run });
      if (budget !== undefined) await panel.page.getByRole("slider", { name: "Budget" }).first().fill(String(budget));
      await panel.page.waitForTimeout(150);
      // As high as the content, so that the sticky actions stand where they belong.
      const height = await panel.page.evaluate(() => document.documentElement.scrollHeight);
      await panel.page.setViewportSize({ width, height });
      await panel.page.waitForTimeout(80);
      await panel.page.screenshot({ path: `${folder}/${name}-${theme}-${width}.png`, fullPage: true });
      const reports = await panel.reports();
      if (reports.length > 0) console.log(name, theme, width, reports);
      await panel.page.close();
    }
  }
}
await harness.close();
