import type { Predictor } from "../predictor.js";
import { stageName } from "../space.js";
import { blockCounts, type StageChoices } from "../stageChoices.js";
import { stageParts } from "../stageParts.js";
import type { PerChoice } from "./part.js";
import { spreadOf, type Spread } from "./spread.js";

/** Share of a prediction's variance over the space, 0..1; the parts of a stage add up to its share. */
export interface Share {
  readonly stage: string;
  readonly share: number;
  readonly parts: PerChoice<number>;
}
export interface Importance {
  /** Standard deviation of the prediction over the space (drawn as by randomArchitecture), pp or ms. */
  readonly deviation: number;
  /** They add up to 1; all 0 where nothing varies. */
  readonly shares: Share[];
}

/**
 * How much of the variance each stage explains, exactly: every stage's choices are enumerated, up to the order of
 * blocks. Stages are independent, so without a link their variances add up. Through the saturating link the value is
 * the ceiling minus a product of independent factors exp(-part); a stage's share is then its Shapley effect (Owen 2014,
 * "Sobol' indices and Shapley value"), which splits interactions evenly. Inside a stage the share goes by the
 * functional ANOVA of its part (or factor), the depth first, as in Explainer.
 * @throws TypeError where the predictor has terms across stages
 * @throws ModelError where a stage has more than 400,000 choices
 */
export function importanceOf(predictor: Predictor): Importance {
  if (!predictor.additive) throw new TypeError("variance shares of stages need an additive predictor");
  const enumerated = new Map<string, StageChoices>();
  const parts = predictor.space.stages.map((stage, index) => {
    const key = JSON.stringify([stage.depth, stage.expand, stage.kernel]);
    const choices = enumerated.get(key) ?? blockCounts(stage);
    enumerated.set(key, choices);
    return { choices, values: stageParts(predictor.stageTerms[index]!, choices) };
  });
  if (predictor.link === null) {
    const spreads = parts.map(({ choices, values }) => spreadOf(choices, values));
    const variances = spreads.map(({ variance }) => variance);
    return { deviation: Math.sqrt(sum(variances)), shares: sharesOf(predictor, spreads, variances) };
  }
  // Each factor is taken against its largest, which keeps it from overflowing.
  const lows = parts.map(({ values }) => values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY));
  const spreads = parts.map(({ choices, values }, s) => spreadOf(choices, values.map((part) => Math.exp(lows[s]! - part))));
  const relative = spreads.map(({ mean, variance }) => variance / mean ** 2);
  const scale = spreads.reduce((product, { mean }) => product * mean, Math.exp(-predictor.intercept - sum(lows)));
  return { deviation: scale * Math.sqrt(productVariance(relative)), shares: sharesOf(predictor, spreads, shapleyEffects(relative)) };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Variance of a product of independent factors of mean 1: prod (1 + v) - 1, without cancellation. */
export const productVariance = (variances: readonly number[]): number =>
  variances.reduce((product, variance) => product + variance + product * variance, 0);

/**
 * Shapley effects of independent factors of mean 1 on their product. A set S of them explains prod (1 + v) - 1, so a
 * factor adds v prod (1 + v) over S; the mean over all orders needs elementary symmetric polynomials only.
 */
export function shapleyEffects(variances: readonly number[]): number[] {
  return variances.map((variance, s) => {
    const others = variances.toSpliced(s, 1);
    // symmetric[k]: sum over all sets of k others.
    const symmetric = others.reduce((sums, other) => [...sums, 0].map((same, k) => same + (k === 0 ? 0 : sums[k - 1]! * (1 + other))), [1]);
    // k! (n - 1 - k)! / n! = 1 / (n C(n - 1, k))
    let sets = 1;
    return symmetric.reduce((effect, value, k) => {
      const added = (variance * value) / (variances.length * sets);
      sets = (sets * (others.length - k)) / (k + 1);
      return effect + added;
    }, 0);
  });
}

function sharesOf({ space }: Predictor, spreads: readonly Spread[], effects: readonly number[]): Share[] {
  const whole = sum(effects);
  return spreads.map(({ variance, parts }, index) => {
    const share = whole === 0 ? 0 : effects[index]! / whole;
    const scaled = (of: number) => (variance === 0 ? 0 : (share * of) / variance);
    return {
      stage: stageName(space.stages[index]!),
      share,
      parts: {
        depth: scaled(parts.depth),
        transition: scaled(parts.transition),
        expand: scaled(parts.expand),
        kernel: scaled(parts.kernel),
        together: scaled(parts.together),
      },
    };
  });
}
