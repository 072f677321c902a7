import * as vscode from "vscode";
import { InputError } from "../../shared/errors.js";
import type { Source } from "../../shared/messages.js";
import { readSource } from "../library.js";
import { fileIn, requireInside } from "../workspaceFile.js";

const NAME = /\.foxnas\.(json|ya?ml)$/;

/** The one workspace folder of a path: the first, or the one that the path begins with the name of. Throws InputError. */
export function folderOf(path: string): { folder: vscode.WorkspaceFolder; name: string } {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const [first] = folders;
  if (first === undefined) throw new InputError({ what: "no folder is open", next: "Ask the person to open a folder." });
  const [head = "", ...rest] = path.split("/");
  const named = folders.length > 1 && rest.length > 0 ? folders.find(({ name }) => name === head) : undefined;
  return named === undefined ? { folder: first, name: path } : { folder: named, name: rest.join("/") };
}

/**
 * A config that a model names by its path in the workspace, with what is typed but not saved; or as text, where it begins
 * with a brace. Throws InputError for a path outside, a missing file, and in Restricted Mode.
 */
export async function configSource(config: string): Promise<Source> {
  if (config.startsWith("{")) return { name: "input.foxnas.json", text: config };
  if (!NAME.test(config)) {
    throw new InputError({ what: "this is no architecture config", field: "config", found: JSON.stringify(config), expected: "the path of a *.foxnas.json or *.foxnas.yaml file in the workspace, or the config itself as JSON text" });
  }
  if (!vscode.workspace.isTrusted) {
    throw new InputError({ what: "files of a workspace that is not trusted are not read", field: "config", next: "Ask the person to trust the workspace." });
  }
  const { folder, name } = folderOf(config);
  const file = fileIn(folder.uri, name);
  await requireInside(folder.uri, file);
  const source = await readSource(file, "json");
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === file.toString());
  return open === undefined ? source : { ...source, text: open.getText() };
}
