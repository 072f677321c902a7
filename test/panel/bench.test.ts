import { expect, it } from "vitest";
import { describePanel, LOOKS, looksRight, plain } from "./harness/suite.js";
import { toyBench, toyBenchAlone, toyBenching, toyBenchRun } from "./harness/toyBench.js";

const done = toyBenchRun(toyBench());
const running = { ...toyBenchRun(null, "running"), progress: toyBenching(true) };

describePanel("a bench in the panel", (open) => {
  it.each(LOOKS)(
    "has nothing serious for axe and nothing cut off in %s at %d px",
    async (theme, width) => {
      const panel = await open(theme, width);
      const check = (name: string) => looksRight(panel, name, theme, width);
      await panel.post({ type: "run", run: { ...running, progress: toyBenching(false) } });
      await check("first batch");
      await panel.post({ type: "run", run: running });
      await check("measuring");
      for (const state of ["interrupted", "cancelled"] as const) {
        await panel.post({ type: "run", run: toyBenchRun(null, state) });
        await check(state);
      }
      await panel.post({ type: "run", run: toyBenchRun(toyBenchAlone()) });
      await check("no baselines");
      await panel.post({ type: "run", run: { ...done, id: "done" } });
      for (const summary of await panel.page.locator("summary").all()) await summary.click();
      await check("done");
    },
  );

  it("shows how far it is, how long yet, and what is being done", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: { ...running, progress: null } });
    expect(await panel.page.locator("main").innerText()).toContain("Starting the worker");
    await panel.post({ type: "progress", kind: "bench", runId: running.id, progress: toyBenching(true), restarts: 1 });
    expect(plain(await panel.page.locator(".state").innerText())).toContain("Measuring, 46 %");
    expect(plain(await panel.figure("left"))).toContain("15 s");
    expect(await panel.figure("doing")).toBe("Batch 2 of 3: round 23 of 60");
    expect(await panel.page.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("46");
    await panel.page.getByRole("button", { name: "Cancel benchmark" }).click();
    expect((await panel.sent()).at(-1)).toEqual({ type: "cancel", runId: "run-11" });
    const before = await panel.page.locator("main").innerText();
    await panel.post({ type: "progress", kind: "bench", runId: "another", progress: toyBenching(false), restarts: 0 });
    expect(await panel.page.locator("main").innerText()).toBe(before);
  });

  it("draws every network, the fastest first, and says whose each accuracy is", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: done });
    const rows = panel.page.locator("[data-network]");
    expect(await rows.locator(".who").allInnerTexts()).toEqual([
      expect.stringMatching(/^our-own-classifier-for-the-sorting-line/),
      expect.stringMatching(/^foxnas-cpu-256px-90ms/),
      expect.stringMatching(/^foxnas-cpu-256px-120ms/),
      expect.stringMatching(/^MobileNetV3-Large 1\.0\s+baseline, 224/),
      expect.stringMatching(/^MobileNetV2 1\.0/),
      expect.stringMatching(/^EfficientNet-Lite0/),
    ]);
    expect(await rows.nth(0).innerText()).toContain("unknown");
    expect(plain(await rows.nth(1).innerText())).toMatch(/72\.3 %\s*predicted/);
    expect(plain(await rows.nth(3).innerText())).toMatch(/75\.2 %\s*published/);
    const widths = await rows.locator(".time").evaluateAll((bars) => bars.map((bar) => bar.getBoundingClientRect().width));
    expect(widths).toEqual([...widths].sort((a, b) => a - b));
    expect(await rows.locator(".spread").count()).toBe(6);
    await panel.page.locator(".bench-chart summary").click();
    const table = panel.page.getByRole("region", { name: "Measured networks" }).locator("tbody tr");
    await table.first().waitFor();
    expect(await table.count()).toBe(6);
    expect(await panel.page.locator(".accuracies").innerText()).toContain("Howard et al. 2019");
  });

  it("tells ratios with their spread, the paper's headline, and what was measured how", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: done });
    const ratio = done.result!.ratios[0]!;
    const cell = await panel.page.locator(".ratios tbody tr").first().locator("td").first().innerText();
    for (const value of [ratio.median, ratio.min, ratio.max]) expect(cell).toContain(value.toFixed(2));
    // The fastest that is at least as accurate: not the one whose accuracy nobody knows.
    expect(await panel.figure("against-mobilenet-v2")).toContain("foxnas-cpu-256px-90ms");
    expect(await panel.figure("against-efficientnet-lite0")).toContain("foxnas-cpu-256px-120ms");
    const headline = await panel.page.locator(".paper").innerText();
    expect(headline).toContain("the paper 3.4 times its speed; here foxnas-cpu-256px-90ms");
    expect(headline).toContain("predicted 72.3 % against published 71.9 %");
    expect(await panel.page.locator(".noise").innerText()).toContain("from one batch to the next it is not");
    const badge = plain(await panel.page.locator("section.badge").innerText());
    for (const fact of ["AMD EPYC 7B13", "onnxruntime 1.30.0", "int8", "192, 224, 256 px", "60 of each network", "p25 of CPU time", "23 Nov 2026"]) expect(badge).toContain(fact);
  });

  it("leaves out what there is not: baselines, a spread, a quiet machine", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: toyBenchRun(toyBenchAlone()) });
    expect(await panel.page.locator(".ratios, .paper, .hero").count()).toBe(0);
    const bench = toyBench();
    const one = { ...bench, rows: bench.rows.map((row) => ({ ...row, perBatch: row.perBatch.slice(0, 1) })), noise: { ...bench.noise, batches: 1, suspect: 1 } };
    await panel.post({ type: "run", run: toyBenchRun(one) });
    expect(await panel.page.locator(".bench-chart .spread").count()).toBe(0);
    expect(await panel.page.locator(".ratios").innerText()).toContain("no spread is known");
    expect(await panel.figure("suspect")).toContain("run the benchmark again");
  });

  it("copies, begins anew and resumes", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: done });
    for (const name of ["Copy as Markdown", "New benchmark…"]) await panel.page.getByRole("button", { name }).click();
    await panel.post({ type: "run", run: toyBenchRun(null, "cancelled") });
    await panel.page.getByRole("button", { name: "Resume" }).click();
    expect((await panel.sent()).filter(({ type }) => ["copyMarkdown", "bench", "resume"].includes(type))).toEqual([
      { type: "copyMarkdown", runId: "run-11" },
      { type: "bench" },
      { type: "resume", runId: "run-11" },
    ]);
  });
});
