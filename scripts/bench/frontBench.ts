import { paretoFront } from "../../src/engine/front.js";
import { tabulate } from "../../src/engine/landscape.js";
import { productionBuild } from "./build.js";
import type { Problem } from "./problems.js";
import { repeat, repeatInTurn, summarize, type Summary } from "./statistics.js";
import { fixed, showStatus, clearStatus, SPREAD, spread, table, whole } from "./table.js";
import { frontInWorker } from "./workerJobs.js";

/** ms from predictors to the whole front. */
export interface FrontResults {
  readonly problem: string;
  readonly title: string;
  readonly points: number;
  /** In a process whose JavaScript is warm. */
  readonly warm: Summary;
  /** Median of the part that tabulates. */
  readonly tabulateMs: number;
  /** As the worker does it: once, in a process just started. */
  readonly fresh: Summary;
}

const LIMIT_MS = 50;
const RUNS = 30;
const WARM_UPS = 5;
const FRESH_RUNS = 7;

export async function measureFront(problem: Problem): Promise<FrontResults> {
  const { id, title, space, accuracy, latency, front, sources } = problem;
  showStatus(`${id}: front`);
  const runs = repeat(RUNS, WARM_UPS, () => {
    const started = performance.now();
    const landscape = tabulate(space, accuracy, latency);
    const tabulated = performance.now();
    paretoFront(landscape);
    return { ms: performance.now() - started, tabulateMs: tabulated - started };
  });
  await productionBuild();
  const fresh = await repeatInTurn(FRESH_RUNS, 1, () => frontInWorker(sources));
  clearStatus();
  return {
    problem: id,
    title,
    points: front.states.length,
    warm: summarize(runs.map(({ ms }) => ms))!,
    tabulateMs: summarize(runs.map(({ tabulateMs }) => tabulateMs))!.median,
    fresh: summarize(fresh)!,
  };
}

export function printFront(results: readonly FrontResults[]): void {
  console.log(`  From predictors to every non-dominated architecture: tabulate the space, then the front.
  warm: ${RUNS} runs after ${WARM_UPS} that do not count; fresh: ${FRESH_RUNS} workers, each just started, by their own clock.\n`);
  const rows = results.flatMap(({ problem, points, warm, tabulateMs, fresh }) => [
    [`${problem}, warm`, whole(points), ...spread(warm, ms), ms(tabulateMs)],
    [`${problem}, fresh`, whole(points), ...spread(fresh, ms), ""],
  ]);
  console.log(table(["problem", "points", ...SPREAD("ms"), "of it tabulate ms"], rows));
  console.log(`\n  Required: the front in less than ${LIMIT_MS} ms.`);
  for (const { problem, warm, fresh } of results) {
    console.log(`  ${problem}: ${verdict(warm)} warm, ${verdict(fresh)} in a fresh worker.`);
  }
}

const ms = (value: number): string => fixed(value, 1);

function verdict({ median, max }: Summary): string {
  if (max < LIMIT_MS) return `HOLDS in every run (max ${ms(max)} ms)`;
  return median < LIMIT_MS ? `HOLDS by the median (${ms(median)} ms; max ${ms(max)} ms)` : `DOES NOT HOLD (median ${ms(median)} ms)`;
}
