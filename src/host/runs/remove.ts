import * as vscode from "vscode";
import type { App } from "../app.js";
import { rowsMeant, runMeant } from "./meant.js";
import type { RunNode } from "./nodes.js";
import { nameOfRun } from "./treeItems.js";

/**
 * Deletes runs, after one question where several go or one is still going, and offers to bring them back.
 * @returns when they are gone; the offer waits for a person
 */
export async function deleteRuns(app: App, row: unknown, rows: unknown): Promise<void> {
  const meant = rowsMeant(app, row, rows);
  // A figure or a heading has the focus: neither is deleted, and nobody asks which run.
  if (meant.length === 0 && row != null) return;
  const one = meant.length === 0 ? await runMeant(app, undefined, vscode.l10n.t("Delete Run")) : undefined;
  const runs = one === undefined ? meant : [one];
  if (runs.length === 0 || !(await confirmed(runs, app.runs.liveIds()))) return;
  const gone: string[] = [];
  try {
    for (const { record } of runs) {
      await app.runs.delete(record.id);
      gone.push(record.id);
    }
  } finally {
    // Some may be gone although one could not be deleted.
    if (gone.length > 0) void offerUndo(app, gone, nameOfRun(runs[0]!)).catch(app.report);
  }
}

async function confirmed(runs: readonly RunNode[], liveIds: readonly string[]): Promise<boolean> {
  const live = runs.filter(({ record }) => liveIds.includes(record.id)).length;
  if (runs.length === 1 && live === 0) return true;
  const remove = live > 0 ? vscode.l10n.t("Cancel and Delete") : vscode.l10n.t("Delete");
  const going = live === 1 ? vscode.l10n.t("One is still going.") : vscode.l10n.t("{0} are still going.", live);
  const names = runs.slice(0, 10).map(nameOfRun);
  const more = runs.length > names.length ? [vscode.l10n.t("and {0} more", runs.length - names.length)] : [];
  const [question, detail] =
    runs.length === 1
      ? [vscode.l10n.t("The run is still going."), undefined]
      : [vscode.l10n.t("Delete {0} runs?", runs.length), [...(live > 0 ? [going, ""] : []), ...names, ...more].join("\n")];
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, remove)) === remove;
}

async function offerUndo({ runs }: App, ids: readonly string[], name: string): Promise<void> {
  const undo = vscode.l10n.t("Undo");
  const text = ids.length === 1 ? vscode.l10n.t("Deleted the run “{0}”.", name) : vscode.l10n.t("Deleted {0} runs.", ids.length);
  if ((await vscode.window.showInformationMessage(text, undo)) !== undo) return;
  for (const id of ids) await runs.restore(id);
}
