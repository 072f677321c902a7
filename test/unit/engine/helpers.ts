import fc from "fast-check";
import type { Block, Stage } from "../../../src/engine/architecture.js";
import type { Target } from "../../../src/engine/forms.js";
import { tabulate, type Landscape } from "../../../src/engine/landscape.js";
import type { Link } from "../../../src/engine/link.js";
import { Predictor, type PredictorData } from "../../../src/engine/predictor.js";
import type { Space, StageSpace } from "../../../src/engine/space.js";

const WIDTHS = [24, 40, 80];

/** Choices of one stage; `most` bounds the options of a block, `deepest` the depth. */
function stageSpaces(width: number, most: { expands: number; kernels: number; deepest: number }): fc.Arbitrary<StageSpace> {
  const depths = Array.from({ length: most.deepest }, (_, i) => i + 1);
  return fc.record({
    width: fc.constant(width),
    stride: fc.constantFrom(1, 2),
    squeezeExcite: fc.boolean(),
    depth: fc.subarray(depths, { minLength: 1 }),
    expand: fc.subarray([1, 2, 2.5, 3, 6], { minLength: 1, maxLength: most.expands }),
    kernel: fc.subarray([3, 5, 7], { minLength: 1, maxLength: most.kernels }),
  });
}

const spaceOf = (stages: StageSpace[]): Space => ({ id: "random", stem: { stride: 2 }, first: { width: 16 }, stages, widthMultiple: 8 });

/** Spaces of one to three stages, small enough to write down every architecture. */
export const smallSpaces: fc.Arbitrary<Space> = fc
  .oneof(
    fc.tuple(stageSpaces(WIDTHS[0]!, { expands: 3, kernels: 2, deepest: 4 })),
    fc.tuple(...WIDTHS.slice(0, 2).map((width) => stageSpaces(width, { expands: 2, kernels: 2, deepest: 3 }))),
    fc.tuple(...WIDTHS.map((width) => stageSpaces(width, { expands: 2, kernels: 2, deepest: 2 }))),
  )
  .map(spaceOf);

/** Every way to fill a stage, order of blocks counted. */
export function sequencesOf(stage: StageSpace): Block[][] {
  const options = stage.expand.flatMap((expand) => stage.kernel.map((kernel) => ({ expand, kernel })));
  const ofDepth = (depth: number): Block[][] =>
    depth === 0 ? [[]] : ofDepth(depth - 1).flatMap((blocks) => options.map((option) => [...blocks, option]));
  return stage.depth.flatMap(ofDepth);
}

/** Every architecture of a space. */
export function architecturesOf(space: Space): Stage[][] {
  return space.stages.reduce<Stage[][]>(
    (before, stage) => {
      const filled = sequencesOf(stage).map((blocks) => ({ width: stage.width, blocks }));
      return before.flatMap((stages) => filled.map((one) => [...stages, one]));
    },
    [[]],
  );
}

/** Any architecture of a space. */
export function stagesOf(space: Space): fc.Arbitrary<Stage[]> {
  const stages = space.stages.map(({ width, depth, expand, kernel }) => {
    const block = fc.record({ expand: fc.constantFrom(...expand), kernel: fc.constantFrom(...kernel) });
    return fc
      .constantFrom(...depth)
      .chain((n) => fc.array(block, { minLength: n, maxLength: n }))
      .map((blocks) => ({ width, blocks }));
  });
  return fc.tuple(...stages);
}

const INTEGER_PATTERNS = ["tot_S", "tot_e_S", "tot_k_S", "tot_e_P_S", "tot_k_P_S", "tot_ekk_P_S", "tot_S:tot_e_S", "depthD_S"];
const REAL_PATTERNS = [
  ...INTEGER_PATTERNS,
  ...["avg_e_S", "avg_k_S", "log_tot_S", "avg_log_e_S", "avg_log_k_S", "log_e_P_S", "log_k_P_S", "tot_S:avg_k_S", "tot_e_S:avg_log_e_S"],
];

/** What the coefficients are: "exact" keeps every sum free of rounding, "tenths" makes ties that rounding breaks. */
export type Numbers = "exact" | "tenths" | "real";
const COEFFICIENTS: Record<Numbers, fc.Arbitrary<number>> = {
  exact: fc.integer({ min: -40, max: 40 }).map((n) => n / 8),
  tenths: fc.integer({ min: -30, max: 30 }).map((n) => n / 10),
  real: fc.integer({ min: -1_000_000, max: 1_000_000 }).map((n) => n / 999_983),
};

/** Terms of every stage, written out for the space. */
function namesOf(space: Space, numbers: Numbers): string[] {
  const patterns = numbers === "real" ? REAL_PATTERNS : INTEGER_PATTERNS;
  return space.stages.flatMap((stage, index) => {
    const input = index === 0 ? space.first.width : space.stages[index - 1]!.width;
    const name = (pattern: string) => pattern.replaceAll("_P_", `_${input}_`).replaceAll("_S", `_${stage.width}`);
    return patterns.map((pattern) => name(pattern).replace("depthD", `depth${stage.depth.at(-1)}`));
  });
}

/** Predictors additive over stages. Under a link, coefficients are small, so that no value is infinite. */
export function predictorsOf(space: Space, target: Target, numbers: Numbers, link: Link = null): fc.Arbitrary<PredictorData> {
  const names = namesOf(space, numbers);
  const scale = link === null ? 1 : 1 / 64;
  return fc
    .tuple(
      numbers === "tenths" ? fc.integer({ min: -30, max: 300 }).map((n) => n / 10) : fc.integer({ min: -2, max: 2 }),
      fc.subarray(names, { minLength: 1 }).chain((some) => fc.tuple(...some.map((name) => fc.tuple(fc.constant(name), COEFFICIENTS[numbers])))),
    )
    .map(([intercept, terms]) => ({
      target,
      unit: target === "accuracy" ? "%" : "ms",
      space: space.id,
      intercept,
      coefficients: Object.fromEntries(terms.map(([name, value]) => [name, value * scale])),
      link,
    }));
}

export const SATURATING: Link = { kind: "saturating", ceiling: 79 };

/** A small space with two predictors. */
export interface Model {
  readonly space: Space;
  readonly accuracy: PredictorData;
  readonly latency: PredictorData;
}
export function models(numbers: Numbers, link: Link = null): fc.Arbitrary<Model> {
  return smallSpaces.chain((space) =>
    fc.record({
      space: fc.constant(space),
      accuracy: predictorsOf(space, "accuracy", numbers, link),
      latency: predictorsOf(space, "latency", numbers),
    }),
  );
}

export const landscapeOf = ({ space, accuracy, latency }: Model): Landscape =>
  tabulate(space, new Predictor(space, accuracy), new Predictor(space, latency));

/** Adds a product of the first and the last stage to a predictor. */
export function withCrossTerm(data: PredictorData, space: Space, coefficient: number): PredictorData {
  const [first, last] = [space.stages[0]!.width, space.stages.at(-1)!.width];
  return { ...data, coefficients: { ...data.coefficients, [`tot_${first}:tot_e_${last}`]: coefficient } };
}

export const add = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : add(values) / values.length);

/** A variable's value, from its name and DESIGN's words alone: the oracle for src/engine/variables.ts. */
export function readName(name: string, stages: readonly Stage[]): number {
  const kindOfBlock = /^(?:mbcv|se)_e([\d.]+)_k(\d+)_(\d+)(_I)?$/.exec(name);
  if (kindOfBlock !== null) {
    const [e, k, w] = kindOfBlock.slice(1, 4).map(Number);
    const { blocks: all } = stages.find((stage) => stage.width === w)!;
    const counted = kindOfBlock[4] === undefined ? all.slice(0, 1) : all.slice(1);
    return counted.filter(({ expand, kernel }) => expand === e && kernel === k).length;
  }
  const [, kind, input, width] = /^(.*?)(?:_(\d+))?_(\d+)$/.exec(name)!;
  const blocks = stages.find((stage) => stage.width === Number(width))!.blocks;
  const [first, ...rest] = blocks;
  const among = input === undefined ? rest : [first!];
  const read = (of: (block: Block) => number) => among.map(of);
  switch (kind) {
    case "tot":
      return blocks.length;
    case "log_tot":
      return Math.log(blocks.length);
    case "tot_e":
      return add(read((b) => b.expand));
    case "tot_k":
      return add(read((b) => b.kernel));
    case "tot_ekk":
      return add(read((b) => b.expand * b.kernel * b.kernel));
    case "avg_e":
      return mean(read((b) => b.expand));
    case "avg_k":
      return mean(read((b) => b.kernel));
    case "avg_log_e":
    case "log_e":
      return mean(read((b) => Math.log(b.expand)));
    case "avg_log_k":
    case "log_k":
      return mean(read((b) => Math.log(b.kernel)));
    default:
      if (!/^depth\d$/.test(kind!)) throw new Error(`the oracle knows no ${name}`);
      return blocks.length === Number(kind!.slice(5)) ? 1 : 0;
  }
}

/** Sum of coefficient x product of variables over the terms that `mine` keeps; no intercept. */
function sumOfTerms(data: PredictorData, stages: readonly Stage[], mine: (name: string) => boolean): number {
  const terms = Object.entries(data.coefficients).filter(([name]) => mine(name));
  return add(terms.map(([name, c]) => name.split(":").reduce((product, part) => product * readName(part, stages), c)));
}

export const etaOf = (data: PredictorData, stages: readonly Stage[]): number => data.intercept + sumOfTerms(data, stages, () => true);
export const linked = (link: Link, eta: number): number => (link === null ? eta : link.ceiling - 1 / Math.exp(eta));
export const valueOf = (data: PredictorData, stages: readonly Stage[]): number => linked(data.link, etaOf(data, stages));
/** One stage's part of eta. */
export const partOf = (data: PredictorData, stage: Stage): number => sumOfTerms(data, [stage], (name) => name.endsWith(`_${stage.width}`));

/** Every architecture of a model with its predicted values, by the oracle. */
export function predictAll({ space, accuracy, latency }: Model): { stages: Stage[]; accuracy: number; latency: number }[] {
  return architecturesOf(space).map((stages) => ({ stages, accuracy: valueOf(accuracy, stages), latency: valueOf(latency, stages) }));
}

/** Makes a value when it is first asked for. Bodies of skipped suites run too, so what needs data or R waits for its test. */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

/** Relative difference, absolute below 1. */
export const gap = (a: number, b: number): number => Math.abs(a - b) / Math.max(1, Math.abs(a), Math.abs(b));
