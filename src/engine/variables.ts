import type { Block, Stage } from "./architecture.js";
import { ModelError } from "./errors.js";
import { expandedWidth, inputWidth, stageName, type Space, type StageSpace } from "./space.js";

/**
 * What a sum over a stage's other blocks (all but the transition block) can be taken of.
 * Every variable depends on those blocks through one such sum only: that is what lets a
 * stage's choices be grouped into those a predictor can tell apart (stageChoices.ts).
 */
export const STATISTICS = {
  e: (block: Block) => block.expand,
  k: (block: Block) => block.kernel,
  ekk: (block: Block) => block.expand * block.kernel ** 2,
  logE: (block: Block) => Math.log(block.expand),
  logK: (block: Block) => Math.log(block.kernel),
} as const;
export type Statistic = keyof typeof STATISTICS | CountStatistic | PaddedStatistic;
/** How many blocks have this expand ratio and kernel size. */
type CountStatistic = `e${number} k${number}`;
/** As e and ekk, of the expanded width padded to a multiple of 16: `e16 W M`, the width that enters and the space's width multiple. */
type PaddedStatistic = `${"e16" | "ekk16"} ${number} ${number}`;

/** What a statistic sums. */
export function statisticOf(name: Statistic): (block: Block) => number {
  const known = parsed.get(name) ?? parseStatistic(name);
  parsed.set(name, known);
  return known;
}

/** Tables ask for the same few statistics some million times. */
const parsed = new Map<Statistic, (block: Block) => number>();

function parseStatistic(name: Statistic): (block: Block) => number {
  if (name in STATISTICS) return STATISTICS[name as keyof typeof STATISTICS];
  const [kind, ...numbers] = name.replace(/^e(\S+) k/, "count $1 ").split(" ");
  const [a, b] = numbers.map(Number) as [number, number];
  if (kind === "count") return ({ expand, kernel }) => (expand === a && kernel === b ? 1 : 0);
  const padded = (block: Block) => (Math.ceil(expandedWidth(a, block.expand, b) / LANES) * LANES) / a;
  return kind === "e16" ? padded : (block) => padded(block) * block.kernel ** 2;
}

/** Channels that an int8 depthwise kernel of onnxruntime's takes at once on x86; int8 models are padded to whole ones. */
const LANES = 16;

/** One number read off one stage; terms are products of variables. */
export interface Variable {
  readonly name: string;
  readonly stage: number;
  /** Sum over the other blocks that `value` takes beside the depth; null where it takes the transition block instead. */
  readonly statistic: Statistic | null;
  value(depth: number, transition: Block, sum: number): number;
}

type Value = Variable["value"];
interface Kind {
  readonly name: string;
  readonly statistic: Statistic | null;
  readonly value: Value;
}

const mean = (depth: number, sum: number) => (depth > 1 ? sum / (depth - 1) : 0);

/** Variables over a stage, named `KIND_S`; means and sums go over the other blocks, 0 where there are none. */
const STAGE_KINDS: readonly Kind[] = [
  { name: "tot", statistic: null, value: (depth) => depth },
  { name: "avg_e", statistic: "e", value: (depth, _, sum) => mean(depth, sum) },
  { name: "avg_k", statistic: "k", value: (depth, _, sum) => mean(depth, sum) },
  { name: "tot_e", statistic: "e", value: (_, __, sum) => sum },
  { name: "tot_k", statistic: "k", value: (_, __, sum) => sum },
  { name: "tot_ekk", statistic: "ekk", value: (_, __, sum) => sum },
  { name: "log_tot", statistic: null, value: (depth) => Math.log(depth) },
  { name: "avg_log_e", statistic: "logE", value: (depth, _, sum) => mean(depth, sum) },
  { name: "avg_log_k", statistic: "logK", value: (depth, _, sum) => mean(depth, sum) },
];

/** Variables over a stage's transition block, named `KIND_P_S` with P the width that enters the stage. */
const TRANSITION_KINDS: readonly Kind[] = [
  { name: "tot_e", statistic: null, value: (_, block) => block.expand },
  { name: "tot_k", statistic: null, value: (_, block) => block.kernel },
  { name: "tot_ekk", statistic: null, value: (_, block) => STATISTICS.ekk(block) },
  { name: "log_e", statistic: null, value: (_, block) => Math.log(block.expand) },
  { name: "log_k", statistic: null, value: (_, block) => Math.log(block.kernel) },
];

/** Name of the published one-hot column of a stage's transition block: `mbcv_e4_k5_24`, `se_…` with squeeze-excite. */
export const blockHotName = (stage: StageSpace, { expand, kernel }: Block): string =>
  `${stage.squeezeExcite ? "se" : "mbcv"}_e${expand}_k${kernel}_${stageName(stage)}`;
/** Name of the published count of a block among the stage's other blocks: `mbcv_e4_k5_24_I`. */
export const blockCountName = (stage: StageSpace, block: Block): string => `${blockHotName(stage, block)}_I`;

/** Every variable of a space by name: the published ones (tot_24, avg_e_24, tot_e_16_24, mbcv_e4_k5_24 …) and ours. */
export function variablesOf(space: Space): ReadonlyMap<string, Variable> {
  const variables = new Map<string, Variable>();
  space.stages.forEach((stage, index) => {
    const own = stageName(stage);
    const add = (kind: Kind, suffix: string) => {
      const name = `${kind.name}_${suffix}`;
      variables.set(name, { name, stage: index, statistic: kind.statistic, value: kind.value });
    };
    STAGE_KINDS.forEach((kind) => add(kind, own));
    TRANSITION_KINDS.forEach((kind) => add(kind, `${inputWidth(space, index)}_${own}`));
    for (const depth of stage.depth) {
      add({ name: `depth${depth}`, statistic: null, value: (d) => (d === depth ? 1 : 0) }, own);
    }
    const input = inputWidth(space, index);
    for (const kind of ["e16", "ekk16"] as const) {
      const first = statisticOf(`${kind} ${input} ${space.widthMultiple}`);
      add({ name: `tot_${kind}`, statistic: `${kind} ${stage.width} ${space.widthMultiple}`, value: (_, __, sum) => sum }, own);
      add({ name: `tot_${kind}`, statistic: null, value: (_, block) => first(block) }, `${input}_${own}`);
    }
    for (const variable of blockVariables(stage, index)) variables.set(variable.name, variable);
  });
  return variables;
}

/** The one-hot of a stage's transition block and the counts of its other blocks. */
function blockVariables(stage: StageSpace, index: number): Variable[] {
  const options = stage.expand.flatMap((expand) => stage.kernel.map((kernel) => ({ expand, kernel })));
  return options.flatMap((option) => {
    const statistic: Statistic = `e${option.expand} k${option.kernel}`;
    const is = statisticOf(statistic);
    return [
      { name: blockHotName(stage, option), stage: index, statistic: null, value: (_: number, block: Block) => is(block) },
      { name: blockCountName(stage, option), stage: index, statistic, value: (_: number, __: Block, sum: number) => sum },
    ];
  });
}

/** Value of a variable for its stage's blocks. */
export function readVariable(variable: Variable, blocks: readonly Block[]): number {
  return variable.value(blocks.length, blocks[0]!, statisticSum(variable.statistic, blocks));
}

/** Sum of a statistic over the other blocks, in their order; 0 for null. */
export function statisticSum(statistic: Statistic | null, blocks: readonly Block[]): number {
  if (statistic === null) return 0;
  const of = statisticOf(statistic);
  let sum = 0;
  for (let i = 1; i < blocks.length; i++) sum += of(blocks[i]!);
  return sum;
}

/** A product of variables, `tot_24:tot_e_24`. */
export interface Term {
  readonly name: string;
  readonly variables: readonly Variable[];
  /** The stage all variables belong to; null for a term across stages. */
  readonly stage: number | null;
}

/** @throws ModelError for a name that is no variable of the space */
export function parseTerm(variables: ReadonlyMap<string, Variable>, name: string): Term {
  const factors = name.split(":").map((part) => {
    const variable = variables.get(part);
    if (variable === undefined) {
      throw new ModelError(
        `${JSON.stringify(part)} is no variable of this space`,
        ["coefficients", name],
        JSON.stringify(name),
        `a product of variables such as ${[...variables.keys()].slice(0, 3).join(", ")}`,
        "Check that the predictor belongs to this space.",
      );
    }
    return variable;
  });
  const [first, ...rest] = factors;
  const stage = rest.every((variable) => variable.stage === first!.stage) ? first!.stage : null;
  return { name, variables: factors, stage };
}

/** Value of a term for an architecture's stages. */
export function readTerm(term: Term, stages: readonly Stage[]): number {
  let product = 1;
  for (const variable of term.variables) product *= readVariable(variable, stages[variable.stage]!.blocks);
  return product;
}
