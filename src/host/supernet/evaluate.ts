import type * as vscode from "vscode";
import type { App } from "../app.js";
import { remembering } from "../ask/memory.js";
import { askEvaluate, type RememberedEvaluate } from "./evaluateWizard.js";
import { inspect } from "./inspect.js";
import { rememberPlaces } from "./places.js";
import { pathOf, requireTrust } from "./trust.js";

/**
 * The evaluation wizard, then the run with the panel beside the editor.
 * @param supernet file that the command is about; undefined: it is asked for
 * @throws InputError where onnxruntime is missing
 */
export async function evaluateSupernet(app: App, supernet?: vscode.Uri): Promise<void> {
  const { context, library, log, machine, panel, report, runs } = app;
  if (!(await requireTrust())) return;
  // First, so that nobody answers questions in vain.
  const info = await machine.requireRuntime();
  const answers = await askEvaluate({
    library,
    machine: info,
    log,
    report,
    given: supernet === undefined ? undefined : pathOf(supernet),
    inspect: (space, file, data) => inspect(app, space, file, data),
    memory: remembering<RememberedEvaluate>(context, "foxnas.evaluateAnswers"),
  });
  if (answers === undefined) return;
  const startedAt = performance.now();
  await rememberPlaces(context, answers.request.supernet, answers.request.data);
  const id = await runs.start(answers.request, answers.title);
  panel.markStart(id, startedAt);
  panel.show(id);
}
