import * as vscode from "vscode";
import { InputError } from "../../shared/errors.js";
import { isConfig } from "../editor/configFiles.js";
import { pick, type PickItem } from "../ask/steps.js";
import { holdsConfig } from "./sides.js";

const MAX_FILES = 500;

/** Picks one of the configs that there are, `except` one; undefined when dismissed. Throws InputError where there is none. */
export async function pickConfig(title: string, placeholder: string, except?: vscode.Uri): Promise<vscode.Uri | undefined> {
  const all = (await configs()).filter((uri) => uri.toString() !== except?.toString());
  if (all.length === 0) {
    const what = except === undefined ? vscode.l10n.t("there is no architecture config yet") : vscode.l10n.t("there is no other architecture config");
    throw new InputError({ what, expected: vscode.l10n.t("a *.foxnas.json or *.foxnas.yaml file"), next: vscode.l10n.t("Search an architecture and insert its config.") });
  }
  const active = vscode.window.activeTextEditor?.document.uri.toString();
  const items = all.map((uri): PickItem<vscode.Uri> => itemOf(uri));
  return pick<vscode.Uri>({ title, placeholder, items, active: (uri) => uri.toString() === active });
}

function itemOf(uri: vscode.Uri): PickItem<vscode.Uri> {
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  const description = document?.isUntitled === true ? vscode.l10n.t("not saved yet") : document?.isDirty === true ? vscode.l10n.t("unsaved changes") : undefined;
  return { label: vscode.workspace.asRelativePath(uri), ...(description === undefined ? {} : { description }), value: uri };
}

/** The workspace's configs, and open documents that hold one, saved or not. */
async function configs(): Promise<vscode.Uri[]> {
  const files = await vscode.workspace.findFiles("**/*.foxnas.{json,yaml,yml}", "**/node_modules/**", MAX_FILES);
  const open = vscode.workspace.textDocuments.filter((one) => (one.isUntitled ? isConfig(one) || holdsConfig(one) : one.uri.scheme === "file" && isConfig(one))).map(({ uri }) => uri);
  const once = new Map([...open, ...files].map((uri) => [uri.toString(), uri]));
  return [...once.values()].sort((a, b) => a.path.localeCompare(b.path));
}

/** The config that a menu or the active editor means. */
export function meantConfigUri(uri: unknown): vscode.Uri | undefined {
  if (uri instanceof vscode.Uri) return uri;
  const active = vscode.window.activeTextEditor?.document;
  return active !== undefined && (isConfig(active) || (active.isUntitled && holdsConfig(active))) ? active.uri : undefined;
}
