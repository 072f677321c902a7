import * as vscode from "vscode";
import { InputError } from "../../shared/errors.js";
import type { RunKind } from "../../shared/runs.js";
import type { App } from "../app.js";
import { messageOf } from "../report.js";
import { folderSteps, requireFolders } from "../ask/placeFile.js";
import { madeBy } from "../start/madePredictors.js";
import { chooseProfile } from "../start/profile.js";
import { input, question, runSteps, type At, type Back } from "../ask/steps.js";
import { fileIn, writeFilesInWorkspace } from "../workspaceFile.js";

/** Writes the predictor of a finished profile or evaluation, or one that measured winners have corrected, with what it rests on into a folder of the workspace, and opens the predictor. Throws InputError. */
export async function savePredictor(app: App, runId?: string): Promise<void> {
  const title = vscode.l10n.t("Save Predictor");
  const folders = await requireFolders();
  if (folders === undefined) return;
  const id = runId ?? (await chooseProfile(app, title));
  if (id === undefined) return;
  const record = await app.runs.record(id);
  const made = record === undefined ? null : await madeBy(app.runs, record);
  if (record === undefined || made === null) throw noneYet(record?.request.kind);
  const names = made.files.map(({ name }) => name);

  let folder = folders[0]!;
  let files: vscode.Uri[] | undefined;
  const done = await runSteps([
    ...folderSteps(title, folders, (answer) => (folder = answer)),
    question((at) => askPlace(title, at, folder, names), (answer) => (files = answer)),
  ]);
  if (!done || files === undefined) return;
  const written = await writeFilesInWorkspace(
    folder.uri,
    files.map((file, i) => ({ file, text: made.files[i]!.text })),
    app.column(),
  );
  if (!written) return;
  const search = vscode.l10n.t("Search With It");
  const place = vscode.workspace.asRelativePath(files[0]!);
  const answer = await vscode.window.showInformationMessage(vscode.l10n.t("Saved {0}, {1}.", place, besideText(record.request.kind)), search);
  if (answer === search) await vscode.commands.executeCommand("foxnas.search", { runId: id });
}

/** Why a run of this kind has no predictor. */
function noneYet(kind: RunKind | undefined): InputError {
  if (kind === "tune" || kind === "finalists") return new InputError({ what: vscode.l10n.t("the run has corrected no predictor yet"), next: vscode.l10n.t("Wait until it has measured, or resume it.") });
  if (kind === "evaluate") return new InputError({ what: vscode.l10n.t("the run has fitted no predictor"), next: vscode.l10n.t("Wait until it is done, or evaluate a design sample.") });
  return new InputError({ what: vscode.l10n.t("the run has no predictor yet"), next: vscode.l10n.t("Wait until the profile is done, or resume it.") });
}

/** What is beside the predictor, for people. */
const besideText = (kind: RunKind): string =>
  kind === "tune" || kind === "finalists" ? vscode.l10n.t("corrected by what was measured, with the account of it") : vscode.l10n.t("with its samples and how they were measured");

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
