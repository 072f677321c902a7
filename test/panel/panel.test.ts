import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { CHROMIUM, startHarness, type Harness, type PanelPage } from "./harness/browser.js";
import { seriousFindings } from "./harness/findings.js";
import { THEMES, type Theme } from "./harness/themes.js";
import { toyMeasured, toyProgress, toyResult, toyRun } from "./harness/toy.js";

if (CHROMIUM === null) {
  console.error("\n!!! The panel's browser tests do NOT run: no Chromium. Install one (apt-get install chromium) or set CHROMIUM to its path.\n");
}

const done = toyRun(toyResult(120));
const running = { ...toyRun(null, "running"), progress: toyProgress(0.4) };
/** As long as a busy machine needs; nothing here measures time. */
const eventually = <T>(value: () => T | Promise<T>) => expect.poll(value, { timeout: 15_000 });
const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe.runIf(CHROMIUM !== null)("the panel in Chromium", () => {
  let harness: Harness;
  const opened: PanelPage[] = [];
  const open = async (theme: Theme = "dark", width = 1000): Promise<PanelPage> => {
    const panel = await harness.open(theme, width);
    opened.push(panel);
    return panel;
  };

  beforeAll(async () => {
    harness = await startHarness();
    console.log(`panel.js ${(harness.bytes.js / 1024).toFixed(1)} kB, panel.css ${(harness.bytes.css / 1024).toFixed(1)} kB (minified)`);
  });
  afterAll(() => harness.close());
  afterEach(async () => {
    // Whatever a test did, a panel neither throws nor offends its policy.
    for (const panel of opened.splice(0)) {
      const defects = (await panel.reports()).filter((text) => !text.startsWith("Message ignored"));
      await panel.page.close();
      expect(defects).toEqual([]);
    }
  });

  describe.each(Object.keys(THEMES) as Theme[])("in %s", (theme) => {
    it.each([1000, 400])("has nothing serious for axe and no sideways scrolling at %d px", async (width) => {
      const panel = await open(theme, width);
      const check = async (name: string) => {
        expect(await seriousFindings(panel, theme, width), name).toEqual([]);
        expect(await panel.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), name).toBeLessThanOrEqual(0);
      };
      await panel.post({ type: "run", run: null });
      await check("empty");
      await panel.post({ type: "run", run: running });
      await check("running");
      await panel.post({ type: "run", run: toyRun(toyResult(30), "infeasible") });
      await check("infeasible");
      await panel.post({ type: "run", run: { ...done, id: "done" } });
      for (const summary of await panel.page.locator("summary").all()) await summary.click();
      await check("done");
      const both = [toyMeasured(done.result!, "same", 0.09, "fp32"), toyMeasured(done.result!, "same")];
      await panel.post({ type: "run", run: { ...done, measured: both } });
      await check("verified");
    });
  });

  it("fits 380 to 1600 px", async () => {
    const panel = await open("light", 380);
    await panel.post({ type: "run", run: done });
    for (const width of [380, 520, 760, 1200, 1600]) {
      await panel.page.setViewportSize({ width, height: 800 });
      await panel.page.waitForTimeout(60);
      expect(await panel.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${width} px`).toBeLessThanOrEqual(0);
    }
  });

  it("says what it painted, once for each run", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: { ...running, progress: null } });
    await panel.post({ type: "progress", kind: "search", runId: running.id, progress: toyProgress(0.2), restarts: 0 });
    await panel.post({ type: "progress", kind: "search", runId: running.id, progress: toyProgress(0.6), restarts: 0 });
    expect(plain(await panel.page.locator(".state").innerText())).toContain("Searching, 59 %");
    await panel.post({ type: "run", run: done });
    await panel.post({ type: "run", run: done });
    expect((await panel.sent()).filter((m) => m.type !== "report")).toEqual([
      { type: "ready" },
      { type: "painted", runId: "run-7", what: "progress" },
      { type: "painted", runId: "run-7", what: "result" },
    ]);
  });

  it("moves every figure with the slider, says which architecture that is, and finds back", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: done });
    const before = await panel.figure("accuracy");
    expect(before).toContain(done.result!.found!.accuracy.value.toFixed(2));
    expect(plain(await panel.figure("latency"))).toContain("under 120 ms with 95.3 % probability");
    await panel.page.getByRole("slider", { name: "Budget", exact: true }).fill("80");
    const at = done.result!.front.findLast((point) => point.latency.value <= 80)!;
    await eventually(() => panel.figure("accuracy")).toContain(at.accuracy.value.toFixed(2));
    expect(await panel.figure("latency")).toMatch(new RegExp(`^(?!.*probability).*${at.latency.value.toFixed(1)}`, "s"));
    expect(await panel.page.locator(".statement").innerText()).toContain("Proven optimum at");
    expect(await panel.kept()).toMatchObject({ runId: "run-7", budget: 80 });
    await panel.page.getByRole("button", { name: /Insert config for 80/ }).click();
    expect(await panel.sent()).toContainEqual({ type: "insert", runId: "run-7", point: done.result!.front.indexOf(at) });
    await panel.page.getByRole("button", { name: "Back to what the run found" }).click();
    await eventually(() => panel.figure("accuracy")).toBe(before);
    await panel.page.getByRole("button", { name: "Insert config…" }).click();
    expect(await panel.sent()).toContainEqual({ type: "insert", runId: "run-7", point: null });
  });

  it("shows what was measured beside the prediction, and says whether they agree, part, or are about different devices", async () => {
    const panel = await open();
    const result = done.result!;
    const show = (...measured: ReturnType<typeof toyMeasured>[]) => panel.post({ type: "run", run: { ...done, measured } });
    const comparison = async () => plain((await panel.page.locator('[data-figure="comparison"]').allInnerTexts()).join("\n"));
    await show(toyMeasured(result, "named"));
    const text = plain(await panel.figure("latency"));
    expect(text).toContain("measured on this machine: 4.21 ms ± 0.3 % (AMD EPYC 7763, cpu int8, 1 thread, onnxruntime 1.30.0)");
    expect(await comparison()).toContain("The prediction is for Raspberry Pi 4 (CPU, int8), by its name another device: the two are not comparable.");

    await show(toyMeasured(result, "same", 0.004));
    expect(await comparison()).toMatch(/^Inside the 95 % interval/);
    await show({ ...toyMeasured(result, "same", 0.09), suspect: "the references disagree" });
    expect(await comparison()).toMatch(/9\.0 % more than predicted, outside its 95 % interval.*Something else was running/s);
    expect(await panel.page.locator('.notice.warn[data-figure="comparison"]').count()).toBe(1);

    await show(toyMeasured(result, "named", 0, "fp32"), toyMeasured(result, "named"));
    expect(plain(await panel.figure("latency")).match(/measured on this machine/g)).toHaveLength(2);
    expect((await comparison()).match(/not comparable/g)).toHaveLength(1);
    expect(await seriousFindings(panel)).toEqual([]);
    // It is about this architecture, not about another of the front.
    await panel.page.getByRole("slider", { name: "Budget", exact: true }).fill("80");
    await eventually(async () => plain(await panel.figure("latency"))).not.toContain("measured on this machine");
    const point = result.front.findLastIndex((other) => other.latency.value <= 80);
    await panel.page.getByRole("button", { name: "Verify on this device…" }).click();
    await panel.page.getByRole("button", { name: "Export ONNX…" }).click();
    await panel.page.getByRole("button", { name: "Generate code…" }).click();
    expect((await panel.sent()).slice(-3)).toEqual(["verify", "exportOnnx", "generateCode"].map((type) => ({ type, runId: "run-7", point })));
  });

  it("takes a typed budget, and explains one that nothing fits", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: done });
    const field = panel.page.getByRole("textbox", { name: "Budget in milliseconds" });
    await field.fill("99,5");
    await field.press("Enter");
    await eventually(() => panel.kept()).toMatchObject({ runId: "run-7", budget: 99.5 });
    await field.fill("3");
    await field.press("Enter");
    await eventually(() => panel.page.getByRole("alert").innerText()).toContain("Nothing fits");
    await field.fill("soon");
    await field.press("Enter");
    await eventually(() => panel.page.getByRole("alert").innerText()).toContain("no number");
    expect(await panel.kept()).toMatchObject({ runId: "run-7", budget: 99.5 });
  });

  it("moves along the front by a click and by the keys", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: done });
    const front = panel.page.getByRole("slider", { name: "Point of the Pareto front" });
    const box = (await front.boundingBox())!;
    await front.click({ position: { x: box.width * 0.75, y: box.height / 2 } });
    await eventually(async () => (await panel.kept() as { budget: number }).budget).toBeGreaterThan(200);
    const steps = done.result!.front;
    await front.press("Home");
    await eventually(() => panel.figure("latency")).toContain(steps[0]!.latency.value.toFixed(1));
    await front.press("ArrowRight");
    await eventually(() => panel.figure("accuracy")).toContain(steps[1]!.accuracy.value.toFixed(2));
    await front.press("End");
    await eventually(() => panel.figure("accuracy")).toContain(steps.at(-1)!.accuracy.value.toFixed(2));
    expect(await panel.figure("marginal")).toContain("the front ends here");
  });

  it("asks for the near-ties of a point the slider rests on, and shows the answer", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: done });
    await panel.page.getByRole("slider", { name: "Budget", exact: true }).fill("80");
    const point = done.result!.front.findLastIndex((other) => other.latency.value <= 80);
    await eventually(() => panel.sent().then((sent) => sent.at(-1))).toEqual({ type: "nearTies", runId: "run-7", point });
    expect(await panel.figure("nearTies")).toContain("counting");
    await panel.post({ type: "nearTies", runId: "run-7", point, nearTies: { withinPp: 0.05, count: "123456789", distinct: 41 } });
    expect(plain(await panel.figure("nearTies"))).toContain("123 million");
  });

  it("shows the proven optimum at the run's own budget", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: done });
    await panel.page.getByRole("button", { name: "Show the optimum" }).click();
    await eventually(() => panel.figure("accuracy")).toContain(done.result!.certificate.optimum!.accuracy.toFixed(2));
    expect(await panel.page.locator(".statement").innerText()).toContain("Proven optimum");
  });

  it("keeps the slider over a reload", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: done });
    await panel.page.getByRole("slider", { name: "Budget", exact: true }).fill("80");
    await eventually(() => panel.kept()).toMatchObject({ runId: "run-7", budget: 80 });
    await panel.page.reload();
    await panel.post({ type: "run", run: done });
    expect(await panel.page.locator(".statement").innerText()).toContain("Proven optimum at");
  });

  it("is reached by the keyboard from end to end, with a focus one can see", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: done });
    const reached = new Set<string>();
    for (let i = 0; i < 26; i++) {
      await panel.page.keyboard.press("Tab");
      reached.add(await panel.page.evaluate(focusName));
    }
    for (const name of [
      "INPUT Budget", "VSCODE-TEXT-FIELD Budget in milliseconds", "VSCODE-BUTTON Show the optimum", "VSCODE-BUTTON Replay the search",
      "INPUT Moment of the search", "svg Point of the Pareto front", "VSCODE-BUTTON Insert config…", "VSCODE-BUTTON Export ONNX…", "VSCODE-BUTTON Verify on this device…", "VSCODE-BUTTON New search…",
      "VSCODE-BUTTON Show log", "SUMMARY Show as table: Annealing trace", "SUMMARY Show as table: Pareto front",
      "SUMMARY Show as table: Blocks of the architecture", "SUMMARY Show as table: Contributions of the stages",
    ]) expect([...reached]).toContain(name);
    await panel.page.getByRole("button", { name: "New search…" }).focus();
    await panel.page.keyboard.press("Enter");
    expect((await panel.sent()).at(-1)).toEqual({ type: "search" });
  });

  it("cancels, resumes and opens the log", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: running });
    await panel.page.getByRole("button", { name: "Cancel search" }).click();
    await panel.post({ type: "run", run: { ...running, state: "interrupted" } });
    await panel.page.getByRole("button", { name: "Resume" }).click();
    await panel.post({ type: "run", run: { ...running, state: "failed", error: "It broke." } });
    expect(await panel.page.locator(".notice").innerText()).toContain("It broke.");
    await panel.page.locator(".notice").getByRole("button", { name: "Show log" }).click();
    expect((await panel.sent()).slice(-3)).toEqual([
      { type: "cancel", runId: "run-7" },
      { type: "resume", runId: "run-7" },
      { type: "showLog" },
    ]);
  });

  it("ignores and reports messages that are not of the protocol", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: done });
    const before = await panel.page.locator("main").innerText();
    const broken = [
      null, 7, "run", {}, { type: "nothing" }, { type: "run" }, { type: "run", run: { ...done, budget: "120" } },
      { type: "run", run: { ...done, result: { ...done.result, front: [{}] } } },
      { type: "progress", kind: "search", runId: "run-7", progress: { ...toyProgress(0.5), trace: null }, restarts: 0 },
    ];
    for (const message of broken) await panel.post(message);
    const ignored = (await panel.reports()).filter((text) => text.startsWith("Message ignored"));
    expect(ignored).toHaveLength(broken.length);
    expect(ignored[6]).toContain("run.budget");
    expect(await panel.page.locator("main").innerText()).toBe(before);
  });

  it("draws text as text", async () => {
    const panel = await open();
    const title = `<img src=x onerror="window.hit=1"><b>bold</b>`;
    await panel.post({ type: "run", run: { ...done, title } });
    expect(await panel.page.locator("h1").innerText()).toBe(title);
  });

  it("replays the search: scrubbing and playing move the moment", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: done });
    const moment = async () => Number(/^([\d,]+) of/.exec(plain(await panel.figure("moment")))![1]!.replaceAll(",", ""));
    expect(await moment()).toBe(1_000_000);
    await panel.page.getByRole("slider", { name: "Moment of the search" }).fill("0.25");
    await eventually(moment).toBeLessThanOrEqual(250_000);
    const scrubbed = await moment();
    expect(scrubbed).toBeGreaterThan(240_000);
    await panel.page.getByRole("button", { name: "Replay the search" }).click();
    await eventually(moment).toBeGreaterThan(scrubbed);
    await panel.page.getByRole("button", { name: "Pause the replay" }).click();
    const paused = await moment();
    await panel.page.waitForTimeout(300);
    expect(await moment()).toBe(paused);
  });

  it("replays in ten still pictures for people who want less motion", async () => {
    const panel = await open();
    await panel.page.emulateMedia({ reducedMotion: "reduce" });
    await panel.post({ type: "run", run: done });
    await panel.page.getByRole("slider", { name: "Moment of the search" }).fill("0");
    await panel.page.getByRole("button", { name: "Replay the search" }).click();
    const text = () => panel.figure("moment").then(plain);
    await eventually(text).not.toMatch(/^0 of/);
    expect(Number((await text()).split(" ")[0]!.replaceAll(",", ""))).toBeGreaterThan(90_000);
  });

  it("has the data of every chart in a table", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: done });
    const { front, trace, found } = done.result!;
    const rows = async (name: string) => {
      const table = panel.page.getByRole("region", { name });
      await panel.page.getByText(`: ${name}`).locator("..").click();
      await table.waitFor();
      return table.locator("tbody tr").evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent ?? "")));
    };
    expect((await rows("Pareto front")).map((row) => row.slice(0, 2))).toEqual(
      front.map((point) => [point.latency.value.toFixed(2), point.accuracy.value.toFixed(2)]),
    );
    expect((await rows("Annealing trace")).map((row) => row[2])).toEqual(trace.best.map((value) => value.toFixed(3)));
    const blocks = await rows("Blocks of the architecture");
    expect(blocks.map((row) => [row[2], row[3]])).toEqual(
      found!.architecture.stages.flatMap((stage) => stage.blocks.map((block) => [String(block.expand), `${block.kernel} × ${block.kernel}`])),
    );
    const why = await rows("Contributions of the stages");
    expect(why).toHaveLength(found!.why!.accuracy.stages.length + 2);
    expect(plain(why.at(-1)![1]!)).toBe(`${found!.accuracy.value.toFixed(2)} %`);
  });

  it("says why there is no certificate, and offers no slider without a front", async () => {
    const panel = await open();
    const result = {
      ...done.result!, front: [], nearTies: null, found: { ...done.result!.found!, why: null },
      certificate: { optimum: null, gap: null, proved: false, reason: "The latency predictor is not a sum over stages." },
    };
    await panel.post({ type: "run", run: { ...done, result } });
    expect(await panel.page.locator("header").innerText()).toContain("No certificate");
    expect(await panel.page.locator("header").innerText()).toContain("not a sum over stages");
    expect(await panel.page.getByRole("slider", { name: "Budget", exact: true }).count()).toBe(0);
    expect(await panel.figure("accuracy")).toContain(result.found.accuracy.value.toFixed(2));
  });

  it("explains an infeasible budget and shows the nearest optimum on request", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: toyRun(toyResult(30), "infeasible") });
    expect(plain(await panel.page.locator(".infeasible").innerText())).toContain("No architecture of foxnas-cpu runs within 30 ms");
    await panel.page.getByRole("button", { name: /Look at the optimum/ }).click();
    await eventually(() => panel.figure("accuracy")).toContain("%");
    await panel.page.locator(".infeasible").getByRole("button", { name: "New search…" }).click();
    expect((await panel.sent()).at(-1)).toEqual({ type: "search" });
  });

  it("marks an extrapolated prediction", async () => {
    const panel = await open();
    await panel.post({ type: "run", run: done });
    expect(await panel.page.locator(`[data-figure="extrapolated"]`).count()).toBe(0);
    await panel.page.getByRole("slider", { name: "Budget", exact: true }).fill("300");
    await eventually(() => panel.page.locator(`[data-figure="extrapolated"]`).count()).toBe(1);
  });
});

/** Element that has the focus, `TAG name`; one without a visible outline is named `hidden focus`. */
function focusName(): string {
  const element = document.activeElement;
  if (element === null || element === document.body) return "body";
  const inner = element.shadowRoot?.activeElement ?? element;
  const own = getComputedStyle(inner);
  const seen = own.outlineStyle !== "none" || inner !== element;
  const id = element.id === "" ? null : document.querySelector(`label[for="${element.id}"]`)?.textContent;
  const name = element.getAttribute("aria-label") ?? id ?? element.textContent?.trim();
  return `${seen ? "" : "hidden focus "}${element.tagName} ${name ?? ""}`;
}
