import * as vscode from "vscode";
import { InputError } from "../../shared/errors.js";
import { configText, type ConfigFormat } from "../../shared/files/index.js";
import type { App } from "../app.js";
import { configEnding, configOfRun } from "../found/config.js";
import { finishedFound } from "../found/finishedSearch.js";
import { exists, fileIn, requireInside, writeInWorkspace } from "../workspaceFile.js";
import { folderOf } from "./configSource.js";
import { architectureText } from "./figures.js";
import type { ToolInput } from "./inputs.js";
import type { Tool } from "./tool.js";

interface Planned {
  folder: vscode.Uri;
  file: vscode.Uri;
  /** As a person and a model call it. */
  name: string;
  text: string;
  /** Blocks of every stage. */
  architecture: string;
  replaces: boolean;
}

/** Writes the config of what a run found into the workspace, after the person said so. */
export const insertTool: Tool<"foxnas_insert"> = {
  name: "foxnas_insert",
  prepare: async (app, input) => {
    const { name, replaces } = await plan(app, input);
    const title = replaces ? vscode.l10n.t("Overwrite {0}?", name) : vscode.l10n.t("Write {0}?", name);
    const message = replaces
      ? vscode.l10n.t("{0} exists already. The config of the run {1} replaces what is in it, and is saved. The edit can be undone.", name, input.runId)
      : vscode.l10n.t("The config of the run {0} is written into the new file {1}, and saved.", input.runId, name);
    return { invocationMessage: vscode.l10n.t("Writing {0}", name), confirmationMessages: { title, message } };
  },
  invoke: async (app, input, token) => {
    const { folder, file, name, text, architecture, replaces } = await plan(app, input);
    if (token.isCancellationRequested) throw new vscode.CancellationError();
    const written = await writeInWorkspace(folder, file, text, app.column(), () => Promise.resolve(replaces));
    if (written === undefined) throw taken(name);
    const said = `${replaces ? "Replaced" : "Wrote"} ${name}: the config of run ${input.runId}, saved and opened. The person can undo it. ${architecture}.`;
    return { text: said, json: { file: name, runId: input.runId, replaced: replaces, bytes: new TextEncoder().encode(text).length } };
  },
};

/** What would be written and where. Throws InputError for an unfinished run, a place outside the workspace, and a file that must not be replaced. */
async function plan({ runs, version }: App, { runId, point, file: asked, format, overwrite }: ToolInput<"foxnas_insert">): Promise<Planned> {
  const { record, result, measured } = await finishedFound(runs, runId);
  const { config, name: proposed } = configOfRun(record, result, point ?? null, version, new Date().toISOString(), measured);
  const wanted = formatOf(asked, format);
  const { folder, name: typed } = folderOf(asked ?? proposed + configEnding(wanted));
  const ending = configEnding(wanted);
  if (!typed.endsWith(ending)) {
    throw new InputError({ what: "the file has another ending than its format", field: "file", found: JSON.stringify(asked), expected: `a name that ends in ${ending}`, next: "Change file or format." });
  }
  const file = fileIn(folder.uri, typed);
  await requireInside(folder.uri, file);
  const name = vscode.workspace.asRelativePath(file);
  const replaces = await exists(file);
  if (replaces && overwrite !== true) throw taken(name);
  return { folder: folder.uri, file, name, text: configText(config, wanted), architecture: architectureText(config), replaces };
}

/** The format that was asked for, else that of the file's name, else the setting's. */
function formatOf(file: string | undefined, format: ConfigFormat | undefined): ConfigFormat {
  if (format !== undefined) return format;
  if (file !== undefined) return file.endsWith(configEnding("yaml")) ? "yaml" : "json";
  return vscode.workspace.getConfiguration("foxnas.config").get<ConfigFormat>("format", "json");
}

const taken = (name: string): InputError =>
  new InputError({ what: "the file exists already", field: "file", found: name, next: "Choose another name; overwrite: true replaces it, if the person wants that." });
