import * as vscode from "vscode";
import type { BenchRequest } from "../../shared/bench.js";
import { BASELINE_RESOLUTION, BENCH_BASELINES, BENCH_BATCHES, BENCH_ROUNDS } from "../../shared/benchConfig.js";
import type { BenchConfig, Candidate } from "./benchCandidates.js";
import { pickPrecision } from "../ask/precision.js";
import { timingSettings } from "./timingSettings.js";
import { AGAIN, pickSeveral, question, runSteps, type At, type PickItem } from "../ask/steps.js";

/** Answers of the last benchmark, offered first in the next. */
export interface RememberedBench {
  architectures?: string[];
  baselines?: string[];
  precision?: BenchRequest["precision"];
}

export interface BenchWizardParts {
  candidates: readonly Candidate[];
  /** Key of the candidate that the command is about. */
  given: string | undefined;
  memory: { read: () => RememberedBench; write: (answers: RememberedBench) => Thenable<void> };
  report: (error: unknown) => Promise<void>;
}

/** All of a batch are in memory at once, some 50 MB each. */
const MOST = 20;
const TITLES: Record<(typeof BENCH_BASELINES)[number], string> = {
  "mobilenet-v2": "MobileNetV2 1.0",
  "mobilenet-v3-large": "MobileNetV3-Large 1.0",
  "efficientnet-lite0": "EfficientNet-Lite0",
};

/** Architectures, baselines, precision; undefined when the person gave up. */
export async function askBench(parts: BenchWizardParts): Promise<{ request: BenchRequest; title: string } | undefined> {
  const { candidates, given, memory, report } = parts;
  const title = vscode.l10n.t("Benchmark Against Baselines");
  const remembered = memory.read();
  let configs: BenchConfig[] = [];
  let chosen = given === undefined ? initial(candidates, remembered.architectures) : [given];
  let baselines = remembered.baselines ?? [...BENCH_BASELINES];
  let precision = remembered.precision;
  const steps = [
    question((at) => pickArchitectures(title, at, candidates, chosen), async (answer) => {
      chosen = answer.map(({ key }) => key);
      const read = await readAll(answer, report);
      return read === undefined ? AGAIN : (configs = read);
    }),
    question((at) => pickBaselines(title, at, baselines), (answer) => (baselines = answer)),
    question((at) => pickPrecision(title, at, precision), (answer) => (precision = answer)),
  ];
  if (!(await runSteps(steps))) return undefined;
  await memory.write({ architectures: chosen, baselines, precision });
  return { title: benchTitle(configs.length, precision!), request: benchRequest(configs, baselines, precision!) };
}

/** `bench: 2 architectures, int8` */
function benchTitle(configs: number, precision: string): string {
  return configs === 1 ? vscode.l10n.t("bench: 1 architecture, {0}", precision) : vscode.l10n.t("bench: {0} architectures, {1}", configs, precision);
}

function benchRequest(configs: BenchConfig[], baselines: readonly string[], precision: BenchRequest["precision"]): BenchRequest {
  return {
    kind: "bench",
    ...{ configs, precision, rounds: BENCH_ROUNDS, batches: BENCH_BATCHES },
    baselines: baselines.map((name) => ({ name, resolution: BASELINE_RESOLUTION })),
    ...timingSettings(),
    seed: vscode.workspace.getConfiguration("foxnas.search").get<number>("seed", 1),
  };
}

/** Those of the last time that are still there, else the newest. */
function initial(candidates: readonly Candidate[], remembered: readonly string[] = []): string[] {
  const there = candidates.map(({ key }) => key).filter((key) => remembered.includes(key));
  return there.length > 0 ? there : candidates.slice(0, 1).map(({ key }) => key);
}

function pickArchitectures(title: string, at: At, candidates: readonly Candidate[], chosen: readonly string[]) {
  const of = (from: Candidate["from"], label: string): PickItem<Candidate>[] => {
    const items = candidates.filter((one) => one.from === from);
    if (items.length === 0) return [];
    return [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items.map((value) => ({ ...pickFields(value), value }))];
  };
  return pickSeveral<Candidate>({
    title,
    at,
    placeholder: vscode.l10n.t("Architectures to measure"),
    items: [...of("run", vscode.l10n.t("finished searches")), ...of("file", vscode.l10n.t("config files of this workspace"))],
    picked: ({ key }) => chosen.includes(key),
    refuse: ({ length }) =>
      length === 0
        ? vscode.l10n.t("Pick at least one architecture")
        : length > MOST
          ? vscode.l10n.t("Pick at most {0} architectures: all are in memory at once", MOST)
          : undefined,
  });
}

const pickFields = ({ label, description, detail }: Candidate) => ({ label, description, detail });

function pickBaselines(title: string, at: At, chosen: readonly string[]) {
  return pickSeveral<string>({
    title,
    at,
    placeholder: vscode.l10n.t("Published networks to compare with; none compares the architectures alone"),
    items: BENCH_BASELINES.map((value) => ({ label: TITLES[value], description: vscode.l10n.t("{0} px", BASELINE_RESOLUTION), value })),
    picked: (value) => chosen.includes(value),
  });
}

/** Reads what was picked under names of its own; tells of the first that cannot be read and answers undefined. */
async function readAll(picked: readonly Candidate[], report: (error: unknown) => Promise<void>): Promise<BenchConfig[] | undefined> {
  const configs: BenchConfig[] = [];
  try {
    for (const { read } of picked) {
      const config = await read();
      const same = configs.filter(({ key }) => key === config.key || key.startsWith(`${config.key} (`)).length;
      configs.push(same === 0 ? config : { ...config, key: `${config.key} (${same + 1})` });
    }
  } catch (error) {
    void report(error);
    return undefined;
  }
  return configs;
}
