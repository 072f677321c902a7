import * as vscode from "vscode";
import { InputError } from "../../shared/errors.js";
import { CONFIG_FORMATS, configText, type ConfigFormat } from "../../shared/files/index.js";
import type { App } from "../app.js";
import { configEnding, configOfRun, type InsertableConfig } from "./config.js";
import { chooseSearch, finishedFound, type AboutFound } from "./finishedSearch.js";
import { askFile, requireFolders, type Place } from "../ask/placeFile.js";
import { withDesign } from "./meant.js";
import { BACK, pick, question, runSteps, type At, type Step } from "../ask/steps.js";
import { configOfFinalist, meantFinalist, type AboutFinalist } from "../supernet/finishedFinalists.js";
import { writeInWorkspace } from "../workspaceFile.js";

type Target = { kind: "file"; folder: vscode.WorkspaceFolder } | { kind: "cursor"; editor: vscode.TextEditor };

/** Asks for format and place, and writes the config there as an undoable edit. Throws InputError. */
export async function insertConfig(app: App, { runId, point, architecture }: AboutFound): Promise<void> {
  const { runs, version } = app;
  const title = vscode.l10n.t("Insert Architecture Config");
  const id = runId ?? (await chooseSearch(runs, title, ["search", "tune"]));
  if (id === undefined) return;
  const { record, result, measured } = await finishedFound(runs, id);
  await placeConfig(app, title, configOfRun(record, await withDesign(app, record, result, architecture), point, version, new Date().toISOString(), measured));
}

/** The same of a finalist whose accuracy was measured. Throws InputError. */
export async function insertFinalist(app: App, about: AboutFinalist): Promise<void> {
  const title = vscode.l10n.t("Insert Config of a Finalist");
  const meant = await meantFinalist(app.runs, about, title);
  if (meant !== undefined) await placeConfig(app, title, configOfFinalist(meant, app.version, new Date().toISOString()));
}

/** Asks for format and place, and writes the config there. */
async function placeConfig({ column }: App, title: string, insertable: InsertableConfig): Promise<void> {
  const editor = targetEditor();
  const folders = editor === undefined ? await requireFolders() : (vscode.workspace.workspaceFolders ?? []);
  if (folders === undefined) return;

  let format: ConfigFormat = vscode.workspace.getConfiguration("foxnas.config").get("format", "json");
  let target: Target | undefined;
  let place: Place | undefined;
  const steps: Step[] = [
    question((at) => pickFormat(title, at, format), (answer) => (format = answer)),
    question((at) => pickTarget(title, at, folders, editor), (answer) => (target = answer)),
    async (at) => {
      if (target?.kind !== "file") return "skip";
      const ending = configEnding(format);
      const answer = await askFile({ title, at, folder: target.folder, name: insertable.name + ending, ending });
      if (answer === undefined || answer === BACK) return answer;
      place = answer;
      return "next";
    },
  ];
  if (!(await runSteps(steps))) return;
  const text = configText(insertable.config, format);
  if (target?.kind === "cursor") await insertAtCursor(target.editor, text);
  else if (place !== undefined) await writeInWorkspace(place.folder, place.file, text, column());
}

/** Inserts at the cursor, replacing the selection, indented like the line it stands in. */
export async function insertAtCursor(editor: vscode.TextEditor, text: string): Promise<void> {
  const { document, selection } = editor;
  const before = document.lineAt(selection.start.line).text.slice(0, selection.start.character);
  const indent = /^\s*/.exec(before)![0];
  const done = await editor.edit((edit) => edit.replace(selection, text.trimEnd().replaceAll("\n", `\n${indent}`)));
  if (!done) throw new InputError({ what: vscode.l10n.t("the editor refused the edit"), file: vscode.workspace.asRelativePath(document.uri), next: vscode.l10n.t("Check that it is not read-only.") });
}

function pickFormat(title: string, at: At, preferred: ConfigFormat) {
  const labels: Record<ConfigFormat, string> = { json: "JSON", yaml: "YAML" };
  return pick<ConfigFormat>({
    title,
    at,
    placeholder: vscode.l10n.t("Format"),
    items: CONFIG_FORMATS.map((format) => ({ label: labels[format], description: `*${configEnding(format)}`, value: format })),
    active: (format) => format === preferred,
  });
}

function pickTarget(title: string, at: At, folders: readonly vscode.WorkspaceFolder[], editor: vscode.TextEditor | undefined) {
  const several = folders.length > 1;
  return pick<Target>({
    title,
    at,
    placeholder: vscode.l10n.t("Where to?"),
    items: [
      ...folders.map((folder) => ({
        label: `$(new-file) ${several ? vscode.l10n.t("New file in {0}…", folder.name) : vscode.l10n.t("New file in the workspace…")}`,
        value: { kind: "file" as const, folder },
      })),
      ...(editor === undefined
        ? []
        : [
            {
              label: `$(insert) ${vscode.l10n.t("At the cursor of the open editor")}`,
              description: vscode.workspace.asRelativePath(editor.document.uri),
              value: { kind: "cursor" as const, editor },
            },
          ]),
    ],
  });
}

/** The editor a person means: while the panel has the focus, none is active. Output views are no editors. */
export function targetEditor(): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  return [activeTextEditor, ...visibleTextEditors].find((editor) => editor !== undefined && ["file", "untitled", "vscode-remote"].includes(editor.document.uri.scheme));
}
