import type { Block, Stage } from "./architecture.js";
import type { Landscape, State } from "./landscape.js";

/** Genes (expand ratio, kernel size) in which two fillings of a stage differ; a block that only one of them has counts 2. */
export function stageDistance(a: readonly Block[], b: readonly Block[]): number {
  let distance = 2 * Math.abs(a.length - b.length);
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    distance += Number(a[i]!.expand !== b[i]!.expand) + Number(a[i]!.kernel !== b[i]!.kernel);
  }
  return distance;
}

/** Genes in which two architectures of one space differ. */
export function architectureDistance(a: readonly Stage[], b: readonly Stage[]): number {
  return a.reduce((sum, stage, index) => sum + stageDistance(stage.blocks, b[index]!.blocks), 0);
}

/** By stage and choice, the distance from a state's choice; 0 for that choice alone. */
export function distancesFrom({ choices }: Landscape, state: State): Float64Array[] {
  return choices.map(({ blocks }, stage) => Float64Array.from(blocks, (one) => stageDistance(one, blocks[state[stage]!]!)));
}
