import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { PredictResult } from "../../src/shared/results.js";
import { writeConfig } from "./configs.js";
import { cli, json, FOLDER, MODEL, ROOT } from "./program.js";

interface Checked {
  within: boolean;
  budget: number;
  predicted: PredictResult;
}

const PREDICTORS = MODEL().slice(2);
const CONFIG = writeConfig("small.foxnas.json", { resolution: 256 });
const check = (...args: string[]) => ["check", "--config", CONFIG, ...PREDICTORS, ...args];

describe("check", () => {
  it("ends with 0 within the budget and with 3 over it, and says what predict says", async () => {
    const predicted = await json<PredictResult>(0, "predict", "--config", CONFIG, ...PREDICTORS);
    const { value } = predicted.latency;
    const budgets = { under: value + 0.01, equal: value, over: value - 0.01 };
    expect(await json<Checked>(0, ...check("--budget", String(budgets.under)))).toEqual({ within: true, budget: budgets.under, predicted });
    expect(await json<Checked>(0, ...check("--budget", String(budgets.equal)))).toMatchObject({ within: true });
    expect(await json<Checked>(3, ...check("--budget", String(budgets.over)))).toEqual({ within: false, budget: budgets.over, predicted });
  });

  it("tells people by how much, and where the interval reaches across the budget", async () => {
    const { latency } = await json<PredictResult>(0, "predict", "--config", CONFIG, ...PREDICTORS);
    const [low, high] = latency.interval!;
    const texts = await Promise.all([high + 1, latency.value + 0.01, latency.value - 0.01, low - 1].map((budget) => cli(...check("--budget", String(budget)))));
    expect(texts.map(({ code }) => code)).toEqual([0, 0, 3, 3]);
    const verdicts = texts.map(({ stdout }) => /^ {2}[✓✗].*$/m.exec(stdout)?.[0]);
    expect(verdicts[0]).toMatch(/✓ Within the budget, [\d.]+ ms to spare\.$/);
    expect(verdicts[1]).toContain("✓ Within the budget, 0.01 ms to spare, but the interval");
    expect(verdicts[2]).toContain("✗ Over the budget by 0.01 ms, but the interval");
    expect(verdicts[3]).toMatch(/✗ Over the budget by [\d.]+ ms\.$/);
    expect(texts[0]!.stdout).toContain("latency, predicted; 95 % interval");
    expect(texts[0]!.stderr).toBe("");
  });

  it("over the budget, stderr has the line that VS Code's problem matcher reads; so have errors in the config", async () => {
    const { contributes } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { contributes: { problemMatchers: { pattern: { regexp: string } }[] } };
    const matcher = new RegExp(contributes.problemMatchers[0]!.pattern.regexp);
    const over = await cli(...check("--budget", "1"));
    expect(over.code).toBe(3);
    const [, file, line, column, severity, message] = matcher.exec(over.stderr.trimEnd())!;
    expect([file, severity]).toEqual([CONFIG, "error"]);
    expect(message).toMatch(/^predicted latency [\d.]+ ms is over the budget of 1 ms by [\d.]+ ms \(Raspberry Pi 4.*, 256 px, .+\)$/);
    const text = readFileSync(join(FOLDER, CONFIG), "utf8").split("\n")[Number(line) - 1]!;
    expect(text.slice(Number(column) - 1)).toMatch(/^\[/);
    const bad = await cli("check", "--config", writeConfig("five.foxnas.json", { resolution: 256, expand: 5 }), ...PREDICTORS, "--budget", "100");
    expect(matcher.exec(bad.stderr.trimEnd())?.slice(1)).toEqual(["five.foxnas.json", "1", expect.stringMatching(/^\d+$/), undefined, expect.stringContaining("stages[0].blocks[0].expand: ")]);
  });

  it.each([
    ["a missing budget", [CONFIG, ...PREDICTORS], "--budget MS is missing"],
    ["a budget that is no number", [CONFIG, ...PREDICTORS, "--budget", "12 ms"], '--budget: found "12 ms"'],
    ["a negative budget", [CONFIG, ...PREDICTORS, "--budget=-1"], "of at least 0"],
    ["a config outside its space", [writeConfig("bad.foxnas.json", { resolution: 256, expand: 5 }), ...PREDICTORS, "--budget", "100"], "stages[0].blocks[0].expand"],
    ["a config of another resolution", [writeConfig("other.foxnas.json"), ...PREDICTORS, "--budget", "100"], "resolution"],
  ])("refuses %s with exit code 2", async (_, args, message) => {
    const { code, stdout, stderr } = await cli("check", "--config", ...args);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
  });
});
