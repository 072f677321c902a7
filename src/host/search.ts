import type { App } from "./app.js";
import { startFrontJob } from "./frontJob.js";
import { askSearch } from "./searchWizard.js";

const MEMORY_KEY = "foxnas.answers";

/** The search wizard, then the run with the panel beside the editor. */
export async function search({ context, library, log, panel, report, runs, workerPath }: App): Promise<void> {
  const answers = await askSearch({
    library,
    report,
    front: (predictors) => startFrontJob(predictors, workerPath, (level, message) => log[level](`front: ${message}`)),
    // A new workspace starts with the answers given anywhere last.
    memory: {
      read: () => ({ ...(context.workspaceState.get(MEMORY_KEY) ?? context.globalState.get(MEMORY_KEY)) }),
      write: async (remembered) => {
        await Promise.all([context.workspaceState.update(MEMORY_KEY, remembered), context.globalState.update(MEMORY_KEY, remembered)]);
      },
    },
  });
  if (answers === undefined) return;
  const startedAt = performance.now();
  const id = await runs.start(answers.request, answers.title);
  panel.markStart(id, startedAt);
  panel.show(id);
}
