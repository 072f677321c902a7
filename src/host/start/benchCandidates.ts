import * as vscode from "vscode";
import { isKind } from "../../runs/runStore.js";
import { benchConfig } from "../../shared/benchConfig.js";
import type { BenchRequest } from "../../shared/bench.js";
import { InputError } from "../../shared/errors.js";
import { inputErrorAt, readConfig } from "../../shared/files/index.js";
import type { Source } from "../../shared/source.js";
import { configOfRun } from "../found/config.js";
import { details } from "../format.js";
import { foundText } from "../kinds/search.js";
import { readSource, type Library } from "../library.js";
import type { RunController, RunSummary } from "../runs/runController.js";

export type BenchConfig = BenchRequest["configs"][number];

/** An architecture that a bench can measure; it is read when it was picked. */
export interface Candidate {
  /** Names it in remembered answers: `run:ID`, or the file's address. */
  key: string;
  label: string;
  description: string | undefined;
  detail: string | undefined;
  from: "run" | "file";
  /** Throws InputError where it cannot be measured. */
  read: () => Promise<BenchConfig>;
}

const MAX_FILES = 200;
const FILES = "**/*.foxnas.{json,yaml,yml}";

/** What can be measured: finished searches, newest first, and in a trusted workspace its config files. */
export async function benchCandidates(parts: { runs: RunController; library: Library; version: string }): Promise<Candidate[]> {
  const [runs, files] = await Promise.all([parts.runs.list(), configFiles()]);
  return [...runs.flatMap((run) => runCandidate(run, parts)), ...files.map((uri) => fileCandidate(uri, parts.library))];
}

function runCandidate({ record, found }: RunSummary, { runs, version }: { runs: RunController; version: string }): Candidate[] {
  if (record.state !== "done" || !isKind(record, "search")) return [];
  const read = async () => {
    const result = await runs.result(record.id, "search");
    if (result === null) throw new InputError({ what: vscode.l10n.t("the run has found no architecture"), found: record.title, next: vscode.l10n.t("Search again.") });
    const { config, name } = configOfRun(record, result, null, version, record.startedAt);
    return benchConfig(name, config, record.request.space, null);
  };
  return [
    {
      key: `run:${record.id}`,
      label: `${record.title}, ${record.request.budget} ms`,
      description: found?.kind === "search" ? foundText(found) : undefined,
      detail: new Date(record.startedAt).toLocaleString(),
      from: "run",
      read,
    },
  ];
}

/** The config files of a trusted workspace. */
export async function configFiles(): Promise<vscode.Uri[]> {
  if (!vscode.workspace.isTrusted) return [];
  const uris = await vscode.workspace.findFiles(FILES, "**/node_modules/**", MAX_FILES);
  return uris.sort((a, b) => a.path.localeCompare(b.path));
}

function fileCandidate(uri: vscode.Uri, library: Library): Candidate {
  const name = vscode.workspace.asRelativePath(uri);
  const read = async () => {
    const source = await readSource(uri, "json");
    const config = readConfig(source);
    return benchConfig(name, config, await spaceNamedBy(source, config.space, library), source);
  };
  return { key: uri.toString(), label: name.split("/").at(-1)!, description: details([name.split("/").slice(0, -1).join("/")]), detail: undefined, from: "file", read };
}

/** A config names its space by id: a built-in one, or one of the workspace. */
export async function spaceNamedBy(file: Source, id: string, library: Library): Promise<Source> {
  const { entries } = await library.spaces();
  const found = entries.find(({ content }) => content.id === id);
  if (found !== undefined) return found.source;
  throw inputErrorAt(file, ["space"], {
    what: vscode.l10n.t("there is no search space of this id, neither built in nor in the workspace"),
    found: JSON.stringify(id),
    expected: [...new Set(entries.map(({ content }) => content.id))].join(", "),
  });
}
