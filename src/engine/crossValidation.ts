import type { Random } from "./random.js";

/** Errors of held-out predictions, in the target's unit. */
export interface Quality {
  readonly rmse: number;
  readonly mae: number;
  /** Kendall's tau-b. */
  readonly kendallTau: number;
  /** 1 - SSE / SST */
  readonly r2: number;
}
export interface CrossValidation extends Quality {
  readonly folds: number;
  readonly repeats: number;
}

/** Fits on some rows and predicts others: both index lists, predictions in the order of `test`. */
export type FitAndPredict = (train: readonly number[], test: readonly number[]) => readonly number[];

export const FOLDS = 10;
export const REPEATS = 10;

/** Whether the training part of every fold of n samples has more samples than a form has coefficients. */
export const foldsFit = (n: number, coefficients: number): boolean => n - Math.ceil(n / FOLDS) > coefficients;

/** Rows in random order dealt out to folds: each fold once as `test`, the others as `train`. */
export function foldsOf(order: readonly number[], folds: number): { train: number[]; test: number[] }[] {
  return Array.from({ length: folds }, (_, fold) => ({
    test: order.filter((_, i) => i % folds === fold),
    train: order.filter((_, i) => i % folds !== fold),
  }));
}

/**
 * Repeated k-fold cross-validation; each repeat shuffles anew. Figures are means over the repeats.
 * @param actual measured values, length n >= folds
 */
export function crossValidate(
  actual: readonly number[],
  fitAndPredict: FitAndPredict,
  { folds, repeats, random }: { folds: number; repeats: number; random: Random },
): CrossValidation {
  const qualities: Quality[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const predicted = new Array<number>(actual.length);
    for (const { train, test } of foldsOf(random.permutation(actual.length), folds)) {
      fitAndPredict(train, test).forEach((value, i) => (predicted[test[i]!] = value));
    }
    qualities.push(quality(actual, predicted));
  }
  const mean = (key: keyof Quality) => qualities.reduce((sum, q) => sum + q[key], 0) / repeats;
  return { folds, repeats, rmse: mean("rmse"), mae: mean("mae"), kendallTau: mean("kendallTau"), r2: mean("r2") };
}

/** How well predictions meet measured values. */
export function quality(actual: readonly number[], predicted: readonly number[]): Quality {
  const n = actual.length;
  const mean = actual.reduce((sum, value) => sum + value, 0) / n;
  let squares = 0;
  let absolute = 0;
  let total = 0;
  actual.forEach((value, i) => {
    const error = value - predicted[i]!;
    squares += error * error;
    absolute += Math.abs(error);
    total += (value - mean) ** 2;
  });
  return { rmse: Math.sqrt(squares / n), mae: absolute / n, kendallTau: kendallTau(actual, predicted), r2: 1 - squares / total };
}

/** Kendall's tau-b, ties counted: (concordant - discordant) / sqrt((pairs - ties in x)(pairs - ties in y)). */
export function kendallTau(x: readonly number[], y: readonly number[]): number {
  let difference = 0;
  let untiedX = 0;
  let untiedY = 0;
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      const a = Math.sign(x[i]! - x[j]!);
      const b = Math.sign(y[i]! - y[j]!);
      difference += a * b;
      untiedX += a * a;
      untiedY += b * b;
    }
  }
  return difference / Math.sqrt(untiedX * untiedY);
}
