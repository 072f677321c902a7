import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { encodeArchitecture } from "../../src/engine/architecture.js";
import { Predictor } from "../../src/engine/predictor.js";
import { withinBudget } from "../../src/engine/withinBudget.js";
import { costsOf } from "../../src/onnx/costs.js";
import { networkOf } from "../../src/onnx/space.js";
import { runJob } from "../../src/runs/supervisor.js";
import { readPredictor, readSpace } from "../../src/shared/files/index.js";
import type { SearchRequest } from "../../src/shared/messages.js";
import type { NearTies, SearchResult } from "../../src/shared/results.js";
import { bundle, bytesOf, temporaryFolder } from "./helpers.js";

const MEDIA = join(import.meta.dirname, "../../media");
const source = (path: string) => ({ name: path, text: readFileSync(join(MEDIA, path), "utf8") });
const FILES = {
  space: source("spaces/foxnas-cpu.json"),
  accuracy: source("predictors/foxnas-cpu-256-accuracy.predictor.json"),
  latency: source("predictors/foxnas-cpu-256-latency-pi4.predictor.json"),
};
const space = readSpace(FILES.space);
const accuracy = new Predictor(space, readPredictor(FILES.accuracy));
const latency = new Predictor(space, readPredictor(FILES.latency));

let workerPath = "";
beforeAll(async () => {
  workerPath = await bundle("src/worker/main.ts");
});

async function search(request: Pick<SearchRequest, "budget" | "probability"> & Partial<SearchRequest>, journal: string | null = null): Promise<SearchResult> {
  const outcome = await runJob<"search">({ kind: "search", ...FILES, seed: 1, evaluations: 300_000, ...request }, { workerPath, journal });
  if (outcome.status !== "done") throw new Error("cancelled");
  return outcome.result;
}

/** What the list of near-ties promises, by direct prediction. */
function expectListed(ties: NearTies, budget: number, optimum: number, keeps: (stages: NonNullable<NearTies["listed"]>[number]["architecture"]["stages"]) => boolean): void {
  const listed = ties.listed!;
  expect(listed.length).toBeGreaterThan(5);
  expect(listed.length).toBeLessThanOrEqual(16);
  expect(ties.largestKernel).toBe(7);
  for (const { architecture, ...one } of listed) {
    expect(latency.value(architecture.stages)).toBe(one.latency);
    expect(accuracy.value(architecture.stages)).toBe(one.accuracy);
    expect(one.latency).toBeLessThanOrEqual(budget);
    expect(one.accuracy).toBeGreaterThanOrEqual(optimum - ties.withinPp - 1e-9);
    expect(keeps(architecture.stages)).toBe(true);
    expect(costsOf(networkOf(space, architecture.stages, architecture))).toEqual({ parameters: one.parameters, multiplyAdds: one.multiplyAdds });
    const blocks = architecture.stages.flatMap((stage) => stage.blocks);
    expect([blocks.length, blocks.filter(({ kernel }) => kernel === 7).length]).toEqual([one.blocks, one.largestKernels]);
  }
  expect(new Set(listed.map(({ architecture }) => encodeArchitecture(architecture))).size).toBe(listed.length);
  expect(listed.map(({ distance }) => distance)).toEqual(listed.map(({ distance }) => distance).sort((a, b) => b - a));
  const of = (why: string) => listed.find((one) => one.why.includes(why))!;
  expect(of("the most different").distance).toBe(listed[0]!.distance);
  for (const [why, key] of [["fastest", "latency"], ["fewest kernels of 7", "largestKernels"], ["fewest blocks", "blocks"], ["fewest parameters", "parameters"], ["fewest multiply-adds", "multiplyAdds"]] as const) {
    expect(of(why)[key]).toBe(Math.min(...listed.map((one) => one[key])));
  }
}

describe("a search with the built-in predictors", () => {
  test.each([[90, 0.95], [119.4, 0.95], [119.4, 0.99], [150, 0.99]])("under %d ms with probability %d proves the optimum, and keeps what was asked", async (budget, probability) => {
    const { architecture, predicted, certificate, nearTies, ...result } = await search({ budget, probability });
    expect(result).toMatchObject({ status: "ok", probability, budget });
    expect(result.withinBudget).toBe(withinBudget(latency, architecture!.stages, budget));
    expect(result.withinBudget).toBeGreaterThanOrEqual(probability);
    expect(certificate.proved).toBe(true);
    expect(certificate.gap).toBeGreaterThanOrEqual(0);
    expect(certificate.gap).toBeLessThan(0.01);
    // The front's optimum on average is more accurate, and too risky.
    const average = result.front.findLast((point) => point.latency.value <= budget)!;
    expect(average.accuracy.value).toBeGreaterThan(predicted!.accuracy.value);
    expect(withinBudget(latency, average.architecture.stages, budget)).toBeLessThan(probability);
    expectListed(nearTies!, budget, certificate.optimum!.accuracy, (stages) => withinBudget(latency, stages, budget)! >= probability - 1e-9);
  });

  test("on average lists the near-ties too, in the search and for the slider; says how probable the budget is", async () => {
    const result = await search({ budget: 119.4, probability: undefined });
    expect(result.probability).toBeNull();
    expect(result.withinBudget).toBe(withinBudget(latency, result.architecture!.stages, 119.4));
    expectListed(result.nearTies!, 119.4, result.certificate.optimum!.accuracy, () => true);
    const outcome = await runJob<"nearTies">({ kind: "nearTies", ...FILES, budget: 119.4 }, { workerPath, journal: null });
    expect(outcome).toEqual({ status: "done", result: { nearTies: result.nearTies } });
  });

  test("goes on from its journal to the same bytes", async () => {
    const journal = join(temporaryFolder(), "run.jsonl");
    const request = { budget: 100, probability: 0.9, evaluations: 200_000 };
    const whole = await search(request, journal);
    // As if it had ended before its result, and before its last checkpoints.
    const lines = readFileSync(journal, "utf8").trimEnd().split("\n");
    for (const kept of [lines.length - 1, Math.ceil(lines.length / 2)]) {
      writeFileSync(journal, `${lines.slice(0, kept).join("\n")}\n`);
      expect(bytesOf(await search(request, journal))).toBe(bytesOf(whole));
    }
    expect(bytesOf(await search(request))).toBe(bytesOf(whole));
  });

  test("is infeasible below the smallest budget that can be kept, which it names", async () => {
    const { status, nearestBudget, withinBudget: none, certificate } = await search({ budget: 58.5, probability: 0.95 });
    expect([status, none]).toEqual(["infeasible", null]);
    expect(certificate.reason).toContain("95 % probability");
    expect(await search({ budget: nearestBudget! - 1e-6, probability: 0.95, evaluations: 1000 })).toMatchObject({ status: "infeasible" });
    expect(await search({ budget: nearestBudget! + 1e-6, probability: 0.95, evaluations: 1000 })).toMatchObject({ status: "ok" });
  });

  test("is refused where the latency predictor carries no covariance, by file", async () => {
    const { fit: _, ...bare } = JSON.parse(FILES.latency.text) as { fit: unknown };
    const without = { name: "bare.predictor.json", text: JSON.stringify(bare) };
    await expect(search({ budget: 100, probability: 0.9, latency: without })).rejects.toMatchObject({ name: "InputError", message: expect.stringContaining("no covariance") as string });
    expect(await search({ budget: 100, probability: null, latency: without, evaluations: 1000 })).toMatchObject({ status: "ok", withinBudget: null });
  });
});
