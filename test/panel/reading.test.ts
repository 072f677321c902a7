import { describe, expect, it } from "vitest";
import type { Contributions, SearchResult } from "../../src/shared/results.js";
import { parseBudget } from "../../webview-ui/budgetText.js";
import { freshUi } from "../../webview-ui/ui.js";
import { receive, type Model } from "../../webview-ui/model.js";
import { linear, ticks } from "../../src/pictures/scale.js";
import { marginalAt, moveBudget, shownAt, sliderRange } from "../../webview-ui/selection.js";
import { whySentences } from "../../src/shared/account.js";
import { waterfall } from "../../src/pictures/waterfall/stack.js";
import { certificateText, infeasibleSentences } from "../../webview-ui/sentences.js";
import { accuracyRange, chartColumns, indexAt } from "../../webview-ui/trace.js";
import { toyProgress, toyResult, toyRun } from "./harness/toy.js";

const plain = (text: string) => text.replaceAll("\u00a0", " ");
const of = (...stages: [stage: string, value: number, half: number | null][]): Contributions => ({
  baseline: 70,
  stages: stages.map(([stage, value, half]) => ({ stage, value, interval: half === null ? null : [value - half, value + half] })),
});

describe("sentences", () => {
  it("name the stage that lifts accuracy and the one that saves time, with both sides of each", () => {
    const why = { accuracy: of(["24", -0.31, 0.05], ["160", 0.62, 0.05]), latency: of(["24", -50.8, 1], ["160", 9.2, 1]) };
    expect(whySentences({ accuracy: why.accuracy.stages, latency: why.latency.stages }).map(plain)).toEqual([
      "Stage 160 adds the most accuracy, +0.62 pp against the space’s mean, at +9.2 ms.",
      "Stage 24 saves the most time, −50.8 ms, at −0.31 pp of accuracy.",
    ]);
  });

  it("claim nothing where the interval holds zero", () => {
    const why = { accuracy: of(["24", 0.02, 0.05], ["160", 0.03, 0.05]), latency: of(["24", -0.4, 1], ["160", 0.2, 1]) };
    expect(whySentences({ accuracy: why.accuracy.stages, latency: why.latency.stages })).toEqual(["No single stage can be shown to lift accuracy above the space’s mean."]);
  });

  it("speak of cost where no stage saves time", () => {
    const why = { accuracy: of(["24", 0.3, 0.05]), latency: of(["24", 12, 1]) };
    expect(plain(whySentences({ accuracy: why.accuracy.stages, latency: why.latency.stages })[1]!)).toBe("Stage 24 costs the most time, +12.0 ms against the space’s mean.");
  });

  it("tell a reached optimum from a near one and from none", () => {
    const text = (gap: number | null, proved: boolean) =>
      plain(certificateText({ optimum: null, gap, proved, reason: proved ? null : "not additive" }).text);
    expect(text(0, true)).toBe("Reached the proven optimum");
    expect(text(0.0287, true)).toBe("Within 0.03 pp of the proven optimum");
    expect(text(null, false)).toBe("No certificate");
  });

  it("explain an infeasible budget with the range and a nearest budget that is feasible as typed", () => {
    const result = toyResult(30);
    const [range, nearest] = infeasibleSentences(result).map(plain);
    expect(range).toContain("within 30 ms on Raspberry Pi 4");
    const typed = Number(/is ([\d.]+) ms/.exec(nearest!)![1]);
    expect(typed).toBeGreaterThanOrEqual(result.feasible.latency[0]);
  });
});

describe("what is shown at a budget", () => {
  const result = toyResult(120);
  const none = new Map();

  it("is the found architecture at the run's budget and the certified optimum elsewhere", () => {
    expect(shownAt(result, null, none)).toMatchObject({ kind: "found", point: result.found, nearTies: result.nearTies });
    const at = shownAt(result, 90, none)!;
    expect(at.kind).toBe("certified");
    expect(at.point).toBe(result.front[at.index]);
    expect(at.point.latency.value).toBeLessThanOrEqual(90);
    expect(result.front[at.index + 1]!.latency.value).toBeGreaterThan(90);
    expect(at.nearTies).toBeUndefined();
    expect(shownAt(result, 90, new Map([[at.index, result.nearTies]]))!.nearTies).toBe(result.nearTies);
    expect(shownAt(result, 1, none)).toBeNull();
  });

  it("gains what the optimum one millisecond further up is better", () => {
    const accuracy = (budget: number) => shownAt(result, budget, none)!.point.accuracy.value;
    const marginal = marginalAt(result.front, 100)!;
    expect(marginal.gain).toBeCloseTo(accuracy(101) - accuracy(100), 12);
    expect(marginal.loss).toBeCloseTo(accuracy(100) - accuracy(99), 12);
    expect(marginal.next!.latency).toBeGreaterThan(0);
    expect(marginalAt(result.front, 1e6)).toMatchObject({ gain: 0, next: null });
    expect(marginalAt([], 100)).toBeNull();
  });

  it("keeps the slider in the feasible range and snaps to the run's budget", () => {
    const { min, max } = sliderRange(result)!;
    expect(min).toBeGreaterThanOrEqual(result.front[0]!.latency.value);
    expect(moveBudget(result, 1)).toBe(min);
    expect(moveBudget(result, 1e9)).toBe(max);
    expect(moveBudget(result, 120.001)).toBeNull();
    expect(moveBudget(result, Number.NaN)).toBeNull();
    expect(sliderRange({ ...result, front: [] })).toBeNull();
  });

  it("reads a budget as people type it", () => {
    expect(["120", " 119,5 ", "90 ms", ".5", "abc", "", "1e3", "-4"].map(parseBudget)).toEqual([120, 119.5, 90, 0.5, null, null, null, null]);
  });
});

describe("waterfall", () => {
  it("ends at the prediction and holds every whisker", () => {
    for (const point of toyResult(120).front.slice(0, 40)) {
      const fall = waterfall({ baseline: point.why!.accuracy.baseline, contributions: point.why!.accuracy.stages });
      expect(fall.total).toBeCloseTo(point.accuracy.value, 9);
      for (const step of fall.steps) {
        for (const value of [step.end, ...step.interval!.map((edge) => step.start + edge)]) {
          expect(value).toBeGreaterThan(fall.domain[0]);
          expect(value).toBeLessThan(fall.domain[1]);
        }
      }
    }
  });
});

describe("trace", () => {
  const { trace } = toyResult(120);
  it("finds the entry of a moment", () => {
    expect(indexAt(trace, -1)).toBe(-1);
    expect(indexAt(trace, 0)).toBe(0);
    expect(indexAt(trace, 1e9)).toBe(trace.evaluations.length - 1);
  });
  it("blanks what lies ahead and takes the optimum to the edge", () => {
    const [x, current, best, optimum] = chartColumns(trace, 75, 10, 2_000_000);
    expect(x.at(-1)).toBe(2_000_000);
    expect(current!.slice(0, 11)).toEqual(trace.current.slice(0, 11));
    expect(current!.slice(11).every((value) => value === null)).toBe(true);
    expect(best![10]).toBe(trace.best[10]);
    expect(optimum!.at(-1)).toBe(75);
  });
  it("shows the optimum, and values that are not numbers do no harm", () => {
    const [low, high] = accuracyRange({ ...trace, best: [-Infinity, ...trace.best.slice(1)] }, 80);
    expect(high).toBeGreaterThan(80);
    expect(Number.isFinite(low)).toBe(true);
    expect(accuracyRange({ evaluations: [], current: [], best: [], temperature: [] }, null)).toEqual([0, 100]);
  });
});

describe("scale", () => {
  it("inverts", () => expect(linear([50, 330], [40, 900]).invert(linear([50, 330], [40, 900])(123.4))).toBeCloseTo(123.4, 9));
  it("puts round ticks inside the range", () => {
    expect(ticks(57.9, 331, 5)).toEqual([100, 200, 300]);
    expect(ticks(74.93, 75.61, 4)).toEqual([75, 75.2, 75.4, 75.6]);
    expect(ticks(5, 5, 4)).toEqual([]);
  });
});

describe("model", () => {
  const run = { ...toyRun(null, "running"), id: "a" };
  const start: Model = { ready: false, run: null, ui: { ...freshUi("a"), budget: 88 }, nearTies: new Map(), overview: undefined };
  it("keeps the slider for the same run and forgets it for another", () => {
    expect(receive(start, { type: "run", run }).ui.budget).toBe(88);
    expect(receive(start, { type: "run", run: { ...run, id: "b" } }).ui).toEqual(freshUi("b"));
  });
  it("keeps counted near-ties as long as the run", () => {
    const ties = { withinPp: 0.05, count: "7", distinct: 3 };
    const counted = receive(receive(start, { type: "run", run }), { type: "nearTies", runId: "a", point: 4, nearTies: ties });
    expect(counted.nearTies.get(4)).toEqual(ties);
    expect(receive(counted, { type: "run", run: { ...run, restarts: 1 } }).nearTies.get(4)).toEqual(ties);
    expect(receive(counted, { type: "run", run: { ...run, id: "b" } }).nearTies.size).toBe(0);
  });
  it("takes progress of the running run only", () => {
    const progress = toyProgress(0.5);
    const running = receive(start, { type: "run", run });
    expect(receive(running, { type: "progress", kind: "search", runId: "a", progress, restarts: 1 }).run).toMatchObject({ progress, restarts: 1 });
    expect(receive(running, { type: "progress", kind: "search", runId: "b", progress, restarts: 0 })).toBe(running);
    const done = receive(running, { type: "run", run: toyRun(toyResult(120) satisfies SearchResult) });
    expect(receive(done, { type: "progress", kind: "search", runId: "run-7", progress, restarts: 0 })).toBe(done);
  });
});
