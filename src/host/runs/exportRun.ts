import * as vscode from "vscode";
import { sha256 } from "../../runs/digest.js";
import type { RunRecord } from "../../runs/runStore.js";
import { InputError } from "../../shared/errors.js";
import { fileNameOf, RUN_FILE_ENDING, runFileText, type Versions } from "../../shared/runFile.js";
import type { App } from "../app.js";
import { newFileSteps, requireFolders, type Place } from "../ask/placeFile.js";
import { runSteps } from "../ask/steps.js";
import { writeBytesInWorkspace } from "../workspaceFile.js";
import { runMeant } from "./meant.js";
import type { RunNode } from "./nodes.js";

const isFinished = ({ record: { state } }: Pick<RunNode, "record">) => state === "done" || state === "infeasible";

/** Writes a finished run into the workspace as one file that replays it elsewhere. Throws InputError. */
export async function exportRun(app: App, row: unknown): Promise<void> {
  const title = vscode.l10n.t("Export Run");
  const folders = await requireFolders();
  if (folders === undefined) return;
  const run = await runMeant(app, row, title, isFinished);
  if (run === undefined) return;
  let place: Place | undefined;
  const name = `${fileNameOf(run.record.name ?? `${run.record.request.kind} ${run.record.title}`)}${RUN_FILE_ENDING}`;
  const done = await runSteps(newFileSteps(title, folders, () => ({ name, ending: RUN_FILE_ENDING }), (answer) => (place = answer)));
  if (!done || place === undefined) return;
  const text = await exportedText(app, run.record);
  if (await writeBytesInWorkspace(place.folder, place.file, Buffer.from(text))) void offerOpening(app, place.file);
}

/** The text of a run's file. Throws InputError where the run has no result. */
export async function exportedText({ runs, machine }: Pick<App, "runs" | "machine">, { id, title, name, startedAt, request, begunWith }: RunRecord): Promise<string> {
  const result = await runs.result(id, request.kind);
  if (result === null) throw new InputError({ what: vscode.l10n.t("the run has no result yet"), next: vscode.l10n.t("Wait until it is done, or resume it.") });
  const here = await machine.known();
  const versions: Versions = {
    foxnas: begunWith?.foxnas ?? null,
    node: begunWith?.node ?? null,
    onnxruntime: here?.onnxruntime?.version ?? null,
    platform: here?.platform ?? null,
  };
  return runFileText({ title: name ?? title, startedAt, versions, request, result }, sha256);
}

async function offerOpening({ report }: App, file: vscode.Uri): Promise<void> {
  const open = vscode.l10n.t("Open File");
  const text = vscode.l10n.t("Exported {0}: whoever opens it can run it again and compare.", vscode.workspace.asRelativePath(file));
  try {
    if ((await vscode.window.showInformationMessage(text, open)) === open) await vscode.window.showTextDocument(file);
  } catch (error) {
    await report(error);
  }
}
