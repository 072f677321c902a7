import type { Point, SearchResult } from "../src/shared/results.js";
import { ceilBudget } from "../src/shared/format.js";
import { atBudget } from "../src/shared/front.js";
import type { CountedTies, NearTies } from "./types.js";

/** The architecture on show: what the run found, or the certified optimum at the slider's budget. */
export interface Shown {
  kind: "found" | "certified";
  /** ms */
  budget: number;
  /** Index into the front; -1 where there is no front or the budget lies below it. */
  index: number;
  point: Point;
  /** Null where they cannot be counted; undefined where they were not yet. */
  nearTies: NearTies | null | undefined;
}

/**
 * What to show of a result.
 * @param budget slider position in ms; null follows the run's own budget
 * @param counted near-ties of points of the front that the host has counted so far
 * @returns null where nothing fits the budget
 */
export function shownAt(result: SearchResult, budget: number | null, counted: CountedTies): Shown | null {
  const at = budget ?? result.budget;
  const index = atBudget(result.front, at);
  if (budget === null) {
    return result.found === null
      ? null
      : { kind: "found", budget: at, index, point: result.found, nearTies: result.nearTies };
  }
  const point = result.front[index];
  if (point === undefined) return null;
  return { kind: "certified", budget: at, index, point, nearTies: counted.get(index) };
}

/** What a step along the front is worth, pp and ms; from the optima under neighbouring budgets. */
export interface Marginal {
  /** Optimum at budget + 1 ms minus optimum at budget, pp. */
  gain: number;
  /** Optimum at budget minus optimum at budget - 1 ms, pp; null where nothing fits one millisecond less. */
  loss: number | null;
  /** The next better point of the front: ms above the budget, pp above the optimum; null at its end. */
  next: { latency: number; accuracy: number } | null;
}

/** Reads the marginal off the front. @returns null without a front or below it */
export function marginalAt(front: readonly Point[], budget: number): Marginal | null {
  const index = atBudget(front, budget);
  const here = front[index];
  if (here === undefined) return null;
  const accuracyAt = (limit: number): number | null => front[atBudget(front, limit)]?.accuracy.value ?? null;
  const below = accuracyAt(budget - 1);
  const next = front[index + 1];
  return {
    gain: (accuracyAt(budget + 1) ?? here.accuracy.value) - here.accuracy.value,
    loss: below === null ? null : here.accuracy.value - below,
    next:
      next === undefined
        ? null
        : { latency: next.latency.value - budget, accuracy: next.accuracy.value - here.accuracy.value },
  };
}

/** A budget in ms as a hand on a slider means it: to a tenth. */
export const roundDrag = (budget: number): number => Math.round(budget * 10) / 10;

/** Range of the budget slider in ms, on a grid of 0.01 ms that keeps its lower end feasible. */
export function sliderRange(result: SearchResult): { min: number; max: number } | null {
  const first = result.front[0];
  const last = result.front[result.front.length - 1];
  if (first === undefined || last === undefined) return null;
  const min = ceilBudget(first.latency.value);
  const max = ceilBudget(Math.max(last.latency.value, result.budget));
  return { min, max: Math.max(max, min + 0.1) };
}

/** A wished budget brought into the range; the run's own budget becomes null, which follows the run. */
export function moveBudget(result: SearchResult, wish: number): number | null {
  const range = sliderRange(result);
  if (range === null || !Number.isFinite(wish)) return null;
  const budget = Math.min(range.max, Math.max(range.min, Math.round(wish * 100) / 100));
  return result.found !== null && Math.abs(budget - result.budget) < 0.005 ? null : budget;
}
