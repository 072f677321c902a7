import type * as vscode from "vscode";
import { isKind } from "../../runs/runStore.js";
import type { Reference } from "../../shared/supernet.js";
import type { RunController } from "../runs/runController.js";

/** Where supernets and data were last, by their digest. Paths are of this machine, so nothing of them is synchronised. */
const KEY = "foxnas.references";
const MOST = 100;

type Places = Record<string, string>;

/** Keeps where a supernet or a data folder is. */
export async function rememberPlaces(context: vscode.ExtensionContext, ...references: readonly Reference[]): Promise<void> {
  const now = Object.entries(context.globalState.get<Places>(KEY) ?? {}).filter(([digest]) => !references.some((one) => one.digest === digest));
  const all = [...now, ...references.map(({ digest, path }) => [digest, path] as const)];
  await context.globalState.update(KEY, Object.fromEntries(all.slice(-MOST)));
}

/** Where something of a digest was last, newest first; whether it still is there, and the same, its digest says. */
export async function placesOf(context: vscode.ExtensionContext, runs: RunController, digest: string): Promise<string[]> {
  const kept = context.globalState.get<Places>(KEY)?.[digest];
  const records = (await runs.list()).map(({ record }) => record);
  const used = records.flatMap((record) => (isKind(record, "evaluate") || isKind(record, "finalists") ? [record.request.supernet, record.request.data] : []));
  const paths = used.filter((one) => one.digest === digest).map(({ path }) => path);
  return [...new Set([...(kept === undefined ? [] : [kept]), ...paths])];
}
