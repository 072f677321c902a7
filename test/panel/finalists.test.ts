import { expect, it } from "vitest";
import { describePanel, LOOKS, looksRight, plain } from "./harness/suite.js";
import { toyFinalists, toyFinalistsMeasuring, toyFinalistsNothing, toyFinalistsRun } from "./harness/toyFinalists.js";

const done = toyFinalistsRun(toyFinalists());
const rounds = toyFinalistsRun(toyFinalists({ rounds: 3 }));
const running = { ...toyFinalistsRun(null, "running"), progress: toyFinalistsMeasuring(4) };

describePanel("measured finalists in the panel", (open) => {
  it.each(LOOKS)(
    "has nothing serious for axe and nothing cut off in %s at %d px",
    async (theme, width) => {
      const panel = await open(theme, width);
      const check = (name: string) => looksRight(panel, name, theme, width);
      await panel.post({ type: "run", run: running });
      await check("running");
      for (const state of ["interrupted", "cancelled"] as const) {
        await panel.post({ type: "run", run: toyFinalistsRun(null, state) });
        await check(state);
      }
      await panel.post({ type: "run", run: { ...toyFinalistsRun(toyFinalistsNothing(), "infeasible"), id: "nothing" } });
      await check("infeasible");
      await panel.post({ type: "run", run: { ...rounds, id: "done" } });
      for (const summary of await panel.page.locator("summary").all()) await summary.click();
      await check("done");
    },
  );

  it("shows what is being measured, how long yet, the best so far, and stops when asked to", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: { ...running, progress: toyFinalistsMeasuring(0) } });
    expect(plain(await panel.figure("done"))).toContain("4 %");
    await panel.post({ type: "progress", kind: "finalists", runId: running.id, progress: toyFinalistsMeasuring(4), restarts: 0 });
    expect(plain(await panel.figure("accuracy"))).toMatch(/^88\.60 %[^]*best measured top-1 so far, int8[^]*4 of 10 measured/);
    expect(plain(await panel.figure("finalists"))).toContain("finalists under 1.2 ms, 3 calibration sets each");
    expect(plain(await panel.figure("left"))).toContain("26 s");
    expect(await panel.figure("doing")).toBe("Subnet 5 of 10 (finalist 5): recalibrating batch-norm, image 64 of 500");
    await panel.page.getByRole("button", { name: "Cancel" }).click();
    expect((await panel.sent()).at(-1)).toEqual({ type: "cancel", runId: "run-22" });
  });

  it("names the winner by measurement alone, with how sure that is and where the predictors' optimum came in", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: done });
    const { finalists, precision } = done.result!;
    const [winner, second] = finalists;
    const text = async (name: string) => plain(await panel.figure(name));
    expect(await text("best")).toBe("Measured best of 10; the predictors’ optimum came in 3rd.");
    expect(await text("accuracy")).toMatch(new RegExp(`^${winner!.measured.top1.value.toFixed(2)} %`));
    expect(await text("measured")).toBe(`measured top-1, ${precision}, 2,000 images, mean over 3 calibration sets`);
    expect(await text("predicted")).toContain(`predicted: ${winner!.predicted.accuracy.value.toFixed(2)} %, 95 %`);
    expect(await text("latency")).toMatch(/^1\.20 ms[^]*predicted latency[^]*under the budget of 1\.2 ms; not measured in this run/);
    expect(await text("lead")).toMatch(new RegExp(`^\\+${second!.behind!.value.toFixed(2)} pp[^]*−0\\.65 to \\+1\\.15 pp`));
    expect(await text("optimum")).toContain("3rd");
    const sentences = plain(await panel.page.locator(".notice.sentences").innerText());
    const level = finalists.filter(({ behind }) => behind !== null && behind.interval[0] <= 0).length;
    expect(sentences).toContain(`chance alone could put ${level} others as high`);
    expect(sentences).toContain(`${finalists.filter(({ withinInterval }) => withinInterval).length} of 10 measured inside the 95 % interval`);
    expect(await panel.page.locator("main").innerText()).not.toMatch(/best network/);
    expect(await panel.page.locator("[data-finalist]").count()).toBe(10);
    expect(await panel.page.locator(".reading").count()).toBe(30);
    await panel.page.locator(".scatter summary").click();
    const rows = panel.page.getByRole("region", { name: "Finalists, predicted and measured" }).locator("tbody tr");
    await expect.poll(() => rows.count(), { timeout: 15_000 }).toBe(10);
    expect(await rows.nth(1).innerText()).toContain(second!.readings[0]!.toFixed(2));
    const badge = plain(await panel.page.locator("section.badge").innerText());
    for (const fact of ["shapes.safetensors", "3, disjoint", "int8", "proved: predicted 88.90 %"]) expect(badge).toContain(fact);
  });

  it("tells round by round how the corrected predictor came nearer, and saves it", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: done });
    expect(await panel.page.locator(".rounds").count()).toBe(0);
    await panel.post({ type: "run", run: rounds });
    const rows = await panel.page.locator(".rounds tbody tr").allInnerTexts();
    expect(rows).toHaveLength(3);
    expect(plain(rows[0]!)).toMatch(/^Round 1\s+predictor as fitted\s+\d+\s+[+−]\d\.\d\d pp\s+\d\d\.\d\d %$/);
    expect(plain(rows[2]!)).toContain("predictor corrected");
    const { finalists } = rounds.result!;
    expect(rows.map((row) => Number(/\n?\s(\d+)\s/.exec(row.replace(/^[^]*?(fitted|corrected)/, ""))![1])).reduce((a, b) => a + b)).toBe(finalists.length);
    expect(plain(await panel.page.locator(".notice.sentences").innerText())).toMatch(/Measured less predicted, on average: .* in the first round, .* in round 3, with the predictor corrected\. The optimum of the corrected predictor is among them, so the rounds ended with number 3\./);
    expect(plain(await panel.page.locator(".ranking tbody tr").first().innerText())).toContain("round 3");
    await panel.page.getByRole("button", { name: "Save corrected predictor…" }).click();
    expect((await panel.sent()).at(-1)).toEqual({ type: "savePredictor", runId: "run-22" });
    await panel.page.getByRole("button", { name: "Search with corrected predictor…" }).click();
    expect((await panel.sent()).at(-1)).toEqual({ type: "search", runId: "run-22" });
  });

  it("says of a clear winner that it is one, and claims no interval where there is none", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: toyFinalistsRun(toyFinalists({ clear: true, calibrations: 1, count: 3, intervals: false })) });
    expect(await panel.page.locator(".state").innerText()).toContain("a clear winner");
    const sentences = plain(await panel.page.locator(".notice.sentences").innerText());
    expect(sentences).toContain("ahead of every other by more than chance");
    expect(sentences).not.toMatch(/interval|calibration set/);
    expect(plain(await panel.figure("predicted"))).not.toContain("95 %");
    expect(await panel.page.locator(".reading, .reach.thin").count()).toBe(0);
  });

  it("inserts and exports the finalist that was picked, by keyboard", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: done });
    const press = async (name: string) => {
      const button = panel.page.getByRole("button", { name, exact: true });
      await button.focus();
      await panel.page.keyboard.press("Enter");
    };
    await press("Insert config of the winner…");
    await press("Show the 4th");
    await expect.poll(() => panel.page.getByRole("button", { name: "Show the 4th" }).getAttribute("aria-pressed"), { timeout: 15_000 }).toBe("true");
    expect(await panel.page.locator(".picked").count()).toBe(1);
    expect(await panel.page.locator('[data-finalist="3"] .picked').count()).toBe(1);
    expect(await panel.page.getByRole("group", { name: "Architecture of the 4th" }).count()).toBe(1);
    await press("Insert config of the 4th…");
    await press("Generate code…");
    await press("Export the 4th with weights…");
    expect(await panel.kept()).toMatchObject({ runId: "run-22", picked: 3 });
    await press("New search…");
    await panel.post({ type: "run", run: toyFinalistsRun(null, "cancelled") });
    await panel.page.getByRole("button", { name: "Resume" }).click();
    expect((await panel.sent()).filter(({ type }) => type !== "painted" && type !== "ready")).toEqual([
      { type: "insertFinalist", runId: "run-22", index: 0 },
      { type: "insertFinalist", runId: "run-22", index: 3 },
      { type: "generateCode", runId: "run-22", point: null, index: 3 },
      { type: "exportFinalist", runId: "run-22", index: 3 },
      { type: "search" },
      { type: "resume", runId: "run-22" },
    ]);
  });

  it("keeps the picked finalist over a reload, and shows the winner where there is no such one", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: done });
    await panel.page.getByRole("button", { name: "Show the 4th" }).click();
    await expect.poll(() => panel.kept(), { timeout: 15_000 }).toMatchObject({ picked: 3 });
    await panel.page.reload();
    await panel.post({ type: "run", run: done });
    await expect.poll(() => panel.page.locator('[data-finalist="3"] .picked').count(), { timeout: 15_000 }).toBe(1);
    await panel.page.reload();
    await panel.post({ type: "run", run: toyFinalistsRun(toyFinalists({ count: 3 })) });
    await expect.poll(() => panel.page.locator('[data-finalist="0"] .picked').count(), { timeout: 15_000 }).toBe(1);
  });

  it("says what can be asked for where nothing is predicted within the budget", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: toyFinalistsRun(toyFinalistsNothing(), "infeasible") });
    expect(await panel.page.locator(".state").innerText()).toContain("Infeasible budget");
    const text = plain(await panel.page.locator(".infeasible").innerText());
    expect(text).toContain("No architecture of shapes is predicted within 0.1 ms, so nothing was measured: the fastest takes 0.210 ms, the slowest 2.64 ms.");
    expect(text).toContain("The nearest budget that can be met is 0.21 ms.");
    expect(await panel.page.getByRole("button", { name: /Insert|Export/ }).count()).toBe(0);
  });
});
