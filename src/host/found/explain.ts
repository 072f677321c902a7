import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import { reportHtml } from "../../pictures/report/report.js";
import { accountOf } from "../../shared/account.js";
import { configOf, configText } from "../../shared/files/index.js";
import type { Explanation } from "../../shared/explanation.js";
import { dateText } from "../../shared/format.js";
import type { App } from "../app.js";
import { budgetName, pointOf } from "./config.js";
import { chooseSearch, finishedSearch, type AboutFound } from "./finishedSearch.js";
import { roundUp } from "../format.js";
import { jobWithProgress } from "../jobProgress.js";
import { askFile, requireFolders } from "../ask/placeFile.js";
import { writeBytesInWorkspace } from "../workspaceFile.js";

interface Explained {
  explanation: Explanation;
  /** `foxnas-cpu-256px-120ms` */
  name: string;
}

/** Explains the architecture that a person means; undefined where none was picked or the person cancelled. Throws InputError, RunFailure. */
async function explained({ runs, workerPath, log }: App, about: AboutFound, title: string): Promise<Explained | undefined> {
  const id = about.runId ?? (await chooseSearch(runs, title));
  if (id === undefined) return undefined;
  const { record, result } = await finishedSearch(runs, id);
  const { space, accuracy, latency } = record.request;
  const architecture = about.architecture ?? pointOf(result, about.point).architecture;
  const front = about.point === null ? undefined : result.front[about.point];
  const budget = about.budget ?? (front === undefined ? record.request.budget : roundUp(front.latency.value));
  const config = { name: "architecture.foxnas.json", text: configText(configOf(architecture, result.space.id), "json") };
  const explanation = await jobWithProgress<"explain">({ kind: "explain", space, accuracy, latency, config, budget }, { title, workerPath, log });
  // The worker speaks English; the account is written anew in the language of the window.
  return explanation === undefined ? undefined : { explanation: { ...explanation, text: accountOf(explanation) }, name: `${result.space.id}-${architecture.resolution}px-${budgetName(budget)}` };
}

/** Puts a short account of an architecture on the clipboard, as Markdown. Throws InputError, RunFailure. */
export async function copyAccount(app: App, about: AboutFound): Promise<void> {
  const done = await explained(app, about, vscode.l10n.t("Copy Account"));
  if (done === undefined) return;
  await vscode.env.clipboard.writeText(`${done.explanation.text}\n`);
  void vscode.window.setStatusBarMessage(vscode.l10n.t("FOX-NAS: the account is on the clipboard."), 5000);
}

/** Writes a report with all pictures into the workspace: one HTML file that loads nothing. Throws InputError, RunFailure. */
export async function saveReport(app: App, about: AboutFound): Promise<void> {
  const title = vscode.l10n.t("Save Report");
  const folder = (await requireFolders())?.[0];
  if (folder === undefined) return;
  const done = await explained(app, about, title);
  if (done === undefined) return;
  const place = await askFile({ title, folder, name: `${done.name}-report.html`, ending: ".html" });
  if (place === undefined) return;
  const css = await readFile(join(app.context.extensionPath, "dist", "report.css"), "utf8");
  const html = reportHtml(done.explanation, { title: done.name, date: dateText(new Date()), version: app.version, css });
  if (!(await writeBytesInWorkspace(place.folder, place.file, Buffer.from(html)))) return;
  // The command is done: what follows waits for a person.
  void offerReport(place.file);
}

async function offerReport(file: vscode.Uri): Promise<void> {
  const open = vscode.l10n.t("Open in Browser");
  const text = vscode.l10n.t("Saved {0}: one file with all pictures, which loads nothing.", vscode.workspace.asRelativePath(file));
  if ((await vscode.window.showInformationMessage(text, open)) === open) await vscode.env.openExternal(file);
}
