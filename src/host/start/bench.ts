import * as vscode from "vscode";
import { isKind } from "../../runs/runStore.js";
import { benchMarkdown } from "../../shared/benchMarkdown.js";
import { InputError } from "../../shared/errors.js";
import type { App } from "../app.js";
import { benchCandidates } from "./benchCandidates.js";
import { askBench, type RememberedBench } from "./benchWizard.js";
import { remembering } from "../ask/memory.js";

/**
 * The benchmark wizard, then the run with the panel beside the editor.
 * @param searchId finished search whose architecture is to be measured; undefined leaves the choice to the person
 * @throws InputError where nothing can be measured
 */
export async function benchmark({ context, library, machine, panel, report, runs, version }: App, searchId?: string): Promise<void> {
  // First, so that nobody answers questions in vain.
  await machine.requireRuntime();
  const candidates = await benchCandidates({ runs, library, version });
  if (candidates.length === 0) return offerSearch();
  const given = candidates.find(({ key }) => key === `run:${searchId}`)?.key;
  const answers = await askBench({ candidates, given, report, memory: remembering<RememberedBench>(context, "foxnas.benchAnswers") });
  if (answers === undefined) return;
  const startedAt = performance.now();
  const id = await runs.start(answers.request, answers.title);
  panel.markStart(id, startedAt);
  panel.show(id);
}

async function offerSearch(): Promise<void> {
  const search = vscode.l10n.t("Search Architecture");
  const message = vscode.l10n.t("There is no architecture to measure yet: no finished search, and no *.foxnas.json or *.foxnas.yaml in a trusted workspace.");
  if ((await vscode.window.showInformationMessage(message, search)) === search) await vscode.commands.executeCommand("foxnas.search");
}

/** Puts the tables of a finished bench on the clipboard. Throws InputError while there are none. */
export async function copyMarkdown({ runs }: App, id: string | undefined): Promise<void> {
  const record = id === undefined ? undefined : await runs.record(id);
  const result = record !== undefined && isKind(record, "bench") ? await runs.result(record.id, "bench") : null;
  if (result === null) throw new InputError({ what: vscode.l10n.t("the benchmark has no result yet"), next: vscode.l10n.t("Wait until it is done, or resume it.") });
  await vscode.env.clipboard.writeText(benchMarkdown(result));
  void vscode.window.setStatusBarMessage(vscode.l10n.t("FOX-NAS: the benchmark is on the clipboard."), 5000);
}
