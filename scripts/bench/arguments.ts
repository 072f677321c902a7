import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";

export const SECTIONS = ["search", "front", "sizes", "startup", "write", "panel", "editor"] as const;
/** Minutes long, so only by name. */
const ON_REQUEST = ["device", "supernet"] as const;
export type Section = (typeof SECTIONS)[number] | (typeof ON_REQUEST)[number];
const ALL_SECTIONS: readonly Section[] = [...SECTIONS, ...ON_REQUEST];

export interface Options {
  readonly sections: readonly Section[];
  readonly all: boolean;
  /** Seeds a budget. */
  readonly seeds: number;
  readonly json: string | null;
}

/** The caller did not say what can be done; the message says what can. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const DEFAULT_SEEDS = 25;
const ALL_SEEDS = 100;

export const HELP = `usage: npm run bench -- [SECTION ...] [--all] [--seeds N] [--json FILE]

Sections, all of them but the last two by default:
  search    annealing against the proven optimum: success, evaluations and time to it, evaluations a second; peers
  front     time for the whole exact Pareto front
  sizes     sizes of the production bundles and of this platform's .vsix
  startup   time to the first progress and to the result, from a fresh process
  write     time to write ONNX models, fp32 and int8, against 50 ms
  panel     what an edit under What if costs in a browser, and how long a view takes to be painted
  editor    what an editor says of a config after each of 200 keystrokes, against 50 ms; JSON and YAML
  device    profiles this machine at 224 px, then measures how well that predicts, and what a search with measuring
            finds; some 10 minutes, and nothing else should run. --all: the search for fp32 too
  supernet  the sample's supernet: how well accuracy is predicted, what int8 loses, whether winners keep what was
            predicted; images a second and memory, also at 224 px; some 20 minutes

Options:
  --all        every integer budget from 30 to 120 ms of the published 192-px predictors, ${ALL_SEEDS} seeds a budget
               (10 to 15 minutes on one core; the default takes less than 3)
  --seeds N    seeds a budget; default ${DEFAULT_SEEDS}, with --all ${ALL_SEEDS}
  --json FILE  also writes every figure there, as JSON
  --help       this text

The published predictors are read from the folder in FOXNAS_DATA, ../shared/data by default.
sizes, startup and front leave production bundles in dist/.
Exit codes: 0 measured, whatever the verdicts say; 1 a section could not be measured, or a certificate was wrong; 2 bad usage.
`;

/** Null when help was asked for. @throws UsageError */
export function optionsOf(args: readonly string[]): Options | null {
  const { values, positionals } = parse(args);
  if (values.help) return null;
  const unknown = positionals.find((name) => !isSection(name));
  if (unknown !== undefined) throw new UsageError(`no section "${unknown}"; there are ${ALL_SECTIONS.join(", ")}.`);
  const all = values.all ?? false;
  return {
    sections: positionals.length === 0 ? SECTIONS : ALL_SECTIONS.filter((name) => positionals.includes(name)),
    all,
    seeds: values.seeds === undefined ? (all ? ALL_SEEDS : DEFAULT_SEEDS) : seedsOf(values.seeds),
    json: values.json === undefined ? null : writable(values.json),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        all: { type: "boolean" },
        seeds: { type: "string" },
        json: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

const isSection = (name: string): name is Section => ALL_SECTIONS.some((section) => section === name);

function seedsOf(text: string): number {
  const seeds = Number(text);
  if (/^\d+$/.test(text) && seeds >= 1 && seeds <= 100_000) return seeds;
  throw new UsageError(`--seeds: found "${text}", expected a whole number from 1 to 100000.`);
}

/** Said before minutes of work rather than after. */
function writable(file: string): string {
  if (file !== "" && existsSync(dirname(resolve(file)))) return file;
  throw new UsageError(`--json: the folder of "${file}" does not exist.`);
}
