import { Annealing, DEFAULT_EVALUATIONS } from "../../src/engine/annealing.js";
import { frontIndexAt } from "../../src/engine/front.js";
import type { Problem } from "./problems.js";
import { summarize, type Summary } from "./statistics.js";
import { clearStatus, showStatus } from "./table.js";

/** The best accuracy counts as the certified optimum within this many pp. */
export const TOLERANCE_PP = 1e-9;
export const WITHIN_MS = 1000;
/** Evaluations between two looks at the best so far: figures "to the optimum" are rounded up to it. */
export const LOOK = 256;
/** So many seeds of each budget go on after the optimum, for the evaluations a second of whole runs. */
const WHOLE_RUNS = 3;

interface Run {
  readonly seed: number;
  /** When it had the optimum, the annealer's construction included; null when it never had. */
  readonly reached: { readonly evaluations: number; readonly ms: number } | null;
  /** Certified optimum less the best found, pp. */
  readonly gap: number;
  /** Evaluations a second of a whole run; null of one stopped at the optimum. */
  readonly perSecond: number | null;
}

export interface BudgetResult {
  /** ms */
  readonly budget: number;
  /** Certified, %. */
  readonly optimum: number;
  readonly seeds: number;
  readonly reached: number;
  /** Seeds that never did. */
  readonly missed: readonly number[];
  /** With the problem's set-up time added. */
  readonly reachedWithinSecond: number;
  /** Of the runs that reached it. */
  readonly evaluations: Summary | null;
  readonly ms: Summary | null;
  readonly medianGap: number;
  readonly largestGap: number;
  /** A run was better than the certificate allows, by so many pp: 0 unless the front or the tables are wrong. */
  readonly beyond: number;
}

export interface SearchResults {
  readonly problem: string;
  readonly evaluationsARun: number;
  readonly setUpMs: number;
  readonly budgets: readonly BudgetResult[];
  readonly perSecond: Summary;
}

/** Annealing by itself, the default number of evaluations, never told the optimum. */
export function measureSearch(problem: Problem, seeds: number): SearchResults {
  const speeds: number[] = [];
  oneRun(problem, problem.budgets[0]!, 0, true); // warm-up
  const budgets = problem.budgets.map((budget) => {
    showStatus(`${problem.id}: ${budget} ms`);
    const runs = Array.from({ length: seeds }, (_, i) => oneRun(problem, budget, i + 1, i < WHOLE_RUNS));
    speeds.push(...runs.map((run) => run.perSecond).filter((speed) => speed !== null));
    return resultAt(problem, budget, runs);
  });
  clearStatus();
  const { id, setUpMs } = problem;
  return { problem: id, evaluationsARun: DEFAULT_EVALUATIONS, setUpMs, budgets, perSecond: summarize(speeds)! };
}

/** % of the proven optimum under a budget. */
export function optimumAt({ front }: Problem, budget: number): number {
  return front.accuracy[frontIndexAt(front, budget)]!;
}

/** Stopping at the optimum only saves time: the same seed walks the same way, and misses run to their end. */
function oneRun(problem: Problem, budget: number, seed: number, whole: boolean): Run {
  const { landscape, extremes } = problem;
  const optimum = optimumAt(problem, budget);
  const started = performance.now();
  const annealing = new Annealing(landscape, { budget, seed, evaluations: DEFAULT_EVALUATIONS, start: extremes.fastest });
  const gap = () => optimum - landscape.accuracy.value(annealing.bestState);
  let reached: Run["reached"] = null;
  while (!annealing.finished && (whole || reached === null)) {
    annealing.step(LOOK);
    if (reached === null && gap() <= TOLERANCE_PP) reached = { evaluations: annealing.evaluations, ms: performance.now() - started };
  }
  const seconds = (performance.now() - started) / 1000;
  return { seed, reached, gap: gap(), perSecond: annealing.finished ? annealing.evaluations / seconds : null };
}

function resultAt(problem: Problem, budget: number, runs: readonly Run[]): BudgetResult {
  const hits = runs.map((run) => run.reached).filter((reached) => reached !== null);
  const gaps = summarize(runs.map((run) => Math.max(0, run.gap)))!;
  return {
    budget,
    optimum: optimumAt(problem, budget),
    seeds: runs.length,
    reached: hits.length,
    missed: runs.filter((run) => run.reached === null).map(({ seed }) => seed),
    reachedWithinSecond: hits.filter(({ ms }) => ms + problem.setUpMs <= WITHIN_MS).length,
    evaluations: summarize(hits.map(({ evaluations }) => evaluations)),
    ms: summarize(hits.map(({ ms }) => ms)),
    medianGap: gaps.median,
    largestGap: gaps.max,
    beyond: beyondCertificate(runs.map((run) => run.gap)),
  };
}

/** pp by which the best of runs with these gaps is better than it can be; 0 within the tolerance. */
export function beyondCertificate(gaps: readonly number[]): number {
  const beyond = -Math.min(...gaps);
  return beyond > TOLERANCE_PP ? beyond : 0;
}
