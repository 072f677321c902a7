import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Explanation } from "../../src/shared/explanation.js";
import type { PredictResult, SearchResult } from "../../src/shared/results.js";
import { writeConfig } from "./configs.js";
import { cli, file, json, MODEL } from "./program.js";

interface FlatMove { change: string; accuracy: number; latency: number; verdict: string; architecture: Explanation["architecture"]; intervals: { accuracy: number[]; latency: number[] } }
type ExplainJson = Omit<Explanation, "moves"> & { moves: FlatMove[] };

const PREDICTORS = () => MODEL().slice(2);
const explain = (config: string, ...args: string[]) => json<ExplainJson>(0, "explain", "--config", config, ...PREDICTORS(), ...args);
const sumOf = (parts: readonly { value: number }[]) => parts.reduce((sum, { value }) => sum + value, 0);

describe("explain", () => {
  it("takes both predictions apart exactly, and gives the keys of the contract", async () => {
    const found = await json<SearchResult>(0, "search", ...MODEL(), "--budget", "119.4", "--out", "found.foxnas.json");
    const explained = await explain("found.foxnas.json", "--budget", "119.4");
    for (const target of ["accuracy", "latency"] as const) {
      const { value, baseline, contributions } = explained[target]!;
      expect(value).toBe(found.predicted![target].value);
      expect(baseline + sumOf(contributions)).toBeCloseTo(value, 9);
      for (const stage of contributions) expect(sumOf(Object.values(stage.parts))).toBeCloseTo(stage.value, 9);
      expect(explained.importance[target].reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    }
    expect(explained.marginal).toMatchObject({ unit: "pp/ms" });
    expect(explained.nearTies).toMatchObject({ withinPp: 0.05, count: found.nearTies!.count });
    expect(explained.text).toContain("proven optimum");
    expect(explained.withinBudget).toBeGreaterThan(0.5);
  });

  it("moves are what predict says of them, and none is called better than a proven optimum", async () => {
    const explained = await explain("found.foxnas.json", "--budget", "119.4");
    const { value: accuracy } = explained.accuracy!;
    const { value: latency } = explained.latency!;
    expect(explained.moves.length).toBeGreaterThan(80);
    expect(explained.moves.filter(({ verdict }) => verdict === "better")).toEqual([]);
    for (const move of [explained.moves[0]!, explained.moves.at(-1)!]) {
      writeFileSync(file("move.foxnas.json"), JSON.stringify({ version: 1, space: "foxnas-cpu", ...move.architecture }));
      const predicted = await json<PredictResult>(0, "predict", "--config", "move.foxnas.json", ...PREDICTORS());
      expect(accuracy + move.accuracy).toBeCloseTo(predicted.accuracy.value, 9);
      expect(latency + move.latency).toBeCloseTo(predicted.latency.value, 9);
      expect(move.verdict === "over budget").toBe(predicted.latency.value > 119.4);
    }
  });

  it("without a budget, reads the front at the architecture's own latency", async () => {
    const explained = await explain(writeConfig("small.foxnas.json", { resolution: 256 }));
    expect(explained.budget).toBeNull();
    expect(explained.withinBudget).toBeNull();
    expect(explained.marginal!.above).toBeGreaterThan(0);
    expect(explained.moves.map(({ verdict }) => verdict)).not.toContain("over budget");
  });

  it("says so where an architecture is over the budget", async () => {
    const { text } = await explain(writeConfig("large.foxnas.json", { resolution: 256, depth: 4, expand: 6, kernel: 7 }), "--budget", "120");
    expect(text.replaceAll("\u00a0", " ")).toMatch(/over the budget of 120 ms by [\d.]+ ms/);
  });

  it("writes a report that loads nothing, and a text for people", async () => {
    const { code, stdout } = await cli("explain", "--config", "found.foxnas.json", ...PREDICTORS(), "--budget", "119.4", "--report", "report.html");
    expect(code).toBe(0);
    for (const part of ["space's mean", "Single moves", "stage 160", "Shares of the variance"]) expect(stdout).toContain(part);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(120);
    const html = readFileSync(file("report.html"), "utf8");
    expect(html).not.toMatch(/<script|<link|<img|<iframe|src=/i);
    expect(html).toContain("<svg");
  });

  it("refuses a config of another resolution, naming the field", async () => {
    const { code, stderr } = await cli("explain", "--config", writeConfig("other.foxnas.json", { resolution: 64 }), ...PREDICTORS());
    expect(code).toBe(2);
    expect(stderr).toContain("resolution");
  });
});
