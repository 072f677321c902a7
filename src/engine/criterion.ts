import type { Block } from "./architecture.js";
import type { Landscape } from "./landscape.js";
import { stageChoices, type StageChoices } from "./stageChoices.js";

/** Something to have little of that adds up over the blocks: parameters, multiply-adds, kernels of one size. */
export interface Criterion {
  /** By stage and choice: the least that an architecture of the choice has. */
  readonly costs: readonly Float64Array[];
  /** By stage and choice: the blocks that have it. */
  readonly blocks: readonly StageChoices["blocks"][];
}

/** What one block of a stage costs; `first` says that it is the transition block. */
export type BlockCost = (stage: number, block: Block, first: boolean) => number;

/**
 * Tabulates a cost over the choices of a landscape. A choice stands for architectures that the predictors cannot tell
 * apart, but a cost can: each is given by the one that costs least, found by the enumeration's own dynamic programme.
 */
export function criterionOf({ space, choices }: Landscape, cost: BlockCost): Criterion {
  // Stages mostly offer the same choices, and some costs are the same in all of them.
  const enumerated = new Map<string, { blocks: StageChoices["blocks"]; costs: Float64Array }>();
  const tables = space.stages.map((stage, index) => {
    const options = stage.expand.flatMap((expand) => stage.kernel.map((kernel) => ({ expand, kernel })));
    const costsOf = (first: boolean): Costs => new Map(options.map((block) => [nameOf(block), cost(index, block, first)]));
    const [first, other] = [costsOf(true), costsOf(false)];
    const { statistics } = choices[index]!;
    const key = JSON.stringify([stage.depth, stage.expand, stage.kernel, statistics, ...first.values(), ...other.values()]);
    const known = enumerated.get(key) ?? tableOf(stageChoices(stage, statistics, (block) => other.get(nameOf(block))!), first, other);
    enumerated.set(key, known);
    return known;
  });
  return { costs: tables.map(({ costs }) => costs), blocks: tables.map(({ blocks }) => blocks) };
}

/** Costs by block. */
type Costs = ReadonlyMap<number, number>;
/** A number of its own for each block: kernels are whole, expand ratios under 1000. */
const nameOf = ({ expand, kernel }: Block): number => kernel * 1000 + expand;

/** Costs of every choice, each part of the grid added up once. */
function tableOf({ blocks, grid }: StageChoices, first: Costs, other: Costs) {
  const costs = new Float64Array(blocks.length);
  for (const { offset, expands, kernels, rests } of grid) {
    const ofRest = Float64Array.from({ length: rests }, (_, r) => blocks[offset + r]!.slice(1).reduce((sum, block) => sum + other.get(nameOf(block))!, 0));
    for (let t = 0, at = offset; t < expands * kernels; t++) {
      const transition = first.get(nameOf(blocks[at]![0]!))!;
      for (let r = 0; r < rests; r++) costs[at++] = transition + ofRest[r]!;
    }
  }
  return { blocks, costs };
}
