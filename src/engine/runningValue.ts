import type { State, Table } from "./landscape.js";

/**
 * A table's value along a walk, evaluated incrementally: the sums up to every stage of the accepted state are kept, so
 * that a move adds up again only from the first stage it changes. Sums are taken in the order of `Table.eta`, so values
 * equal those of the table to the bit, however long the walk.
 */
export class RunningValue {
  /** Before each stage, of the accepted state: intercept + the parts of the stages before it. */
  private readonly sums: Float64Array;
  private readonly proposed: Float64Array;

  constructor(
    private readonly table: Table,
    state: State,
  ) {
    this.sums = new Float64Array(state.length + 1).fill(table.intercept);
    this.proposed = new Float64Array(state.length + 1);
    this.propose(state, 0);
    this.accept(0);
  }

  /** Value (% or ms) at a state that differs from the accepted one in stage `from` and later ones only. */
  propose(state: State, from: number): number {
    const { parts } = this.table;
    let sum = this.sums[from]!;
    for (let stage = from; stage < parts.length; stage++) {
      sum += parts[stage]![state[stage]!]!;
      this.proposed[stage + 1] = sum;
    }
    return this.table.finish(sum, state);
  }

  /** The state proposed last, from the same stage on, becomes the accepted one. */
  accept(from: number): void {
    for (let stage = from + 1; stage < this.sums.length; stage++) this.sums[stage] = this.proposed[stage]!;
  }
}
