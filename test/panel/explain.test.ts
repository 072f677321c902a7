import { beforeAll, expect, it } from "vitest";
import { Explainer } from "../../src/engine/explain/explainer.js";
import { judgeMoves } from "../../src/engine/explain/moves.js";
import { Predictor } from "../../src/engine/predictor.js";
import { ms, percent } from "../../src/shared/format.js";
import type { FromPanel, SearchRunView, Tab } from "../../src/shared/panel.js";
import { overview } from "../../src/worker/jobs/overview.js";
import type { PanelPage } from "./harness/browser.js";
import { BUILT_IN, doHere, realRun } from "./harness/realRun.js";
import { describePanel, LOOKS, looksRight, plain, type Open } from "./harness/suite.js";

const eventually = <T>(value: () => T | Promise<T>) => expect.poll(value, { timeout: 15_000 });
const NAMES: Record<Tab, string> = { result: "Result", alternatives: "Alternatives", whatIf: "What if", general: "In general", predictors: "Predictors" };

describePanel("the explanation of a real search", (openEmpty) => {
  let run: SearchRunView;
  let general: Awaited<ReturnType<typeof overview>>;
  const open: Open = async (theme, width) => {
    const panel = await openEmpty(theme, width);
    await panel.post({ type: "run", run });
    return panel;
  };
  const choose = async (panel: PanelPage, tab: Tab): Promise<void> => {
    const chosen = panel.page.getByRole("tab", { name: NAMES[tab] });
    await chosen.click();
    // Tab and view are drawn in one go.
    await eventually(() => chosen.getAttribute("aria-selected")).toBe("true");
  };
  const sentOf = async <T extends FromPanel["type"]>(panel: PanelPage, type: T) =>
    (await panel.sent()).filter((message): message is Extract<FromPanel, { type: T }> => message.type === type);

  beforeAll(async () => {
    [run, general] = await Promise.all([realRun(119.4), doHere(overview, { kind: "overview", ...BUILT_IN })]);
  });

  it.each(LOOKS)("has nothing serious for axe and nothing cut off in any view, in %s at %d px", async (theme, width) => {
    const panel = await open(theme, width);
    await panel.post({ type: "overview", runId: run.id, overview: general.overview });
    for (const tab of Object.keys(NAMES) as Tab[]) {
      await choose(panel, tab);
      for (const summary of await panel.page.locator("summary").all()) await summary.click();
      await looksRight(panel, tab, theme, width);
    }
  });

  it("chooses views with the arrow keys and keeps the choice", async () => {
    const panel = await open();
    await panel.page.getByRole("tab", { name: "Result" }).focus();
    await panel.page.keyboard.press("ArrowRight");
    await eventually(() => panel.page.getByRole("tab", { name: "Alternatives" }).getAttribute("aria-selected")).toBe("true");
    expect(await panel.kept()).toMatchObject({ tab: "alternatives" });
    await panel.page.keyboard.press("End");
    await eventually(() => panel.page.getByRole("tab", { name: "Predictors" }).getAttribute("aria-selected")).toBe("true");
  });

  it("asks for the overview once, when it is looked at", async () => {
    const panel = await open();
    expect(await sentOf(panel, "overview")).toEqual([]);
    await choose(panel, "general");
    await eventually(() => sentOf(panel, "overview")).toEqual([{ type: "overview", runId: run.id }]);
    await panel.post({ type: "overview", runId: run.id, overview: general.overview });
    await eventually(() => panel.page.getByRole("heading", { name: /What matters in general/ }).count()).toBe(1);
    await choose(panel, "result");
    await choose(panel, "general");
    expect(await sentOf(panel, "overview")).toHaveLength(1);
  });

  it("predicts an edited design as the engine does, and inserts it", async () => {
    const panel = await open();
    await choose(panel, "whatIf");
    const { accuracy, latency } = run.result!.found!;
    expect(plain(await panel.figure("editedAccuracy"))).toContain(plain(percent(accuracy.value)));
    const first = run.result!.found!.architecture.stages[0]!.blocks[0]!;
    const expand = first.expand === 2 ? 3 : 2;
    await panel.page.getByRole("combobox", { name: "Stage 24, block 1: expand ratio" }).selectOption(String(expand));
    const { stages, resolution } = structuredClone(run.result!.found!.architecture);
    stages[0]!.blocks[0]!.expand = expand;
    const value = (file: "accuracy" | "latency") => new Predictor(run.model!.space, run.model![file]).value(stages);
    await eventually(async () => plain(await panel.figure("editedLatency"))).toContain(plain(ms(value("latency"))));
    expect(plain(await panel.figure("editedAccuracy"))).toContain(plain(percent(value("accuracy"))));
    expect(value("latency")).not.toBe(latency.value);
    await panel.page.getByRole("button", { name: "Insert this design" }).click();
    await eventually(() => sentOf(panel, "insert")).toEqual([{ type: "insert", runId: run.id, point: null, architecture: { resolution, stages } }]);
  });

  it("keeps an edited design over a reload, and drops one that is not of the space", async () => {
    const panel = await open();
    await choose(panel, "whatIf");
    await panel.page.getByRole("combobox", { name: "Stage 40: blocks" }).selectOption("2");
    await eventually(async () => plain(await panel.figure("editedLatency"))).not.toContain(plain(ms(run.result!.found!.latency.value)));
    const edited = plain(await panel.figure("editedLatency"));
    await panel.page.reload();
    await panel.post({ type: "run", run });
    await eventually(async () => plain(await panel.figure("editedLatency"))).toBe(edited);
    await panel.page.evaluate(() => {
      const kept = JSON.parse(sessionStorage.getItem("kept")!) as { edited: { stages: { blocks: { expand: number }[] }[] } };
      kept.edited.stages[0]!.blocks[0]!.expand = 99;
      sessionStorage.setItem("kept", JSON.stringify(kept));
    });
    await panel.page.reload();
    await panel.post({ type: "run", run });
    await eventually(async () => plain(await panel.figure("editedAccuracy"))).toContain(plain(percent(run.result!.found!.accuracy.value)));
  });

  it("shows a single move when it is picked, with the difference it makes", async () => {
    const panel = await open();
    await choose(panel, "alternatives");
    const { space, accuracy, latency } = run.model!;
    const moves = judgeMoves(new Predictor(space, accuracy), new Predictor(space, latency), run.result!.found!.architecture.stages, run.budget);
    const worse = moves.filter(({ verdict }) => verdict === "worse").sort((a, b) => b.accuracy.value - a.accuracy.value)[0]!;
    await panel.page.getByRole("button", { name: worse.change }).first().click();
    await eventually(() => panel.page.getByRole("tab", { name: "What if" }).getAttribute("aria-selected")).toBe("true");
    await eventually(() => panel.page.locator(".changes").innerText()).toContain(worse.change);
  });

  it("opens a stage of the waterfall to what it is made of", async () => {
    const panel = await open();
    const { space, accuracy } = run.model!;
    const [stage] = new Explainer(new Predictor(space, accuracy)).explain(run.result!.found!.architecture.stages).contributions;
    await panel.page.getByRole("button", { name: `Stage ${stage!.stage}`, exact: false }).first().click();
    await eventually(() => panel.page.locator(".why").first().innerText()).toContain("Kernel");
  });
});
