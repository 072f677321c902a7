import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { randomArchitecture } from "../../src/engine/architecture.js";
import { kendallTau } from "../../src/engine/crossValidation.js";
import { Random } from "../../src/engine/random.js";
import { largestStages } from "../../src/onnx/supernet/names.js";
import { readSpace } from "../../src/shared/files/index.js";
import { IMAGENET_PREPROCESSING } from "../../src/shared/space.js";
import type { AccuracyFit, EvaluateResult, FinalistsResult, Throughput } from "../../src/shared/supernet.js";
import { readNpy } from "../../src/worker/data/npy.js";
import { readNpz } from "../../src/worker/data/npz.js";
import { productionBuild } from "./build.js";
import { builtInSources, spaceOf } from "./problems.js";
import { root } from "./root.js";
import { writeGeneratedImages, writeNpy, writeRandomSupernet } from "./supernetFiles.js";
import { caseOf, evaluated, finalistsOf, given, multiplyAddsPredictor, type Case } from "./supernetJobs.js";
import { explainSupernet, printDesign, printFinalists, printSplits, printThroughput, printVerdicts } from "./supernetReport.js";
import { randomSplits, type Split } from "./supernetSplits.js";
import { summarize } from "./statistics.js";

const SEEDS = [1, 2];
const SAMPLES = 80;
const HELD_OUT = 40;
const CALIBRATION = 500;
/** Subnets whose int8 loss is measured. */
const QUANTIZED = 24;
/** Of the large space: a few, since one takes seconds. */
const LARGE_RESOLUTION = 224;
const LARGE_IMAGES = { validation: 100, calibration: 100 };

/** One evaluation of a design on the sample. */
export interface Design {
  readonly seed: number;
  readonly subnets: EvaluateResult["subnets"];
  readonly heldOut: NonNullable<AccuracyFit["heldOut"]>;
  /** Between the accuracies after recalibration on two disjoint sets of 250 images. */
  readonly calibrationTau: number;
  readonly quantizationLoss: NonNullable<EvaluateResult["quantizationLoss"]>;
  readonly finalists: readonly Judged[];
  readonly throughput: Throughput;
  readonly elapsedMs: number;
}
export type Judged = Pick<FinalistsResult, "budget" | "finalists" | "stopped">;
export interface SupernetResults {
  readonly designs: readonly Design[];
  readonly splits: readonly Split[];
  readonly large: { readonly throughput: Throughput; readonly subnets: number };
  readonly loadAverage: readonly number[];
}

/** How well accuracy is predicted on the sample, what int8 costs, and how fast and large the worker is. */
export async function measureSupernet(): Promise<SupernetResults> {
  await productionBuild();
  explainSupernet();
  const folder = mkdtempSync(path.join(tmpdir(), "fox-nas-bench-"));
  try {
    const sample = await sampleCase();
    const halves = await halvesOf(sample, folder);
    const designs: Design[] = [];
    for (const seed of SEEDS) {
      designs.push(await design(sample, halves, seed));
      printDesign(designs.at(-1)!);
      printFinalists(designs.at(-1)!.finalists);
    }
    const splits = randomSplits(sample.space, designs.flatMap(({ subnets }) => subnets), { samples: SAMPLES, heldOut: HELD_OUT });
    printSplits(splits);
    const large = await largeSpace(folder);
    printThroughput(large);
    const results = { designs, splits, large, loadAverage: loadavg() };
    printVerdicts(results);
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sampleCase(): Promise<Case> {
  const sample = path.join(root, "media", "samples", "shapes");
  const file = path.join(sample, "shapes.space.json");
  const space = readSpace({ name: file, text: readFileSync(file, "utf8") });
  return caseOf(space, space.resolutions[0]!, { supernet: path.join(sample, "shapes.safetensors"), data: path.join(sample, "data") });
}

async function design(sample: Case, halves: readonly Case[], seed: number): Promise<Design> {
  const subnets = { kind: "design" as const, samples: SAMPLES, heldOut: HELD_OUT, form: "log-saturating" };
  const result = await evaluated(`seed ${seed}`, sample, { subnets, precisions: ["fp32"], seed, calibrationImages: CALIBRATION });
  const outs = result.subnets.filter(({ role }) => role === "heldOut").map(({ stages }) => stages);
  const twice: number[][] = [];
  for (const [i, half] of halves.entries()) {
    const again = await evaluated(`seed ${seed}, calibration set ${i + 1}`, half, { subnets: given(half, outs), precisions: ["fp32"], seed, calibrationImages: CALIBRATION / 2 });
    twice.push(again.subnets.map(({ fp32 }) => fp32!.top1.value));
  }
  const int8 = await evaluated(`seed ${seed}, int8`, sample, { subnets: given(sample, outs.slice(0, QUANTIZED)), precisions: ["fp32", "int8"], seed, calibrationImages: CALIBRATION });
  const { heldOut, predictor } = result.fit!;
  const { throughput, elapsedMs } = result;
  const costs = summarize(result.subnets.map(({ multiplyAdds }) => multiplyAdds / 1e6))!;
  const latency = multiplyAddsPredictor(sample);
  const finalists: Judged[] = [];
  for (const budget of [(costs.min + costs.median) / 2, costs.median, (costs.median + costs.max) / 2]) finalists.push(await finalistsOf(sample, predictor, latency, budget, seed));
  return { seed, subnets: result.subnets, heldOut: heldOut!, calibrationTau: kendallTau(twice[0]!, twice[1]!), quantizationLoss: int8.quantizationLoss!, finalists, throughput, elapsedMs };
}

/** The sample with one half of its calibration images, and with the other. */
async function halvesOf(sample: Case, folder: string): Promise<Case[]> {
  const { space, resolution } = sample;
  const zipped = path.join(sample.data.path, "calibration.npz");
  const array = await readNpy((await readNpz(zipped, ["images"])).get("images")!, zipped);
  const [count, ...sides] = array.shape as [number, ...number[]];
  const pixels = await array.bytes.read(array.start, array.shape.reduce((product, side) => product * side, 1));
  const cases: Case[] = [];
  for (const half of [0, 1]) {
    const into = path.join(folder, `half ${half}`);
    mkdirSync(into);
    copyFileSync(path.join(sample.data.path, "validation.npz"), path.join(into, "validation.npz"));
    const part = pixels.subarray((half * pixels.length) / 2, ((half + 1) * pixels.length) / 2);
    writeNpy(path.join(into, "calibration.images.npy"), "|u1", [count / 2, ...sides], part);
    cases.push(await caseOf(space, resolution, { supernet: sample.supernet.path, data: into }));
  }
  return cases;
}

/** foxnas-cpu at 224 px with random weights: time and memory do not care what the weights are. */
async function largeSpace(folder: string): Promise<SupernetResults["large"]> {
  const space = spaceOf(builtInSources());
  const [supernet, data] = [path.join(folder, "random.safetensors"), path.join(folder, "generated")];
  writeRandomSupernet(supernet, space);
  writeGeneratedImages(data, LARGE_RESOLUTION / IMAGENET_PREPROCESSING.cropShare, LARGE_IMAGES, space.classes);
  const random = Random.seeded(3);
  const plain = (stages: ReturnType<typeof randomArchitecture>["stages"]) => stages.map(({ width, blocks }) => ({ width, blocks: blocks.map(({ expand, kernel }) => ({ expand, kernel })) }));
  const large = await caseOf(space, LARGE_RESOLUTION, { supernet, data });
  const subnets = [plain(largestStages(space)), ...Array.from({ length: 2 }, () => plain(randomArchitecture(space, LARGE_RESOLUTION, random).stages))];
  const result = await evaluated(`${space.id} at ${LARGE_RESOLUTION} px`, large, { subnets: given(large, subnets), precisions: ["fp32", "int8"], seed: 1, calibrationImages: LARGE_IMAGES.calibration });
  return { throughput: result.throughput, subnets: subnets.length };
}
