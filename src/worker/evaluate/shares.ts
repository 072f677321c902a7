import { wilson } from "../../engine/accuracy/proportion.js";
import type { MeasuredAccuracy } from "../../shared/supernet.js";
import { TOP } from "./score.js";
import type { Counts } from "./state.js";

/** A share of `n` images, %, with its 95 % interval. @param successes a mean of several readings may be no whole number */
const shareOf = (successes: number, n: number): MeasuredAccuracy["top1"] => {
  const [low, high] = wilson(successes, n);
  return { value: (100 * successes) / n, interval: [100 * low, 100 * high] };
};

/** Counts as a person reads them. */
export function accuracyOf([top1, top5]: Counts, n: number, classes: number): MeasuredAccuracy {
  return { n, top1: shareOf(top1, n), top5: classes > TOP ? shareOf(top5, n) : null };
}
