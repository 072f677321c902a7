import { InputError } from "../../shared/errors.js";
import { t } from "../../shared/l10n.js";
import { readSpace } from "../../shared/files/index.js";
import type { App } from "../app.js";
import { startFrontJob } from "./frontJob.js";
import { remembering } from "../ask/memory.js";
import { entryOf, isMaker, madeBy } from "./madePredictors.js";
import { askSearch, type Given, type Remembered } from "./searchWizard.js";

/**
 * The search wizard, then the run with the panel beside the editor.
 * @param makerId a run that has fitted or corrected a predictor, which is then given, with its space
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

/** Space and predictor of a run that made one. Throws InputError where it has not yet. */
async function givenBy({ runs }: App, id: string): Promise<Given | undefined> {
  const record = await runs.record(id);
  // Whoever asks from the row of another wants a new search.
  if (record === undefined || !isMaker(record)) return undefined;
  const made = await madeBy(runs, record);
  if (made === null) throw new InputError({ what: t("the run has no predictor yet"), next: t("Wait until it is done, or resume it.") });
  const { space: source } = record.request;
  const space = { key: `run:${id}`, builtIn: false, uri: null, source, content: readSpace(source) };
  const entry = entryOf(id, made);
  return made.predictor.target === "latency" ? { space, latency: entry } : { space, accuracy: entry };
}
