import * as vscode from "vscode";
import type { App } from "../app.js";
import { remembering } from "../ask/memory.js";
import { askProfile, type RememberedProfile } from "./profileWizard.js";

/** The profile wizard, then the run with the panel beside the editor. Throws InputError where nothing can be measured. */
export async function profileDevice({ context, library, machine, panel, report, runs }: App): Promise<void> {
  // First, so that nobody answers questions in vain.
  const info = await machine.requireRuntime();
  const answers = await askProfile({ library, machine: info, report, memory: remembering<RememberedProfile>(context, "foxnas.profileAnswers") });
  if (answers === undefined) return;
  const startedAt = performance.now();
  const id = await runs.start(answers.request, answers.title);
  panel.markStart(id, startedAt);
  panel.show(id);
}

/** Names the finished profile or evaluation whose predictor a command is about: one that the person picks. */
export async function chooseProfile({ runs }: App, title: string): Promise<string | undefined> {
  const done = (await runs.list()).filter(({ record, found }) => record.state === "done" && (found?.kind === "profile" || (found?.kind === "evaluate" && found.fit !== null)));
  if (done.length === 0) {
    const profile = vscode.l10n.t("Profile This Device");
    const answer = await vscode.window.showInformationMessage(vscode.l10n.t("There is no finished profile or evaluation yet."), profile);
    if (answer === profile) await vscode.commands.executeCommand("foxnas.profile");
    return undefined;
  }
  const items = done.map(({ record }) => ({ label: record.title, detail: new Date(record.startedAt).toLocaleString(), id: record.id }));
  return (await vscode.window.showQuickPick(items, { title, placeHolder: vscode.l10n.t("Whose predictor?") }))?.id;
}
