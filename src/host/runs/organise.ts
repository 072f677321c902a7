import * as vscode from "vscode";
import type { App } from "../app.js";
import { kindOf } from "../kinds/index.js";
import { input } from "../ask/steps.js";
import { rowsMeant, runMeant } from "./meant.js";

const MOST_CHARACTERS = 80;

/** Asks what a run is to be called; an empty name gives it back the one it has by itself. */
export async function renameRun(app: App, row: unknown): Promise<void> {
  const title = vscode.l10n.t("Rename Run");
  const run = await runMeant(app, row, title);
  if (run === undefined) return;
  const { record, found } = run;
  const own = kindOf(record).label(record, found).label;
  const name = await input<string>({
    title,
    value: record.name ?? own,
    placeholder: own,
    prompt: vscode.l10n.t("Name of the run; leave it empty for “{0}”", own),
    advise: (text) => {
      const typed = nameOf(text);
      if (typed.length <= MOST_CHARACTERS) return { value: typed };
      return { message: vscode.l10n.t("{0} characters are too many: at most {1} can be read in a list.", typed.length, MOST_CHARACTERS) };
    },
  });
  if (name === undefined) return;
  await app.runs.change(record.id, { name: name === "" || name === own ? null : name });
  await app.runsView.reveal(record.id);
}

/** Keeps runs on top of the list, or lets them go. */
export async function pinRuns(app: App, row: unknown, rows: unknown, pinned: boolean): Promise<void> {
  for (const { record } of rowsMeant(app, row, rows)) await app.runs.change(record.id, { pinned });
}

/** One line of text. */
function nameOf(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
