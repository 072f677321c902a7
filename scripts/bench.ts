// `npm run bench`: how often, how fast and how surely the search finds the proven optimum; the front; sizes; start-up.
//
//   npm run bench -- [search front sizes startup write panel editor device supernet] [--all] [--seeds N] [--json FILE] [--help]
import { writeFileSync } from "node:fs";
import { HELP, optionsOf, UsageError, type Options, type Section } from "./bench/arguments.js";
import { measureDevice } from "./bench/device.js";
import { measureEditor, printEditor } from "./bench/editorBench.js";
import { measureFront, printFront, type FrontResults } from "./bench/frontBench.js";
import { machineNow, printCoreShare, printMachine, watchCore } from "./bench/machine.js";
import { explainPeers, measurePeers, printPeers } from "./bench/peerBench.js";
import { measurePanel, printPanel } from "./bench/panelBench.js";
import { problemSets, type Problem } from "./bench/problems.js";
import { measureSearch } from "./bench/searchBench.js";
import { explainSearch, printSearch } from "./bench/searchReport.js";
import { measureSizes, printSizes } from "./bench/sizes.js";
import { measureSupernet } from "./bench/supernetBench.js";
import { measureStartup, printStartup } from "./bench/startup.js";
import { clearStatus, fixed, heading } from "./bench/table.js";
import { measureWrite, printWrite } from "./bench/write.js";

type Measure = (options: Options, problems: () => Problem[]) => Promise<unknown>;

const TITLES: Readonly<Record<Section, string>> = {
  search: "Search: annealing against the proven optimum of the predictors",
  front: "Front: the whole exact Pareto front",
  sizes: "Sizes",
  startup: "Start-up",
  write: "Write: an architecture as an ONNX model in memory",
  panel: "Panel: an edit under What if, and the views of a result",
  editor: "Editor: everything about a config's text after a keystroke",
  device: "Device: profile, predict, search and measure on this machine",
  supernet: "Supernet: accuracy of subnets, measured and predicted",
};

const SECTION: Readonly<Record<Section, Measure>> = {
  search: async ({ seeds, all }, problems) => {
    explainSearch();
    explainPeers();
    const coreShare = watchCore();
    const results = problems().map((problem) => {
      const search = measureSearch(problem, seeds);
      printSearch(problem.title, search);
      const peers = measurePeers(problem, search, all);
      printPeers(problem, peers);
      return { ...search, peers };
    });
    printCoreShare(coreShare());
    const judged = results.flatMap(({ budgets, peers }) => [...budgets, ...peers.peers]);
    if (judged.some(({ beyond }) => beyond > 0)) process.exitCode = 1;
    return results;
  },
  front: async (_, problems) => {
    const results: FrontResults[] = [];
    for (const problem of problems()) results.push(await measureFront(problem));
    printFront(results);
    return results;
  },
  sizes: async () => {
    const sizes = await measureSizes();
    printSizes(sizes);
    return sizes;
  },
  startup: async () => {
    const startup = await measureStartup();
    printStartup(startup);
    return startup;
  },
  write: async () => {
    const coreShare = watchCore();
    const written = measureWrite();
    printWrite(written);
    printCoreShare(coreShare());
    return written;
  },
  panel: async () => {
    const panel = await measurePanel();
    printPanel(panel);
    return panel;
  },
  editor: async () => {
    const coreShare = watchCore();
    const rows = measureEditor();
    printEditor(rows);
    printCoreShare(coreShare());
    return rows;
  },
  device: ({ all }) => measureDevice(all),
  supernet: () => measureSupernet(),
};

/** A section that cannot be measured does not keep the others from it. */
async function bench(options: Options): Promise<void> {
  const started = performance.now();
  const machine = machineNow();
  printMachine(machine);
  let prepared: Problem[] | null = null;
  const problems = () => (prepared ??= problemSets(options.all));
  const results: Partial<Record<Section, unknown>> = {};
  for (const section of options.sections) {
    heading(TITLES[section]);
    try {
      results[section] = await SECTION[section](options, problems);
    } catch (error) {
      clearStatus();
      console.log(`!! NOT measured: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    }
  }
  if (options.json !== null) {
    const { all, seeds } = options;
    writeFileSync(options.json, `${JSON.stringify({ machine, all, seeds, ...results }, null, 1)}\n`);
  }
  console.log(`\nTook ${fixed((performance.now() - started) / 1000, 0)} s.`);
}

try {
  const options = optionsOf(process.argv.slice(2));
  if (options === null) console.log(HELP);
  else await bench(options);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`npm run bench: ${error.message}\n\n${HELP}`);
  process.exitCode = 2;
}
