import * as vscode from "vscode";
import { RunFailure } from "../runs/supervisor.js";
import { InputError } from "../shared/errors.js";
import { locate } from "./library.js";
import { helpFor } from "./tools/docs.js";

/**
 * Tells a person what went wrong and what to do next: bad input by its own message with a way to the
 * place in the file and, for some, to the documentation, an internal failure with a way to the log.
 */
export async function report(error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  const showLog = vscode.l10n.t("Show Log");
  const message = messageOf(error);
  if (error instanceof InputError) log.warn(message);
  else log.error(error instanceof RunFailure ? `${message}\n${error.log}` : error instanceof Error ? error : message);

  const file = error instanceof InputError ? await existing(error.problem.file) : undefined;
  const openFile = vscode.l10n.t("Open File");
  const help = vscode.l10n.t("Help");
  const helping = error instanceof InputError ? helpFor(error.problem.file) : undefined;
  const choice = await vscode.window.showErrorMessage(message, ...(file === undefined ? [] : [openFile]), ...(helping === undefined ? [] : [help]), showLog);
  if (choice === help && helping !== undefined) await vscode.commands.executeCommand("foxnas.openDocs", helping.page, helping.anchor);
  if (choice === showLog) log.show();
  if (choice === openFile && file !== undefined && error instanceof InputError) await openAt(file, error);
}

/** The message of an error as a sentence of its own: one that begins with a file or field name keeps its case. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const named = error instanceof InputError && (error.problem.file ?? error.problem.field) !== undefined;
  return named ? message : message.charAt(0).toUpperCase() + message.slice(1);
}

async function existing(name: string | undefined): Promise<vscode.Uri | undefined> {
  const uri = name === undefined ? undefined : locate(name);
  if (uri === undefined) return undefined;
  try {
    await vscode.workspace.fs.stat(uri);
    return uri;
  } catch {
    // A built-in file, or one that is gone: there is nothing to open.
    return undefined;
  }
}

async function openAt(uri: vscode.Uri, { problem }: InputError): Promise<void> {
  const place = new vscode.Position((problem.line ?? 1) - 1, (problem.column ?? 1) - 1);
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(place, place) });
}
