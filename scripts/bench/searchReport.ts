import { LOOK, TOLERANCE_PP, WITHIN_MS, type BudgetResult, type SearchResults } from "./searchBench.js";
import { fixed, millions, share, spread, table, whole } from "./table.js";

/** "At least 99 of 100 seeds", in shares, so that it can be asked of any number of seeds. */
const LEAST_SHARE = 0.99;
const SEEDS_ASKED = 100;

export function explainSearch(): void {
  console.log(`  A run is one annealing with one seed. It is not told the optimum; "found" means within ${TOLERANCE_PP} pp of the certified one.
  Evaluations and times are to the optimum, of the runs that found it, in steps of ${LOOK} evaluations; misses ran to their end.
  "max gap" is what the worst run missed. "in 1 s" counts the set-up (tabulate, fastest architecture) too. JavaScript is warm.`);
}

export function printSearch(title: string, results: SearchResults): void {
  const { budgets, perSecond, evaluationsARun, setUpMs } = results;
  console.log(`\n  ${title}\n  ${whole(evaluationsARun)} evaluations a run at most; set-up ${fixed(setUpMs, 1)} ms\n`);
  const header = ["budget ms", "optimum %", "found", "evals median", "evals max", "ms median", "ms p95", "ms max", "in 1 s", "max gap pp"];
  console.log(`${table(header, budgets.map(row))}\n`);
  const [median, min, max] = spread(perSecond, millions);
  console.log(`  Evaluations a second: median ${median} million, min ${min}, max ${max} (${perSecond.n} whole runs, construction included).`);
  printVerdict(budgets);
  for (const { budget, missed } of budgets.filter((result) => result.missed.length > 0)) {
    console.log(`  Missed at ${budget} ms: ${missed.length === 1 ? "seed" : "seeds"} ${missed.join(", ")}.`);
  }
  for (const { budget, beyond } of budgets) printIfBeyond(`at ${budget} ms`, beyond);
}

function row(result: BudgetResult): string[] {
  const { budget, optimum, seeds, reached, evaluations, ms } = result;
  return [
    String(budget),
    fixed(optimum, 4),
    share(reached, seeds),
    ...(evaluations === null ? ["-", "-"] : [whole(evaluations.median), whole(evaluations.max)]),
    ...(ms === null ? ["-", "-", "-"] : [ms.median, ms.p95, ms.max].map((value) => fixed(value, 1))),
    share(result.reachedWithinSecond, seeds),
    fixed(result.largestGap, 4),
  ];
}

function printVerdict(budgets: readonly BudgetResult[]): void {
  const worst = worstOf(budgets);
  const holds = worst.reachedWithinSecond >= LEAST_SHARE * worst.seeds;
  const slowest = Math.max(...budgets.map(({ ms }) => ms?.max ?? 0));
  console.log(`  Required: at least 99 of 100 seeds reach the optimum within ${WITHIN_MS / 1000} s at every budget.
  ${holds ? "HOLDS" : "DOES NOT HOLD"} at these ${budgets.length} budgets. Worst: ${worst.budget} ms, ${share(worst.reachedWithinSecond, worst.seeds)} seeds; the slowest find of all took ${fixed(slowest, 0)} ms.`);
  if (worst.seeds < SEEDS_ASKED) console.log(`  ${worst.seeds} seeds a budget are too few to show 99 of 100: --seeds ${SEEDS_ASKED} does.`);
}

/** Nothing that is feasible may be better than the certified optimum. */
export function printIfBeyond(where: string, beyond: number): void {
  if (beyond > 0) console.log(`  !! CERTIFICATE WRONG ${where}: a run is ${beyond} pp better than the "optimum".`);
}

/** Fewest seeds in time; of equal ones that with the slowest find. */
function worstOf(budgets: readonly BudgetResult[]): BudgetResult {
  const time = ({ ms }: BudgetResult) => ms?.max ?? Number.POSITIVE_INFINITY;
  return budgets.reduce((worst, result) => {
    const difference = result.reachedWithinSecond - worst.reachedWithinSecond;
    return difference < 0 || (difference === 0 && time(result) > time(worst)) ? result : worst;
  });
}
