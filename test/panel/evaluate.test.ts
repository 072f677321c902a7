import { expect, it } from "vitest";
import { describePanel, LOOKS, looksRight, plain } from "./harness/suite.js";
import { toyResult, toyRun } from "./harness/toy.js";
import { toyEvaluate, toyEvaluateRun, toyEvaluating, toyGiven } from "./harness/toyEvaluate.js";

const done = toyEvaluateRun(toyEvaluate());
const running = { ...toyEvaluateRun(null, "running"), progress: toyEvaluating(46) };

describePanel("an evaluation in the panel", (open) => {
  it.each(LOOKS)(
    "has nothing serious for axe and nothing cut off in %s at %d px",
    async (theme, width) => {
      const panel = await open(theme, width);
      const check = (name: string) => looksRight(panel, name, theme, width);
      await panel.post({ type: "run", run: running });
      await check("running");
      await panel.post({ type: "run", run: { ...running, state: "cancelled" } });
      await check("cancelled");
      await panel.post({ type: "run", run: { ...toyEvaluateRun(null, "failed"), error: "The tensor stages.0.blocks.1.expand.weight has shape 96 x 24 x 1 x 1, expected 144 x 24 x 1 x 1." } });
      await check("failed");
      await panel.post({ type: "run", run: { ...toyEvaluateRun(toyGiven()), id: "given" } });
      await check("given");
      await panel.post({ type: "run", run: { ...done, id: "done" } });
      for (const summary of await panel.page.locator("summary").all()) await summary.click();
      await check("done");
    },
  );

  it("shows how far it is, how fast, and what is measured so far, and stops when asked to", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: { ...running, progress: null } });
    expect(await panel.page.locator("main").innerText()).toContain("Starting the worker");
    await panel.post({ type: "progress", kind: "evaluate", runId: running.id, progress: toyEvaluating(0), restarts: 0 });
    expect(await panel.figure("best")).toMatch(/^–/);
    expect(await panel.page.locator(".sample").count()).toBe(0);
    await panel.post({ type: "progress", kind: "finalists", runId: running.id, progress: toyEvaluating(9), restarts: 0 });
    expect(await panel.page.locator(".sample").count()).toBe(0);
    await panel.post({ type: "progress", kind: "evaluate", runId: running.id, progress: toyEvaluating(46), restarts: 1 });
    const { subnets, elapsedMs } = toyEvaluating(46);
    expect(await panel.page.locator(".sample").count()).toBe(46);
    expect(plain(await panel.page.locator(".state").innerText())).toContain("Evaluating, 38 %");
    expect(plain(await panel.figure("done"))).toContain("46 of 120 subnets measured");
    expect(plain(await panel.figure("throughput"))).toBe(`${Math.round(46 / (elapsedMs / 60_000))} a minute`);
    expect(plain(await panel.figure("best"))).toContain(`${Math.max(...subnets!.map(({ top1 }) => top1)).toFixed(2)} %`);
    expect(plain(await panel.figure("left"))).toContain("1 min 51 s");
    expect(await panel.figure("doing")).toBe("Subnet 47 of 120 (random 46): validating fp32, image 1300 of 2000");
    expect(await panel.page.locator("main").innerText()).not.toContain("shows up as noise");
    await panel.page.getByRole("button", { name: "Cancel evaluation" }).click();
    expect((await panel.sent()).at(-1)).toEqual({ type: "cancel", runId: "run-21" });
  });

  it("shows what the predictor is worth, against multiply-adds and what the images can tell", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: done });
    const { fit, quantizationLoss, subnets } = done.result!;
    const heldOut = fit!.heldOut!;
    const text = async (name: string) => plain(await panel.figure(name));
    expect(await text("tau")).toMatch(new RegExp(`^${heldOut.kendallTau.toFixed(2)}[^]*40 subnets it had not seen`));
    expect(await text("rmse")).toContain(`${heldOut.rmse.toFixed(2)} pp`);
    expect(await text("coverage")).toContain("95 %");
    expect(await text("loss")).toMatch(new RegExp(`^${quantizationLoss!.mean.toFixed(2)} pp[^]*120 subnets[^]*at worst ${quantizationLoss!.worst.toFixed(2)} pp[^]*95 %: 0.14 to 1.90 pp`));
    expect(await text("throughput")).toMatch(/^38[^]*2,312 images a second, at most 412 MB/);
    expect(await text("verdict")).toContain("better than multiply-adds");
    expect(await text("ceiling")).toBe(`Rank correlation ${heldOut.kendallTau.toFixed(2)}; a perfect predictor would show about 0.91 on 2,000 images, multiply-adds alone show 0.41.`);
    const lines = await panel.page.locator(".quality tbody tr").allInnerTexts();
    expect(lines.map((line) => plain(line).split("\n")[0])).toEqual(["The predictor, held out", "The predictor, left out in turn", "Multiply-adds alone", "A perfect predictor"]);
    expect(await panel.page.locator(".quality tbody th").first().evaluate((cell) => getComputedStyle(cell).position)).toBe("static");
    const [predicted, cost] = await panel.page.locator("section.scatter").all();
    expect(await predicted!.locator(".sample").count()).toBe(40);
    expect(await cost!.locator(".sample").count()).toBe(120);
    expect(await cost!.locator(".sample.hollow").count()).toBe(40);
    expect((await cost!.locator("text.strong").allTextContents()).some((name) => name.startsWith("smallest"))).toBe(true);
    await cost!.locator("summary").click();
    const table = panel.page.getByRole("region", { name: "Measured subnets" });
    await expect.poll(() => table.locator("tbody tr").count(), { timeout: 15_000 }).toBe(120);
    const best = [...subnets].sort((a, b) => b.fp32!.top1.value - a.fp32!.top1.value)[0]!;
    expect(await table.locator("tbody tr").first().innerText()).toContain(best.fp32!.top1.value.toFixed(2));
    const badge = plain(await panel.page.locator("section.badge").innerText());
    for (const fact of ["shapes.safetensors, 229 k parameters", "3f1c3f1c3f1c…", "10 classes", "all 2,000 images", "on 500 images", "percentiles", "log-saturating, 10 terms, ceiling 91.4 %"]) expect(badge).toContain(fact);
  });

  it("says when the predictor is no better than multiply-adds, less sure than it says, or judged without held-out subnets", async () => {
    const panel = await open();
    const verdict = async (id: string, result: ReturnType<typeof toyEvaluate>) => {
      await panel.post({ type: "run", run: { ...toyEvaluateRun(result), id } });
      return plain(await panel.figure("verdict"));
    };
    expect(await verdict("weak", toyEvaluate({ multiplyAddsTau: 0.95 }))).toContain("Multiply-adds alone rank the held-out subnets as well");
    expect(await panel.page.locator(".state").innerText()).toContain("the predictor is weak");
    expect(await verdict("narrow", toyEvaluate({ coverage: 0.7 }))).toContain("Only 70 % of the held-out subnets");
    // 38 of 40 is what 95 % intervals hold; 36 is chance as well.
    expect(await verdict("chance", toyEvaluate({ coverage: 0.9 }))).not.toContain("Only");
    expect(await verdict("alone", toyEvaluate({ heldOut: 0 }))).toContain("No subnet was held out");
    expect(await panel.page.locator('[data-figure="coverage"], [data-figure="ceiling"]').count()).toBe(0);
    expect(await panel.page.locator("section.scatter").first().locator(".sample").count()).toBe(80);
  });

  it("ranks the person's own configs, and says how sure the order is", async () => {
    const panel = await open();
    const result = toyGiven();
    await panel.post({ type: "run", run: toyEvaluateRun(result) });
    const order = [...result.subnets].sort((a, b) => b.int8!.top1.value - a.int8!.top1.value);
    const shown = order.map(({ name }) => name.split(".")[0]!);
    const lines = await panel.page.locator(".ranking tbody tr").allInnerTexts();
    expect(lines.map((line, i) => line.startsWith(`${i + 1}. ${shown[i]!}\t`))).toEqual(order.map(() => true));
    const [low, high] = order[0]!.int8!.top1.interval;
    expect(lines[0]).toContain(`${low.toFixed(1)} to ${high.toFixed(1)}`);
    const close = order.slice(1).filter(({ int8 }) => int8!.top1.interval[1] >= low).length;
    expect(plain(await panel.figure("verdict"))).toContain(`overlaps those of ${close} other configs`);
    expect(await panel.figure("best")).toContain(`${shown[0]!}\n`);
    expect(await panel.page.getByRole("button", { name: "Save predictor…" }).count()).toBe(0);
    await panel.post({ type: "run", run: { ...toyEvaluateRun(toyGiven(1)), id: "one" } });
    expect(await panel.figure("verdict")).toContain("alone was measured");
  });

  it("searches with its predictor, saves it and its samples, evaluates again and resumes, all by keyboard", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: done });
    for (const name of ["Search with it…", "Save predictor…", "Save samples…", "New evaluation…"]) {
      const button = panel.page.getByRole("button", { name });
      await button.focus();
      expect(await button.evaluate((element) => element.matches(":focus")), name).toBe(true);
      await panel.page.keyboard.press("Enter");
    }
    await panel.post({ type: "run", run: toyEvaluateRun(null, "interrupted") });
    await panel.page.getByRole("button", { name: "Resume" }).click();
    await panel.post({ type: "run", run: null });
    await panel.page.getByRole("button", { name: "Evaluate supernet…" }).click();
    expect((await panel.sent()).filter(({ type }) => type !== "painted" && type !== "ready")).toEqual([
      { type: "search", runId: "run-21" },
      { type: "savePredictor", runId: "run-21" },
      { type: "saveSamples", runId: "run-21" },
      { type: "evaluate" },
      { type: "resume", runId: "run-21" },
      { type: "evaluate" },
    ]);
  });

  it("a search offers to measure its winners' accuracy where its predictor knows supernet and data", async () => {
    const panel = await open();
    const search = toyRun(toyResult(120));
    await panel.post({ type: "run", run: { ...search, evaluable: true } });
    await panel.page.getByRole("button", { name: "Measure the winners…" }).click();
    expect((await panel.sent()).at(-1)).toEqual({ type: "finalists", runId: search.id });
    await panel.post({ type: "run", run: { ...search, evaluable: true, measurable: true } });
    for (const what of ["latency", "accuracy"]) await panel.page.getByRole("button", { name: `Measure the winners’ ${what}…` }).click();
    expect((await panel.sent()).slice(-2)).toEqual([{ type: "tune", runId: search.id }, { type: "finalists", runId: search.id }]);
  });
});
