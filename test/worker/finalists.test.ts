import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { chooseFinalists } from "../../src/engine/accuracy/finalists.js";
import { encodeArchitecture } from "../../src/engine/architecture.js";
import { frontIndexAt, paretoFront } from "../../src/engine/front.js";
import { tabulate } from "../../src/engine/landscape.js";
import { Predictor } from "../../src/engine/predictor.js";
import { updatePredictor } from "../../src/engine/update.js";
import { sliceSubnet } from "../../src/onnx/supernet/slice.js";
import { readSupernet } from "../../src/onnx/supernet/supernet.js";
import { parseLines } from "../../src/runs/journalLine.js";
import { runJob, type RunOptions } from "../../src/runs/supervisor.js";
import { InputError } from "../../src/shared/errors.js";
import type { MeasureProgress } from "../../src/shared/measure.js";
import type { Source } from "../../src/shared/messages.js";
import type { PredictorFile } from "../../src/shared/predictor.js";
import type { EvaluateRequest, FinalistsRequest, FinalistsResult, Reference } from "../../src/shared/supernet.js";
import { openData } from "../../src/worker/data/index.js";
import { differenceOf, flagsOf } from "../../src/worker/evaluate/paired.js";
import { logitsOf, recalibrated } from "../unit/onnx/supernet/recalibrated.js";
import { DESIGN, MICRO, MICRO_SOURCE, PROTOCOL, referencesTo, SIDE, VALIDATION, writeMaterial } from "./fixtures/evaluateRequests.js";
import { SUPPORTED } from "./fixtures/measuring.js";
import { bundle, temporaryFolder } from "./helpers.js";

/** Three disjoint sets of 16 of the 48 calibration images. */
const SETS = 3;
const EACH = 16;
const CANDIDATES = 4;

let workerPath = "";
let supernet: Reference;
let data: Reference;
let predictor: PredictorFile;
beforeAll(async () => {
  workerPath = await bundle("src/worker/main.ts");
  const paths = writeMaterial();
  ({ supernet, data } = await referencesTo(paths, readFileSync(paths.supernet)));
  if (!SUPPORTED) return;
  const request: EvaluateRequest = { kind: "evaluate", space: MICRO_SOURCE, supernet, data, ...PROTOCOL, calibrationImages: EACH, precisions: ["fp32"], subnets: DESIGN };
  const outcome = await runJob<"evaluate">(request, { workerPath, journal: null });
  if (outcome.status !== "done") throw new Error(outcome.status);
  predictor = outcome.result.fit!.predictor;
});

const source = (name: string, file: object): Source => ({ name, text: JSON.stringify(file) });

/** Every block and every expansion takes its time. */
const LATENCY = source("micro-latency.predictor.json", {
  version: 1, target: "latency", unit: "ms", space: MICRO.id, resolution: SIDE, device: "a test", form: "own", intercept: 1,
  coefficients: Object.fromEntries(MICRO.stages.flatMap(({ width }, i) => [[`tot_${width}`, 0.5 + i / 7], [`tot_e_${width}`, 0.3 / (1 + i)], [`tot_k_${width}`, 0.1]])),
  link: null, source: "a test",
});
const BUDGET = 9;

const request = (fields: Partial<FinalistsRequest> = {}): FinalistsRequest => ({
  ...{ kind: "finalists", space: MICRO_SOURCE, accuracy: source("micro.predictor.json", predictor), latency: LATENCY, budget: BUDGET, supernet, data },
  ...{ ...PROTOCOL, calibrationImages: EACH, precision: "fp32", candidates: CANDIDATES, rounds: 1, calibrations: SETS },
  ...fields,
});

async function measured(asked: FinalistsRequest, options: Partial<RunOptions<"finalists">> = {}): Promise<FinalistsResult> {
  const outcome = await runJob<"finalists">(asked, { workerPath, journal: null, ...options });
  if (outcome.status !== "done") throw new Error(outcome.status);
  return outcome.result;
}

function comparable({ elapsedMs: _elapsed, throughput: _throughput, ...rest }: FinalistsResult): string {
  return JSON.stringify(rest);
}

/** Which images each calibration set gets right, in a straight line. */
async function recomputed(stages: FinalistsResult["finalists"][number]["architecture"]["stages"]): Promise<Uint8Array[]> {
  const images = await openData(data.path, { preprocessing: MICRO.preprocessing!, resolution: SIDE, classes: MICRO.classes });
  const [validation, calibration] = [images.part("validation", null, PROTOCOL.seed), images.part("calibration", SETS * EACH, PROTOCOL.seed)];
  const subnet = sliceSubnet(readSupernet(readFileSync(supernet.path), MICRO), stages, SIDE);
  const flags: Uint8Array[] = [];
  for (let set = 0; set < SETS; set++) {
    const pixels = await calibration.batch(set * EACH, (set + 1) * EACH);
    const statistics = await recalibrated(subnet, { pixels, count: EACH, side: SIDE }, EACH);
    const logits = await logitsOf(subnet, statistics, { pixels: await validation.batch(0, VALIDATION), count: VALIDATION, side: SIDE });
    flags.push(Uint8Array.from(validation.labels!, (label, i) => {
      const row = logits.subarray(i * MICRO.classes, (i + 1) * MICRO.classes);
      return row.indexOf(Math.max(...row)) === label ? 1 : 0;
    }));
  }
  return flags;
}

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);

describe.runIf(SUPPORTED)("finalists", () => {
  test("are the best under the budget for the predictors, measured with each calibration set and ranked by the mean", async () => {
    const steps: MeasureProgress[] = [];
    const result = await measured(request(), { onProgress: (progress) => void steps.push(progress) });
    const { finalists, certificate, optimumRank } = result;
    const seen = steps.flatMap(({ subnets }) => subnets ?? []);
    for (const { top1, multiplyAdds } of seen) expect(finalists.some((one) => Math.abs(one.measured.top1.value - top1) < 1e-9 && one.multiplyAdds === multiplyAdds)).toBe(true);
    expect(seen.length).toBeGreaterThan(0);
    expect(result).toMatchObject({ status: "ok", precision: "fp32", budget: BUDGET, nearestBudget: null, supernet: { digest: supernet.digest }, data: { digest: data.digest } });
    expect(finalists).toHaveLength(CANDIDATES);
    expect(new Set(finalists.map(({ architecture }) => encodeArchitecture(architecture))).size).toBe(CANDIDATES);
    const landscape = tabulate(MICRO, new Predictor(MICRO, predictor), new Predictor(MICRO, JSON.parse(LATENCY.text) as PredictorFile));
    const front = paretoFront(landscape);
    const best = front.accuracy[frontIndexAt(front, BUDGET)]!;
    expect(certificate).toMatchObject({ proved: true, gap: 0, optimum: { accuracy: best } });
    expect(finalists[optimumRank!]!.predicted.accuracy.value).toBe(best);
    const winner = await recomputed(finalists[0]!.architecture.stages);
    for (const [place, { architecture, predicted, measured: found, readings, behind, withinInterval }] of finalists.entries()) {
      expect(predicted.latency.value).toBeLessThanOrEqual(BUDGET);
      const flags = await recomputed(architecture.stages);
      expect(readings).toEqual(flags.map((set) => (100 * sum(set)) / VALIDATION));
      expect(found.top1.value).toBeCloseTo(sum(readings) / SETS, 9);
      expect(found.n).toBe(VALIDATION);
      if (place > 0) expect(found.top1.value).toBeLessThanOrEqual(finalists[place - 1]!.measured.top1.value);
      const [low, high] = predicted.accuracy.interval!;
      expect(withinInterval).toBe(found.top1.value >= low && found.top1.value <= high);
      if (place === 0) expect(behind).toBeNull();
      else {
        expect(behind!.value).toBeCloseTo(finalists[0]!.measured.top1.value - found.top1.value, 9);
        expect(behind).toEqual(differenceOf(winner, flags));
      }
    }
  });

  test("a round is chosen by the predictor that the rounds before it have corrected, and none is measured twice", async () => {
    const result = await measured(request({ rounds: 3 }));
    const { finalists, stopped, corrected } = result;
    const rounds = [1, 2, 3].map((round) => finalists.filter((one) => one.round === round));
    expect(rounds[0]).toHaveLength(CANDIDATES);
    expect(rounds[1]!.length).toBeGreaterThan(0);
    expect(new Set(finalists.map(({ architecture }) => encodeArchitecture(architecture))).size).toBe(finalists.length);
    const latency = new Predictor(MICRO, JSON.parse(LATENCY.text) as PredictorFile);
    const before: typeof finalists = [];
    let file = predictor;
    for (const own of rounds.filter(({ length }) => length > 0)) {
      const accuracy = new Predictor(MICRO, file);
      const known = new Set(before.map(({ architecture }) => encodeArchitecture(architecture)));
      const best = chooseFinalists(MICRO, accuracy, latency, BUDGET, CANDIDATES + known.size).candidates.map(({ stages }) => ({ resolution: SIDE, stages: [...stages] }));
      // The optimum of the corrected predictor is not measured yet, or there were no further round.
      expect(known.has(encodeArchitecture(best[0]!))).toBe(false);
      const chosen = best.filter((one) => !known.has(encodeArchitecture(one))).slice(0, CANDIDATES).map(encodeArchitecture);
      expect(own.map(({ architecture }) => encodeArchitecture(architecture)).sort()).toEqual(chosen.sort());
      for (const { architecture, predicted } of own) expect(predicted.accuracy.value).toBeCloseTo(accuracy.value(architecture.stages), 9);
      before.push(...own);
      file = updatePredictor(MICRO, predictor, before.map(({ architecture, measured: { top1 } }) => ({ stages: architecture.stages, value: top1.value })));
    }
    for (const [name, value] of Object.entries(file.coefficients)) expect(corrected!.coefficients[name]).toBeCloseTo(value, 9);
    expect(corrected!.fit!.n).toBe(predictor.fit!.n + finalists.length);
    const optimum = chooseFinalists(MICRO, new Predictor(MICRO, corrected!), latency, BUDGET, 1).candidates[0]!;
    const agreed = before.some(({ architecture }) => encodeArchitecture(architecture) === encodeArchitecture({ stages: optimum.stages }));
    expect(stopped).toBe(rounds[2]!.length === CANDIDATES && !agreed ? "rounds" : "agreed");
  });

  test("kill -9 loses and repeats no reading", async () => {
    const undisturbed = comparable(await measured(request({ rounds: 2 })));
    const journal = join(temporaryFolder(), "finalists.jsonl");
    let starts = 0;
    const kept = () => parseLines(readFileSync(journal)).entries.filter((entry) => (entry as { kind: string }).kind === "checkpoint") as { state: { readings: unknown[] } }[];
    const result = await measured(request({ rounds: 2 }), {
      journal,
      onSpawn: (pid) => {
        if (starts++ > 1) return;
        const wanted = 8 * starts;
        const look = setInterval(() => {
          try {
            if (kept().length < wanted) return;
          } catch {
            return;
          }
          clearInterval(look);
          process.kill(pid, "SIGKILL");
        }, 5);
      },
    });
    expect(starts).toBe(3);
    expect(comparable(result)).toBe(undisturbed);
    expect(kept().map(({ state }) => state.readings.length)).toEqual(Array.from({ length: result.finalists.length * SETS }, (_, i) => i + 1));
  });

  test("under every prediction there is nothing to measure, and the nearest budget is given", async () => {
    const result = await measured(request({ budget: 0.1 }));
    expect(result).toMatchObject({ status: "infeasible", finalists: [], optimumRank: null, certificate: { proved: false, optimum: null } });
    expect(result.nearestBudget).toBe(result.feasible.latency[0]);
  });

  test("refuses a predictor of another supernet, other data, another precision, or that does not say", async () => {
    const refusal = async (fields: Partial<FinalistsRequest>): Promise<string> => {
      const error: unknown = await measured(request(fields)).then(() => null, (reason: unknown) => reason);
      expect(error).toBeInstanceOf(InputError);
      return (error as InputError).message;
    };
    const evaluated = predictor.evaluated!;
    const other = (what: object) => ({ accuracy: source("other.predictor.json", { ...predictor, evaluated: { ...evaluated, ...what } }) });
    expect(await refusal(other({ supernet: { name: "old.safetensors", digest: "a".repeat(64) } }))).toMatch(/other\.predictor\.json.*evaluated\.supernet\.digest.*another supernet \(found old\.safetensors with digest aaaaaaaaaaaa/);
    expect(await refusal(other({ data: { name: "old", digest: "b".repeat(64) } }))).toContain("fitted to other data");
    expect(await refusal({ precision: "int8" })).toContain("another precision (found fp32, expected int8)");
    const { evaluated: _, ...silent } = predictor;
    expect(await refusal({ accuracy: source("silent.predictor.json", silent) })).toContain("does not say which supernet and data");
    const { fit: __, ...bare } = predictor;
    expect(await refusal({ accuracy: source("bare.predictor.json", bare), rounds: 2 })).toContain("cannot be corrected by measurements");
    expect(await refusal({ calibrations: 4 })).toContain("4 disjoint sets of 16");
    expect(await refusal({ resolution: 32 })).toContain("another resolution");
  });
});

describe("a paired difference over several readings", () => {
  test("counts an image once, however often it was read", () => {
    const bits = Uint8Array.of(0b1010_0110, 0b1);
    expect([...flagsOf(bits, 9)]).toEqual([0, 1, 1, 0, 0, 1, 0, 1, 1]);
    const [a, b] = [Uint8Array.from({ length: 400 }, (_, i) => Number(i % 4 !== 0)), Uint8Array.from({ length: 400 }, (_, i) => Number(i % 5 !== 0 && i % 2 === 0))];
    const once = differenceOf([a], [b]);
    const twice = differenceOf([a, a], [b, b]);
    expect(twice.value).toBeCloseTo(once.value, 12);
    // The same readings again tell nothing new: the width stays that of 400 images, not of 800.
    const width = ({ interval: [low, high] }: typeof once) => high - low;
    expect(width(twice) / width(once)).toBeCloseTo(1, 1);
    expect(differenceOf([a, b], [a, b])).toEqual({ value: 0, interval: [0, 0] });
  });
});
