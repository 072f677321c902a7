import { join } from "node:path";
import * as vscode from "vscode";
import { filesOf, makeFolder } from "../../runs/newFolder.js";
import type { App } from "../app.js";
import { askFolder, offerFolder } from "./askFolder.js";

const SAMPLE = "shapes";

/** Asks for a new folder and copies the sample project there: a small trained supernet with its space and images. Throws InputError. */
export async function openSample({ context }: App): Promise<void> {
  const title = vscode.l10n.t("Open Sample Project");
  const folder = await askFolder(title, () => SAMPLE);
  if (folder === undefined) return;
  await copySample(context.extensionPath, folder.fsPath);
  const text = vscode.l10n.t("{0}: a supernet for ten drawn shapes, its search space, 2,000 validation and 500 calibration images. README.md says how it was made.", vscode.workspace.asRelativePath(folder));
  const supernet = vscode.Uri.joinPath(folder, `${SAMPLE}.safetensors`);
  // The command is done: what follows waits for a person.
  void offerFolder(folder, text, [{ label: vscode.l10n.t("Evaluate Supernet"), command: "foxnas.evaluate", argument: supernet }]);
}

/** Copies the sample of an installed extension into a new folder, all of it or nothing. Throws InputError. */
export async function copySample(extensionPath: string, folder: string): Promise<void> {
  const sample = join(extensionPath, "media", "samples", SAMPLE);
  await makeFolder(folder, (await filesOf(sample)).map((name) => ({ name, from: join(sample, name) })));
}
