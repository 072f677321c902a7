import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Comparison } from "../../src/shared/comparison.js";
import type { PredictResult } from "../../src/shared/results.js";
import { writeConfig } from "./configs.js";
import { cli, file, json, MODEL } from "./program.js";

const PREDICTORS = MODEL().slice(2);
const A = writeConfig("a.foxnas.json", { resolution: 256 });
const blocks = (text: string) => text.split(" ").map((one) => ({ expand: Number(one[1]), kernel: Number(one[3]) }));
const B = "b.foxnas.json";
writeFileSync(
  file(B),
  JSON.stringify({
    version: 1,
    space: "foxnas-cpu",
    resolution: 256,
    stages: [24, 40, 80, 112, 160].map((width) => ({ width, blocks: blocks(width === 40 ? "e2k3 e4k5" : width === 160 ? "e2k3 e2k3 e6k7" : "e2k3 e2k3") })),
  }),
);
const compare = (...args: string[]) => ["compare", ...args, ...PREDICTORS];

describe("compare", () => {
  it("says what predict says of both, and prices every stage so that they add up", async () => {
    const predicted = await Promise.all([A, B].map((config) => json<PredictResult>(0, "predict", "--config", config, ...PREDICTORS)));
    const { a, b, stages, total, path, limits } = await json<Comparison>(0, ...compare("--config", A, "--config", B, "--budget", "80"));
    expect([a.predicted, b.predicted]).toEqual(predicted);
    expect(stages.filter(({ differs }) => differs).map(({ stage }) => stage)).toEqual(["40", "160"]);
    for (const target of ["accuracy", "latency"] as const) {
      const difference = predicted[1]![target].value - predicted[0]![target].value;
      expect(stages.reduce((sum, { price }) => sum + price![target].value, 0)).toBeCloseTo(difference, 9);
      expect(total![target].value).toBeCloseTo(difference, 9);
    }
    expect(path).toHaveLength(2);
    expect(limits).toEqual([]);
  });

  it("for people in 120 columns, and as Markdown", async () => {
    const { code, stdout, stderr } = await cli(...compare("--config", A, "--config", B));
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout.replaceAll("\u00a0", " ")).toMatch(/B is [\d.]+ pp more\s+accurate and [\d.]+ ms slower than A/);
    for (const part of ["stage 40: 1 block changed", "block 2: e2 k3 → e4 k5", "stage 160: 2 → 3 blocks", "block 3: added e6 k7", "total", "Raspberry Pi 4"]) expect(stdout).toContain(part);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(120);
    const markdown = await cli(...compare("--config", A, "--config", B, "--markdown"));
    expect(markdown.stdout).toMatch(/^\*\*A\*\* a\.foxnas\.json → \*\*B\*\* b\.foxnas\.json/);
    expect(markdown.stdout).toContain("| block 3 | added e6 k7 |");
  });

  it("compares what it can where the predictors are for another resolution", async () => {
    const other = writeConfig("other.foxnas.json");
    const { total, limits } = await json<Comparison>(0, ...compare("--config", A, "--config", other));
    expect(total).toBeNull();
    expect(limits.join(" ")).toContain("A is for 256 px, B for 64 px");
  });

  it.each([
    ["one config", ["--config", A], "found one file, expected two"],
    ["a file that is not there", ["--config", A, "--config", "nowhere.foxnas.json"], "there is no such file"],
  ])("refuses %s with exit code 2", async (_, args, message) => {
    const { code, stdout, stderr } = await cli(...compare(...args));
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });
});
