import type { WeightedTerm } from "./predictor.js";
import type { DepthGrid, StageChoices } from "./stageChoices.js";
import { readVariable, type Variable } from "./variables.js";

/**
 * A predictor's part of every choice of a stage: `Predictor.stagePart`, to the bit, for the price of a grid. A
 * variable depends on the depth and on the transition block or on the other blocks, so it is read once for each of
 * those and not for each of their combinations.
 */
export function stageParts(terms: readonly WeightedTerm[], choices: StageChoices): Float64Array {
  const parts = new Float64Array(choices.blocks.length);
  for (const grid of choices.grid) {
    const known = new Map<Variable, Float64Array>();
    for (const { coefficient, variables } of terms) {
      const factors = variables.map((variable) => {
        const values = known.get(variable) ?? valuesOf(variable, choices, grid);
        known.set(variable, values);
        return values;
      });
      addTerm(parts, grid, coefficient, factors, variables);
    }
  }
  return parts;
}

/** Of the transition blocks, or of the other blocks. */
function valuesOf(variable: Variable, { blocks }: StageChoices, { offset, expands, kernels, rests }: DepthGrid): Float64Array {
  return variable.statistic === null
    ? new Float64Array(expands * kernels).map((_, t) => readVariable(variable, blocks[offset + t * rests]!))
    : new Float64Array(rests).map((_, r) => readVariable(variable, blocks[offset + r]!));
}

function addTerm(
  parts: Float64Array,
  { offset, expands, kernels, rests }: DepthGrid,
  coefficient: number,
  factors: readonly Float64Array[],
  variables: readonly Variable[],
): void {
  let at = offset;
  const [only] = factors;
  if (factors.length === 1 && variables[0]!.statistic === null) {
    for (let t = 0; t < expands * kernels; t++) {
      const value = coefficient * only![t]!;
      for (const end = at + rests; at < end; at++) parts[at]! += value;
    }
    return;
  }
  for (let t = 0; t < expands * kernels; t++) {
    for (let r = 0; r < rests; r++) {
      let product = coefficient;
      for (let f = 0; f < factors.length; f++) product *= factors[f]![variables[f]!.statistic === null ? t : r]!;
      parts[at++]! += product;
    }
  }
}
