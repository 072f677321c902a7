import * as vscode from "vscode";
import { isKind } from "../../runs/runStore.js";
import { InputError } from "../../shared/errors.js";
import { readSpace } from "../../shared/files/index.js";
import { profileFiles } from "../../shared/profileFiles.js";
import { tunedFiles } from "../../shared/tunedFiles.js";
import type { App } from "../app.js";
import { messageOf } from "../report.js";
import { folderSteps, requireFolders } from "../ask/placeFile.js";
import { chooseProfile } from "../start/profile.js";
import { input, question, runSteps, type At, type Back } from "../ask/steps.js";
import { evaluatedFiles, finalistsFiles } from "../supernet/evaluatedFiles.js";
import { fileIn, writeFilesInWorkspace } from "../workspaceFile.js";

/** Writes the predictor of a finished profile or evaluation, or one that measured winners have corrected, with what it rests on into a folder of the workspace, and opens the predictor. Throws InputError. */
export async function savePredictor(app: App, runId?: string): Promise<void> {
  const title = vscode.l10n.t("Save Predictor");
  const folders = await requireFolders();
  if (folders === undefined) return;
  const id = runId ?? (await chooseProfile(app, title));
  if (id === undefined) return;
  const { made, said, searched } = await filesOf(app, id);
  const names = made.map(({ name }) => name);

  let folder = folders[0]!;
  let files: vscode.Uri[] | undefined;
  const done = await runSteps([
    ...folderSteps(title, folders, (answer) => (folder = answer)),
    question((at) => askPlace(title, at, folder, names), (answer) => (files = answer)),
  ]);
  if (!done || files === undefined) return;
  const written = await writeFilesInWorkspace(
    folder.uri,
    files.map((file, i) => ({ file, text: made[i]!.text })),
    app.column(),
  );
  if (!written) return;
  const search = vscode.l10n.t("Search With It");
  const buttons = searched ? [search] : [];
  const place = vscode.workspace.asRelativePath(files[0]!);
  const answer = await vscode.window.showInformationMessage(vscode.l10n.t("Saved {0}, {1}.", place, said), ...buttons);
  if (answer === search) await vscode.commands.executeCommand("foxnas.search", { runId: id });
}

interface Saved {
  /** The predictor first. */
  made: { name: string; text: string }[];
  /** What is beside it, for people. */
  said: string;
  /** The search takes its predictor from the run. */
  searched: boolean;
}

async function filesOf({ runs }: App, id: string): Promise<Saved> {
  const record = await runs.record(id);
  if (record !== undefined && isKind(record, "tune")) {
    const result = await runs.result(id, "tune");
    if (result === null || result.rounds.length === 0) throw new InputError({ what: vscode.l10n.t("the run has corrected no predictor yet"), next: vscode.l10n.t("Wait until it has measured, or resume it.") });
    const { predictor, account } = tunedFiles(result);
    return { made: [predictor, account], said: vscode.l10n.t("corrected by what was measured, with the account of it"), searched: false };
  }
  if (record !== undefined && isKind(record, "evaluate")) {
    const result = await runs.result(id, "evaluate");
    const { predictor, samples, account } = result === null ? { predictor: null } : evaluatedFiles(result, readSpace(record.request.space));
    if (predictor === null) throw new InputError({ what: vscode.l10n.t("the run has fitted no predictor"), next: vscode.l10n.t("Wait until it is done, or evaluate a design sample.") });
    return { made: [predictor, samples!, account!], said: vscode.l10n.t("with its samples and how they were measured"), searched: true };
  }
  if (record !== undefined && isKind(record, "finalists")) {
    const result = await runs.result(id, "finalists");
    const files = result === null ? null : finalistsFiles(result);
    if (files === null) throw new InputError({ what: vscode.l10n.t("the run has corrected no predictor yet"), next: vscode.l10n.t("Wait until it has measured, or resume it.") });
    return { made: [files.predictor, files.account], said: vscode.l10n.t("corrected by what was measured, with the account of it"), searched: false };
  }
  const profile = record !== undefined && isKind(record, "profile") && record.state === "done" ? record : undefined;
  const result = profile === undefined ? null : await runs.result(id, "profile");
  if (profile === undefined || result === null) {
    throw new InputError({ what: vscode.l10n.t("the run has no predictor yet"), next: vscode.l10n.t("Wait until the profile is done, or resume it.") });
  }
  const { predictor, samples, profile: account } = profileFiles(result, readSpace(profile.request.space));
  return { made: [predictor, samples, account], said: vscode.l10n.t("with its samples and how they were measured"), searched: true };
}

/** A folder inside the workspace folder, answered as the files in it; one outside does not pass. */
function askPlace(title: string, at: At, folder: vscode.WorkspaceFolder, names: readonly string[]): Promise<vscode.Uri[] | Back | undefined> {
  return input<vscode.Uri[]>({
    title,
    at,
    value: "predictors",
    prompt: vscode.l10n.t("Folder in {0} for {1} and {2}; empty: {0} itself", folder.name, names[0]!, names.length === 2 ? vscode.l10n.t("one more file") : vscode.l10n.t("two more files")),
    placeholder: vscode.l10n.t("the workspace folder itself"),
    advise: (text) => {
      const within = text.trim().replace(/[/\\]+$/, "");
      try {
        return { value: names.map((name) => fileIn(folder.uri, within === "" ? name : `${within}/${name}`)) };
      } catch (error) {
        if (error instanceof InputError) return { message: messageOf(error) };
        throw error;
      }
    },
  });
}
