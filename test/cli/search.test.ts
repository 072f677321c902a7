import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { readConfig } from "../../src/shared/files/index.js";
import type { FrontResult, PredictResult, SearchResult } from "../../src/shared/results.js";
import { CLI, cli, file, FOLDER, json, MODEL, ROOT, start } from "./program.js";

type SearchJson = Omit<SearchResult, "front" | "frontNearTies" | "trace" | "found" | "space">;
const search = (...args: string[]) => json<SearchJson>(0, "search", ...MODEL(), ...args);
const config = (name: string) => readConfig({ name, text: readFileSync(file(name), "utf8") });

describe("search", () => {
  it("finds an architecture within the budget, and gives the keys of the contract", async () => {
    const found = await search("--budget", "120", "--seed", "7");
    expect(Object.keys(found)).toEqual(expect.arrayContaining(["status", "architecture", "predicted", "certificate", "search", "feasible"]));
    expect(Object.keys(found)).not.toContain("front");
    expect(found.status).toBe("ok");
    const { accuracy, latency } = found.predicted!;
    expect([accuracy.unit, latency.unit]).toEqual(["%", "ms"]);
    expect(latency.value).toBeLessThanOrEqual(120);
    expect(accuracy.interval![0]).toBeLessThan(accuracy.value);
    expect(accuracy.interval![1]).toBeGreaterThan(accuracy.value);
    expect(found.certificate.proved).toBe(true);
    expect(found.certificate.gap! + accuracy.value).toBeCloseTo(found.certificate.optimum!.accuracy, 9);
    expect(found.search.seed).toBe(7);
    expect(found.predictors.latency.device).toContain("Raspberry Pi 4");
  });

  it("gives the same for the same seed, but for the elapsed time", async () => {
    const [a, b] = await Promise.all([1, 2].map(() => search("--budget", "100", "--seed", "3", "--evaluations", "50000")));
    a!.search.elapsedMs = b!.search.elapsedMs = 0;
    expect(JSON.stringify(a)).toBe(JSON.stringify(b));
    expect(a!.search.evaluations).toBe(50_000);
  });

  it("keeps the budget with a probability where asked, writes it down, and says how probable it became", async () => {
    const [plain, found] = await Promise.all([search("--budget", "120"), search("--budget", "120", "--probability", "0.95", "--out", "sure.foxnas.json")]);
    expect(plain).toMatchObject({ probability: null });
    expect(plain!.withinBudget).toBeGreaterThan(0.5);
    expect(plain!.withinBudget).toBeLessThan(0.95);
    expect(found).toMatchObject({ status: "ok", probability: 0.95, certificate: { proved: true } });
    expect(found!.withinBudget).toBeGreaterThanOrEqual(0.95);
    expect(found!.certificate.optimum!.accuracy).toBeLessThan(plain!.certificate.optimum!.accuracy);
    expect(config("sure.foxnas.json").provenance).toMatchObject({ budget: 120, probability: 0.95 });
    const { stdout } = await cli("search", ...MODEL(), "--budget", "120", "--probability", "0.95");
    expect(stdout).toContain(`stays under 120 ms with ${(100 * found!.withinBudget!).toFixed(1)} % probability`);
    expect(stdout).toContain("within 120 ms with 95 % probability");
  });

  it("names the nearest budget that can be kept with a probability, and refuses what is none", async () => {
    const infeasible = await json<SearchJson>(3, "search", ...MODEL(), "--budget", "58", "--probability", "0.99");
    expect(infeasible.nearestBudget).toBeGreaterThan(infeasible.feasible.latency[0]);
    const { stderr } = await cli("search", ...MODEL(), "--budget", "58", "--probability", "0.99");
    expect(stderr).toContain("with 99 % probability");
    const nearest = /nearest feasible budget is ([\d.]+) ms/.exec(stderr)![1]!;
    expect(await search("--budget", nearest, "--probability", "0.99")).toMatchObject({ status: "ok", nearestBudget: null });
    for (const wrong of ["0.5", "1", "95"]) {
      const { code, stderr: said } = await cli("search", ...MODEL(), "--budget", "120", "--probability", wrong);
      expect([code, said]).toEqual([2, expect.stringContaining("between 0.5 and 1")]);
    }
    const latency = MODEL()[5]!;
    const { fit: _, ...bare } = JSON.parse(readFileSync(`${ROOT}/media/predictors/${latency}.predictor.json`, "utf8")) as { fit: unknown };
    writeFileSync(file("bare.predictor.json"), JSON.stringify(bare, null, 1));
    const refused = await cli("search", ...MODEL().slice(0, 4), "--latency", "bare.predictor.json", "--budget", "120", "--probability", "0.9");
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("bare.predictor.json");
    expect(refused.stderr).toContain("no covariance");
    expect(await json<SearchJson>(0, "search", ...MODEL().slice(0, 4), "--latency", "bare.predictor.json", "--budget", "120")).toMatchObject({ withinBudget: null });
  });

  it("writes a config that predicts and exports to the same architecture", async () => {
    const found = await search("--budget", "130", "--out", "net.foxnas.json");
    const written = config("net.foxnas.json");
    expect({ resolution: written.resolution, stages: written.stages }).toEqual(found.architecture);
    expect(written.provenance).toMatchObject({ tool: "fox-nas", budget: 130, seed: 1 });
    expect(written.predicted!.latency).toMatchObject({ unit: "ms", device: expect.stringContaining("Raspberry Pi 4") as string, resolution: 256 });
    if (process.platform !== "win32") expect(statSync(file("net.foxnas.json")).mode & 0o777).toBe(0o666 & ~process.umask());

    const exported = await json<{ path: string; bytes: number }>(0, "export", "--config", "net.foxnas.json", "--format", "yaml", "--out", "net.yaml");
    expect(statSync(exported.path).size).toBe(exported.bytes);
    expect(config("net.yaml")).toEqual(written);

    const predicted = await json<PredictResult>(0, "predict", "--config", "net.yaml", ...MODEL().slice(2));
    expect(predicted.accuracy.value).toBe(found.predicted!.accuracy.value);
    expect(predicted.latency).toEqual(found.predicted!.latency);
    const text = (await cli("predict", "--config", "net.yaml", ...MODEL().slice(2))).stdout;
    expect(text).toContain(`${found.predicted!.latency.value.toFixed(2)} ms`);
    expect(text).toContain("Raspberry Pi 4");
  });

  it("says for people what was found, how sure it is and who says so; progress goes to stderr", async () => {
    const { code, stdout, stderr } = await cli("search", ...MODEL(), "--budget", "120", "--evaluations", "3000000");
    expect(code).toBe(0);
    for (const part of ["% ", "ms", "Raspberry Pi 4", "256 px", "95 % interval", "stage 160", "Predicted, not measured"]) expect(stdout).toContain(part);
    expect(stdout).toMatch(/Optimal for these predictors|below the proven optimum/);
    expect(stderr).toMatch(/\d+ % {2}best [\d.]+ % at [\d.]+ ms/);
    expect(stdout).not.toMatch(/ of 3,000,000 evaluations\n/);
  });

  // util-linux's script gives a program a terminal.
  const hasTerminal = process.platform === "linux" && spawnSync("script", ["--version"]).status === 0;
  if (!hasTerminal) console.warn("!! script (util-linux) is not there: the progress bar on a terminal is NOT tested.");
  it.runIf(hasTerminal)("draws a progress bar on a terminal and leaves nothing of it behind", () => {
    const command = [process.execPath, CLI, "search", ...MODEL(), "--budget", "120", "--evaluations", "3000000", "--json"].join(" ");
    const { status, stdout } = spawnSync("script", ["-qec", `${command} > terminal.json`, "/dev/null"], { cwd: FOLDER, encoding: "utf8" });
    expect(status).toBe(0);
    expect(stdout).toMatch(/\r\x1b\[2K█*░* +\d+ % {2}best/);
    expect(stdout.endsWith("\r\x1b[2K")).toBe(true);
    expect((JSON.parse(readFileSync(file("terminal.json"), "utf8")) as SearchJson).status).toBe("ok");
  });

  it.each(["5", "-3", "0.12"])("answers an infeasible budget of %s ms with the feasible range", async (budget) => {
    const result = await json<SearchJson>(3, "search", ...MODEL(), `--budget=${budget}`, "--out", "never.json");
    expect(result).toMatchObject({ status: "infeasible", architecture: null, predicted: null });
    const [low, high] = result.feasible.latency;
    expect(low).toBeLessThan(high);
    expect(result.nearestBudget).toBeCloseTo(low, 6);
    expect(existsSync(file("never.json"))).toBe(false);
    const { stdout, stderr } = await cli("search", ...MODEL(), `--budget=${budget}`);
    expect(stdout).toBe("");
    expect(stderr).toContain(`${low.toFixed(2)} to ${high.toFixed(2)} ms`);
    const nearest = /nearest feasible budget is ([\d.]+) ms/.exec(stderr)![1]!;
    expect((await search("--budget", nearest)).status).toBe("ok");
  });

  it("refuses exchanged predictors and a broken predictor file, by file and field", async () => {
    const [space, id, , accuracy, , latency] = MODEL();
    const swapped = await cli("search", space!, id!, "--accuracy", latency!, "--latency", accuracy!, "--budget", "100");
    expect(swapped.code).toBe(2);
    expect(swapped.stderr).toContain("target");
    writeFileSync(file("broken.predictor.json"), '{"version": 1,\n "target": "latency",\n "unit": 7}');
    const broken = await cli("search", space!, id!, "--accuracy", accuracy!, "--latency", "broken.predictor.json", "--budget", "100");
    expect(broken.code).toBe(2);
    expect(broken.stderr).toContain("broken.predictor.json:3:10: unit");
  });

  it("is interrupted by Ctrl-C with exit code 130, and goes on from its journal", async () => {
    const args = [...MODEL(), "--budget", "110", "--seed", "5", "--evaluations", "10000000", "--journal", "run.jsonl"];
    const run = start("search", ...args, "--json");
    for (let i = 0; i < 600 && !(existsSync(file("run.jsonl")) && statSync(file("run.jsonl")).size > 0); i++) await sleep(20);
    run.interrupt();
    const { code, stdout } = await run.ended;
    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toEqual({ error: { message: "interrupted" } });

    const resumed = await json<SearchJson>(0, "search", ...args);
    const whole = await json<SearchJson>(0, "search", ...args.slice(0, -2));
    resumed.search.elapsedMs = whole.search.elapsedMs = 0;
    expect(JSON.stringify(resumed)).toBe(JSON.stringify(whole));
  });
});

describe("front", () => {
  it("lists the points by rising latency; the best within a budget is the certified optimum", async () => {
    const { points, elapsedMs } = await json<FrontResult>(0, "front", ...MODEL());
    expect(points.length).toBeGreaterThan(50);
    expect(elapsedMs).toBeGreaterThan(0);
    for (let i = 1; i < points.length; i++) {
      expect(points[i]!.latency).toBeGreaterThan(points[i - 1]!.latency);
      expect(points[i]!.accuracy).toBeGreaterThan(points[i - 1]!.accuracy);
    }
    const { certificate } = await search("--budget", "115");
    const best = points.filter(({ latency }) => latency <= 115).at(-1)!;
    expect(best.accuracy).toBeCloseTo(certificate.optimum!.accuracy, 9);
    const { stdout } = await cli("front", ...MODEL());
    expect(stdout).toContain(`${points[0]!.latency.toFixed(2)} ms`);
    expect(stdout).toContain("Raspberry Pi 4");
  });
});
