import { plainMetropolis, randomSearch, type Peer } from "./peers.js";
import type { Problem } from "./problems.js";
import { beyondCertificate, optimumAt, TOLERANCE_PP, type SearchResults } from "./searchBench.js";
import { printIfBeyond } from "./searchReport.js";
import { summarize, type Summary } from "./statistics.js";
import { clearStatus, fixed, millions, share, showStatus, spread, table, whole } from "./table.js";

/** One method over all peer budgets of a problem. */
export interface MethodResult {
  readonly method: string;
  readonly runs: number;
  readonly reached: number;
  /** pp, over all runs; of FOX-NAS the median over the budgets' medians */
  readonly medianGap: number;
  readonly largestGap: number;
  readonly perSecond: Summary;
  readonly beyond: number;
}

export interface PeerResults {
  readonly problem: string;
  readonly evaluationsARun: number;
  readonly foxNas: MethodResult;
  readonly peers: readonly (MethodResult & {
    /** Evaluations a second of FOX-NAS over the peer's, medians. */
    readonly speedRatio: number;
    /** Share of runs that found the optimum, FOX-NAS over the peer; null where the peer never did. */
    readonly successRatio: number | null;
  })[];
}

/** A run of the textbook annealer takes seconds, so it gets fewer seeds. */
const PEERS: readonly { method: string; peer: Peer; seeds: number; seedsOfAll: number }[] = [
  { method: "random search", peer: randomSearch, seeds: 5, seedsOfAll: 25 },
  { method: "plain Metropolis", peer: plainMetropolis, seeds: 1, seedsOfAll: 5 },
];

/** Peers at the same budgets and evaluations, beside what the search section measured. */
export function measurePeers(problem: Problem, search: SearchResults, all: boolean): PeerResults {
  const foxNas = foxNasOf(problem, search);
  const peers = PEERS.map(({ method, peer, seeds, seedsOfAll }) => {
    const result = measurePeer(problem, method, peer, all ? seedsOfAll : seeds, search.evaluationsARun);
    const rate = (of: MethodResult) => of.reached / of.runs;
    return {
      ...result,
      speedRatio: foxNas.perSecond.median / result.perSecond.median,
      successRatio: result.reached === 0 ? null : rate(foxNas) / rate(result),
    };
  });
  return { problem: problem.id, evaluationsARun: search.evaluationsARun, foxNas, peers };
}

function measurePeer(problem: Problem, method: string, peer: Peer, seeds: number, evaluations: number): MethodResult {
  const gaps: number[] = [];
  const speeds: number[] = [];
  peer(problem, { budget: problem.peerBudgets[0]!, seed: 0, evaluations: evaluations / 10 }); // warm-up
  for (const budget of problem.peerBudgets) {
    showStatus(`${problem.id}: ${method}, ${budget} ms`);
    for (let seed = 1; seed <= seeds; seed++) {
      const started = performance.now();
      const best = peer(problem, { budget, seed, evaluations });
      speeds.push((1000 * evaluations) / (performance.now() - started));
      gaps.push(optimumAt(problem, budget) - best);
    }
  }
  clearStatus();
  const { median, max } = summarize(gaps)!;
  const reached = gaps.filter((gap) => gap <= TOLERANCE_PP).length;
  const beyond = beyondCertificate(gaps);
  return { method, runs: gaps.length, reached, medianGap: median, largestGap: max, perSecond: summarize(speeds)!, beyond };
}

function foxNasOf({ peerBudgets }: Problem, { budgets, perSecond }: SearchResults): MethodResult {
  const here = budgets.filter(({ budget }) => peerBudgets.includes(budget));
  const sum = (of: (result: (typeof here)[number]) => number) => here.reduce((total, result) => total + of(result), 0);
  return {
    method: "FOX-NAS annealing",
    runs: sum(({ seeds }) => seeds),
    reached: sum(({ reached }) => reached),
    medianGap: summarize(here.map((result) => result.medianGap))!.median,
    largestGap: Math.max(...here.map((result) => result.largestGap)),
    perSecond,
    beyond: Math.max(...here.map(({ beyond }) => beyond)),
  };
}

export function printPeers(problem: Problem, { foxNas, peers, evaluationsARun }: PeerResults): void {
  console.log(`\n  Peers at budgets ${problem.peerBudgets.join(", ")} ms, ${whole(evaluationsARun)} evaluations a run each\n`);
  const cells = (result: MethodResult) => [
    result.method,
    share(result.reached, result.runs),
    fixed(result.medianGap, 4),
    fixed(result.largestGap, 4),
    ...spread(result.perSecond, millions),
  ];
  const header = ["method", "found", "median gap pp", "max gap pp", "M evals/s median", "min", "max", "speed ratio", "found ratio"];
  const rows = peers.map((peer) => [
    ...cells(peer),
    `x ${fixed(peer.speedRatio, 2)}`,
    peer.successRatio === null ? "peer never" : `x ${fixed(peer.successRatio, 2)}`,
  ]);
  console.log(table(header, [[...cells(foxNas), "", ""], ...rows]));
  for (const { method, beyond } of peers) printIfBeyond(`by ${method}`, beyond);
}

export function explainPeers(): void {
  console.log(`  Peers start from the same architecture, have as many evaluations and are judged by the same certificate. Random search draws
  on the annealer's own tables. Plain Metropolis changes one gene of one block, evaluates both predictors anew, and cools as the
  annealer does. Ratios are FOX-NAS over the peer. The published FOX-NAS annealer is not among them: it is not reproduced here.`);
}
