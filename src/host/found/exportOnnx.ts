import * as vscode from "vscode";
import type { RunRecord } from "../../runs/runStore.js";
import type { ArchitectureConfig } from "../../shared/architecture.js";
import { configText } from "../../shared/files/index.js";
import type { OnnxRequest, OnnxResult } from "../../shared/onnx.js";
import type { App } from "../app.js";
import { configOfRun } from "./config.js";
import { chooseSearch, finishedFound, type AboutFound } from "./finishedSearch.js";
import { jobWithProgress } from "../jobProgress.js";
import { withDesign } from "./meant.js";
import { remembering } from "../ask/memory.js";
import { newFileSteps, requireFolders, type Place } from "../ask/placeFile.js";
import { pickPrecision } from "../ask/precision.js";
import { question, runSteps, type Step } from "../ask/steps.js";
import { writeBytesInWorkspace } from "../workspaceFile.js";

type Precision = OnnxRequest["precision"];
interface RememberedExport {
  precision?: Precision;
}

/** Asks for precision and file, and writes the model of an architecture there. Throws InputError, RunFailure. */
export async function exportOnnx(app: App, { runId, point, architecture }: AboutFound): Promise<void> {
  const title = vscode.l10n.t("Export ONNX Model");
  const id = runId ?? (await chooseSearch(app.runs, title, ["search", "tune"]));
  if (id === undefined) return;
  const { record, result } = await finishedFound(app.runs, id);
  const { config, name } = configOfRun(record, await withDesign(app, record, result, architecture), point, app.version, new Date().toISOString());
  const answers = await askExport(app, title, name);
  if (answers === undefined) return;
  const { precision, place } = answers;
  const request = onnxRequest(record, config, precision, app.version);
  const file = vscode.workspace.asRelativePath(place.file);
  const model = await jobWithProgress<"onnx">(request, { title: vscode.l10n.t("Writing {0}", file), workerPath: app.workerPath, log: app.log });
  if (model === undefined || !(await writeBytesInWorkspace(place.folder, place.file, Buffer.from(model.model, "base64")))) return;
  app.log.info(`exported ${file}: ${model.bytes} bytes, sha256 ${model.digest}`);
  // The command is done: what follows waits for a person.
  void offerFile(place.file, exportedText(file, model, request, config.resolution));
}

/** The job that writes the model of a config. */
export function onnxRequest({ request: { space, seed } }: RunRecord<"search"> | RunRecord<"tune">, config: ArchitectureConfig, precision: Precision, version: string): OnnxRequest {
  return { kind: "onnx", config: { name: "config.foxnas.json", text: configText(config, "json") }, space, precision, seed, version };
}

async function askExport({ context }: App, title: string, name: string): Promise<{ precision: Precision; place: Place } | undefined> {
  const folders = await requireFolders();
  if (folders === undefined) return undefined;
  const memory = remembering<RememberedExport>(context, "foxnas.exportAnswers");
  let precision: Precision = memory.read().precision ?? "int8";
  let place: Place | undefined;
  const steps: Step[] = [
    question((at) => pickPrecision(title, at, precision, vscode.l10n.t("Precision of the model")), (answer) => (precision = answer)),
    ...newFileSteps(title, folders, () => ({ name: `${name}-${precision}.onnx`, ending: ".onnx" }), (answer) => (place = answer)),
  ];
  if (!(await runSteps(steps)) || place === undefined) return undefined;
  await memory.write({ precision });
  return { precision, place };
}

function exportedText(file: string, { bytes, weights }: OnnxResult, { precision }: OnnxRequest, resolution: number): string {
  const size = bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
  const [kind, seed] = weights.split(", ");
  const from = seed === undefined ? weights : `${kind} (${seed})`;
  return vscode.l10n.t("Exported {0}: {1}, {2}, input 1 × 3 × {3} × {3}. Its weights are {4}: for timing and shape, not for inference.", file, size, precision, resolution, from);
}

async function offerFile(file: vscode.Uri, text: string): Promise<void> {
  const reveal = vscode.l10n.t("Reveal in Explorer");
  if ((await vscode.window.showInformationMessage(text, reveal)) === reveal) await vscode.commands.executeCommand("revealInExplorer", file);
}
