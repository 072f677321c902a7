import * as vscode from "vscode";
import { isKind } from "../../runs/runStore.js";
import { InputError } from "../../shared/errors.js";
import { readSpace } from "../../shared/files/index.js";
import type { App } from "../app.js";
import { newFileSteps, requireFolders, type Place } from "../ask/placeFile.js";
import { runSteps } from "../ask/steps.js";
import { writeInWorkspace } from "../workspaceFile.js";
import { evaluatedFiles } from "./evaluatedFiles.js";

/** Writes the samples of a finished evaluation as CSV into the workspace, and opens them. Throws InputError while there are none. */
export async function saveSamples({ runs, column }: App, id: string | undefined): Promise<void> {
  const title = vscode.l10n.t("Save Samples");
  const record = id === undefined ? undefined : await runs.record(id);
  const result = record !== undefined && isKind(record, "evaluate") ? await runs.result(record.id, "evaluate") : null;
  if (record === undefined || !isKind(record, "evaluate") || result === null) {
    throw new InputError({ what: vscode.l10n.t("the run has no samples yet"), next: vscode.l10n.t("Wait until the evaluation is done, or resume it.") });
  }
  const folders = await requireFolders();
  if (folders === undefined) return;
  const { samples } = evaluatedFiles(result, readSpace(record.request.space));
  let place: Place | undefined;
  const done = await runSteps(newFileSteps(title, folders, () => ({ name: samples.name, ending: ".csv" }), (answer) => (place = answer)));
  if (done && place !== undefined) await writeInWorkspace(place.folder, place.file, samples.text, column());
}
