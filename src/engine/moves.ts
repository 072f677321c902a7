import type { Landscape } from "./landscape.js";
import { nonDominated } from "./nonDominated.js";
import type { Random } from "./random.js";
import type { DepthGrid, StageChoices } from "./stageChoices.js";

/** Proposes another choice for one stage. */
export interface StageMoves {
  propose(current: number, random: Random): number;
}

/** Steps along a stage's own front reach this many neighbours to either side. */
const REACH = 4;

/**
 * Moves of one stage. Half of them redraw one thing the terms can tell apart (the transition block's expand
 * ratio or kernel, the other blocks, the depth, or the whole stage), so that every choice can be reached; half
 * step along the stage's own trade-off between its accuracy and latency parts, which is where a budget is
 * spent one stage against another. Proposals ignore the budget and the temperature: accepting is the annealer's.
 */
export function stageMoves(landscape: Landscape, stage: number): StageMoves {
  const choices = landscape.choices[stage]!;
  const latency = landscape.latency.parts[stage]!;
  const front = nonDominated(latency, landscape.accuracy.parts[stage]!);
  const place = placesOn(front, latency);
  return {
    propose(current, random) {
      if (random.below(2) === 0) return redraw(choices, current, random);
      const at = place[current]! + random.below(2 * REACH + 1) - REACH;
      return front[Math.min(Math.max(at, 0), front.length - 1)]!;
    },
  };
}

/** For every choice the last place on the front whose latency part does not exceed its own. */
function placesOn(front: Int32Array, latency: Float64Array): Int32Array {
  return new Int32Array(latency.length).map((_, choice) => {
    let at = 0;
    while (at + 1 < front.length && latency[front[at + 1]!]! <= latency[choice]!) at++;
    return at;
  });
}

function redraw(choices: StageChoices, current: number, random: Random): number {
  const grid = gridOf(choices.grid, current);
  const local = current - grid.offset;
  const rest = local % grid.rests;
  const transition = (local - rest) / grid.rests;
  const kernel = transition % grid.kernels;
  const expand = (transition - kernel) / grid.kernels;
  switch (random.below(5)) {
    case 0:
      return indexIn(grid, random.below(grid.expands), kernel, rest);
    case 1:
      return indexIn(grid, expand, random.below(grid.kernels), rest);
    case 2:
      return indexIn(grid, expand, kernel, random.below(grid.rests));
    case 3: {
      const other = random.pick(choices.grid);
      return indexIn(other, expand, kernel, random.below(other.rests));
    }
    default:
      return random.below(choices.blocks.length);
  }
}

function gridOf(grid: readonly DepthGrid[], index: number): DepthGrid {
  let found = grid[0]!;
  for (const candidate of grid) if (candidate.offset <= index) found = candidate;
  return found;
}

const indexIn = (grid: DepthGrid, expand: number, kernel: number, rest: number): number =>
  grid.offset + (expand * grid.kernels + kernel) * grid.rests + rest;
