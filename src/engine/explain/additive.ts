import { linkValue } from "../link.js";
import type { Predictor } from "../predictor.js";
import { stageName } from "../space.js";
import type { Shift } from "./part.js";
import { StageMeans } from "./stageMeans.js";

/** An additive predictor seen from the space's mean: what every explanation starts from. */
export class AdditiveModel {
  readonly stages: readonly StageModel[];
  /** Mean of eta over the space. */
  readonly meanEta: number;
  /** Prediction there, % or ms. */
  readonly baseline: number;

  /** @throws TypeError where the predictor has terms across stages */
  constructor(readonly predictor: Predictor) {
    if (!predictor.additive) throw new TypeError("contributions of stages need an additive predictor");
    this.stages = predictor.space.stages.map((_, index) => new StageModel(predictor, index));
    this.meanEta = this.stages.reduce((sum, { mean }) => sum + mean, predictor.intercept);
    this.baseline = linkValue(predictor.link, this.meanEta);
  }
}

/** One stage's terms: their means, and what follows from them for its part of eta. */
export class StageModel {
  readonly name: string;
  readonly means: StageMeans;
  /** Mean of the stage's part of eta over the space. */
  readonly mean: number;
  private readonly coefficients: Float64Array;
  /** Where the stage's terms stand in a row of the design matrix. */
  private readonly places: readonly { readonly row: number; readonly term: number }[];

  constructor(
    private readonly predictor: Predictor,
    index: number,
  ) {
    const stage = predictor.space.stages[index]!;
    const terms = predictor.stageTerms[index]!;
    const termOf = new Map(terms.map(({ name }, term) => [name, term]));
    this.name = stageName(stage);
    this.means = new StageMeans(stage, terms);
    this.coefficients = Float64Array.from(terms, ({ coefficient }) => coefficient);
    this.places = (predictor.uncertainty?.terms ?? []).flatMap((term, row) => {
      const place = term === null ? undefined : termOf.get(term.name);
      return place === undefined ? [] : [{ row, term: place }];
    });
    this.mean = this.coefficients.reduce((sum, coefficient, t) => sum + coefficient * this.means.overall[t]!, 0);
  }

  /** eta with the stage's terms at `to` minus eta with them at `from`: one linear function of the coefficients. */
  shift(from: Float64Array, to: Float64Array): Shift {
    let value = 0;
    for (let t = 0; t < from.length; t++) value += this.coefficients[t]! * (to[t]! - from[t]!);
    const { uncertainty } = this.predictor;
    if (uncertainty === null) return { value, half: null };
    const row = new Float64Array(uncertainty.terms.length);
    for (const place of this.places) row[place.row] = to[place.term]! - from[place.term]!;
    return { value, half: uncertainty.confidenceHalfWidth(row) };
  }
}
