import type { Block, Stage } from "./architecture.js";
import { tCritical } from "./distributions.js";
import { ModelError } from "./errors.js";
import type { Target } from "./forms.js";
import { linkValue, type Link } from "./link.js";
import { INTERCEPT } from "./regression.js";
import { requireSpace, type Space } from "./space.js";
import { parseTerm, readTerm, readVariable, variablesOf, type Statistic, type Term } from "./variables.js";

/** What the engine needs of a predictor file. */
export interface PredictorData {
  readonly target: Target;
  readonly unit: string;
  readonly space: string;
  readonly intercept: number;
  readonly coefficients: Readonly<Record<string, number>>;
  readonly link: Link;
  readonly fit?: {
    readonly dof: number;
    readonly residualStdError: number;
    readonly terms: readonly string[];
    readonly covariance: readonly number[];
    readonly maxLeverage: number;
    /** Calibrates prediction intervals (see predictionFactor); 1 where it is absent. */
    readonly predictionFactor?: number | undefined;
  };
}

export interface WeightedTerm extends Term {
  readonly coefficient: number;
}

/** A value (% or ms), its prediction interval, and whether it lies outside what was measured. */
export interface Estimate {
  readonly value: number;
  readonly interval: [number, number] | null;
  readonly extrapolated: boolean | null;
}

/** Nominal coverage of every interval. */
export const LEVEL = 0.95;

/** A predictor ready to evaluate on one space. */
export class Predictor {
  readonly target: Target;
  readonly unit: string;
  readonly link: Link;
  readonly intercept: number;
  /** Terms of one stage each. */
  readonly stageTerms: readonly (readonly WeightedTerm[])[];
  /** Terms across stages; with any, the predictor is not additive over stages. */
  readonly crossTerms: readonly WeightedTerm[];
  readonly uncertainty: Uncertainty | null;

  /** @throws ModelError for a predictor of another space, an unknown term or a malformed covariance */
  constructor(
    readonly space: Space,
    data: PredictorData,
  ) {
    requireSpace(space, data.space);
    const variables = variablesOf(space);
    const terms = Object.entries(data.coefficients).map(([name, coefficient]) => ({
      ...parseTerm(variables, name),
      coefficient,
    }));
    this.target = data.target;
    this.unit = data.unit;
    this.link = data.link;
    this.intercept = data.intercept;
    this.stageTerms = space.stages.map((_, index) => terms.filter((term) => term.stage === index));
    this.crossTerms = terms.filter((term) => term.stage === null);
    this.uncertainty = data.fit === undefined ? null : new Uncertainty(data.fit, (name) => parseTerm(variables, name));
  }

  get additive(): boolean {
    return this.crossTerms.length === 0;
  }

  /** Statistics of a stage's other blocks that its terms depend on. */
  statistics(stage: number): Statistic[] {
    const used = [...this.stageTerms[stage]!, ...this.crossTerms].flatMap((term) => term.variables);
    const names = used.filter((variable) => variable.stage === stage).map((variable) => variable.statistic);
    return [...new Set(names)].filter((name) => name !== null);
  }

  /** One stage's share of eta: the sum of its terms, on the scale of the link's argument. */
  stagePart(stage: number, blocks: readonly Block[]): number {
    let sum = 0;
    for (const term of this.stageTerms[stage]!) {
      let product = term.coefficient;
      for (const variable of term.variables) product *= readVariable(variable, blocks);
      sum += product;
    }
    return sum;
  }

  /** eta = intercept + stage parts + terms across stages, summed in this order (so that tables agree to the bit). */
  eta(stages: readonly Stage[]): number {
    let eta = this.intercept;
    stages.forEach((stage, index) => (eta += this.stagePart(index, stage.blocks)));
    for (const term of this.crossTerms) eta += term.coefficient * readTerm(term, stages);
    return eta;
  }

  value(stages: readonly Stage[]): number {
    return linkValue(this.link, this.eta(stages));
  }

  /** Value with its 95 % prediction interval, carried through the link and cut at what can be measured. */
  estimate(stages: readonly Stage[]): Estimate {
    const eta = this.eta(stages);
    const value = linkValue(this.link, eta);
    if (this.uncertainty === null) return { value, interval: null, extrapolated: null };
    const row = this.uncertainty.row(stages);
    const half = this.uncertainty.predictionHalfWidth(row);
    return {
      value,
      interval: this.possible(value, [linkValue(this.link, eta - half), linkValue(this.link, eta + half)]),
      // The samples' own leverages come from another decomposition, and differ in the last digits.
      extrapolated: this.uncertainty.leverage(row) > this.uncertainty.maxLeverage * (1 + 1e-9),
    };
  }

  /** No accuracy is measured below 0 or above 100 %, whatever the ceiling; a prediction that is itself beyond stays as it is. */
  private possible(value: number, [low, high]: [number, number]): [number, number] {
    if (this.target !== "accuracy" || value < 0 || value > 100) return [low, high];
    return [Math.max(0, low), Math.min(100, high)];
  }
}

/** What the covariance of a fit says about predictions, on the scale of the link's argument. */
export class Uncertainty {
  readonly terms: readonly (Term | null)[];
  readonly maxLeverage: number;
  readonly dof: number;
  /** Of the coefficients, by the order of `terms`. */
  readonly covariance: readonly Float64Array[];
  /** Of one measurement around its mean. */
  readonly variance: number;
  /** Of standard errors of prediction. */
  readonly predictionFactor: number;
  private readonly critical: number;

  constructor(fit: NonNullable<PredictorData["fit"]>, parse: (name: string) => Term) {
    const size = fit.terms.length;
    if (fit.terms[0] !== INTERCEPT || fit.covariance.length !== (size * (size + 1)) / 2 || fit.dof < 1) {
      throw new ModelError(
        "the covariance does not fit the terms",
        ["fit", "covariance"],
        `${fit.covariance.length} numbers for ${size} terms, ${fit.dof} degrees of freedom`,
        `${INTERCEPT} first and ${(size * (size + 1)) / 2} numbers, the lower triangle by rows`,
        "Fit the predictor again, or remove the field fit.",
      );
    }
    this.terms = fit.terms.map((name) => (name === INTERCEPT ? null : parse(name)));
    this.covariance = unpack(fit.covariance, size);
    this.variance = fit.residualStdError ** 2;
    this.maxLeverage = fit.maxLeverage;
    this.dof = fit.dof;
    this.predictionFactor = fit.predictionFactor ?? 1;
    this.critical = tCritical(LEVEL, fit.dof);
  }

  /** Row of the design matrix, intercept first. */
  row(stages: readonly Stage[]): Float64Array {
    return Float64Array.from(this.terms, (term) => (term === null ? 1 : readTerm(term, stages)));
  }

  /** x' (X'X)^-1 x; 0 for a fit without residual error. */
  leverage(row: Float64Array): number {
    return this.variance === 0 ? 0 : quadratic(this.covariance, row) / this.variance;
  }

  /** f s sqrt(1 + leverage): standard error of one new measurement, calibrated by the factor f. */
  predictionStdError(row: Float64Array): number {
    return this.predictionFactor * Math.sqrt(Math.max(0, this.variance + quadratic(this.covariance, row)));
  }

  /** t times that: half the interval of one new measurement. */
  predictionHalfWidth(row: Float64Array): number {
    return this.critical * this.predictionStdError(row);
  }

  /** t sqrt(x' C x): half the confidence interval of a linear combination of the coefficients. */
  confidenceHalfWidth(row: Float64Array): number {
    return this.critical * Math.sqrt(Math.max(0, quadratic(this.covariance, row)));
  }
}

/** A symmetric matrix from its lower triangle by rows. */
export function unpack(lower: readonly number[], size: number): Float64Array[] {
  const full = Array.from({ length: size }, () => new Float64Array(size));
  let at = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) full[i]![j] = full[j]![i] = lower[at++]!;
  }
  return full;
}

/** x' M x over the entries of x that are not 0. */
function quadratic(matrix: readonly Float64Array[], x: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    if (x[i] === 0) continue;
    let row = 0;
    for (let j = 0; j < x.length; j++) row += matrix[i]![j]! * x[j]!;
    sum += x[i]! * row;
  }
  return sum;
}
