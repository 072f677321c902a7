import { readFileSync } from "node:fs";
import fc from "fast-check";
import type { Architecture, ArchitectureConfig } from "../../../src/shared/architecture.js";
import { InputError, type Problem } from "../../../src/shared/errors.js";
import { readSpace } from "../../../src/shared/files/index.js";
import type { PredictorFile } from "../../../src/shared/predictor.js";
import type { Space } from "../../../src/shared/space.js";

const MEDIA = new URL("../../../media/", import.meta.url);

/** Text of a built-in space. */
export const spaceText = (id: string): string => readFileSync(new URL(`spaces/${id}.json`, MEDIA), "utf8");
export const schemaText = (name: string): string => readFileSync(new URL(`schemas/${name}.schema.json`, MEDIA), "utf8");

export const FOXNAS: Space = readSpace({ name: "foxnas-cpu", text: spaceText("foxnas-cpu") });

/** A person's own space: three stages, other choices, no squeeze-excite in the first. */
export const SMALL: Space = {
  ...FOXNAS,
  id: "shapes",
  classes: 10,
  resolutions: [32],
  stages: [
    { width: 16, stride: 1, activation: "relu", squeezeExcite: false, depth: [1, 2, 3], expand: [2, 4], kernel: [3, 5] },
    { width: 24, stride: 2, activation: "relu", squeezeExcite: true, depth: [1, 2], expand: [2.5, 4], kernel: [3] },
    { width: 40, stride: 2, activation: "hswish", squeezeExcite: true, depth: [2, 4], expand: [1, 6], kernel: [3, 7] },
  ],
  first: { ...FOXNAS.first, width: 8 },
};

/** Any choice for every stage and block of a space. */
export function stagesOf(space: Space): fc.Arbitrary<Architecture["stages"]> {
  const stages = space.stages.map(({ width, depth, expand, kernel }) => {
    const block = fc.record({ expand: fc.constantFrom(...expand), kernel: fc.constantFrom(...kernel) }, { noNullPrototype: true });
    return fc
      .constantFrom(...depth)
      .chain((n) => fc.array(block, { minLength: n, maxLength: n }))
      .map((blocks) => ({ width, blocks }));
  });
  return fc.tuple(...stages);
}

const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => (x === 0 ? 0 : x));
const text = fc.string({ unit: "grapheme", maxLength: 30 });

function predicted(unit: string) {
  return fc.record(
    { value: finite, unit: fc.constant(unit), interval: fc.option(fc.tuple(finite, finite)), device: fc.option(text), resolution: fc.constant(256), source: text },
    { noNullPrototype: true },
  );
}

const measured = fc.record(
  { value: finite, unit: fc.constant("ms"), device: text, resolution: fc.constant(256), precision: fc.constantFrom("fp32" as const, "int8" as const), date: text, standardError: finite },
  { noNullPrototype: true },
);

/** Any config of a space, with and without what a search adds. */
export function configs(space: Space): fc.Arbitrary<ArchitectureConfig> {
  const provenance = { tool: text, version: text, date: text, accuracyPredictor: text, latencyPredictor: text, budget: finite, seed: fc.nat() };
  return fc.record(
    {
      version: fc.constant(1 as const),
      space: fc.constant(space.id),
      resolution: fc.integer({ min: 8, max: 4096 }),
      stages: stagesOf(space),
      predicted: fc.record({ accuracy: predicted("%"), latency: predicted("ms") }, { noNullPrototype: true }),
      measured: fc.record({ latency: measured }, { noNullPrototype: true }),
      provenance: fc.record(provenance, { noNullPrototype: true }),
    },
    { requiredKeys: ["version", "space", "resolution", "stages"], noNullPrototype: true },
  );
}

export const PREDICTOR: PredictorFile = {
  version: 1,
  target: "latency",
  unit: "ms",
  space: "foxnas-cpu",
  resolution: 256,
  device: "Raspberry Pi 4",
  form: "published",
  intercept: 16.5,
  coefficients: { tot_24: -8.06, "tot_24:avg_k_24": 1.9 },
  link: null,
  source: "a test",
  fit: {
    n: 300,
    dof: 297,
    residualStdError: 0.8,
    terms: ["(Intercept)", "tot_24", "tot_24:avg_k_24"],
    covariance: [1, 0.1, 2, 0.2, 0.3, 3],
    maxLeverage: 0.4,
    crossValidation: null,
    samplesDigest: null,
  },
};

/** Samples in the published layout, columns in the published order. */
export function publishedText(space: Space, rows: readonly { stages: Architecture["stages"]; accuracy: number; latency: number }[]): string {
  const lines = rows.map(({ stages, accuracy, latency }, i) => [
    ["", i],
    ["acc", accuracy],
    ["latency", latency],
    ...stages.flatMap(({ width, blocks }, s) => {
      const input = s === 0 ? space.first.width : space.stages[s - 1]!.width;
      const kind = space.stages[s]!.squeezeExcite ? "se" : "mbcv";
      const [first, ...rest] = blocks;
      const sum = (of: "expand" | "kernel") => rest.reduce((total, block) => total + block[of], 0);
      const mean = (of: "expand" | "kernel") => (rest.length === 0 ? 0 : sum(of) / rest.length);
      const kinds = space.stages[s]!.expand.flatMap((expand) => space.stages[s]!.kernel.map((kernel) => ({ expand, kernel })));
      const same = (a: { expand: number; kernel: number }) => (b: { expand: number; kernel: number }) => a.expand === b.expand && a.kernel === b.kernel;
      return [
        [`tot_${width}`, blocks.length],
        [`avg_e_${width}`, mean("expand")],
        [`tot_e_${width}`, sum("expand")],
        [`tot_e_${input}_${width}`, first!.expand],
        [`avg_k_${width}`, mean("kernel")],
        [`tot_k_${width}`, sum("kernel")],
        [`tot_k_${input}_${width}`, first!.kernel],
        ...kinds.map((k) => [`${kind}_e${k.expand}_k${k.kernel}_${width}`, same(k)(first!) ? 1 : 0]),
        ...kinds.map((k) => [`${kind}_e${k.expand}_k${k.kernel}_${width}_I`, rest.filter(same(k)).length]),
      ];
    }),
  ]);
  return [lines[0]!.map(([name]) => name), ...lines.map((line) => line.map(([, value]) => value))].map((cells) => cells.join(",")).join("\n") + "\n";
}

/** The problem that `read` reports; fails the test when it reports none or throws anything else. */
export function problemOf(read: () => unknown): Problem {
  try {
    read();
  } catch (error) {
    if (error instanceof InputError) return error.problem;
    throw error;
  }
  throw new Error("nothing was reported");
}
