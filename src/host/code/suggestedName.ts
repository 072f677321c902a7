import * as vscode from "vscode";
import { className } from "../../codegen/index.js";
import { exists } from "../workspaceFile.js";
import { ENDINGS, plainName, type Format } from "./formats.js";
import type { Subject } from "./subject.js";
import { likeFolder, moduleFolder, namesAsClasses, numbered } from "./suggest.js";

const ELSEWHERE = "**/{node_modules,.git,.venv,venv,env,site-packages,__pycache__,build,dist}/**";
const MAX_FILES = 1000;

/**
 * Name of a new file that suits a workspace folder: beside files of its kind, called as those are, and free.
 * @returns relative to the folder, with `/`
 */
export async function suggestedName(subject: Subject, format: Format, folder: vscode.WorkspaceFolder): Promise<string> {
  const ending = ENDINGS[format];
  const own = ownFolder(subject, folder);
  const pattern = ending === ".py" ? "**/*.py" : ending === ".onnx" ? "**/*.onnx" : "**/*.foxnas.{json,yaml,yml}";
  const files = (await vscode.workspace.findFiles(new vscode.RelativePattern(folder, pattern), ELSEWHERE, MAX_FILES)).map(({ path }) => path.slice(folder.uri.path.length + 1));
  const place = ending === ".py" ? moduleFolder(files, own) : likeFolder(files, own);
  const name = ending === ".py" && format !== "python" && namesAsClasses(files, place) ? `${className(subject.source.name, subject.space.id)}.py` : plainName(subject, format);
  for (let i = 1; ; i++) {
    const tried = place + (i === 1 ? name : numbered(name, ending, i));
    if (!(await exists(vscode.Uri.joinPath(folder.uri, tried)))) return tried;
  }
}

/** Folder of the config inside the workspace folder, relative; undefined where it has none there. */
function ownFolder({ uri }: Subject, folder: vscode.WorkspaceFolder): string | undefined {
  const root = `${folder.uri.path}/`;
  if (uri?.scheme !== folder.uri.scheme || !uri.path.startsWith(root)) return undefined;
  const relative = uri.path.slice(root.length);
  return relative.slice(0, relative.lastIndexOf("/") + 1);
}
