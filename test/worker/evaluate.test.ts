import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { pairedDifference, type Difference } from "../../src/engine/accuracy/proportion.js";
import { kendallTau, quality } from "../../src/engine/crossValidation.js";
import { encodeArchitecture } from "../../src/engine/architecture.js";
import { Predictor } from "../../src/engine/predictor.js";
import { costsOf } from "../../src/onnx/costs.js";
import { writeModel } from "../../src/onnx/model.js";
import { knownRanges } from "../../src/onnx/ranges.js";
import { networkOf } from "../../src/onnx/space.js";
import { foldedWeights } from "../../src/onnx/supernet/fold.js";
import { largestStages } from "../../src/onnx/supernet/names.js";
import { RangeExtremes, rangesModel } from "../../src/onnx/supernet/ranges.js";
import { sliceSubnet } from "../../src/onnx/supernet/slice.js";
import { readSafetensors } from "../../src/onnx/supernet/safetensors.js";
import { readSupernet } from "../../src/onnx/supernet/supernet.js";
import { parseLines } from "../../src/runs/journalLine.js";
import { runJob } from "../../src/runs/supervisor.js";
import { InputError } from "../../src/shared/errors.js";
import { configOf, configText, readPredictor } from "../../src/shared/files/index.js";
import { evaluatedSamplesText } from "../../src/shared/evaluatedSamples.js";
import { readSamples } from "../../src/shared/samples/index.js";
import type { Architecture } from "../../src/shared/architecture.js";
import type { MeasureProgress } from "../../src/shared/measure.js";
import type { Source } from "../../src/shared/messages.js";
import type { EvaluateRequest, EvaluateResult, Reference, SubnetRequest } from "../../src/shared/supernet.js";
import { CHANNEL_MULTIPLE } from "../../src/worker/measure/networks.js";
import { weightBitsHere } from "../../src/worker/evaluate/weightBits.js";
import { run } from "../unit/onnx/runtime.js";
import { logitsOf, recalibrated, type Images } from "../unit/onnx/supernet/recalibrated.js";
import { CALIBRATION, CALIBRATION_IMAGES, DESIGN, LABELS, MICRO, MICRO_SOURCE, PROTOCOL, referencesTo, SIDE, VALIDATION, VALIDATION_IMAGES, writeMaterial } from "./fixtures/evaluateRequests.js";
import { SUPPORTED } from "./fixtures/measuring.js";
import { bundle, temporaryFolder } from "./helpers.js";

let workerPath = "";
let supernet: Reference;
let data: Reference;
beforeAll(async () => {
  workerPath = await bundle("src/worker/main.ts");
  const paths = writeMaterial();
  ({ supernet, data } = await referencesTo(paths, readFileSync(paths.supernet)));
});

type Fields = Partial<Omit<EvaluateRequest, "kind">>;
const request = (fields: Fields): EvaluateRequest => ({ kind: "evaluate", space: MICRO_SOURCE, supernet, data, ...PROTOCOL, precisions: ["fp32"], subnets: DESIGN, ...fields });

async function evaluated(asked: EvaluateRequest, options: { journal?: string; onSpawn?: (pid: number) => void } = {}): Promise<{ result: EvaluateResult; steps: MeasureProgress[]; restarts: number }> {
  const steps: MeasureProgress[] = [];
  let restarts = 0;
  const outcome = await runJob<"evaluate">(asked, { workerPath, journal: null, ...options, onProgress: (progress) => void steps.push(progress), onRestart: () => restarts++ });
  if (outcome.status !== "done") throw new Error(outcome.status);
  return { result: outcome.result, steps, restarts };
}

/** A result without what no two runs share. */
function comparable(result: EvaluateResult): string {
  const { elapsedMs: _elapsed, throughput: _throughput, ...rest } = result;
  return JSON.stringify(rest);
}

const smallest = (): Architecture["stages"] =>
  MICRO.stages.map(({ width, depth, expand, kernel }) => ({ width, blocks: Array.from({ length: depth[0]! }, () => ({ expand: expand[0]!, kernel: kernel[0]! })) }));
const config = (name: string, stages: Architecture["stages"]): Source => ({ name, text: configText(configOf({ resolution: SIDE, stages }, MICRO.id), "json") });

/** Pixels as a network takes them, by the definition of the preprocessing. */
function normalised(bytes: Uint8Array, count: number): Images {
  const { mean, std } = MICRO.preprocessing!;
  const area = SIDE ** 2;
  const pixels = Float32Array.from({ length: bytes.length }, (_, i) => {
    const [image, channel, pixel] = [Math.floor(i / (3 * area)), Math.floor(i / area) % 3, i % area];
    return (bytes[image * 3 * area + 3 * pixel + channel]! / 255 - mean[channel]!) / std[channel]!;
  });
  return { pixels, count, side: SIDE };
}

/** Rank of each label among its image's logits. */
const ranksOf = (logits: Float32Array): number[] =>
  Array.from(LABELS, (label, i) => {
    const row = logits.subarray(i * MICRO.classes, (i + 1) * MICRO.classes);
    return row.filter((logit) => logit > row[label]!).length;
  });
const right = (ranks: readonly number[]) => Uint8Array.from(ranks, (rank) => (rank === 0 ? 1 : 0));
const share = (ranks: readonly number[], below: number) => (100 * ranks.filter((rank) => rank < below).length) / ranks.length;

/** What a subnet scores in both precisions, computed here in a straight line. */
async function recomputed(stages: Architecture["stages"]) {
  const [validation, calibration] = [normalised(VALIDATION_IMAGES, VALIDATION), normalised(CALIBRATION_IMAGES, CALIBRATION)];
  const subnet = sliceSubnet(readSupernet(readFileSync(supernet.path), MICRO), stages, SIDE);
  const statistics = await recalibrated(subnet, calibration, CALIBRATION);
  const weights = foldedWeights(subnet, statistics, "test");
  const extremes = new RangeExtremes(subnet.network);
  const seen = await run(rangesModel(subnet.network, weights), calibration.pixels, [CALIBRATION, 3, SIDE, SIDE]);
  extremes.add(new Map([...seen].map(([name, tensor]) => [name, tensor.data])));
  const metadata = { architecture: "", tool: "", version: "" };
  const int8 = writeModel(subnet.network, { precision: "int8", weights, batch: "N", ranges: knownRanges("test", extremes.ranges()), weightBits: weightBitsHere(), channelMultiple: CHANNEL_MULTIPLE, metadata });
  return {
    fp32: ranksOf(await logitsOf(subnet, statistics, validation)),
    int8: ranksOf((await run(int8, validation.pixels, [VALIDATION, 3, SIDE, SIDE])).get("logits")!.data),
  };
}

describe.runIf(SUPPORTED)("given configs", () => {
  test("fp32 and int8 are what a straight computation gives, top-1 and top-5", async () => {
    const networks = { "small.json": smallest(), "large.json": largestStages(MICRO).map(({ width, blocks }) => ({ width, blocks: blocks.map((block) => ({ ...block })) })) };
    const subnets = { kind: "given" as const, configs: Object.entries(networks).map(([name, stages]) => config(name, stages)) };
    const { result } = await evaluated(request({ subnets, precisions: ["int8", "fp32"] }));
    expect(result).toMatchObject({ fit: null, precisions: ["int8", "fp32"], protocol: PROTOCOL, supernet: { digest: supernet.digest, format: "safetensors" }, data: { digest: data.digest } });
    expect(result.subnets.map(({ name }) => name)).toEqual(Object.keys(networks));
    const losses: Difference[] = [];
    for (const subnet of result.subnets) {
      const ranks = await recomputed(subnet.stages);
      for (const precision of ["fp32", "int8"] as const) {
        const { n, top1, top5 } = subnet[precision]!;
        expect(n).toBe(VALIDATION);
        expect(top1.value).toBeCloseTo(share(ranks[precision], 1), 9);
        expect(top5!.value).toBeCloseTo(share(ranks[precision], 5), 9);
        expect(top1.interval[0]).toBeLessThan(top1.value);
        expect(top1.interval[1]).toBeGreaterThan(top1.value);
      }
      losses.push(pairedDifference(right(ranks.fp32), right(ranks.int8)));
      expect(subnet).toMatchObject({ role: "given", predicted: null, ...costsOf(networkOf(MICRO, subnet.stages, { resolution: SIDE })) });
    }
    const [one, other] = losses as [Difference, Difference];
    const worst = one.value >= other.value ? one : other;
    expect(result.quantizationLoss).toMatchObject({ n: 2, worst: expect.closeTo(worst.value, 9) as number, mean: expect.closeTo((one.value + other.value) / 2, 9) as number, worstInterval: worst.interval });
    expect(result.throughput.peakMemoryBytes).toBeGreaterThan(2 ** 20);
  });

  test("int8 alone, with percentile ranges, on the first validation images", async () => {
    const subnets = { kind: "given" as const, configs: [config("small.json", smallest())] };
    const { result } = await evaluated(request({ subnets, precisions: ["int8"], ranges: "percentile", validationImages: 20 }));
    expect(result.subnets[0]).toMatchObject({ fp32: null, int8: { n: 20 } });
    expect(result.quantizationLoss).toBeNull();
  });

  test("an exported subnet answers as the evaluated one; its state dict has its tensors", async () => {
    const asked: SubnetRequest = { kind: "subnet", config: config("small.json", smallest()), space: MICRO_SOURCE, supernet, data, ...{ calibrationImages: CALIBRATION, ranges: "minmax", threads: 1, seed: 7 }, format: "onnx", precision: "fp32", version: "0" };
    const exported = async (fields: Partial<SubnetRequest>) => {
      const outcome = await runJob<"subnet">({ ...asked, ...fields }, { workerPath, journal: null });
      if (outcome.status !== "done") throw new Error(outcome.status);
      expect(outcome.result.weights).toBe(`micro.safetensors, batch-norm recalibrated on ${CALIBRATION} images`);
      return new Uint8Array(Buffer.from(outcome.result.model, "base64"));
    };
    const { pixels } = normalised(VALIDATION_IMAGES, VALIDATION);
    const expected = await recomputed(smallest());
    for (const precision of ["fp32", "int8"] as const) {
      const model = await exported({ precision });
      const size = 3 * SIDE ** 2;
      const logits: number[] = [];
      for (let i = 0; i < VALIDATION; i++) logits.push(...(await run(model, pixels.subarray(i * size, (i + 1) * size), [1, 3, SIDE, SIDE])).get("logits")!.data);
      expect(ranksOf(Float32Array.from(logits)).map((rank) => rank === 0)).toEqual(expected[precision].map((rank) => rank === 0));
    }
    const { tensors, metadata } = readSafetensors(await exported({ format: "safetensors" }));
    expect(metadata.get("foxnas.weights")).toContain("recalibrated");
    expect(tensors.get("stages.0.blocks.0.depthwise.weight")!.shape).toEqual([6, 1, 3, 3]);
    expect([...tensors.keys()].filter((name) => name.includes("transforms"))).toEqual([]);
  });
});

describe.runIf(SUPPORTED)("a design", () => {
  test("fits a predictor and says how good it is; kill -9 at random moments repeats and loses no subnet", async () => {
    const asked = request({});
    const { result, steps } = await evaluated(asked);
    const roles = result.subnets.map(({ role }) => role);
    expect(roles).toEqual([...Array<string>(20).fill("fit"), ...Array<string>(6).fill("heldOut")]);
    expect(new Set(result.subnets.map(encodeArchitecture)).size).toBe(26);
    expect(result.subnets.slice(0, 2).map(({ name }) => name)).toEqual(["smallest", "largest"]);
    expect(encodeArchitecture(result.subnets[1]!)).toBe(encodeArchitecture({ stages: largestStages(MICRO) }));

    const { predictor, heldOut, leaveOneOut } = result.fit!;
    expect(readPredictor({ name: "p", text: JSON.stringify(predictor) })).toEqual(predictor);
    expect(predictor).toMatchObject({ target: "accuracy", space: MICRO.id, resolution: SIDE, evaluated: { supernet: { digest: supernet.digest }, data: { digest: data.digest }, precision: "fp32", calibrationImages: CALIBRATION, validationImages: VALIDATION } });
    const ready = new Predictor(MICRO, predictor);
    const outs = result.subnets.slice(20);
    const actual = outs.map(({ fp32 }) => fp32!.top1.value);
    expect(outs.map(({ predicted }) => predicted)).toEqual(outs.map(({ stages }) => ready.value(stages)));
    expect(heldOut).toMatchObject({ n: 6, ...quality(actual, outs.map(({ predicted }) => predicted!)) });
    expect(heldOut!.multiplyAddsTau).toBeCloseTo(kendallTau(actual, outs.map(({ multiplyAdds }) => multiplyAdds)), 12);
    const inside = outs.filter(({ stages, fp32 }) => {
      const [low, high] = ready.estimate(stages).interval!;
      return fp32!.top1.value >= low && fp32!.top1.value <= high;
    });
    expect(heldOut!.coverage).toBe(inside.length / 6);
    const judged = result.subnets.slice(0, 20).filter(({ predicted }) => predicted !== null);
    expect(leaveOneOut).toMatchObject({ n: judged.length, rmse: quality(judged.map(({ fp32 }) => fp32!.top1.value), judged.map(({ predicted }) => predicted!)).rmse });
    expect(readSamples({ name: "s.csv", text: evaluatedSamplesText(result, MICRO) }, MICRO, "accuracy").map(({ value }) => value)).toEqual(result.subnets.map(({ fp32 }) => fp32!.top1.value));
    for (const { done, total, subnets } of steps) {
      expect(done).toBeLessThanOrEqual(total);
      (subnets ?? []).forEach(({ top1 }, i) => expect(top1).toBe(result.subnets[i]!.fp32!.top1.value));
    }

    const journal = join(temporaryFolder(), "evaluate.jsonl");
    let kills = 0;
    const struck = await evaluated(asked, {
      journal,
      onSpawn: (pid) => {
        // Once something is in the journal: a kill before it costs nothing.
        const before = statesOf(journal).length;
        if (kills++ >= 3) return;
        const look = setInterval(() => {
          if (statesOf(journal).length < before + 2 + kills) return;
          clearInterval(look);
          process.kill(pid, "SIGKILL");
        }, 5);
      },
    });
    expect(struck.restarts).toBe(3);
    expect(comparable(struck.result)).toBe(comparable(result));
    // Each checkpoint has one subnet more than the one before it: none was measured twice, none was lost.
    const states = statesOf(journal);
    expect(states.map(({ subnets }) => subnets.length)).toEqual(Array.from({ length: 26 }, (_, i) => i + 1));
    for (const { subnets } of states) expect(subnets).toEqual(states.at(-1)!.subnets.slice(0, subnets.length));
  });
});

/** All checkpoints of a journal, in their order. */
function statesOf(journal: string): { subnets: unknown[] }[] {
  if (!existsSync(journal)) return [];
  const entries = parseLines(readFileSync(journal)).entries as { kind: string; state: { subnets: unknown[] } }[];
  return entries.filter(({ kind }) => kind === "checkpoint").map(({ state }) => state);
}

describe("refused", () => {
  const refusal = async (asked: EvaluateRequest): Promise<string> => {
    const error: unknown = await runJob<"evaluate">(asked, { workerPath, journal: null }).then(() => null, (reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).message;
  };

  test("a supernet or data that is another than when the run was asked for", async () => {
    const changed = { ...supernet, digest: "0".repeat(64) };
    expect(await refusal(request({ supernet: changed }))).toMatch(/micro\.safetensors: the supernet has changed since the run was asked for \(found digest .*, expected 000000000000\)/);
    expect(await refusal(request({ data: { ...data, digest: "1".repeat(64) } }))).toContain("the data has changed since");
    const paths = writeMaterial();
    const before = await referencesTo(paths, readFileSync(paths.supernet));
    const labels = join(paths.data, "validation.labels.npy");
    const bytes = readFileSync(labels);
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(labels, bytes);
    expect(await refusal(request(before))).toContain("the data has changed since");
    expect(await refusal(request({ supernet: { ...supernet, path: "/nowhere/s.safetensors" } }))).toContain("there is no such supernet file");
  });

  test("a supernet that lacks a tensor, by its name", async () => {
    const paths = writeMaterial((tensors) => void tensors.delete("stages.1.blocks.2.depthwise.transforms.9to5"));
    const message = await refusal(request(await referencesTo(paths, readFileSync(paths.supernet))));
    expect(message).toContain("micro.safetensors");
    expect(message).toContain("stages.1.blocks.2.depthwise.transforms.9to5");
  });

  test.runIf(SUPPORTED)("weights that overflow, by the subnet; in the features and behind them", async () => {
    for (const broken of ["stages.0.blocks.0.project.weight", "classifier.weight"]) {
      const paths = writeMaterial((tensors) => void tensors.get(broken)!.data.fill(3e38));
      const message = await refusal(request(await referencesTo(paths, readFileSync(paths.supernet))));
      expect(message).toContain('the subnet "smallest" computes nothing that could be judged');
      expect(message).toMatch(/not finite|expected a finite number/);
    }
  });

  test("what cannot be measured or fitted, before anything is measured", async () => {
    expect(await refusal(request({ calibrationImages: CALIBRATION + 1 }))).toContain(`too few calibration images (found ${CALIBRATION}, expected at least ${CALIBRATION + 1})`);
    expect(await refusal(request({ subnets: { ...DESIGN, kind: "design", samples: 12, heldOut: 0, form: "log-saturating" } }))).toMatch(/samples: too few samples for the form log-saturating, which has \d+ coefficients/);
    expect(await refusal(request({ subnets: { kind: "design", samples: 20, heldOut: 0, form: "straight" } }))).toContain('found "straight"');
    expect(await refusal(request({ subnets: { kind: "given", configs: [config("odd.json", smallest().slice(1))] } }))).toContain("odd.json");
  });
});

test.runIf(SUPPORTED)("a cancel ends the run", async () => {
  const abort = new AbortController();
  const outcome = await runJob<"evaluate">(request({}), { workerPath, journal: null, signal: abort.signal, onProgress: () => abort.abort() });
  expect(outcome.status).toBe("cancelled");
});
