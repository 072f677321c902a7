import type { Block, Stage } from "../../src/engine/architecture.js";
import { Random } from "../../src/engine/random.js";
import type { StageSpace } from "../../src/engine/space.js";
import type { Problem } from "./problems.js";

/** As for the annealer: an evaluation is one proposal; its accuracy is predicted only when its latency is in the budget. */
export interface PeerOptions {
  /** ms */
  readonly budget: number;
  readonly seed: number;
  readonly evaluations: number;
}

/** @returns the best accuracy (%) within the budget. Like the annealer, a peer starts from the fastest architecture. */
export type Peer = (problem: Problem, options: PeerOptions) => number;

/** Draws every stage uniformly from what the predictors can tell apart, on the annealer's own tables: as fast as can be. */
export const randomSearch: Peer = ({ landscape, extremes }, { budget, seed, evaluations }) => {
  const random = Random.seeded(seed);
  const state = Int32Array.from(extremes.fastest);
  let best = landscape.accuracy.value(state);
  for (let i = 0; i < evaluations; i++) {
    for (let stage = 0; stage < state.length; stage++) state[stage] = random.below(landscape.choices[stage]!.blocks.length);
    if (landscape.latency.value(state) > budget) continue;
    const accuracy = landscape.accuracy.value(state);
    if (accuracy > best) best = accuracy;
  }
  return best;
};

/** The annealer's temperatures (pp), so that only moves and evaluation differ. */
const HOTTEST = 0.1;
const COLDEST = 0.001;

/**
 * Simulated annealing as textbooks have it: redraw one gene (a stage's depth, or one block's expand ratio or
 * kernel), evaluate both predictors anew from the architecture, accept by Metropolis, cool geometrically.
 */
export const plainMetropolis: Peer = (problem, { budget, seed, evaluations }) => {
  const { space, landscape, accuracy, latency, extremes } = problem;
  const random = Random.seeded(seed);
  let current: readonly Stage[] = landscape.architecture(extremes.fastest, 0).stages;
  let value = accuracy.value(current);
  let best = value;
  for (let i = 0; i < evaluations; i++) {
    const temperature = HOTTEST * (COLDEST / HOTTEST) ** (i / evaluations);
    const changed = random.below(current.length);
    const proposal = current.with(changed, redrawGene(space.stages[changed]!, current[changed]!, random));
    if (latency.value(proposal) > budget) continue;
    const proposed = accuracy.value(proposal);
    const change = proposed - value;
    if (change < 0 && random.unit() >= Math.exp(change / temperature)) continue;
    current = proposal;
    value = proposed;
    if (value > best) best = value;
  }
  return best;
};

/** Another value for one of the stage's genes, each as likely; blocks that a larger depth adds are drawn. */
function redrawGene(space: StageSpace, { width, blocks }: Stage, random: Random): Stage {
  const gene = random.below(1 + 2 * blocks.length);
  if (gene === 0) {
    const depth = another(space.depth, blocks.length, random);
    const draw = (): Block => ({ expand: random.pick(space.expand), kernel: random.pick(space.kernel) });
    return { width, blocks: Array.from({ length: depth }, (_, i) => blocks[i] ?? draw()) };
  }
  const at = (gene - 1) >> 1;
  const { expand, kernel } = blocks[at]!;
  const block =
    gene % 2 === 1
      ? { expand: another(space.expand, expand, random), kernel }
      : { expand, kernel: another(space.kernel, kernel, random) };
  return { width, blocks: blocks.with(at, block) };
}

/** One of the other choices; the same where there is no other. */
function another(choices: readonly number[], current: number, random: Random): number {
  const others = choices.filter((choice) => choice !== current);
  return others.length === 0 ? current : random.pick(others);
}
