import { describe, expect, it } from "vitest";
import type { BenchResult } from "../../src/shared/bench.js";
import { writeConfig } from "./configs.js";
import { cli, json } from "./program.js";

const SUPPORTED = ["linux-x64", "linux-arm64", "win32-x64", "win32-arm64", "darwin-arm64"].includes(`${process.platform}-${process.arch}`);
if (!SUPPORTED) console.warn("!! NOT TESTED: there is no onnxruntime for this platform, so nothing can be measured.");

const estimate = (value: number, unit: string) => ({ value, unit, interval: null, device: null, resolution: 64, source: "a test of bench" });
const FAST = writeConfig("fast.foxnas.json", { predicted: { accuracy: estimate(76, "%"), latency: estimate(5, "ms") } });
const SLOW = writeConfig("slow.foxnas.json", { depth: 3, expand: 4, kernel: 5 });
const SHORT = ["--rounds", "4", "--batches", "2"];

describe.runIf(SUPPORTED)("bench", () => {
  it("measures all configs and the three baselines, and gives one JSON document", async () => {
    const { rows, ratios, device } = await json<BenchResult>(0, "bench", "--config", FAST, "--config", SLOW, "--precision", "int8", ...SHORT);
    expect(rows.map(({ key }) => key)).toEqual([FAST, SLOW, "mobilenet-v2", "mobilenet-v3-large", "efficientnet-lite0"]);
    expect(rows.map(({ resolution }) => resolution)).toEqual([64, 64, 224, 224, 224]);
    expect(rows[0]!.accuracy).toMatchObject({ value: 76, origin: "predicted", source: "a test of bench" });
    expect(rows[1]!.accuracy).toBeNull();
    expect(rows[2]!.accuracy).toMatchObject({ origin: "published", precision: "fp32" });
    expect(ratios).toHaveLength(6);
    expect(device.platform).toBe(`${process.platform}-${process.arch}`);
  });

  it("says for people what was measured, who says so, and what the paper reports", async () => {
    const args = ["--config", FAST, "--config", SLOW, "--baseline", "mobilenet-v2", "--precision", "fp32", ...SHORT];
    const { code, stdout } = await cli("bench", ...args);
    expect(code).toBe(0);
    for (const part of ["fast ", "slow ", "MobileNetV2 1.0", "76.0 % predicted", "71.9 % published (fp32)", "a test of bench", "times as fast as", "2 batches", "paper 3.4 times", "Accuracies are not measured"]) {
      expect(stdout).toContain(part);
    }
    expect(stdout).not.toContain("EfficientNet");
    // Of another size than the accuracies are for.
    const resized = await cli("bench", ...args, "--resolution", "32");
    expect(resized.stdout).not.toMatch(/predicted \(|% published|% predicted/);
    expect(resized.stdout).toContain("without a known accuracy");
  });

  it("compares configs alone where no baseline is wanted", async () => {
    const { rows, ratios } = await json<BenchResult>(0, "bench", "--config", FAST, "--config", SLOW, "--baseline", "none", "--precision", "int8", ...SHORT);
    expect(rows.map(({ key }) => key)).toEqual([FAST, SLOW]);
    expect(ratios).toEqual([]);
  });

  it("lists the baselines that there are when it is asked for another", async () => {
    const { code, stdout, stderr } = await cli("bench", "--config", FAST, "--baseline", "resnet", "--precision", "int8");
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/"resnet", expected one of mobilenet-v2, mobilenet-v3-large, efficientnet-lite0/);
  });
});

describe("bad usage of bench: exit code 2", () => {
  it.each([
    ["no config", [], "--config FILE is missing"],
    ["a config twice", ["--config", FAST, "--config", FAST], "--config fast.foxnas.json is given twice"],
    ["a baseline twice", ["--config", FAST, "--baseline", "mobilenet-v2", "--baseline", "mobilenet-v2"], "--baseline mobilenet-v2 is given twice"],
    ["an empty one of several", ["--config", FAST, "--config", " "], "--config is empty"],
    ["a budget of no batch", ["--config", FAST, "--batches", "0"], "--batches"],
    ["an option twice that is none of those", ["--config", FAST, "--seed", "1", "--seed", "2"], "--seed is given 2 times"],
  ])("%s", async (_, args, message) => {
    const { code, stdout, stderr } = await cli("bench", ...args, "--precision", "int8");
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
    expect(stderr).toContain("Try: fox-nas bench --help");
  });

  it("tells in its help what may be repeated", async () => {
    const { stdout } = await cli("bench", "--help");
    expect(stdout).toContain("--config FILE …");
    expect(stdout).toContain("[--baseline NAME …]");
  });
});
