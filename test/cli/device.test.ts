import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readConfig, readPredictor } from "../../src/shared/files/index.js";
import { ACCURACY, RESOLUTION, TINY, TINY_SOURCE } from "../worker/fixtures/profileRequests.js";
import { SUPPORTED } from "../worker/fixtures/measuring.js";
import { cli, file, json } from "./program.js";

const text = (path: string) => readFileSync(path, "utf8");
const MEASURING = ["--precision", "int8", "--rounds", "6", "--seed", "3"];
const profile = (...args: string[]) => ["profile", "--space", "tiny.space.json", "--resolution", String(RESOLUTION), "--samples", "12", "--target", "0", "--time", "0", ...args];

interface ProfileJson {
  samples: { latencyMs: number }[];
  written: Record<"predictor" | "samples" | "profile", string>;
}

writeFileSync(file("tiny.space.json"), TINY_SOURCE.text);
writeFileSync(file("tiny-accuracy.predictor.json"), ACCURACY.text);

/** One profile for all tests of the file. */
let made: Promise<ProfileJson> | null = null;
const profiled = () => (made ??= json<ProfileJson>(0, ...profile(...MEASURING, "--out", "profiled")));
const search = (latency: string, budget: number, ...args: string[]) =>
  ["search", "--space", "tiny.space.json", "--accuracy", "tiny-accuracy.predictor.json", "--latency", latency, `--budget=${budget}`, ...args];

describe.runIf(SUPPORTED)("profile", () => {
  it("writes predictor, samples and profile, and gives the keys of the contract", async () => {
    const result = await profiled();
    expect(Object.keys(result)).toEqual(expect.arrayContaining(["device", "protocol", "heldOut", "tableError", "forms", "noise", "stopped", "samples", "written"]));
    expect(Object.keys(result)).not.toContain("predictor");
    for (const path of Object.values(result.written)) expect(existsSync(path)).toBe(true);
    const predictor = readPredictor({ name: "p", text: text(result.written.predictor) });
    expect(predictor).toMatchObject({ target: "latency", space: TINY.id, resolution: RESOLUTION });
    expect(text(result.written.samples).trimEnd().split("\n")).toHaveLength(result.samples.length + 1);
  });

  it("says for people how good the predictor is; fit reads the samples", async () => {
    const { code, stdout, stderr } = await cli(...profile(...MEASURING, "--out", "again"));
    expect(stderr).not.toContain("fox-nas:");
    expect(code).toBe(0);
    for (const part of ["held-out error", "per block", "split-half", "Measured on this machine"]) expect(stdout).toContain(part);
    const { written } = await profiled();
    // Too few samples for any form: the message says so, by the file.
    const fit = await cli("fit", "--samples", written.samples, "--space", "tiny.space.json", "--target", "latency", "--form", "sums");
    expect(fit.code).toBe(2);
    expect(fit.stderr).toContain(".samples.csv");
  });

  it("refuses a precision and a provider that there are not", async () => {
    expect((await cli(...profile("--precision", "int4", "--out", "x"))).code).toBe(2);
    const { code, stderr } = await cli(...profile(...MEASURING, "--provider", "abacus", "--out", "x"));
    expect(code).toBe(2);
    expect(stderr).toContain('"abacus"');
    expect(existsSync(file("x"))).toBe(false);
  });
});

describe.runIf(SUPPORTED)("search --measure", () => {
  const room = async () => {
    const { samples, written } = await profiled();
    return { latency: written.predictor, budget: 4 * Math.max(...samples.map(({ latencyMs }) => latencyMs)) };
  };
  const quick = ["--measure", "--candidates", "2", "--most", "2", "--rounds", "6"];

  it("gives the keys of a search, and measured and rounds; the config carries both numbers", async () => {
    const { latency, budget } = await room();
    const found = await json<{ measured: { latencyMs: number } }>(0, ...search(latency, budget, ...quick, "--out", "net.foxnas.json", "--refit", "corrected.predictor.json"));
    expect(Object.keys(found)).toEqual(expect.arrayContaining(["status", "architecture", "predicted", "certificate", "search", "feasible", "measured", "rounds"]));
    expect(found).toMatchObject({ status: "ok", measured: { underBudget: true } });
    const { measured, predicted, provenance } = readConfig({ name: "c", text: text(file("net.foxnas.json")) });
    expect(measured!.latency).toMatchObject({ unit: "ms", resolution: RESOLUTION, precision: "int8", value: found.measured.latencyMs });
    expect(predicted!.latency.unit).toBe("ms");
    expect(provenance!.budget).toBe(budget);
    const corrected = readPredictor({ name: "p", text: text(file("corrected.predictor.json")) });
    expect(corrected.source).toMatch(/corrected by \d+ measurements on \d{4}/);
    expect(corrected.measured!.references).toHaveLength(4);
  });

  it("says for people what was predicted and what was measured", async () => {
    const { latency, budget } = await room();
    const { code, stdout, stderr } = await cli(...search(latency, budget, ...quick));
    expect(stderr).not.toContain("fox-nas:");
    expect(code).toBe(0);
    for (const part of ["latency, predicted", "latency, measured", "Optimum of the corrected predictors", "round"]) expect(stdout).toContain(part);
    expect(stdout).not.toMatch(/NaN|undefined/);
  });

  it("without --measure nothing changes, and its options are refused", async () => {
    const { latency, budget } = await room();
    const found = await json<object>(0, ...search(latency, budget, "--evaluations", "1000"));
    expect(Object.keys(found)).not.toContain("measured");
    const stray = await cli(...search(latency, budget, "--candidates", "2"));
    expect(stray.code).toBe(2);
    expect(stray.stderr).toContain("--candidates is for a search with --measure");
    expect((await cli(...search(latency, budget, "--measure", "--evaluations", "5"))).code).toBe(2);
  });

  it("an infeasible budget: exit code 3 with the range; a predictor of another machine: exit code 2 with the difference", async () => {
    const { latency } = await room();
    const none = await json<object>(3, ...search(latency, 0.0001, ...quick, "--out", "never.json"));
    expect(none).toMatchObject({ status: "infeasible", architecture: null, measured: null, rounds: [] });
    expect(existsSync(file("never.json"))).toBe(false);
    const predictor = readPredictor({ name: "p", text: text(latency) });
    const device = { ...predictor.measured!.device, cpu: "Abacus 3000" };
    writeFileSync(file("other.predictor.json"), JSON.stringify({ ...predictor, measured: { ...predictor.measured, device } }));
    const { code, stderr } = await cli(...search("other.predictor.json", 1, ...quick));
    expect(code).toBe(2);
    expect(stderr).toContain("other.predictor.json");
    expect(stderr).toContain("Abacus 3000");
    expect(stderr).toContain("Profile this device");
  });
});
