import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/runs/digest.js";
import { runJob } from "../../src/runs/supervisor.js";
import type { BenchRequest } from "../../src/shared/bench.js";
import { readRunFile, runFileText, withPlaces, type Exported } from "../../src/shared/runFile.js";
import type { SearchResult } from "../../src/shared/results.js";
import type { EvaluateRequest } from "../../src/shared/supernet.js";
import { DESIGN, MICRO_SOURCE, PROTOCOL, referencesTo, writeMaterial } from "../worker/fixtures/evaluateRequests.js";
import { uniform } from "../worker/fixtures/measureRequests.js";
import { SUPPORTED } from "../worker/fixtures/measuring.js";
import { cli, file, json, MODEL, ROOT } from "./program.js";

interface Replayed {
  status: string;
  difference: { field: string; was: string; is: string } | null;
  seed: number;
  inputs: { field: string; included: boolean }[];
  versions: { file: object; here: object };
}

const workerPath = `${ROOT}/dist/worker.js`;
const versions = { foxnas: null, node: null, onnxruntime: null, platform: null };
const saved = (name: string, run: Pick<Exported, "request" | "result">) => writeFileSync(file(name), runFileText({ title: "a test", startedAt: "2026-11-26T00:00:00.000Z", versions, ...run }, sha256));
const readBack = (name: string) => readRunFile({ name, text: readFileSync(file(name), "utf8") }, sha256);
const search = (...args: string[]) => cli("search", ...MODEL(), "--seed", "7", "--evaluations", "50000", ...args);

describe("replay of a search", () => {
  it("gives the same result, byte for byte but for elapsed times: exit code 0", async () => {
    const { code, stdout } = await search("--budget", "120", "--save-run", "search.foxnas-run.json");
    expect(code).toBe(0);
    expect(stdout).toContain("fox-nas replay --run search.foxnas-run.json");
    const replayed = await json<Replayed>(0, "replay", "--run", "search.foxnas-run.json", "--out", "again.json");
    expect(replayed).toMatchObject({ status: "same", difference: null, seed: 7 });
    expect(replayed.inputs.map(({ field, included }) => [field, included])).toEqual([["space", true], ["accuracy", true], ["latency", true]]);
    expect(replayed.versions.here).toEqual(replayed.versions.file);
    const bytes = (result: unknown) => JSON.stringify(result, (key, value: unknown) => (key === "elapsedMs" ? undefined : value));
    expect(bytes(JSON.parse(readFileSync(file("again.json"), "utf8")))).toBe(bytes(readBack("search.foxnas-run.json").result));
    const again = await cli("replay", "--run", "search.foxnas-run.json");
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining("✓ The same result, to the last digit but for elapsed times.")]);
  });

  it("an infeasible budget is a result like others: the search ends with 3, its replay with 0", async () => {
    expect((await search("--budget", "10", "--save-run", "infeasible.foxnas-run.json")).code).toBe(3);
    expect(await json<Replayed>(0, "replay", "--run", "infeasible.foxnas-run.json")).toMatchObject({ status: "same" });
  });

  it("another result: exit code 4, and the first difference", async () => {
    const { request, result } = readBack("search.foxnas-run.json");
    const was = result as SearchResult;
    saved("other.foxnas-run.json", { request: withPlaces(request, null), result: { ...was, certificate: { ...was.certificate, gap: was.certificate.gap! + 0.25 } } });
    const replayed = await json<Replayed>(4, "replay", "--run", "other.foxnas-run.json");
    expect(replayed).toMatchObject({ status: "different", difference: { field: "certificate.gap", was: String(was.certificate.gap! + 0.25), is: String(was.certificate.gap) } });
    const { code, stdout } = await cli("replay", "--run", "other.foxnas-run.json");
    expect([code, stdout]).toEqual([4, expect.stringContaining("✗ Another result. The first difference is at certificate.gap")]);
  });

  it("a file that was changed is refused with exit code 2, before anything runs, naming the digests", async () => {
    const text = readFileSync(file("search.foxnas-run.json"), "utf8");
    writeFileSync(file("tampered.foxnas-run.json"), text.replace('"budget": 120,', '"budget": 100,'));
    const { error } = await json<{ error: Record<string, unknown> }>(2, "replay", "--run", "tampered.foxnas-run.json");
    expect(error).toMatchObject({ file: "tampered.foxnas-run.json", field: "requestSha256", found: expect.stringMatching(/^SHA-256 [0-9a-f]{64}$/) as string, expected: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
    writeFileSync(file("predictor.foxnas-run.json"), text.replace('\\"resolution\\": 256', '\\"resolution\\": 224'));
    const { code, stderr } = await cli("replay", "--run", "predictor.foxnas-run.json");
    expect([code, stderr]).toEqual([2, expect.stringMatching(/predictor\.foxnas-run\.json:\d+:\d+: inputs\[1\]\.sha256: the contents of "accuracy" are not those that the run read/)]);
  });

  it("what does not go together is bad usage", async () => {
    const stray = await cli("replay", "--run", "search.foxnas-run.json", "--data", "somewhere");
    expect([stray.code, stray.stderr]).toEqual([2, expect.stringContaining("--supernet and --data are for runs that read them")]);
    const measured = await cli("search", ...MODEL(), "--budget", "120", "--measure", "--save-run", "x");
    expect([measured.code, measured.stderr]).toEqual([2, expect.stringContaining("--save-run")]);
    expect((await cli("--help")).stdout).toContain("4 a replay with another result");
    expect((await cli("replay", "--help")).stdout).toContain("exit code 4");
  });
});

describe.runIf(SUPPORTED)("replay of what measures", () => {
  it("times are taken anew, and not compared", async () => {
    const request: BenchRequest = {
      ...{ kind: "bench", configs: [{ ...uniform("small", 2, 2, 3), predicted: null }], baselines: [] },
      ...{ precision: "fp32", threads: 1, executionProvider: "cpu", rounds: 4, batches: 1, seed: 3 },
    };
    const outcome = await runJob<"bench">(request, { workerPath, journal: null });
    if (outcome.status !== "done") throw new Error(outcome.status);
    saved("bench.foxnas-run.json", { request, result: outcome.result });
    expect((JSON.parse(readFileSync(file("bench.foxnas-run.json"), "utf8")) as { note: string }).note).toContain("never quite the same");
    expect(await json<Replayed>(0, "replay", "--run", "bench.foxnas-run.json")).toMatchObject({ status: "measured", difference: null });
    expect((await cli("replay", "--run", "bench.foxnas-run.json")).stdout).toContain("Measured anew");
  });

  it("accuracies are the same where the supernet and the data are the same; others are refused by their digests", async () => {
    const paths = writeMaterial();
    const references = await referencesTo(paths, readFileSync(paths.supernet));
    const request: EvaluateRequest = { kind: "evaluate", space: MICRO_SOURCE, ...references, ...PROTOCOL, precisions: ["fp32"], subnets: DESIGN };
    const outcome = await runJob<"evaluate">(request, { workerPath, journal: null });
    if (outcome.status !== "done") throw new Error(outcome.status);
    saved("evaluate.foxnas-run.json", { request, result: outcome.result });
    expect(readFileSync(file("evaluate.foxnas-run.json"), "utf8")).not.toContain(paths.data);

    const missing = await cli("replay", "--run", "evaluate.foxnas-run.json");
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining("--supernet FILE --data DIR")]);
    const same = await json<Replayed>(0, "replay", "--run", "evaluate.foxnas-run.json", "--supernet", paths.supernet, "--data", paths.data);
    expect(same.status).toBe("same");

    const other = writeMaterial((tensors) => {
      const [name, tensor] = [...tensors][0]!;
      tensors.set(name, { ...tensor, data: tensor.data.map((value) => value + 1) });
    });
    const { error } = await json<{ error: Record<string, unknown> }>(2, "replay", "--run", "evaluate.foxnas-run.json", "--supernet", other.supernet, "--data", paths.data);
    expect(error).toMatchObject({ what: "this is not the supernet of the run", file: other.supernet, expected: references.supernet.digest });
  });
});
