import * as vscode from "vscode";
import { InputError } from "../../shared/errors.js";
import { messageOf } from "../report.js";
import { input, pick, question, type Alone, type At, type Back, type Step } from "./steps.js";
import { fileIn } from "../workspaceFile.js";

/** A file to write, and the workspace folder it must stay in. */
export interface Place {
  folder: vscode.Uri;
  file: vscode.Uri;
}

interface FileOptions {
  title: string;
  at?: At;
  folder: vscode.WorkspaceFolder;
  /** Proposed name, relative to the folder. */
  name: string;
  prompt?: string;
  /** Accepted endings, e.g. `.predictor.json`. */
  ending: string;
}

/** Asks for the name of a file inside a workspace folder; a name outside does not pass. */
export function askFile(options: Alone<FileOptions>): Promise<Place | undefined>;
export function askFile(options: FileOptions): Promise<Place | Back | undefined>;
export function askFile(options: FileOptions): Promise<Place | Back | undefined> {
  const { folder, ending } = options;
  return input<Place>({
    title: options.title,
    at: options.at,
    value: options.name,
    prompt: options.prompt ?? vscode.l10n.t("Name of the new file in {0}", folder.name),
    advise: (text) => {
      try {
        const file = fileIn(folder.uri, text);
        if (file.path.endsWith(ending)) return { value: { folder: folder.uri, file } };
        return { message: vscode.l10n.t("The name ends in {0}, so that FOX-NAS and VS Code know the file.", ending) };
      } catch (error) {
        if (error instanceof InputError) return { message: messageOf(error) };
        throw error;
      }
    },
  });
}

/** Which workspace folder; no step where there is a single one. */
export function folderSteps(title: string, folders: readonly vscode.WorkspaceFolder[], set: (folder: vscode.WorkspaceFolder) => void): Step[] {
  if (folders.length === 1) return [];
  const items = folders.map((one) => ({ label: one.name, description: one.uri.fsPath, value: one }));
  return [question((at) => pick<vscode.WorkspaceFolder>({ title, at, placeholder: vscode.l10n.t("Which workspace folder?"), items }), set)];
}

/** Which folder, and the name of the new file in it. */
export function newFileSteps(title: string, folders: readonly vscode.WorkspaceFolder[], named: (folder: vscode.WorkspaceFolder) => Pick<FileOptions, "name" | "ending"> | PromiseLike<Pick<FileOptions, "name" | "ending">>, set: (place: Place) => void): Step[] {
  let folder = folders[0]!;
  return [...folderSteps(title, folders, (answer) => (folder = answer)), question(async (at) => askFile({ title, at, folder, ...(await named(folder)) }), set)];
}

/** The open workspace folders; when there is none, tells so, offers to open one and answers undefined. */
export async function requireFolders(): Promise<readonly vscode.WorkspaceFolder[] | undefined> {
  const folders = vscode.workspace.workspaceFolders;
  if (folders !== undefined && folders.length > 0) return folders;
  const open = vscode.l10n.t("Open Folder");
  const answer = await vscode.window.showErrorMessage(vscode.l10n.t("Files are written into a workspace folder only, and none is open."), open);
  if (answer === open) await vscode.commands.executeCommand("vscode.openFolder");
  return undefined;
}
