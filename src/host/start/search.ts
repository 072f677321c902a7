import { isKind } from "../../runs/runStore.js";
import { InputError } from "../../shared/errors.js";
import { t } from "../../shared/l10n.js";
import { readSpace } from "../../shared/files/index.js";
import type { App } from "../app.js";
import { startFrontJob } from "./frontJob.js";
import { remembering } from "../ask/memory.js";
import { entryOf } from "./profiledPredictors.js";
import { askSearch, type Given, type Remembered } from "./searchWizard.js";

/**
 * The search wizard, then the run with the panel beside the editor.
 * @param makerId a finished profile or evaluation, whose space and predictor are then given
 */
export async function search(app: App, makerId?: string): Promise<void> {
  await searchGiven(app, makerId === undefined ? undefined : await givenBy(app, makerId));
}

/**
 * The same where some of the answers are given.
 * @param budget offered in the place of the one of the last search, as a person would type it
 */
export async function searchGiven(app: App, given: Given | undefined, budget?: string): Promise<void> {
  const { context, library, log, machine, panel, report, runs, workerPath } = app;
  const memory = remembering<Remembered>(context, "foxnas.answers");
  const answers = await askSearch({
    library,
    report,
    given,
    machine: () => machine.known(),
    front: (predictors) => startFrontJob(predictors, workerPath, (level, message) => log[level](`front: ${message}`)),
    memory: budget === undefined ? memory : { ...memory, read: () => ({ ...memory.read(), budget }) },
  });
  if (answers === undefined) return;
  const startedAt = performance.now();
  const id = await runs.start(answers.request, answers.title);
  panel.markStart(id, startedAt);
  panel.show(id);
}

/** Space and predictor of a finished profile or evaluation. Throws InputError. */
async function givenBy({ runs }: App, id: string): Promise<Given | undefined> {
  const record = await runs.record(id);
  // A search: whoever asks from its row wants a new one.
  if (record === undefined || !(isKind(record, "profile") || isKind(record, "evaluate"))) return undefined;
  const [made] = await entryOf(runs, record);
  if (made === undefined) throw new InputError({ what: t("the run has no predictor yet"), next: t("Wait until it is done, or resume it.") });
  const { space: source } = record.request;
  const space = { key: `run:${id}`, builtIn: false, uri: null, source, content: readSpace(source) };
  return isKind(record, "profile") ? { space, latency: made } : { space, accuracy: made };
}
