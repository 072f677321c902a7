import * as vscode from "vscode";
import type { CommandTable } from "../commandTable.js";
import { compareRuns } from "./compare.js";
import { exportRun } from "./exportRun.js";
import { pinRuns, renameRun } from "./organise.js";
import { deleteRuns } from "./remove.js";
import { rerun } from "./repeat.js";
import { replayRun } from "./replay.js";

/** Commands of the Runs view that keep, repeat and hand on runs. `row` and `rows` are what menus and keys hand over. */
export const RUN_COMMANDS: CommandTable = {
  "foxnas.runs.rename": (app, row?: unknown) => renameRun(app, row),
  "foxnas.runs.pin": (app, row?: unknown, rows?: unknown) => pinRuns(app, row, rows, true),
  "foxnas.runs.unpin": (app, row?: unknown, rows?: unknown) => pinRuns(app, row, rows, false),
  "foxnas.runs.delete": (app, row?: unknown, rows?: unknown) => deleteRuns(app, row, rows),
  "foxnas.runs.rerun": (app, row?: unknown) => rerun(app, row),
  "foxnas.runs.export": (app, row?: unknown) => exportRun(app, row),
  "foxnas.compare.runs": (app, row?: unknown, rows?: unknown) => compareRuns(app, row, rows),
  "foxnas.runs.replay": (app, file?: unknown) => replayRun(app, file instanceof vscode.Uri ? file : undefined),
};
