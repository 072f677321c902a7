import { relative } from "node:path";
import * as vscode from "vscode";
import { freeName, isFree } from "../../runs/newFolder.js";
import { InputError } from "../../shared/errors.js";
import { messageOf } from "../report.js";
import { BACK, input, pick, question, runSteps, type At, type Back, type Step } from "../ask/steps.js";
import { pathOf } from "../supernet/trust.js";
import { fileIn, requireInside } from "../workspaceFile.js";

type Parent = { kind: "workspace"; folder: vscode.WorkspaceFolder } | { kind: "browse" };

/**
 * Asks where a new folder goes: into the workspace, or anywhere else. A name that is taken does not pass.
 * @param before questions before it
 * @param name proposed; the next free one of its kind is offered
 * @returns undefined when the person gave up
 */
export async function askFolder(title: string, name: () => string, before: Step[] = []): Promise<vscode.Uri | undefined> {
  let answer: NewFolder | undefined;
  if (!(await runSteps([...before, ...folderSteps(title, name, (folder) => (answer = folder))])) || answer === undefined) return undefined;
  await requireInside(answer.parent, answer.folder);
  return answer.folder;
}

/** A folder to make, and where it must stay. */
export interface NewFolder {
  parent: vscode.Uri;
  folder: vscode.Uri;
}

/** The two questions of it, for those who ask others with them. */
export function folderSteps(title: string, name: () => string, set: (answer: NewFolder) => void): Step[] {
  let parent: vscode.Uri | undefined;
  return [
    question((at) => pickParent(title, at), (answer) => (parent = answer)),
    question((at) => askName(title, at, parent!, name()), (folder) => set({ parent: parent!, folder })),
  ];
}

async function pickParent(title: string, at: At): Promise<vscode.Uri | Back | undefined> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
  for (;;) {
    const answer = await pick<Parent>({
      title,
      at,
      placeholder: vscode.l10n.t("Where to?"),
      items: [
        ...folders.map((folder) => ({ label: `$(new-folder) ${vscode.l10n.t("New folder in {0}…", folder.name)}`, description: folder.uri.fsPath, value: { kind: "workspace" as const, folder } })),
        { label: `$(folder-opened) ${vscode.l10n.t("Another folder…")}`, value: { kind: "browse" } },
      ],
    });
    if (answer === undefined || answer === BACK) return answer;
    if (answer.kind === "workspace") return answer.folder.uri;
    const picked = await vscode.window.showOpenDialog({ title, openLabel: vscode.l10n.t("Make It Here"), canSelectFiles: false, canSelectFolders: true });
    if (picked?.[0] === undefined) continue;
    pathOf(picked[0]);
    return picked[0];
  }
}

function askName(title: string, at: At, parent: vscode.Uri, proposed: string): Promise<vscode.Uri | Back | undefined> {
  return input<vscode.Uri>({
    title,
    at,
    value: freeName(parent.fsPath, proposed),
    prompt: vscode.l10n.t("Name of the new folder in {0}", parent.fsPath),
    advise: (text) => {
      try {
        const folder = fileIn(parent, text);
        if (isFree(folder.fsPath)) return { value: folder };
        return { message: vscode.l10n.t("{0} exists already and is not empty. Another name?", relative(parent.fsPath, folder.fsPath)) };
      } catch (error) {
        if (error instanceof InputError) return { message: messageOf(error) };
        throw error;
      }
    },
  });
}

/** Shows the README of a new folder where it lies in the open workspace; elsewhere offers to open the folder. */
export async function offerFolder(folder: vscode.Uri, text: string, more: readonly { label: string; command: string; argument?: unknown }[]): Promise<void> {
  const inside = vscode.workspace.getWorkspaceFolder(folder) !== undefined;
  if (inside) await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, "README.md"), { preview: false });
  const open = vscode.l10n.t("Open Folder");
  const answer = await vscode.window.showInformationMessage(text, ...more.map(({ label }) => label), ...(inside ? [] : [open]));
  if (answer === open) await vscode.commands.executeCommand("vscode.openFolder", folder);
  const chosen = more.find(({ label }) => label === answer);
  if (chosen !== undefined) await vscode.commands.executeCommand(chosen.command, chosen.argument);
}
