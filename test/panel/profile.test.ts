import { expect, it } from "vitest";
import { describePanel, LOOKS, looksRight, plain } from "./harness/suite.js";
import { toyMeasuring, toyProfile, toyProfileRun } from "./harness/toyProfile.js";

const done = toyProfileRun(toyProfile());
const running = { ...toyProfileRun(null, "running"), progress: toyMeasuring(10) };

describePanel("a profile in the panel", (open) => {
  it.each(LOOKS)(
    "has nothing serious for axe and nothing cut off in %s at %d px",
    async (theme, width) => {
      const panel = await open(theme, width);
      const check = (name: string) => looksRight(panel, name, theme, width);
      await panel.post({ type: "run", run: { ...running, progress: toyMeasuring(0) } });
      await check("tracing");
      await panel.post({ type: "run", run: running });
      await check("timing");
      for (const state of ["interrupted", "cancelled"] as const) {
        await panel.post({ type: "run", run: toyProfileRun(null, state) });
        await check(state);
      }
      await panel.post({ type: "run", run: toyProfileRun({ ...toyProfile(20), noise: { ...toyProfile().noise, suspect: 1, batches: 2, repeated: 3 } }) });
      await check("few samples, suspect");
      await panel.post({ type: "run", run: { ...done, id: "done" } });
      for (const summary of await panel.page.locator("summary").all()) await summary.click();
      await check("done");
    },
  );

  it("shows what is being done, how long yet, and the error so far", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: { ...running, progress: null } });
    expect(await panel.page.locator("main").innerText()).toContain("Starting the worker");
    await panel.post({ type: "progress", kind: "profile", runId: running.id, progress: toyMeasuring(0), restarts: 0 });
    expect(await panel.figure("heldOut")).toContain("known after the first batch");
    expect(await panel.figure("doing")).toBe("Tracing every block: trace 12 of 25");
    await panel.post({ type: "progress", kind: "profile", runId: running.id, progress: toyMeasuring(10), restarts: 1 });
    expect(plain(await panel.page.locator(".state").innerText())).toContain("Profiling, 46 %");
    expect(plain(await panel.figure("heldOut"))).toContain("3.1 %");
    expect(plain(await panel.figure("left"))).toContain("23 s");
    expect(await panel.figure("doing")).toBe("Timing architectures 11 to 20: round 12 of 60");
    expect(await panel.page.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("46");
    expect(await panel.page.locator(".facts").innerText()).toContain("worker restarted once");
    await panel.page.getByRole("button", { name: "Cancel profile" }).click();
    expect((await panel.sent()).at(-1)).toEqual({ type: "cancel", runId: "run-9" });
  });

  it("ignores progress of a search, and progress that is none", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: running });
    const before = await panel.page.locator("main").innerText();
    await panel.post({ type: "progress", kind: "profile", runId: "another", progress: toyMeasuring(0), restarts: 0 });
    expect(await panel.page.locator("main").innerText()).toBe(before);
    await panel.post({ type: "progress", kind: "profile", runId: "run-9", progress: { ...toyMeasuring(0), done: "half" }, restarts: 0 });
    expect(await panel.page.locator("main").innerText()).toBe(before);
    const [ignored, ...more] = await panel.reports();
    expect(ignored).toContain("progress.done");
    expect(more).toEqual([]);
    await panel.page.evaluate(() => ((window as unknown as { sent: unknown[] }).sent = []));
  });

  it("says what was measured how, and how good each form is", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: done });
    const badge = plain(await panel.page.locator("section.badge").innerText());
    for (const fact of ["AMD EPYC 7B13", "onnxruntime 1.30.0", "cpu", "int8", "224 px", "1 image", "60 of each", "p25 of CPU time", "6.4 %", "0.6 %", "23 Nov 2026", "foxnas-cpu"]) {
      expect(badge).toContain(fact);
    }
    const rows = await panel.page.locator(".errors tbody tr").allInnerTexts();
    expect(rows).toHaveLength(4);
    expect(rows[0]).toContain("used by the search");
    expect(plain(rows[0]!)).toContain(`${(100 * done.result!.heldOut.mape).toFixed(1)} %`);
    expect(await panel.page.locator(".sample").count()).toBe(40);
    expect(await panel.page.locator('[data-figure="suspect"]').count()).toBe(0);
    await panel.page.locator(".scatter summary").click();
    const table = panel.page.getByRole("region", { name: "Timed architectures" }).locator("tbody tr");
    await table.first().waitFor();
    expect(await table.count()).toBe(40);
    const least = [...done.result!.samples].sort((a, b) => a.latencyMs - b.latencyMs)[0]!;
    expect(await table.first().innerText()).toContain(least.predicted.toFixed(3));
  });

  it("says that batches stayed suspect, and what a form is missing", async () => {
    const panel = await open();
    const result = toyProfile(20);
    const samples = result.samples.map((sample) => ({ ...sample, suspect: sample.batch === 1 }));
    await panel.post({ type: "run", run: toyProfileRun({ ...result, samples, noise: { ...result.noise, suspect: 1, repeated: 2 } }) });
    expect(await panel.page.locator(".sample.hollow").count()).toBe(10);
    expect(await panel.page.locator(".scatter .legend").innerText()).toContain("of a suspect batch");
    expect(await panel.figure("suspect")).toMatch(/1 of 2 batches stayed suspect/);
    expect(await panel.page.locator(".noise").innerText()).toContain("measured again twice");
    expect(await panel.page.locator(".errors").innerText()).toContain("needs 38 architectures");
  });

  it("saves, searches, profiles again and resumes", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: done });
    for (const name of ["Search with it…", "Save predictor…", "New profile…"]) await panel.page.getByRole("button", { name }).click();
    await panel.post({ type: "run", run: toyProfileRun(null, "cancelled") });
    await panel.page.getByRole("button", { name: "Resume" }).click();
    await panel.post({ type: "run", run: null });
    await panel.page.getByRole("button", { name: "Profile this device…" }).click();
    expect((await panel.sent()).slice(-6).filter(({ type }) => type !== "painted")).toEqual([
      { type: "search", runId: "run-9" },
      { type: "savePredictor", runId: "run-9" },
      { type: "profile" },
      { type: "resume", runId: "run-9" },
      { type: "profile" },
    ]);
  });
});
