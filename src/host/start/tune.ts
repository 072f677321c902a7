import * as vscode from "vscode";
import { isKind, type RunRecord } from "../../runs/runStore.js";
import { InputError } from "../../shared/errors.js";
import { readPredictor, readSpace } from "../../shared/files/index.js";
import type { PredictorFile } from "../../shared/predictor.js";
import type { Space } from "../../shared/space.js";
import { tunedFiles } from "../../shared/tunedFiles.js";
import type { App } from "../app.js";
import { startFrontJob } from "./frontJob.js";
import type { Entry } from "../library.js";
import type { MachineInfo } from "../machine.js";
import { remembering } from "../ask/memory.js";
import { unmeasurable } from "./tunable.js";
import { askTune, TUNE_TITLE, type RememberedTune, type TuneGiven } from "./tuneWizard.js";

/**
 * Search, measure, refit: the wizard, then the run with the panel beside the editor.
 * @param aboutId a search, whose space, predictors and budget are then given; a finished run of this kind, likewise with
 * its corrected predictor; a profile, which is then offered first
 * @throws InputError where nothing can be measured, or not compared with that run's predictor
 */
export async function tune(app: App, aboutId?: string): Promise<void> {
  const { context, library, log, machine, panel, report, runs, workerPath } = app;
  // First, so that nobody answers questions in vain.
  const info = await machine.requireRuntime();
  const given = aboutId === undefined ? undefined : await givenBy(app, aboutId, info);
  if (given === undefined && !(await hasPredictor(app, info))) return offerProfile();
  const answers = await askTune({
    library,
    report,
    given,
    preferred: aboutId === undefined ? undefined : `run:${aboutId}`,
    machine: info,
    spaceOf: (latency) => spaceOf(app, latency),
    front: (predictors) => startFrontJob(predictors, workerPath, (level, message) => log[level](`front: ${message}`)),
    memory: remembering<RememberedTune>(context, "foxnas.tuneAnswers"),
  });
  if (answers === undefined) return;
  const startedAt = performance.now();
  const id = await runs.start(answers.request, answers.title);
  panel.markStart(id, startedAt);
  panel.show(id);
}

async function hasPredictor({ library }: App, info: MachineInfo): Promise<boolean> {
  const { entries } = await library.predictors();
  return entries.some(({ content }) => content.target === "latency" && unmeasurable(content, info) === undefined);
}

async function offerProfile(): Promise<void> {
  const profile = vscode.l10n.t("Profile This Device");
  const message = vscode.l10n.t("{0} needs a latency predictor that was measured on this machine, and there is none yet. A profile makes one in about a minute.", TUNE_TITLE);
  if ((await vscode.window.showInformationMessage(message, profile)) === profile) await vscode.commands.executeCommand("foxnas.profile");
}

async function givenBy({ runs }: App, id: string, info: MachineInfo): Promise<TuneGiven | undefined> {
  const record = await runs.record(id);
  if (record === undefined) return undefined;
  if (isKind(record, "tune")) return againBy(record, await runs.result(id, "tune"));
  // A profile is offered first, the rest is asked.
  if (!isKind(record, "search")) return undefined;
  const { space, accuracy, latency, budget } = record.request;
  const unfit = unmeasurable(readPredictor(latency), info);
  if (unfit !== undefined) throw unfit;
  return { sources: { space, accuracy, latency }, budget, title: record.title };
}

type Result = Awaited<ReturnType<App["runs"]["result"]>>;

/** The same with the corrected predictor, as far as there is one. */
function againBy({ title, request }: RunRecord<"tune">, result: Result): TuneGiven {
  const { space, accuracy, latency, budget } = request;
  const corrected = result !== null && "confirmations" in result && result.rounds.length > 0 ? tunedFiles(result).predictor : latency;
  return { sources: { space, accuracy, latency: corrected }, budget, title };
}

/** The space that a latency predictor is for: that of its profile, else the one of its name. */
async function spaceOf({ library, runs }: App, { key, content }: Entry<PredictorFile>): Promise<Entry<Space>> {
  const record = key.startsWith("run:") ? await runs.record(key.slice("run:".length)) : undefined;
  if (record !== undefined && isKind(record, "profile")) {
    const source = record.request.space;
    return { key, builtIn: false, uri: null, source, content: readSpace(source) };
  }
  const found = (await library.spaces()).entries.find((entry) => entry.content.id === content.space);
  if (found !== undefined) return found;
  throw new InputError({ what: vscode.l10n.t("the search space of the predictor is not to be found"), found: content.space, expected: vscode.l10n.t("a *.space.json with the id \"{0}\"", content.space), next: vscode.l10n.t("Open the folder that has it.") });
}
