import { randomArchitecture } from "../../src/engine/architecture.js";
import { fitPredictor } from "../../src/engine/fitPredictor.js";
import { formOf } from "../../src/engine/forms.js";
import { Random } from "../../src/engine/random.js";
import { coefficientsOf } from "../../src/engine/regression.js";
import { costsOf } from "../../src/onnx/costs.js";
import { networkOf } from "../../src/onnx/space.js";
import { configOf, configText } from "../../src/shared/files/index.js";
import type { Architecture } from "../../src/shared/architecture.js";
import type { MeasureProgress } from "../../src/shared/measure.js";
import type { PredictorFile } from "../../src/shared/predictor.js";
import type { Source } from "../../src/shared/source.js";
import type { Space } from "../../src/shared/space.js";
import type { EvaluateRequest, EvaluateResult, FinalistsResult, Reference } from "../../src/shared/supernet.js";
import path from "node:path";
import { clearStatus, showStatus } from "./table.js";
import { inWorker } from "./workerJobs.js";

/** A supernet with its space and data, ready for requests. */
export interface Case {
  readonly space: Space;
  readonly source: Source;
  readonly supernet: Reference;
  readonly data: Reference;
  /** px */
  readonly resolution: number;
}

const show = (what: string) => ({ note, done, total }: MeasureProgress) => showStatus(`${what}: ${Math.floor((100 * done) / total)} %, ${note}`);

/** Looks at both files for their digests. */
export async function caseOf(space: Space, resolution: number, paths: { supernet: string; data: string }): Promise<Case> {
  const source = { name: space.id, text: JSON.stringify(space) };
  const { supernet, data } = await inWorker<"inspect">({ kind: "inspect", space: source, ...paths });
  const reference = (file: string, digest: string) => ({ name: path.basename(file), path: file, digest });
  return { space, source, resolution, supernet: reference(paths.supernet, supernet!.digest), data: reference(paths.data, data!.digest) };
}

type Asked = Pick<EvaluateRequest, "subnets" | "precisions" | "seed" | "calibrationImages"> & { validationImages?: number };

export async function evaluated(what: string, { source, supernet, data, resolution }: Case, asked: Asked): Promise<EvaluateResult> {
  const request: EvaluateRequest = { kind: "evaluate", space: source, supernet, data, resolution, ranges: "percentile", threads: 1, validationImages: null, ...asked };
  return inWorker<"evaluate">(request, show(what)).finally(clearStatus);
}

/** Architectures as configs of the person's own. */
export function given({ space, resolution }: Case, all: readonly Architecture["stages"][]): EvaluateRequest["subnets"] {
  return { kind: "given", configs: all.map((stages, i) => ({ name: `subnet ${i + 1}`, text: configText(configOf({ resolution, stages }, space.id), "json") })) };
}

/** Multiply-adds (millions) in the place of milliseconds: a budget that is the same on every machine. */
export function multiplyAddsPredictor({ space, resolution }: Case): PredictorFile {
  const random = Random.seeded(11);
  const form = formOf("latency", "sums");
  const samples = Array.from({ length: 200 }, () => {
    const { stages } = randomArchitecture(space, resolution, random);
    return { stages, value: costsOf(networkOf(space, stages, { resolution })).multiplyAdds / 1e6 };
  });
  const { fit } = fitPredictor(space, form, samples, 1);
  return {
    ...{ version: 1, target: "latency", unit: "ms", space: space.id, resolution, device: null, form: "sums", link: null, source: "million multiply-adds, of the benchmark" },
    ...coefficientsOf(fit),
  };
}

export async function finalistsOf({ source, supernet, data, resolution }: Case, accuracy: PredictorFile, latency: PredictorFile, budget: number, seed: number): Promise<FinalistsResult> {
  const asSource = (name: string, file: PredictorFile): Source => ({ name, text: JSON.stringify(file) });
  const predictors = { accuracy: asSource("accuracy", accuracy), latency: asSource("latency", latency) };
  const protocol = { resolution, ranges: "percentile" as const, threads: 1, seed, calibrationImages: 160, validationImages: null };
  return inWorker<"finalists">(
    { kind: "finalists", space: source, ...predictors, budget, supernet, data, ...protocol, precision: "fp32", candidates: 5, rounds: 4, calibrations: 3 },
    show(`finalists within ${budget.toFixed(2)} M`),
  ).finally(clearStatus);
}
