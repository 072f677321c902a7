import { isKind } from "../runs/runStore.js";
import { InputError } from "../shared/errors.js";
import { readSpace } from "../shared/files/index.js";
import type { App } from "./app.js";
import { startFrontJob } from "./frontJob.js";
import { remembering } from "./memory.js";
import { entryOf } from "./profiledPredictors.js";
import { askSearch, type Given, type Remembered } from "./searchWizard.js";

/**
 * The search wizard, then the run with the panel beside the editor.
 * @param profileId a finished profile, whose space and predictor are then given
 */
export async function search(app: App, profileId?: string): Promise<void> {
  const { context, library, log, machine, panel, report, runs, workerPath } = app;
  const answers = await askSearch({
    library,
    report,
    given: profileId === undefined ? undefined : await givenBy(app, profileId),
    machine: () => machine.known(),
    front: (predictors) => startFrontJob(predictors, workerPath, (level, message) => log[level](`front: ${message}`)),
    memory: remembering<Remembered>(context, "foxnas.answers"),
  });
  if (answers === undefined) return;
  const startedAt = performance.now();
  const id = await runs.start(answers.request, answers.title);
  panel.markStart(id, startedAt);
  panel.show(id);
}

/** Space and latency predictor of a finished profile. Throws InputError. */
async function givenBy({ runs }: App, id: string): Promise<Given | undefined> {
  const record = await runs.record(id);
  // A search: whoever asks from its row wants a new one.
  if (record === undefined || !isKind(record, "profile")) return undefined;
  const [latency] = await entryOf(runs, record);
  if (latency === undefined) throw new InputError({ what: "the run has no predictor yet", next: "Wait until the profile is done, or resume it." });
  const { space: source } = record.request;
  return { space: { key: `run:${id}`, builtIn: false, uri: null, source, content: readSpace(source) }, latency };
}
