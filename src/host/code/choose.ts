import * as vscode from "vscode";
import { isKind } from "../../runs/runStore.js";
import { configFiles } from "../start/benchCandidates.js";
import { foundText } from "../kinds/search.js";
import { finalistsText } from "../kinds/finalists.js";
import { tunedText } from "../kinds/tune.js";
import type { RunController } from "../runs/runController.js";
import { pick, type PickItem } from "../ask/steps.js";
import { isConfigName, type About } from "./subject.js";

/** The config that the person works on: the editor's, by its name; one without a name, by what stands in it. */
export function editedConfig(): vscode.Uri | undefined {
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined) return undefined;
  const unnamed = document.isUntitled && ["json", "jsonc", "yaml"].includes(document.languageId) && /^\s*"?stages"?\s*:/m.test(document.getText());
  return unnamed || isConfigName(document.uri.path) ? document.uri : undefined;
}

/** A config of the workspace, or what a finished run found; undefined where there is none, or none was picked. */
export async function chooseAbout(runs: RunController, title: string): Promise<About | undefined> {
  const [files, found] = await Promise.all([configItems(), runItems(runs)]);
  if (files.length + found.length === 0) {
    const search = vscode.l10n.t("Search Architecture");
    const answer = await vscode.window.showInformationMessage(vscode.l10n.t("There is no architecture yet: no config in the workspace, and no finished search."), search);
    if (answer === search) await vscode.commands.executeCommand("foxnas.search");
    return undefined;
  }
  const group = (label: string, items: PickItem<About>[]) => (items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items]);
  const items = [...group(vscode.l10n.t("configs"), files), ...group(vscode.l10n.t("runs"), found)];
  return pick<About>({ title, placeholder: vscode.l10n.t("Which architecture?"), items });
}

/** Files of the workspace, and open documents that are not there. */
async function configItems(): Promise<PickItem<About>[]> {
  const open = vscode.workspace.textDocuments.map(({ uri }) => uri).filter(({ path }) => isConfigName(path));
  const files = await configFiles();
  const all = new Map([...open, ...files].filter(({ scheme }) => scheme !== "git").map((uri) => [uri.toString(), uri]));
  return [...all.values()].map((value) => ({ label: `$(json) ${vscode.workspace.asRelativePath(value)}`, value }));
}

async function runItems(runs: RunController): Promise<PickItem<About>[]> {
  return (await runs.list()).flatMap(({ record, found }) => {
    if (record.state !== "done" || !(isKind(record, "search") || isKind(record, "tune") || isKind(record, "finalists"))) return [];
    const description = found?.kind === "search" ? foundText(found) : found?.kind === "tune" ? tunedText(found) : found?.kind === "finalists" ? finalistsText(found) : undefined;
    const label = `$(search) ${record.title}, ${record.request.budget} ms`;
    return [{ label, description, detail: new Date(record.startedAt).toLocaleString(), value: { runId: record.id, point: null } }];
  });
}
