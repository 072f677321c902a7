import * as vscode from "vscode";
import { comparisonOf, measuredHow, measuredNotes, measuredValue } from "../../shared/verifiedText.js";
import type { Verified } from "../../shared/verified.js";
import type { Point, PredictorCard } from "../../shared/results.js";
import type { App } from "../app.js";
import { pointOf } from "./config.js";
import { chooseSearch, finishedSearch, type AboutFound } from "./finishedSearch.js";
import { latencyText } from "../format.js";
import { jobWithProgress } from "../jobProgress.js";
import { withDesign } from "./meant.js";
import { remembering } from "../ask/memory.js";
import { pickPrecision } from "../ask/precision.js";
import { timingSettings } from "../start/timingSettings.js";
import { settingOf, verifiedOf, verifyPlan, type Setting, type VerifyPlan } from "./verifyRequest.js";

interface RememberedVerify {
  precision?: Setting["precision"];
}

/** Readings of one measurement; some 60 repeat to 1 %. */
export const ROUNDS = 60;
/** Batches that are measured at most while something else disturbs them. */
const TRIES = 2;

/** Measures an architecture of a search on this machine, keeps that with the run and says how the prediction stands to it. Throws InputError, RunFailure. */
export async function verify(app: App, { runId, point, architecture }: AboutFound): Promise<void> {
  const { context, machine, panel, runs } = app;
  const title = vscode.l10n.t("Verify on This Device");
  // First, so that nobody answers questions in vain.
  const info = await machine.requireRuntime();
  const id = runId ?? (await chooseSearch(runs, title));
  if (id === undefined) return;
  const { record, result } = await finishedSearch(runs, id);
  const shown = pointOf(await withDesign(app, record, result, architecture), point);
  const memory = remembering<RememberedVerify>(context, "foxnas.verifyAnswers");
  const proposed = settingOf(record.request, info)?.precision ?? memory.read().precision;
  const placeholder = vscode.l10n.t("Precision of the model; then it is measured, in some seconds");
  const precision = await pickPrecision(title, undefined, proposed, placeholder);
  if (precision === undefined) return;
  await memory.write({ precision });
  const plan = verifyPlan(record.request, shown.architecture, { precision, ...timingSettings(), rounds: ROUNDS }, info);
  const verified = await runs.whileMeasuring(vscode.l10n.t("Verify {0}", record.title), () => measurePlan(app, plan, title));
  if (verified === undefined) return;
  await runs.addMeasured(id, verified);
  // Its figures belong to this run.
  panel.show(id);
  void tell(verified, shown, result.predictors.latency);
}

/** Measures, once more where the batch is suspect; undefined when the person cancelled. */
export async function measurePlan({ workerPath, log }: App, plan: VerifyPlan, title: string): Promise<Verified | undefined> {
  for (let attempt = 1; ; attempt++) {
    const result = await jobWithProgress<"measure">(plan.request, { title, workerPath, log });
    if (result === undefined) return undefined;
    if (!result.suspect || attempt === TRIES) return verifiedOf(plan, result);
    log.warn(`verify: the batch is measured again: ${result.reason}`);
  }
}

async function tell(verified: Verified, { latency }: Point, card: PredictorCard): Promise<void> {
  const comparison = comparisonOf(verified, latency, card);
  const text = [
    vscode.l10n.t("Measured on this machine: {0} {1}; predicted {2} {3}.", measuredValue(verified), measuredHow(verified), latencyText(latency.value), latency.unit),
    comparison.text,
    ...measuredNotes(verified),
  ].join(" ");
  const profile = vscode.l10n.t("Profile This Device");
  const show = comparison.kind === "parts" ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  // Where the prediction is about something else, one about this machine is what helps.
  const answer = await show(text, ...(comparison.kind === "apart" ? [profile] : []));
  if (answer === profile) await vscode.commands.executeCommand("foxnas.profile");
}
