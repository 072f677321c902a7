import { describe, expect, it } from "vitest";
import { applyEdits, PROBLEM_CODES, type EditorProblem, type Surroundings } from "../../../src/editor/index.js";
import { configOf, configText, predictedOf, readConfig, type ConfigFormat } from "../../../src/shared/files/index.js";
import type { PredictorCard } from "../../../src/shared/results.js";
import { ACCURACY, analyse, CHOSEN, CPU, LATENCY } from "./helpers.js";

const blocks = [
  { expand: 4, kernel: 5 },
  { expand: 3, kernel: 3 },
];
const ARCHITECTURE = { resolution: 256, stages: CPU.stages.map(({ width }) => ({ width, blocks })) };
const cards = { accuracy: ACCURACY as unknown as PredictorCard, latency: LATENCY as unknown as PredictorCard };
const TEXT = configText(configOf(ARCHITECTURE, CPU.id), "json");
const YAML = configText(configOf(ARCHITECTURE, CPU.id), "yaml");

function only(text: string, surroundings: Surroundings = CHOSEN, format: ConfigFormat = "json"): EditorProblem {
  const problems = analyse(text, `net.foxnas.${format}`, surroundings).problems();
  expect(problems).toHaveLength(1);
  return problems[0]!;
}
const quoted = (text: string, { span }: EditorProblem) => text.slice(span.start, span.end);
const titles = ({ fixes }: EditorProblem) => fixes.map(({ title }) => title.replaceAll("\u00a0", " "));
const after = (text: string, { fixes }: EditorProblem, index = 0) => applyEdits(text, fixes[index]!.edits);
const said = ({ message }: EditorProblem) => message.replaceAll("\u00a0", " ");

/** Predicted values and a budget, as a search writes them. */
function searched(budget: number, probability?: number) {
  const { accuracy, latency } = analyse(TEXT, "a.json").figures()!;
  const provenance = { tool: "t", version: "1", date: "d", accuracyPredictor: "a", latencyPredictor: "l", budget, ...(probability === undefined ? {} : { probability }), seed: 1 };
  return configText(configOf(ARCHITECTURE, CPU.id, predictedOf({ accuracy, latency }, cards), provenance), "json");
}
const LATENCY_MS = analyse(TEXT, "a.json").figures()!.latency.value;

const seen = new Set<string>();
function code(problem: EditorProblem, expected: EditorProblem["code"]): void {
  expect(problem.code).toBe(expected);
  seen.add(expected);
}

describe("a problem", () => {
  it("of syntax stands where the strict reader stops", () => {
    const text = TEXT.replace('"expand": 4,', '"expand": 4');
    const problem = only(text);
    code(problem, "syntax");
    expect(quoted(text, problem)).toBe('"kernel"');
    expect(said(problem)).toMatch(/^a comma is missing \(found .*, expected JSON\)\./);
  });

  it("of what the readers refuse is told from syntax, which VS Code marks in JSON by itself", () => {
    const text = TEXT.replace('"version": 1,', '"version": 1, "version": 1,');
    const problem = only(text);
    code(problem, "unreadable");
    expect([quoted(text, problem), problem.span.start]).toEqual(['"version"', text.lastIndexOf('"version"')]);
    expect(only(YAML.replace("version: 1\n", "version: 1\nversion: 1\n"), CHOSEN, "yaml").code).toBe("unreadable");
    expect(analyse(`${YAML}a: [`, "a.yaml").problems().map((one) => one.code)).toContain("syntax");
  });

  it("of a missing field offers its values", () => {
    const text = TEXT.replace('"expand": 4, "kernel": 5', '"kernel": 5');
    const problem = only(text);
    code(problem, "missing-field");
    expect(titles(problem)).toEqual(["Add expand: 2", "Add expand: 3", "Add expand: 4", "Add expand: 6"]);
    expect(after(text, problem)).toContain('{ "expand": 2, "kernel": 5 }');
  });

  it("of an unknown field offers the one that was meant", () => {
    const text = TEXT.replace('"resolution"', '"resolutions"');
    const [missing, unknown] = analyse(text, "a.json").problems();
    code(unknown!, "unknown-field");
    expect(missing!.code).toBe("missing-field");
    expect([unknown!.severity, quoted(text, unknown!)]).toEqual(["warning", '"resolutions"']);
    expect(titles(unknown!)).toEqual(["Rename to resolution", "Remove resolutions"]);
    expect(after(text, unknown!)).toBe(TEXT);
    const own = TEXT.replace("{\n", '{\n  "comment": "mine",\n');
    const note = only(own);
    expect([note.severity, after(own, note)]).toEqual(["information", TEXT]);
  });

  it("of a wrong type offers the number that a string spells", () => {
    const text = TEXT.replace('"resolution": 256', '"resolution": "256"');
    const problem = only(text);
    code(problem, "wrong-type");
    expect(after(text, problem)).toBe(TEXT);
  });

  it("of a wrong value offers one that is allowed", () => {
    const text = TEXT.replace('"version": 1', '"version": 2');
    const problem = only(text);
    code(problem, "wrong-value");
    expect(after(text, problem)).toBe(TEXT);
  });

  it("of an unknown space offers the nearest id first, and every other", () => {
    const text = TEXT.replace("foxnas-cpu", "foxnas-cpy");
    const problem = only(text);
    code(problem, "unknown-space");
    expect(quoted(text, problem)).toBe('"foxnas-cpy"');
    expect(titles(problem)[0]).toBe("Change the space to foxnas-cpu");
    expect(problem.fixes).toHaveLength(CHOSEN.spaces.size);
    expect(after(text, problem)).toBe(TEXT);
  });

  it.each([
    ["json", TEXT],
    ["yaml", YAML],
  ] as const)("of a stage that is missing or too much, in %s, keeps the formatting", (format, whole) => {
    const second = format === "json" ? /    \{\n      "width": 40,[^]*?\n    \},\n/ : / {2}- width: 40\n[^]*?(?= {2}- width: 80)/;
    const less = whole.replace(second, "");
    const problem = only(less, CHOSEN, format);
    code(problem, "stage-count");
    expect(said(problem)).toBe("the number of stages is not that of space foxnas-cpu (found 4 stages, expected 5 stages of width 24, 40, 80, 112, 160).");
    expect(titles(problem)).toEqual(["Add stage 40 with its smallest choices"]);
    const smallest = configText(configOf({ ...ARCHITECTURE, stages: ARCHITECTURE.stages.with(1, { width: 40, blocks: [{ expand: 2, kernel: 3 }, { expand: 2, kernel: 3 }] }) }, CPU.id), format);
    expect(after(less, problem)).toBe(smallest);
    const more = whole.replace(second, (stage) => stage + stage);
    const extra = only(more, CHOSEN, format);
    expect(titles(extra)).toEqual(["Remove the stage that is too much"]);
    expect(after(more, extra)).toBe(whole);
  });

  it("of a stage's width offers the expected one, and the order where that is all", () => {
    const text = TEXT.replace('"width": 40', '"width": 48');
    const problem = only(text);
    code(problem, "stage-width");
    expect(after(text, problem)).toBe(TEXT);
    const swapped = TEXT.replace('"width": 40', '"width": X').replace('"width": 80', '"width": 40').replace('"width": X', '"width": 80');
    const [first] = analyse(swapped, "a.json").problems();
    expect(titles(first!)).toEqual(["Put the stages into the order of foxnas-cpu", "Change the width to 40"]);
    expect(readConfig({ name: "a.json", text: after(swapped, first!) }).stages).toEqual(ARCHITECTURE.stages);
  });

  it("of a depth offers the nearest", () => {
    const text = TEXT.replace(',\n        { "expand": 3, "kernel": 3 }', "");
    const problem = only(text);
    code(problem, "depth");
    expect(said(problem)).toBe("stage 24 has a depth outside the space (found 1 block, expected 2, 3 or 4 blocks).");
    expect(titles(problem)).toEqual(["Add a block e4 k5", "Add 2 blocks e4 k5", "Add 3 blocks e4 k5"]);
    expect(after(text, problem)).toBe(TEXT.replace('{ "expand": 3, "kernel": 3 }', '{ "expand": 4, "kernel": 5 }'));
  });

  it("of a choice offers the nearest first, then every other", () => {
    const text = YAML.replace("expand: 4", "expand: 5").replace("kernel: 3", "kernel: 4");
    const [expand, kernel] = analyse(text, "a.yaml").problems();
    code(expand!, "expand");
    code(kernel!, "kernel");
    expect(said(expand!)).toBe("stage 24, block 1 (16 channels in) has an expand ratio outside the space (found 5, expected 2, 3, 4 or 6).");
    expect(titles(expand!)).toEqual([4, 6, 3, 2].map((choice) => `Change the expand ratio to ${choice}`));
    expect(titles(kernel!)).toEqual([3, 5, 7].map((choice) => `Change the kernel size to ${choice}`));
    expect(applyEdits(text, [...expand!.fixes[0]!.edits, ...kernel!.fixes[0]!.edits])).toBe(YAML);
  });

  it("of a resolution that the predictors are not for is a warning, and there are no figures", () => {
    const text = TEXT.replace("256", "192");
    const problem = only(text);
    code(problem, "resolution");
    expect([problem.severity, quoted(text, problem), after(text, problem)]).toEqual(["warning", "192", TEXT]);
    const analysis = analyse(text, "a.json");
    expect([analysis.figures(), analysis.unavailable()]).toEqual([null, "The chosen predictors are for foxnas-cpu at 256 px."]);
  });

  it("of predictors for another space stands at the space", () => {
    const text = TEXT.replace("foxnas-cpu", "foxnas-tpu");
    const problem = only(text);
    code(problem, "predictors-space");
    expect(quoted(text, problem)).toBe('"foxnas-tpu"');
  });

  it("of the setting's budget offers the cheapest steps under it", () => {
    const budget = LATENCY_MS - 2;
    const problem = only(TEXT, { ...CHOSEN, budget });
    code(problem, "over-budget");
    expect([problem.severity, quoted(TEXT, problem)]).toEqual(["warning", '"stages"']);
    expect(said(problem)).toContain("the predicted latency is over the budget of the settings by 2.00 ms (found ");
    expect(said(problem)).toContain("on Raspberry Pi 4, CPU, int8 at 256 px");
    const outcomes = problem.fixes.map(({ edits }) => analyse(applyEdits(TEXT, edits), "a.json").figures()!);
    expect(outcomes.length).toBeGreaterThan(2);
    for (const { latency } of outcomes) expect(latency.value).toBeLessThanOrEqual(budget);
    const accuracies = outcomes.map(({ accuracy }) => accuracy.value);
    expect(accuracies).toEqual([...accuracies].sort((a, b) => b - a));
  });

  it("of the config's own budget also offers to raise it, by as much as its probability asks", () => {
    for (const [budget, probability] of [[LATENCY_MS - 2], [LATENCY_MS + 0.1, 0.95]] as const) {
      const text = searched(budget, probability);
      const problem = only(text);
      code(problem, "over-budget");
      const raised = after(text, problem, problem.fixes.length - 1);
      expect(titles(problem).at(-1)).toMatch(/^Raise the budget to [\d.]+ ms$/);
      expect(problem.fixes.map(({ preferred }) => preferred)).toEqual(problem.fixes.map((_, index) => index === 0));
      expect(analyse(raised, "a.json").problems()).toEqual([]);
      expect(readConfig({ name: "a.json", text: raised }).provenance!.budget).toBeLessThan(LATENCY_MS + 3);
    }
  });

  it("of a budget that only raising it mends has no fix to take without asking", () => {
    const problem = only(searched(10));
    code(problem, "over-budget");
    expect(problem.fixes.map(({ title, preferred }) => [title.replace(/[\d.]+\s/, "… "), preferred])).toEqual([["Raise the budget to … ms", false]]);
  });

  it("of predicted values tells that the text has changed since, unless other predictors said them", () => {
    const text = searched(300);
    expect(analyse(text, "a.json").problems()).toEqual([]);
    const edited = text.replace('"expand": 4', '"expand": 6');
    const problems = analyse(edited, "a.json").problems();
    expect(problems.map((problem) => [problem.code, problem.severity, problem.path.join(".")])).toEqual([
      ["stale-prediction", "information", "predicted.accuracy.value"],
      ["stale-prediction", "information", "predicted.latency.value"],
    ]);
    code(problems[0]!, "stale-prediction");
    expect(titles(problems[0]!)).toEqual(["Update the predicted values", "Remove the predicted values"]);
    for (const index of [0, 1]) expect(analyse(after(edited, problems[0]!, index), "a.json").problems()).toEqual([]);
    const rounded = text.replace(/"value": (\d+\.\d\d)\d+/g, (_, value: string) => `"value": ${Number(value)}`);
    expect(analyse(rounded, "a.json").problems().length).toBeLessThanOrEqual(2);
    expect(analyse(edited.replaceAll('"source": "', '"source": "another '), "a.json").problems()).toEqual([]);
  });

  it("does not hide another", () => {
    const text = TEXT.replace('"expand": 4', '"expand": 9').replace('"kernel": 3', '"kernel": 4').replace('"version": 1', '"version": 7').replace('"width": 160', '"width": 1');
    expect(analyse(text, "a.json").problems().map((one) => one.code)).toEqual(["wrong-value", "expand", "kernel", "stage-width"]);
  });

  it("has an example here for every code", () => {
    expect([...seen].sort()).toEqual([...PROBLEM_CODES].sort());
  });
});
