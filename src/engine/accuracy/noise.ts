import { kendallTau } from "../crossValidation.js";
import { meanOf } from "../diagnostics/basis.js";
import { normalQuantile } from "../diagnostics/tails.js";
import type { Random } from "../random.js";

/** Simulated readings, as far as their pairs are no more than can be compared in a second. */
const MOST_REPEATS = 200;
const LEAST_REPEATS = 4;
const MOST_PAIRS = 20_000_000;

/**
 * Kendall's tau-b that a predictor would reach at best, one that knew every true accuracy, against accuracies read on
 * `n` images: the mean over simulated readings.
 *
 * The true accuracies are deconvolved: the measured ones spread by the true spread and the readings' errors, so their
 * variance less the mean binomial variance is that of the true ones, and the measured ones are shrunk towards their mean
 * to have it (linear shrinkage, as of James and Stein; Efron and Morris 1977). A reading is the true accuracy with a
 * normal error of the binomial's variance, rounded to whole images. Where the measured spread is no more than errors
 * make, there is no order to find: 0.
 *
 * Networks read on the same images err together, and what is common to all of them changes no order. With `ownShare` of 1
 * the result is a cautious one, as if each had images of its own; ownErrorShare tells what is really a network's own.
 * @param shares measured accuracies of different networks, 0..1, at least 2
 * @param n images of each reading
 * @param ownShare share of the binomial variance that is a reading's own, 0..1
 * @returns 0..1
 */
export function noiseCeiling(shares: readonly number[], n: number, random: Random, ownShare = 1): number {
  const truth = deconvolved(shares, n, ownShare);
  if (truth === null) return 0;
  const pairs = (shares.length * (shares.length - 1)) / 2;
  const repeats = Math.min(MOST_REPEATS, Math.max(LEAST_REPEATS, Math.floor(MOST_PAIRS / pairs)));
  const taus = Array.from({ length: repeats }, () => kendallTau(truth, readingOf(truth, n, random, ownShare)));
  // A reading in which all are equal ranks nothing.
  return meanOf(taus.map((tau) => (Number.isNaN(tau) ? 0 : tau)));
}

/** The shares with their own errors' part of the spread taken away; null where nothing is left. */
function deconvolved(shares: readonly number[], n: number, ownShare: number): number[] | null {
  const mean = meanOf(shares);
  const measured = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / (shares.length - 1);
  // s (1 - s) / (n - 1) has the expectation p (1 - p) / n.
  const noise = ownShare * meanOf(shares.map((share) => (share * (1 - share)) / Math.max(1, n - 1)));
  if (!(measured > noise)) return null;
  const kept = Math.sqrt((measured - noise) / measured);
  return shares.map((share) => mean + kept * (share - mean));
}

function readingOf(truth: readonly number[], n: number, random: Random, ownShare: number): number[] {
  return truth.map((share) => {
    const error = Math.sqrt((ownShare * share * (1 - share)) / n) * normalQuantile(random.unit() + HALF_STEP);
    return Math.round(Math.min(1, Math.max(0, share + error)) * n) / n;
  });
}

/** Random.unit has 32 bits and may be 0, which no quantile is. */
const HALF_STEP = 2 ** -33;

/**
 * Share of the binomial variance of a reading that is a network's own and not common to all that were read on the same
 * images (hard images are hard for all): the residual mean square of the two-way layout networks x images over the mean
 * binomial variance. It is half the mean variance, over all pairs of networks, of the difference of their flags.
 * @param flags of each network (at least 2), one per image (at least 2): 1 where the class was right, else 0
 * @returns 0..1; 1 where no network ever changes
 */
export function ownErrorShare(flags: readonly Uint8Array[]): number {
  const m = flags.length;
  const n = flags[0]!.length;
  const byImage = new Float64Array(n);
  let squaresByNetwork = 0;
  let binomial = 0;
  let all = 0;
  for (const of of flags) {
    let right = 0;
    for (let i = 0; i < n; i++) {
      right += of[i]!;
      byImage[i]! += of[i]!;
    }
    all += right;
    squaresByNetwork += right * right;
    binomial += (right * (n - right)) / n / (n - 1);
  }
  const squaresByImage = byImage.reduce((sum, right) => sum + right * right, 0);
  // A flag is its own square.
  const residual = all - squaresByNetwork / n - squaresByImage / m + (all * all) / (m * n);
  if (binomial === 0) return 1;
  return Math.min(1, Math.max(0, residual / ((m - 1) * (n - 1)) / (binomial / m)));
}
