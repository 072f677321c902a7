import type { Block, Stage } from "./architecture.js";
import { linkValue } from "./link.js";
import type { Predictor } from "./predictor.js";
import type { StageChoices } from "./stageChoices.js";
import { readVariable, type Term } from "./variables.js";

/** baseline (the space's mean) + the sum of the values = the prediction, exactly. */
export interface Contributions {
  /** % or ms */
  readonly baseline: number;
  /** By stage: pp or ms, with the 95 % confidence interval where the predictor carries a covariance. */
  readonly stages: readonly { readonly value: number; readonly interval: [number, number] | null }[];
}

/**
 * Splits predictions over the stages. On the scale of the link's argument (eta) an additive predictor splits by
 * itself: a stage's share is its part minus the part's mean over the space (architectures drawn as by
 * randomArchitecture). Through a link, shares are scaled by the secant slope from the mean to the prediction:
 * the Aumann-Shapley value (integrated gradients) of a monotone function of a sum, exact and summing exactly.
 */
export class Explainer {
  private readonly meanParts: readonly number[];
  /** Mean row of the design matrix; null without a covariance. */
  private readonly meanRow: Float64Array | null;
  /** A front repeats few choices of a stage in many architectures. */
  private readonly known: readonly Map<readonly Block[], Share>[];

  /** @throws TypeError where the predictor has terms across stages */
  constructor(
    private readonly predictor: Predictor,
    choices: readonly StageChoices[],
  ) {
    if (!predictor.additive) throw new TypeError("contributions of stages need an additive predictor");
    const mean = (stage: number, of: (blocks: readonly Block[]) => number) => {
      const { blocks, weights } = choices[stage]!;
      return blocks.reduce((sum, sequence, i) => sum + weights[i]! * of(sequence), 0);
    };
    this.known = choices.map(() => new Map());
    this.meanParts = choices.map((_, stage) => mean(stage, (blocks) => predictor.stagePart(stage, blocks)));
    this.meanRow =
      predictor.uncertainty === null
        ? null
        : Float64Array.from(predictor.uncertainty.terms, (term) =>
            term === null ? 1 : mean(term.stage!, (blocks) => readStageTerm(term, blocks)),
          );
  }

  explain(stages: readonly Stage[]): Contributions {
    const { predictor } = this;
    const meanEta = this.meanParts.reduce((sum, part) => sum + part, predictor.intercept);
    const shares = stages.map((stage, index) => this.share(index, stage.blocks));
    const change = shares.reduce((sum, share) => sum + share.value, 0);
    const baseline = linkValue(predictor.link, meanEta);
    const slope =
      Math.abs(change) < 1e-12
        ? (linkValue(predictor.link, meanEta + 1e-6) - baseline) / 1e-6
        : (linkValue(predictor.link, meanEta + change) - baseline) / change;
    return {
      baseline,
      stages: shares.map(({ value, half }) => ({
        value: value * slope,
        interval: half === null ? null : [(value - half) * slope, (value + half) * slope],
      })),
    };
  }

  private share(stage: number, blocks: readonly Block[]): Share {
    const known = this.known[stage]!.get(blocks);
    if (known !== undefined) return known;
    const value = this.predictor.stagePart(stage, blocks) - this.meanParts[stage]!;
    const share = { value, half: this.halfWidth(stage, blocks) };
    this.known[stage]!.set(blocks, share);
    return share;
  }

  private halfWidth(stage: number, blocks: readonly Block[]): number | null {
    const { uncertainty } = this.predictor;
    if (uncertainty === null) return null;
    const row = Float64Array.from(uncertainty.terms, (term, i) =>
      term?.stage === stage ? readStageTerm(term, blocks) - this.meanRow![i]! : 0,
    );
    return uncertainty.confidenceHalfWidth(row);
  }
}

/** A stage's part of eta against the space's mean, with half its confidence interval. */
interface Share {
  readonly value: number;
  readonly half: number | null;
}

function readStageTerm(term: Term, blocks: readonly Block[]): number {
  return term.variables.reduce((product, variable) => product * readVariable(variable, blocks), 1);
}
