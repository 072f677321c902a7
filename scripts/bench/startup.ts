import { spawn } from "node:child_process";
import path from "node:path";
import { randomArchitecture } from "../../src/engine/architecture.js";
import { Random } from "../../src/engine/random.js";
import { productionBuild } from "./build.js";
import { builtInSources, spaceOf } from "./problems.js";
import { root } from "./root.js";
import { repeatInTurn, summarize, type Summary } from "./statistics.js";
import { fixed, SPREAD, spread, table } from "./table.js";
import { searchInWorker, smallestJob } from "./workerJobs.js";

export type Startup = readonly { readonly what: string; readonly ms: Summary }[];

const RUNS = 9;
/** ms */
const BUDGET = 120;
const SEARCH = [
  ...["search", "--space", "foxnas-cpu", "--budget", String(BUDGET), "--json"],
  ...["--accuracy", "foxnas-cpu-256-accuracy", "--latency", "foxnas-cpu-256-latency-pi4"],
];

/** Every figure from processes just started, with the built-in predictors. */
export async function measureStartup(): Promise<Startup> {
  await productionBuild();
  const sources = builtInSources();
  const space = spaceOf(sources);
  const config = JSON.stringify({ version: 1, space: space.id, ...randomArchitecture(space, space.resolutions[0]!, Random.seeded(1)) });
  const node = await repeatInTurn(RUNS, 1, () => program(["-e", "0"]));
  const worker = await repeatInTurn(RUNS, 1, () => smallestJob(sources.space, config));
  const search = await repeatInTurn(RUNS, 1, () => searchInWorker(sources, BUDGET));
  const cli = await repeatInTurn(RUNS, 1, () => program([path.join(root, "dist", "cli.js"), ...SEARCH]));
  const row = (what: string, values: readonly number[]) => ({ what, ms: summarize(values)! });
  return [
    row("node -e 0, to its end: the floor", node.map(({ endMs }) => endMs)),
    row("worker: start, read one config, answer, end", worker),
    row("worker: search, to the first progress", search.map(({ firstProgressMs }) => firstProgressMs)),
    row("worker: search, to the result", search.map(({ resultMs }) => resultMs)),
    row("fox-nas search, to the first line of progress", cli.map(({ firstErrorMs }) => firstErrorMs)),
    row("fox-nas search, to its end with the result", cli.map(({ endMs }) => endMs)),
  ];
}

/** ms from the start of a Node.js program to its first byte on stderr (NaN without one) and to its end. */
function program(args: readonly string[]): Promise<{ firstErrorMs: number; endMs: number }> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
    let firstErrorMs = Number.NaN;
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      if (errors === "") firstErrorMs = performance.now() - started;
      errors += text;
    });
    child.once("error", reject);
    child.once("close", (code) => {
      const endMs = performance.now() - started;
      if (code === 0) resolve({ firstErrorMs, endMs });
      else reject(new Error(`${args.join(" ")} ended with exit code ${String(code)}:\n${errors}`));
    });
  });
}

export function printStartup(rows: Startup): void {
  console.log(`  Built-in predictors, budget ${BUDGET} ms; ${RUNS} processes each after one that does not count. Away from a terminal fox-nas
  prints a line of progress for each tenth of the search, so its first line comes after the first tenth.\n`);
  console.log(table(["from the start to", ...SPREAD("ms")], rows.map(({ what, ms }) => [what, ...spread(ms, (value) => fixed(value, 0))])));
  console.log("\n  Activation, and the time from the command to the first painted progress, are measured in a real VS Code: npm run e2e prints them.");
}
