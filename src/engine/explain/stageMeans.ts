import type { Block } from "../architecture.js";
import type { StageSpace } from "../space.js";
import type { Statistic, Term, Variable } from "../variables.js";
import { addBlock, nothing, type Outcome } from "./sums.js";

/**
 * Exact means of a stage's terms over random stages: depth uniform, then every block uniform (as randomArchitecture
 * draws). Given the depth, the transition block and the other blocks are independent, so a term's mean is that of its
 * variables of the transition block times that of the others, and those see the other blocks through few sums.
 */
export class StageMeans {
  /** Every choice of a block. */
  readonly options: readonly Block[];
  /** By term: mean over all stages. */
  readonly overall: Float64Array;
  private readonly transitionVariables: readonly (readonly Variable[])[];
  private readonly groups: readonly Group[];
  private readonly known = new Map<number, Factors>();

  /** @throws ModelError where the other blocks of the stage have more than 400,000 sums that a term can tell apart */
  constructor(
    private readonly stage: StageSpace,
    terms: readonly Term[],
  ) {
    this.options = stage.expand.flatMap((expand) => stage.kernel.map((kernel) => ({ expand, kernel })));
    this.transitionVariables = terms.map(({ variables }) => variables.filter(({ statistic }) => statistic === null));
    this.groups = groupsOf(terms);
    this.overall = average(stage.depth.map((depth) => this.given(depth)));
  }

  /**
   * By term: mean given the depth, with the transition block drawn from `transition` and each other block from its
   * entry in `others`; from all choices where they are left out.
   */
  given(depth: number, transition?: readonly Block[], others?: readonly (readonly Block[])[]): Float64Array {
    const left = transition === undefined ? this.uniform(depth).transition : this.ofTransition(depth, transition);
    const right = others === undefined ? this.uniform(depth).others : this.ofOthers(depth, ({ statistics }) => this.fold(statistics, others));
    return left.map((mean, t) => mean * right[t]!);
  }

  private uniform(depth: number): Factors {
    const known = this.known.get(depth);
    if (known !== undefined) return known;
    const factors = {
      transition: this.ofTransition(depth, this.options),
      others: this.ofOthers(depth, (group) => this.outcomes(group, depth - 1)),
    };
    this.known.set(depth, factors);
    return factors;
  }

  private outcomes(group: Group, blocks: number): readonly Outcome[] {
    const { uniform, statistics } = group;
    while (uniform.length <= blocks) {
      uniform.push(addBlock(uniform[uniform.length - 1]!, this.stage, this.options, statistics));
    }
    return uniform[blocks]!;
  }

  private fold(statistics: readonly Statistic[], others: readonly (readonly Block[])[]): Outcome[] {
    return others.reduce((before, options) => addBlock(before, this.stage, options, statistics), nothing(statistics));
  }

  private ofTransition(depth: number, from: readonly Block[]): Float64Array {
    return Float64Array.from(this.transitionVariables, (variables) => {
      if (variables.length === 0) return 1;
      let sum = 0;
      for (const block of from) {
        let product = 1;
        for (const variable of variables) product *= variable.value(depth, block, 0);
        sum += product;
      }
      return sum / from.length;
    });
  }

  private ofOthers(depth: number, outcomesOf: (group: Group) => readonly Outcome[]): Float64Array {
    const means = new Float64Array(this.transitionVariables.length).fill(1);
    // These variables do not read the transition block.
    const any = this.options[0]!;
    for (const group of this.groups) {
      const outcomes = outcomesOf(group);
      for (const { term, factors } of group.members) {
        let sum = 0;
        for (const { sums, probability } of outcomes) {
          let product = probability;
          for (const { variable, at } of factors) product *= variable.value(depth, any, sums[at]!);
          sum += product;
        }
        means[term] = sum;
      }
    }
    return means;
  }
}

/** Mean of vectors. */
export function average(vectors: readonly Float64Array[]): Float64Array {
  return vectors[0]!.map((_, i) => vectors.reduce((sum, vector) => sum + vector[i]!, 0) / vectors.length);
}

/** By term, its mean over the transition block and over the other blocks. */
interface Factors {
  readonly transition: Float64Array;
  readonly others: Float64Array;
}

/** Terms that see the other blocks through the same sums. */
interface Group {
  readonly statistics: readonly Statistic[];
  readonly members: { readonly term: number; readonly factors: readonly { readonly variable: Variable; readonly at: number }[] }[];
  /** Outcomes over so many blocks of any choice. */
  readonly uniform: (readonly Outcome[])[];
}

function groupsOf(terms: readonly Term[]): Group[] {
  const groups = new Map<string, Group>();
  terms.forEach(({ variables }, term) => {
    const reading = variables.filter(({ statistic }) => statistic !== null);
    if (reading.length === 0) return;
    const statistics = [...new Set(reading.map(({ statistic }) => statistic!))].sort();
    const key = statistics.join("|");
    const group = groups.get(key) ?? { statistics, members: [], uniform: [nothing(statistics)] };
    group.members.push({ term, factors: reading.map((variable) => ({ variable, at: statistics.indexOf(variable.statistic!) })) });
    groups.set(key, group);
  });
  return [...groups.values()];
}
