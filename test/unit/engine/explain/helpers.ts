import fc from "fast-check";
import type { Block, Stage } from "../../../../src/engine/architecture.js";
import { formTerms, type Form } from "../../../../src/engine/forms.js";
import type { Link } from "../../../../src/engine/link.js";
import type { PredictorData } from "../../../../src/engine/predictor.js";
import { Random } from "../../../../src/engine/random.js";
import { inputWidth, type Space } from "../../../../src/engine/space.js";
import { add, architecturesOf, models, readName, type Model } from "../helpers.js";

/** Gives a predictor a fit with a random covariance (L L'). */
export function withFit(data: PredictorData, seed: number): PredictorData {
  const random = Random.seeded(seed);
  const terms = ["(Intercept)", ...Object.keys(data.coefficients)];
  const factor = terms.map((_, i) => Array.from({ length: i + 1 }, () => (2 * random.unit() - 1) / 20));
  const covariance = factor.flatMap((row, i) => Array.from({ length: i + 1 }, (_, j) => add(factor[j]!.map((value, k) => value * row[k]!))));
  return { ...data, fit: { dof: 20 + random.below(100), residualStdError: 0.1 + random.unit(), terms, covariance, maxLeverage: 0.5 } };
}

/** A form's predictor with random coefficients. */
export function formPredictor(space: Space, form: Form, link: Link, seed: number): PredictorData {
  const random = Random.seeded(seed);
  const scale = link === null ? 1 : 1 / 64;
  const coefficients = Object.fromEntries(formTerms(form, space).map((name) => [name, scale * (2 * random.unit() - 1)]));
  return withFit({ target: form.target, unit: form.target === "accuracy" ? "%" : "ms", space: space.id, intercept: 0.3, coefficients, link }, seed + 1);
}

/** Adds products of the transition block with the other blocks, where nothing splits by itself. */
function withProducts(data: PredictorData, space: Space, scale: number): PredictorData {
  const patterns = ["tot_e_P_S:tot_k_S", "tot_k_P_S:avg_e_S:tot_k_S", "tot_S:log_k_P_S:avg_log_e_S"];
  const names = space.stages.flatMap(({ width }, index) =>
    patterns.map((pattern) => pattern.replaceAll("_P_", `_${inputWidth(space, index)}_`).replaceAll("_S", `_${width}`)),
  );
  const products = Object.fromEntries(names.map((name, i) => [name, scale * (1 + (i % 3)) * (i % 2 === 0 ? 1 : -1)]));
  return { ...data, coefficients: { ...data.coefficients, ...products } };
}

/** Small models with covariances and with terms that mix all of a stage's choices. */
export const mixedModels = (link: Link): fc.Arbitrary<Model> =>
  fc.tuple(models("real", link), fc.nat(1e6)).map(([{ space, accuracy, latency }, seed]) => ({
    space,
    accuracy: withFit(withProducts(accuracy, space, link === null ? 0.01 : 0.0005), seed),
    latency: withFit(withProducts(latency, space, 0.01), seed + 1),
  }));

/** Probability of an architecture when depths, then blocks, are drawn uniformly. */
export function probability(space: Space, stages: readonly Stage[]): number {
  return stages.reduce((product, { blocks }, s) => {
    const { depth, expand, kernel } = space.stages[s]!;
    return product / depth.length / (expand.length * kernel.length) ** blocks.length;
  }, 1);
}

/** Every architecture with its row of the design matrix, from the names of the terms: the oracle of all means. */
export class Enumeration {
  readonly all: readonly { readonly stages: Stage[]; readonly probability: number; readonly row: number[] }[];
  private readonly coefficients: number[];

  constructor(
    space: Space,
    private readonly data: PredictorData,
  ) {
    const names = Object.keys(data.coefficients);
    this.coefficients = [data.intercept, ...names.map((name) => data.coefficients[name]!)];
    this.all = architecturesOf(space).map((stages) => {
      const known = new Map<string, number>();
      const read = (name: string): number => {
        const value = known.get(name) ?? readName(name, stages);
        known.set(name, value);
        return value;
      };
      return { stages, probability: probability(space, stages), row: [1, ...names.map((name) => name.split(":").reduce((product, part) => product * read(part), 1))] };
    });
  }

  eta(row: readonly number[]): number {
    return add(row.map((value, i) => value * this.coefficients[i]!));
  }

  /** Mean row of the architectures that `holds` of. */
  mean(holds: (stages: readonly Stage[]) => boolean): number[] {
    const sums = this.coefficients.map(() => 0);
    let whole = 0;
    for (const { stages, probability: weight, row } of this.all) {
      if (!holds(stages)) continue;
      whole += weight;
      row.forEach((value, i) => (sums[i]! += weight * value));
    }
    return sums.map((sum) => sum / whole);
  }

  /** Standard error of a linear function of the coefficients, from the packed covariance. */
  error(row: readonly number[]): number {
    const { covariance } = this.data.fit!;
    const entry = (i: number, j: number) => (i >= j ? covariance[(i * (i + 1)) / 2 + j]! : covariance[(j * (j + 1)) / 2 + i]!);
    return Math.sqrt(Math.max(0, add(row.map((a, i) => (a === 0 ? 0 : a * add(row.map((b, j) => b * entry(i, j))))))));
  }
}

export const combine = (...parts: [factor: number, row: readonly number[]][]): number[] =>
  parts[0]![1].map((_, i) => add(parts.map(([factor, row]) => factor * row[i]!)));

export const sameGenes = (gene: keyof Block, a: readonly Block[], b: readonly Block[]): boolean =>
  a.length === b.length && a.slice(1).every((block, i) => block[gene] === b[i + 1]![gene]);
