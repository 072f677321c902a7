import { semidefiniteFactor } from "./cholesky.js";
import { tQuantile } from "./distributions.js";
import { ModelError } from "./errors.js";
import type { Landscape, State } from "./landscape.js";
import { linkEta, linkValue } from "./link.js";
import type { Predictor, Uncertainty } from "./predictor.js";
import { readVariable, type Term } from "./variables.js";

/**
 * A budget kept with a probability: value + t f s sqrt(1 + leverage) <= budget for one new measurement, with Student's t
 * of the fit's degrees of freedom and the factor f that calibrates its intervals; through a link by its monotonicity
 * (Charnes and Cooper 1959: a chance constraint as its deterministic equivalent). Leverage is a square over all stages,
 * and does not add up over them.
 *
 * With the covariance factored as L L', the intercept last and the stages before it from the last to the first, the
 * variance of a prediction is a sum of squares of which each stage settles its own: whoever chooses the stages in
 * their order has, after each, a lower bound that only grows.
 */
export class ChanceConstraint {
  /** Student's t of the probability, times the factor of standard errors of prediction. */
  readonly critical: number;
  /** Variance that no architecture is below: of a measurement, and of a prediction at the covariance's own centre. */
  readonly leastVariance: number;
  /** By stage: where its own squares begin among the components; what follows up to the stage before is settled. */
  private readonly begins: readonly number[];
  /** By stage and choice: values of the stage's own terms. */
  private readonly rows: readonly Float64Array[];
  private readonly factor: readonly Float64Array[];
  /** Components of the intercept, from which choosing begins. */
  readonly origin: Float64Array;
  private readonly scratch: Float64Array;

  /** @throws ModelError for a predictor without covariance, or with one that is none; TypeError with terms across stages */
  constructor(
    private readonly landscape: Landscape,
    predictor: Predictor,
    readonly probability: number,
  ) {
    if (!predictor.additive) throw new TypeError("a stage's share of the variance needs terms of one stage each");
    const uncertainty = requireUncertainty(predictor);
    this.critical = tQuantile(probability, uncertainty.dof) * uncertainty.predictionFactor;
    const ordered = [...predictor.space.stages.keys()].reverse().flatMap((stage) => termsOf(uncertainty, stage));
    const { terms, covariance } = uncertainty;
    const order = [...ordered, 0];
    this.factor = factorOf(covariance, order);
    const intercept = this.factor.at(-1)!;
    this.leastVariance = uncertainty.variance + intercept.at(-1)! ** 2;
    this.origin = intercept.slice(0, -1);
    this.scratch = Float64Array.from(this.origin);
    const counts = predictor.space.stages.map((_, stage) => termsOf(uncertainty, stage).length);
    this.begins = counts.map((_, stage) => counts.slice(stage + 1).reduce((sum, count) => sum + count, 0));
    this.rows = landscape.choices.map(({ blocks }, stage) => {
      const own = termsOf(uncertainty, stage).map((i) => terms[i]!);
      return Float64Array.from(blocks.flatMap((one) => own.map((term) => readTermOf(term, one))));
    });
  }

  /** What the best-known prediction has to spare under the budget, on the scale of eta. */
  get leastMargin(): number {
    return this.margin(0);
  }

  /** t f sqrt(leastVariance + squares): what must be spared, on the scale of eta. */
  margin(squares: number): number {
    return this.critical * Math.sqrt(this.leastVariance + squares);
  }


  /** Adds a stage's choice to the components `before`, all earlier stages chosen. @returns the squares that it settles */
  settle(stage: number, choice: number, before: Float64Array, after: Float64Array): number {
    const begin = this.begins[stage]!;
    const count = this.rows[stage]!.length / this.landscape.choices[stage]!.blocks.length;
    const at = choice * count;
    // Later stages' components come before a stage's own.
    for (let j = 0; j < begin + count; j++) after[j] = before[j]!;
    for (let i = 0; i < count; i++) {
      const value = this.rows[stage]![at + i]!;
      if (value === 0) continue;
      const line = this.factor[begin + i]!;
      for (let j = 0; j <= begin + i; j++) after[j]! += value * line[j]!;
    }
    let squares = 0;
    for (let j = begin; j < begin + count; j++) squares += after[j]! ** 2;
    return squares;
  }

  /** The latency that one new measurement of a state stays under with the probability, on the scale of eta. */
  etaBound(state: State): number {
    const components = this.scratch;
    components.set(this.origin);
    let squares = 0;
    for (let stage = 0; stage < state.length; stage++) squares += this.settle(stage, state[stage]!, components, components);
    return this.landscape.latency.eta(state) + this.margin(squares);
  }

  /** The same in ms. */
  bound(state: State): number {
    return linkValue(this.landscape.latency.link, this.etaBound(state));
  }

  /** No state of a larger predicted latency keeps the budget with the probability (ms). */
  largestLatency(budget: number): number {
    const { link } = this.landscape.latency;
    if (link !== null && budget >= link.ceiling) return budget;
    return linkValue(link, linkEta(link, budget) - this.leastMargin);
  }
}

function requireUncertainty({ uncertainty, stageTerms }: Predictor): Uncertainty {
  const next = "Fit the predictor again, or search without a probability.";
  if (uncertainty === null) {
    throw new ModelError("the predictor carries no covariance, so it cannot say how probable it is that a budget is kept", ["fit"], "no fit", "a fit with its covariance", next);
  }
  const known = new Set(stageTerms.flat().map(({ name }) => name));
  const stray = uncertainty.terms.find((term) => term !== null && !known.has(term.name));
  if (stray === undefined) return uncertainty;
  // The choices are grouped by what the coefficients read.
  throw new ModelError("the covariance has a term that has no coefficient", ["fit", "terms"], JSON.stringify(stray!.name), "terms of the coefficients", next);
}

const termsOf = ({ terms }: Uncertainty, stage: number): number[] => [...terms.keys()].filter((i) => terms[i]?.stage === stage);

function factorOf(covariance: readonly Float64Array[], order: readonly number[]): Float64Array[] {
  const factor = semidefiniteFactor(order.map((i) => Float64Array.from(order, (j) => covariance[i]![j]!)));
  if (factor !== null) return factor;
  throw new ModelError(
    "the covariance is not one: some combination of its terms has a negative variance",
    ["fit", "covariance"],
    "a matrix that is not positive semidefinite",
    "the covariance of a fit",
    "Fit the predictor again, or search without a probability.",
  );
}

const readTermOf = (term: Term, blocks: Parameters<typeof readVariable>[1]): number =>
  term.variables.reduce((product, variable) => product * readVariable(variable, blocks), 1);
