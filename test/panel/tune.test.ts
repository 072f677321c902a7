import { expect, it } from "vitest";
import { describePanel, LOOKS, looksRight, plain } from "./harness/suite.js";
import { toyResult, toyRun } from "./harness/toy.js";
import { toyTune, toyTuneAbove, toyTuneNothing, toyTuneRun, toyTuning } from "./harness/toyTune.js";

const done = toyTuneRun(toyTune());
const running = { ...toyTuneRun(null, "running"), progress: toyTuning() };

describePanel("a search with measuring in the panel", (open) => {
  it.each(LOOKS)(
    "has nothing serious for axe and nothing cut off in %s at %d px",
    async (theme, width) => {
      const panel = await open(theme, width);
      const check = (name: string) => looksRight(panel, name, theme, width);
      const results = { suspect: toyTune(120, { suspect: true, unconfirmed: true }), above: toyTuneAbove(), nothing: toyTuneNothing() };
      await panel.post({ type: "run", run: running });
      await check("running");
      for (const state of ["interrupted", "cancelled"] as const) {
        await panel.post({ type: "run", run: toyTuneRun(null, state) });
        await check(state);
      }
      for (const [name, result] of Object.entries(results)) {
        await panel.post({ type: "run", run: { ...toyTuneRun(result, result.status === "ok" ? "done" : "infeasible"), id: name } });
        await check(name);
      }
      await panel.post({ type: "run", run: { ...done, id: "done" } });
      for (const summary of await panel.page.locator("summary").all()) await summary.click();
      await check("done");
    },
  );

  it("shows what is being measured, how long yet, and stops when asked to", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: { ...running, progress: null } });
    expect(await panel.page.locator("main").innerText()).toContain("Starting the worker");
    await panel.post({ type: "progress", kind: "tune", runId: running.id, progress: toyTuning(), restarts: 1 });
    expect(plain(await panel.page.locator(".state").innerText())).toContain("Measuring, 28 %");
    expect(plain(await panel.figure("left"))).toContain("32 s");
    expect(await panel.figure("doing")).toBe("Measuring 5 architectures, time 2 of at most 4: round 24 of 60");
    expect(await panel.page.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("28");
    expect(await panel.page.locator(".facts").innerText()).toContain("worker restarted once");
    await panel.page.getByRole("button", { name: "Cancel" }).click();
    expect((await panel.sent()).at(-1)).toEqual({ type: "cancel", runId: "run-11" });
  });

  it("shows predicted and measured side by side, the budget, the rounds and how it was measured", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: done });
    const { measured, predicted, budget, rounds } = done.result!;
    const latency = plain(await panel.figure("latency"));
    expect(latency).toMatch(new RegExp(`^${measured!.latencyMs.toFixed(1)} ms`));
    expect(latency).toContain(`mean of two batches: ${measured!.first.latencyMs.toFixed(1)} ms, ${measured!.confirmed!.latencyMs.toFixed(1)} ms`);
    expect(latency).toContain(`predicted: ${predicted!.latency.value.toFixed(1)} ms, 95 %`);
    expect(plain(await panel.figure("underBudget"))).toContain(`${(budget - measured!.latencyMs).toFixed(2)} ms`);
    expect(plain(await panel.figure("underBudget"))).toContain("under the budget of 120 ms");
    expect(plain(await panel.figure("error"))).toContain("0.5 %");
    expect(await panel.figure("ending")).toContain("Measured once more, in another batch");
    expect(await panel.page.locator(".state").innerText()).toContain("Predicted and measured agree");
    const lines = await panel.page.locator(".rounds tbody tr").allInnerTexts();
    expect(lines).toHaveLength(3);
    expect(plain(lines[0]!)).toMatch(/Round 1[^]*predictor as profiled[^]*5[^]*2\.0 %[^]*\+6\.4 %/);
    expect(lines[2]).toContain("the winner once more");
    expect(await panel.page.locator(".sample").count()).toBe(rounds.length * 5);
    expect(await panel.page.locator(".sample.winner").count()).toBe(1);
    await panel.page.locator(".scatter summary").click();
    await expect.poll(() => panel.page.getByRole("region", { name: "Measured architectures" }).locator("tbody tr").count(), { timeout: 15_000 }).toBe(10);
    const badge = plain(await panel.page.locator("section.badge").innerText());
    for (const fact of ["AMD EPYC 7B13", "onnxruntime 1.30.0", "int8", "10 measured in 2 rounds", "once more, in another batch", "60 of each", "23 Nov 2026"]) expect(badge).toContain(fact);
    expect(await panel.page.locator("section.why").count()).toBe(1);
  });

  it("says what did not hold: a suspect round, no confirmation, nothing within the budget", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: toyTuneRun(toyTune(120, { suspect: true, unconfirmed: true })) });
    await panel.post({ type: "run", run: { ...toyTuneRun(toyTune(120, { suspect: true })), id: "busy" } });
    expect(await panel.page.locator(".state").innerText()).toContain("agree, but the machine was busy");
    await panel.post({ type: "run", run: toyTuneRun(toyTune(120, { suspect: true, unconfirmed: true })) });
    expect(await panel.page.locator(".rounds").innerText()).toContain("suspect: the machine was busy");
    expect(await panel.page.locator(".sample.hollow").count()).toBe(5);
    expect(await panel.figure("latency")).toContain("not confirmed");
    await panel.post({ type: "run", run: { ...toyTuneRun(toyTuneAbove(), "infeasible"), id: "above" } });
    expect(await panel.page.locator(".state").innerText()).toContain("Nothing measures within the budget");
    expect(plain(await panel.figure("underBudget"))).toContain("above the budget of 100 ms");
    expect(await panel.page.getByRole("button", { name: "Insert config…" }).count()).toBe(0);
    expect(await panel.page.getByRole("button", { name: "Save corrected predictor…" }).count()).toBe(1);
    await panel.post({ type: "run", run: { ...toyTuneRun(toyTuneNothing(), "infeasible"), id: "nothing" } });
    expect(await panel.page.locator(".infeasible").innerText()).toMatch(/No architecture is predicted within 20 ms, so nothing was measured/);
    expect(await panel.page.getByRole("button", { name: "Save corrected predictor…" }).count()).toBe(0);
  });

  it("inserts, exports, saves, searches again and resumes", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: done });
    for (const name of ["Insert config…", "Generate code…", "Export ONNX…", "Save corrected predictor…", "Search with corrected predictor…", "Search again…"]) await panel.page.getByRole("button", { name }).click();
    await panel.post({ type: "run", run: toyTuneRun(null, "cancelled") });
    await panel.page.getByRole("button", { name: "Resume" }).click();
    expect((await panel.sent()).filter(({ type }) => type !== "painted" && type !== "ready")).toEqual([
      { type: "insert", runId: "run-11", point: null },
      { type: "generateCode", runId: "run-11", point: null },
      { type: "exportOnnx", runId: "run-11", point: null },
      { type: "savePredictor", runId: "run-11" },
      { type: "search", runId: "run-11" },
      { type: "tune", runId: "run-11" },
      { type: "resume", runId: "run-11" },
    ]);
  });

  it("a search offers to measure its winners where its predictor was measured, and a benchmark of what it found", async () => {
    const panel = await open();
    const search = toyRun(toyResult(120));
    await panel.post({ type: "run", run: search });
    expect(await panel.page.getByRole("button", { name: "Measure the winners…" }).count()).toBe(0);
    await panel.post({ type: "run", run: { ...search, measurable: true } });
    for (const name of ["Measure the winners…", "Benchmark…"]) await panel.page.getByRole("button", { name }).click();
    expect((await panel.sent()).slice(-2)).toEqual([{ type: "tune", runId: search.id }, { type: "bench", runId: search.id }]);
  });
});
