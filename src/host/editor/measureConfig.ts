import * as vscode from "vscode";
import type { ArchitectureConfig } from "../../shared/architecture.js";
import { InputError } from "../../shared/errors.js";
import { readConfig } from "../../shared/files/index.js";
import type { PredictorFile } from "../../shared/predictor.js";
import type { Estimate } from "../../shared/results.js";
import { comparisonOf, measuredHow, measuredNotes, measuredValue } from "../../shared/verifiedText.js";
import { architectureKey, type Verified } from "../../shared/verified.js";
import type { App } from "../app.js";
import { latencyText } from "../format.js";
import { remembering } from "../ask/memory.js";
import { pickPrecision } from "../ask/precision.js";
import { timingSettings } from "../start/timingSettings.js";
import { measurePlan, ROUNDS } from "../found/verify.js";
import { settingOf, verifyPlan, type Setting } from "../found/verifyRequest.js";
import type { ConfigAnalyses } from "./analyses.js";
import { meantDocument, readMeant, requireLatency } from "./meantConfig.js";
import { measuredEdits } from "./measuredEdit.js";

const SEED = 1;

/** Measures a config's architecture on this machine, says how the prediction stands to it and offers to write it down. Throws InputError, RunFailure. */
export async function measureConfig(app: App, analyses: ConfigAnalyses, uri: unknown): Promise<void> {
  const title = vscode.l10n.t("Measure Config on This Device");
  const document = await meantDocument(uri, title);
  if (document === undefined) return;
  const meant = requireLatency(await readMeant(document, analyses));
  const info = await app.machine.requireRuntime();
  const predictors = { space: meant.space.source, latency: meant.latency.source, seed: SEED };
  const memory = remembering<{ precision?: Setting["precision"] }>(app.context, "foxnas.verifyAnswers");
  const proposed = settingOf(predictors, info)?.precision ?? memory.read().precision;
  const precision = await pickPrecision(title, undefined, proposed, vscode.l10n.t("Precision of the model; then it is measured, in some seconds"));
  if (precision === undefined) return;
  await memory.write({ precision });
  const { resolution, stages } = meant.config;
  const plan = verifyPlan(predictors, { resolution, stages }, { precision, ...timingSettings(), rounds: ROUNDS }, info);
  const name = vscode.workspace.asRelativePath(document.uri);
  const verified = await app.runs.whileMeasuring(vscode.l10n.t("Measure {0}", name), () => measurePlan(app, plan, title));
  if (verified === undefined) return;
  // The command is done: what follows waits for a person.
  const predicted = analyses.of(document).analysis.figures()?.latency ?? null;
  void tell(document, verified, predicted, meant.latency.content).catch(app.report);
}

/** Shows the measured latency beside the predicted one, with what can be done about it. */
async function tell(document: vscode.TextDocument, verified: Verified, predicted: Estimate | null, predictor: PredictorFile): Promise<void> {
  const comparison = predicted === null ? undefined : comparisonOf(verified, predicted, predictor);
  const measured = vscode.l10n.t("Measured on this machine: {0} {1}.", measuredValue(verified), measuredHow(verified));
  const beside = predicted === null ? undefined : vscode.l10n.t("Predicted: {0} {1}.", latencyText(predicted.value), predicted.unit);
  const text = [measured, beside, comparison?.text, ...measuredNotes(verified)].filter((part) => part !== undefined).join(" ");
  const [write, profile] = [vscode.l10n.t("Write into the Config"), vscode.l10n.t("Profile This Device")];
  const show = comparison?.kind === "parts" ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  // Where the prediction is about something else, one about this machine is what helps.
  const answer = await show(text, write, ...(comparison?.kind === "apart" ? [profile] : []));
  if (answer === profile) await vscode.commands.executeCommand("foxnas.profile");
  if (answer === write) await writeMeasured(document, verified);
}

/** Writes a measured latency into a config's open text, as one edit that can be undone and is not saved. Throws InputError. */
export async function writeMeasured(document: vscode.TextDocument, verified: Verified): Promise<void> {
  const file = vscode.workspace.asRelativePath(document.uri);
  const source = { name: file, text: document.getText() };
  const config = readConfig(source);
  if (architectureKey(config) !== architectureKey(verified.architecture)) {
    throw new InputError({ what: vscode.l10n.t("the config has changed since it was measured"), file, next: vscode.l10n.t("Measure it again.") });
  }
  const editor = await vscode.window.showTextDocument(document);
  const eol = document.eol === vscode.EndOfLine.CRLF ? "\r\n" : "\n";
  const { tabSize, insertSpaces } = editor.options;
  const layout = { tabSize: typeof tabSize === "number" ? tabSize : 2, insertSpaces: insertSpaces !== false, eol };
  const edits = measuredEdits(source, { ...config.measured, ...measuredOf(verified) }, layout);
  const change = new vscode.WorkspaceEdit();
  for (const { offset, length, text } of edits) change.replace(document.uri, new vscode.Range(document.positionAt(offset), document.positionAt(offset + length)), text);
  if (!(await vscode.workspace.applyEdit(change))) throw new InputError({ what: vscode.l10n.t("the editor refused the edit"), file, next: vscode.l10n.t("Check that it is not read-only.") });
  // It stands behind the stages, often below the window's edge.
  const at = document.positionAt(Math.min(...edits.map(({ offset }) => offset)));
  editor.revealRange(new vscode.Range(at, at.translate(3)), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

function measuredOf({ latencyMs, machine, architecture, protocol, standardError }: Verified): NonNullable<ArchitectureConfig["measured"]> {
  const { precision, date } = protocol;
  return { latency: { value: latencyMs, unit: "ms", device: machine, resolution: architecture.resolution, precision, date, standardError } };
}
