import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSafetensors } from "../../src/onnx/supernet/safetensors.js";
import { configOf, configText, readConfig, readPredictor, readSpace } from "../../src/shared/files/index.js";
import { readSamples } from "../../src/shared/samples/index.js";
import type { FinalistsResult } from "../../src/shared/supernet.js";
import { modelOf } from "../unit/onnx/decode.js";
import { SUPPORTED } from "../worker/fixtures/measuring.js";
import { loadModel } from "./loadModel.js";
import { cli, file, json, ROOT } from "./program.js";

const SAMPLE = join(ROOT, "media", "samples", "shapes");
const SPACE_FILE = join(SAMPLE, "shapes.space.json");
const SPACE = readSpace({ name: "shapes", text: readFileSync(SPACE_FILE, "utf8") });
const MATERIAL = ["--supernet", join(SAMPLE, "shapes.safetensors"), "--data", join(SAMPLE, "data"), "--space", SPACE_FILE];
/** So few that a test takes seconds; what it measures is then no more than a rehearsal. */
const FEW = ["--validation-images", "100", "--calibration-images", "40"];

const text = (path: string) => readFileSync(path, "utf8");
const stagesOf = (pick: (choices: readonly number[]) => number) =>
  SPACE.stages.map(({ width, depth, expand, kernel }) => ({ width, blocks: Array.from({ length: pick(depth) }, () => ({ expand: pick(expand), kernel: pick(kernel) })) }));
function writeConfig(name: string, pick: (choices: readonly number[]) => number, resolution = 32): string {
  writeFileSync(file(name), configText(configOf({ resolution, stages: stagesOf(pick) }, SPACE.id), "json"));
  return name;
}
const SMALL = writeConfig("small.foxnas.json", (choices) => choices[0]!);
const LARGE = writeConfig("large.foxnas.json", (choices) => choices.at(-1)!);
writeFileSync(
  file("latency.predictor.json"),
  JSON.stringify({
    version: 1, target: "latency", unit: "ms", space: SPACE.id, resolution: 32, device: "a test", form: "own", intercept: 0.1,
    coefficients: Object.fromEntries(SPACE.stages.map(({ width }) => [`tot_e_${width}`, 0.02])), link: null, source: "a test",
  }),
);

interface Subnet {
  config: string;
  accuracy: number;
  n: number;
  interval: [number, number];
}
interface Evaluation {
  subnets: Subnet[];
  fit: { form: string; link: { ceiling: number }; heldOut: { n: number } } | null;
}

const configs = ["--config", SMALL, "--config", LARGE];
const DESIGN = ["--samples", "20", "--held-out", "4", ...FEW, "--out", "shapes.predictor.json", "--out-samples", "shapes.csv"];
/** One design for all tests of the file. */
let made: Promise<Evaluation> | null = null;
const design = () => (made ??= json<Evaluation>(0, "evaluate", ...MATERIAL, ...DESIGN));

describe.runIf(SUPPORTED)("evaluate", () => {
  it("measures the person's configs, as the contract has it", async () => {
    const { subnets, fit } = await json<Evaluation>(0, "evaluate", ...MATERIAL, ...FEW, ...configs, "--precision", "fp32,int8");
    expect(subnets.map(({ config }) => config)).toEqual([SMALL, LARGE]);
    for (const { accuracy, n, interval } of subnets) {
      expect(n).toBe(100);
      expect(accuracy).toBeGreaterThanOrEqual(interval[0]);
      expect(accuracy).toBeLessThanOrEqual(interval[1]);
      // Ten classes: a trained supernet does better than drawing lots.
      expect(accuracy).toBeGreaterThan(25);
    }
    expect(fit).toBeNull();
    expect(subnets[0]).toMatchObject({ int8: { n: 100 }, architecture: { resolution: 32 } });
  });

  it("fits a predictor that other commands read; fit gets the same samples from the CSV", async () => {
    const { subnets, fit } = await design();
    expect(subnets).toHaveLength(24);
    expect(fit).toMatchObject({ form: "log-saturating", heldOut: { n: 4 } });
    const predictor = readPredictor({ name: "p", text: text(file("shapes.predictor.json")) });
    expect(predictor.link!.ceiling).toBe(fit!.link.ceiling);
    expect(predictor.evaluated).toMatchObject({ validationImages: 100, calibrationImages: 40, precision: "fp32" });
    const samples = readSamples({ name: "shapes.csv", text: text(file("shapes.csv")) }, SPACE, "accuracy");
    expect(samples.map(({ value }) => value)).toEqual(subnets.map(({ accuracy }) => accuracy));
    const predicted = await json<{ accuracy: { value: number } }>(0, "predict", "--space", SPACE_FILE, "--config", LARGE, "--accuracy", "shapes.predictor.json", "--latency", "latency.predictor.json");
    expect(predicted.accuracy.value).toBeGreaterThan(25);
  });

  it("says for people what was measured, and how surely", async () => {
    const { code, stdout, stderr } = await cli("evaluate", ...MATERIAL, ...FEW, ...configs);
    expect(stderr).not.toContain("fox-nas:");
    expect(code).toBe(0);
    for (const part of ["2 subnets of shapes.safetensors", SMALL, "multiply-adds", "100 of 2,000 validation images", "images a second"]) expect(stdout).toContain(part);
    expect(stdout).not.toMatch(/NaN|undefined|null/);
  });

  it.each([
    ["a design's option beside configs", ["--config", SMALL, "--samples", "20"], "--samples is for a design, without --config"],
    ["configs of several resolutions", ["--config", SMALL, "--config", writeConfig("other.foxnas.json", (choices) => choices[0]!, 64)], "give the one to measure at with --resolution"],
    ["an unknown precision", ["--precision", "fp32,int4"], "--precision: found \"fp32,int4\""],
    ["an unknown form", ["--form", "straight", "--samples", "20"], '"straight"'],
  ])("refuses %s", async (_, args, message) => {
    const { code, stdout, stderr } = await cli("evaluate", ...MATERIAL, ...FEW, ...args);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
  });

  it("refuses a supernet of another space, by file and tensor; data that is none", async () => {
    const [, supernet = "", , data = ""] = MATERIAL;
    const other = await cli("evaluate", "--supernet", supernet, "--data", data, "--space", "foxnas-cpu", "--config", SMALL);
    expect(other.code).toBe(2);
    expect(other.stderr).toContain("shapes.safetensors");
    const none = await cli("evaluate", "--supernet", supernet, "--data", SAMPLE, "--space", SPACE_FILE, "--config", SMALL);
    expect(none.code).toBe(2);
    expect(none.stderr).toContain("validation");
  });
});

describe.runIf(SUPPORTED)("search --supernet", () => {
  const search = (...args: string[]) => ["search", "--space", SPACE_FILE, "--accuracy", "shapes.predictor.json", "--latency", "latency.predictor.json", "--budget", "0.6", "--evaluations", "20000", ...args];
  const quick = [...MATERIAL.slice(0, 4), "--finalists", "3", "--most", "2", "--calibrations", "2"];

  it("measures the best, ranks them, and writes the first as a config", async () => {
    await design();
    const found = await json<{ status: string; finalists: FinalistsResult }>(0, ...search(...quick, "--out", "winner.foxnas.json", "--refit", "refit.predictor.json"));
    const { finalists, protocol, certificate } = found.finalists;
    expect(found.status).toBe("ok");
    // The predictor says how many images it was made with.
    expect(protocol).toMatchObject({ calibrationImages: 40, validationImages: 100, resolution: 32 });
    expect(certificate.proved).toBe(true);
    const second = finalists.filter(({ round }) => round === 2).length;
    expect(finalists).toHaveLength(3 + second);
    expect(second).toBeLessThanOrEqual(3);
    const corrected = readPredictor({ name: "r", text: text(file("refit.predictor.json")) });
    expect(corrected.fit!.n).toBe(readPredictor({ name: "p", text: text(file("shapes.predictor.json")) }).fit!.n + finalists.length);
    expect(found.finalists).not.toHaveProperty("corrected");
    expect(finalists.every(({ readings }) => readings.length === 2)).toBe(true);
    const { resolution, stages, measured } = readConfig({ name: "c", text: text(file("winner.foxnas.json")) });
    expect({ resolution, stages }).toEqual(finalists[0]!.architecture);
    const { n, top1 } = finalists[0]!.measured;
    expect(measured).toMatchObject({ accuracy: { ...top1, unit: "%", images: n, resolution: 32, precision: "fp32", supernet: expect.stringMatching(/safetensors \(sha256 [0-9a-f]{16}\)$/) as string } });
  });

  it("says for people who won and how surely", async () => {
    await design();
    const { code, stdout } = await cli(...search(...quick));
    expect(code).toBe(0);
    for (const part of ["accuracy, predicted", "behind the first", "The optimum of the predictors came in", "2 disjoint sets"]) expect(stdout).toContain(part);
    expect(stdout).not.toMatch(/NaN|undefined|null/);
  });

  it.each([
    ["finalists without a supernet", ["--finalists", "3"], "--finalists is for a search with --supernet"],
    ["rounds without measuring", ["--most", "2"], "--most is for a search with --measure or --supernet"],
    ["a supernet without data", MATERIAL.slice(0, 2), "--data DIR is missing"],
    ["latencies and accuracies measured at once", ["--measure", ...quick], "--measure and --supernet exclude each other"],
  ])("refuses %s", async (_, args, message) => {
    await design();
    const { code, stderr } = await cli(...search(...args));
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe.runIf(SUPPORTED)("export --supernet", () => {
  const exported = (format: string, out: string, ...args: string[]) => ["export", "--config", SMALL, "--format", format, "--out", out, ...MATERIAL, "--calibration-images", "40", ...args];

  it.each(["fp32", "int8"])("writes an ONNX model that says whose weights it has: %s", async (precision) => {
    const { path, weights } = await json<{ path: string; weights: string }>(0, ...exported("onnx", `${precision}.onnx`, "--precision", precision));
    expect(weights).toBe("shapes.safetensors, batch-norm recalibrated on 40 images");
    expect(modelOf(readFileSync(path)).metadata).toMatchObject({ "foxnas.weights": weights, "foxnas.precision": precision });
    expect(await loadModel(path, 32)).toEqual({ inputs: ["input"], name: "logits", dims: [1, 10], finite: true });
  });

  it("writes a PyTorch state dict", async () => {
    const { code, stdout } = await cli(...exported("safetensors", "subnet.safetensors"));
    expect(code).toBe(0);
    expect(stdout).toContain("a PyTorch state dict");
    const { tensors } = readSafetensors(readFileSync(file("subnet.safetensors")));
    expect(tensors.get("classifier.weight")!.shape[0]).toBe(10);
    expect(tensors.has("stem.conv.norm.running_mean")).toBe(true);
  });

  it.each([
    ["a state dict without a supernet", ["--format", "safetensors"], "--supernet FILE is missing"],
    ["data without a supernet", ["--format", "onnx", "--data", "x"], "--data is for weights of a --supernet"],
    ["a supernet for a text format", ["--format", "json", "--supernet", "x"], "--supernet belongs to --format onnx"],
  ])("refuses %s", async (_, args, message) => {
    const { code, stderr } = await cli("export", "--config", SMALL, "--space", SPACE_FILE, ...args, "--out", "never");
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(existsSync(file("never"))).toBe(false);
  });
});
