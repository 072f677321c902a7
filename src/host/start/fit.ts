import * as vscode from "vscode";
import { runJob } from "../../runs/supervisor.js";
import type { FitRequest } from "../../shared/messages.js";
import type { FitResult } from "../../shared/results.js";
import { askFit, type FitAnswers } from "./fitWizard.js";
import { errorUnit } from "../format.js";
import { baseName, readSource, type Library } from "../library.js";
import { askFile, requireFolders } from "../ask/placeFile.js";
import { writeInWorkspace } from "../workspaceFile.js";

interface FitParts {
  library: Library;
  workerPath: string;
  log: vscode.LogOutputChannel;
  column: () => vscode.ViewColumn;
  report: (error: unknown) => Promise<void>;
}

const PREDICTOR_ENDING = ".predictor.json";

/** Asks what the samples are, fits a predictor to them and writes it into the workspace. Throws InputError, RunFailure. */
export async function fitPredictor(parts: FitParts, csv?: vscode.Uri): Promise<void> {
  const folders = await requireFolders();
  if (folders === undefined) return;
  const title = vscode.l10n.t("Fit Predictor from CSV");
  const answers = await askFit(parts, title, csv);
  if (answers === undefined) return;
  const result = await runFit(parts, title, {
    kind: "fit",
    samples: await readSource(answers.csv, "csv"),
    space: answers.space.source,
    target: answers.target,
    form: answers.form,
    seed: vscode.workspace.getConfiguration("foxnas.search").get("seed", 1),
    device: answers.device === "" ? null : answers.device,
    resolution: answers.resolution,
  });
  if (result === undefined) return;

  const summary = fitSummary(result);
  parts.log.info(`fit of ${vscode.workspace.asRelativePath(answers.csv)}: ${summary}`);
  const folder = vscode.workspace.getWorkspaceFolder(answers.csv) ?? folders[0]!;
  const place = await askFile({ title, folder, name: predictorName(answers), ending: PREDICTOR_ENDING, prompt: vscode.l10n.t("{0} Save as", summary) });
  if (place === undefined) return;
  const file = await writeInWorkspace(place.folder, place.file, `${JSON.stringify(result.predictor, null, 2)}\n`, parts.column());
  if (file === undefined) return;
  const search = vscode.l10n.t("Search Architecture");
  const answer = await vscode.window.showInformationMessage(vscode.l10n.t("{0}: {1}", baseName(file), summary), search);
  if (answer === search) await vscode.commands.executeCommand("foxnas.search");
}

/** Quality of a fit in a sentence: n, R2, cross-validated error with its unit. */
export function fitSummary({ n, dof, r2, crossValidation, predictor }: FitResult): string {
  const unit = errorUnit(predictor.target, predictor.unit);
  return vscode.l10n.t(
    "{0}: {1} samples, {2} degrees of freedom, R² {3}, cross-validated error (RMSE) {4} {5}.",
    predictor.target === "accuracy" ? vscode.l10n.t("Accuracy predictor") : vscode.l10n.t("Latency predictor"),
    n,
    dof,
    r2.toFixed(4),
    crossValidation.rmse.toPrecision(3),
    unit,
  );
}

function runFit({ workerPath, log }: FitParts, title: string, request: FitRequest): Promise<FitResult | undefined> {
  const options = { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t("{0}: fitting {1}", title, request.samples.name), cancellable: true };
  return Promise.resolve(
    vscode.window.withProgress(options, async (_, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      const outcome = await runJob(request, { workerPath, journal: null, signal: abort.signal, onLog: (level, message) => log[level](`fit: ${message}`) });
      return outcome.status === "done" ? outcome.result : undefined;
    }),
  );
}

/** `raspberry-pi-4-cpu-int8-256px.latency.predictor.json` */
function predictorName({ device, space, resolution, target }: FitAnswers): string {
  const slug = (device === "" ? space.content.id : device).toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  return `${slug || "samples"}-${resolution}px.${target}${PREDICTOR_ENDING}`;
}
