import * as vscode from "vscode";
import { isKind } from "../../runs/runStore.js";
import { configText } from "../../shared/files/index.js";
import type { Source } from "../../shared/source.js";
import type { App } from "../app.js";
import { compareArchitectures } from "../compare/index.js";
import { configOfRun, type InsertableConfig } from "../found/config.js";
import { finishedFound } from "../found/finishedSearch.js";
import { configOfFinalist, meantFinalist } from "../supernet/finishedFinalists.js";
import { pickRun, rowsMeant } from "./meant.js";
import { hasArchitecture, type RunNode } from "./nodes.js";
import { nameOfRun } from "./treeItems.js";

/** An architecture as the comparison takes it. */
export interface Side {
  title: string;
  /** Of its config. */
  source: Source;
}

/** Shows how the architectures of two finished runs differ; asks which where they are not selected. Throws InputError. */
export async function compareRuns(app: App, row: unknown, rows: unknown): Promise<void> {
  const sides = await sidesMeant(app, row, rows);
  if (sides !== undefined) await compareArchitectures(app, ...sides);
}

/** The two runs that are meant, whose architectures are to be compared; asks for what is missing. Undefined where none was picked. */
async function sidesMeant(app: App, row: unknown, rows: unknown): Promise<[Side, Side] | undefined> {
  const title = vscode.l10n.t("Compare Architectures of Two Runs");
  const meant = rowsMeant(app, row, rows).filter(hasArchitecture).slice(0, 2);
  const left = meant[0] ?? (await pickRun(app, title, vscode.l10n.t("Whose architecture?"), hasArchitecture));
  if (left === undefined) return undefined;
  const other = (run: RunNode) => hasArchitecture(run) && run.record.id !== left.record.id;
  const right = meant[1] ?? (await pickRun(app, title, vscode.l10n.t("Compare “{0}” with which run?", nameOfRun(left)), other));
  return right === undefined ? undefined : [await sideOf(app, left), await sideOf(app, right)];
}

/** The architecture that a finished run found. Throws InputError where it found none. */
export async function sideOf({ runs, version }: Pick<App, "runs" | "version">, run: RunNode): Promise<Side> {
  const { config, name } = await configOf({ runs, version }, run);
  return { title: nameOfRun(run), source: { name: `${name}.foxnas.json`, text: configText(config, "json") } };
}

async function configOf({ runs, version }: Pick<App, "runs" | "version">, { record }: RunNode): Promise<InsertableConfig> {
  const date = new Date().toISOString();
  if (isKind(record, "finalists")) {
    const finalist = await meantFinalist(runs, { runId: record.id, index: 0 }, "");
    if (finalist === undefined) throw new Error("a finalist that is named is found or refused");
    return configOfFinalist(finalist, version, date);
  }
  const found = await finishedFound(runs, record.id);
  return configOfRun(found.record, found.result, null, version, date, found.measured);
}
