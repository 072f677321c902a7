import { lstat, realpath } from "node:fs/promises";
import { dirname, sep } from "node:path";
import * as vscode from "vscode";
import { InputError } from "../shared/errors.js";

/**
 * The file a typed name means inside a workspace folder.
 * @param name relative to the folder, or absolute inside it
 * @throws InputError when it lies outside the folder, by `..`, an absolute path or its form
 */
export function fileIn(folder: vscode.Uri, name: string): vscode.Uri {
  const typed = name.trim().replaceAll("\\", "/");
  const root = folder.path.endsWith("/") ? folder.path : `${folder.path}/`;
  if (typed === "" || typed.endsWith("/")) throw new InputError({ what: vscode.l10n.t("a file name is missing"), found: JSON.stringify(name) });
  if (typed.includes("\0")) throw new InputError({ what: vscode.l10n.t("the file name holds a null character") });
  const absolute = typed.startsWith("/") || /^[a-z]:/i.test(typed) || typed.startsWith("~");
  if (absolute && !typed.startsWith(root)) throw outside(name, folder);
  const uri = vscode.Uri.joinPath(folder, absolute ? typed.slice(root.length) : typed);
  if (!uri.path.startsWith(root) || uri.path === root) throw outside(name, folder);
  return uri;
}

/** Throws InputError when a symbolic link on the way leads out of the folder. Other file systems than the disk's have none. */
export async function requireInside(folder: vscode.Uri, file: vscode.Uri): Promise<void> {
  if (folder.scheme !== "file") return;
  const root = await realpath(folder.fsPath);
  const existing = await nearestExisting(file.fsPath);
  // A link to nowhere has no real path; writing through it would create a file we know nothing of.
  const real = await realpath(existing).catch(() => undefined);
  if (real === undefined || (real !== root && !real.startsWith(root.endsWith(sep) ? root : root + sep))) throw outside(file.fsPath, folder);
}

/** A text file to write. */
export interface TextFile {
  file: vscode.Uri;
  text: string;
}

/**
 * Writes a text file inside a workspace folder as one undoable edit, opens and saves it.
 * An existing file is replaced only after a modal question.
 * @param viewColumn where to show it
 * @param confirm asks whether to replace an existing file
 * @returns the file, undefined when the person kept the existing one
 * @throws InputError when the file lies outside the folder or cannot be written
 */
export async function writeInWorkspace(
  folder: vscode.Uri,
  file: vscode.Uri,
  text: string,
  viewColumn: vscode.ViewColumn,
  confirm: Confirm = askOverwrite,
): Promise<vscode.Uri | undefined> {
  return (await writeFilesInWorkspace(folder, [{ file, text }], viewColumn, confirm)) ? file : undefined;
}

type Confirm = (existing: readonly vscode.Uri[]) => Promise<boolean>;

/**
 * The same for files that belong together: one question, one edit; the first is opened.
 * @returns false when the person kept what was there; then nothing is written
 */
export async function writeFilesInWorkspace(
  folder: vscode.Uri,
  files: readonly TextFile[],
  viewColumn: vscode.ViewColumn,
  confirm: Confirm = askOverwrite,
): Promise<boolean> {
  const existing: vscode.Uri[] = [];
  for (const { file } of files) {
    await requireInside(folder, file);
    if (await exists(file)) existing.push(file);
  }
  if (existing.length > 0 && !(await confirm(existing))) return false;
  const edit = new vscode.WorkspaceEdit();
  for (const { file, text } of files) {
    if (existing.includes(file)) {
      const { lineCount } = await vscode.workspace.openTextDocument(file);
      edit.replace(file, new vscode.Range(0, 0, lineCount, 0), text);
    } else {
      // With its contents at once: a text edit after it leaves an unsaved editor, whose saving can fail.
      edit.createFile(file, { overwrite: false, contents: new TextEncoder().encode(text) });
    }
  }
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new InputError({ what: vscode.l10n.t("VS Code refused to write the file"), file: vscode.workspace.asRelativePath(files[0]!.file), next: vscode.l10n.t("Check that the folder can be written to.") });
  }
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(files[0]!.file), { preview: false, viewColumn });
  for (const { file } of files) await save(await vscode.workspace.openTextDocument(file));
  return true;
}

/**
 * Writes bytes inside a workspace folder. No editor takes part, so an existing file is gone for good after the question.
 * @returns false when the person kept the existing file
 * @throws InputError when the file lies outside the folder or cannot be written
 */
export async function writeBytesInWorkspace(folder: vscode.Uri, file: vscode.Uri, bytes: Uint8Array, confirm: Confirm = askReplace): Promise<boolean> {
  await requireInside(folder, file);
  if ((await exists(file)) && !(await confirm([file]))) return false;
  try {
    await vscode.workspace.fs.writeFile(file, bytes);
  } catch (error) {
    const found = error instanceof vscode.FileSystemError ? error.code : String(error);
    throw new InputError({ what: vscode.l10n.t("the file could not be written"), file: vscode.workspace.asRelativePath(file), found, next: vscode.l10n.t("Check that the folder can be written to.") });
  }
  return true;
}

async function save(document: vscode.TextDocument): Promise<void> {
  if (!document.isDirty || (await document.save())) return;
  throw new InputError({ what: vscode.l10n.t("the file could not be saved"), file: vscode.workspace.asRelativePath(document.uri), next: vscode.l10n.t("Save the open editor yourself.") });
}

const askOverwrite: Confirm = (existing) => askAbout(existing, vscode.l10n.t("The edit can be undone."));
const askReplace: Confirm = (existing) => askAbout(existing, vscode.l10n.t("This cannot be undone."));

async function askAbout(existing: readonly vscode.Uri[], detail: string): Promise<boolean> {
  const overwrite = vscode.l10n.t("Overwrite");
  const names = existing.map((file) => vscode.workspace.asRelativePath(file)).join(", ");
  const question = existing.length === 1 ? vscode.l10n.t("{0} exists already. Overwrite it?", names) : vscode.l10n.t("These files exist already: {0}. Overwrite them?", names);
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, overwrite)) === overwrite;
}

/** Whether something lies at the place of a file. */
export async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

async function nearestExisting(path: string): Promise<string> {
  for (let at = path; ; at = dirname(at)) {
    const found = await lstat(at).then(
      () => true,
      () => false,
    );
    if (found || dirname(at) === at) return at;
  }
}

function outside(name: string, folder: vscode.Uri): InputError {
  return new InputError({
    what: vscode.l10n.t("the file lies outside the workspace folder"),
    found: name,
    expected: vscode.l10n.t("a path inside {0}", folder.scheme === "file" ? folder.fsPath : folder.path),
    next: vscode.l10n.t("Type a name, or a path relative to the folder."),
  });
}
