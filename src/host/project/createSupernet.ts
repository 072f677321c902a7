import { join } from "node:path";
import * as vscode from "vscode";
import { filesOf, makeFolder } from "../../runs/newFolder.js";
import type { Space } from "../../shared/space.js";
import type { App } from "../app.js";
import { pickSpace } from "../ask/choices.js";
import type { Entry } from "../library.js";
import { question } from "../ask/steps.js";
import { askFolder, offerFolder } from "./askFolder.js";

/** Asks for a search space and a new folder, and writes the training kit with the space there. Throws InputError. */
export async function createSupernetProject({ context, library, report }: App): Promise<void> {
  const title = vscode.l10n.t("Create Supernet Project");
  let space: Entry<Space> | undefined;
  const spaceStep = question((at) => pickSpace(library, { title, at, report, remembered: space?.key }), (answer) => (space = answer));
  const folder = await askFolder(title, () => `${space!.content.id}-supernet`, [spaceStep]);
  if (folder === undefined) return;
  const { id } = space!.content;
  await writeKit(context.extensionPath, folder.fsPath, space!.content);
  const text = vscode.l10n.t(
    "{0}: PyTorch programs that train a supernet for {1}. Next: your images into data/train, data/validation and data/calibration, a folder for each class; then python train.py {1}.space.json data --out run. README.md says the rest.",
    vscode.workspace.asRelativePath(folder),
    id,
  );
  // The command is done: what follows waits for a person.
  void offerFolder(folder, text, []);
}

/** Writes the training kit of an installed extension and a space into a new folder, all of it or nothing. Throws InputError. */
export async function writeKit(extensionPath: string, folder: string, { $schema: _, ...space }: Space): Promise<void> {
  const kit = join(extensionPath, "media", "templates", "supernet");
  const files = (await filesOf(kit)).map((name) => ({ name, from: join(kit, name) }));
  await makeFolder(folder, [...files, { name: `${space.id}.space.json`, text: spaceText(space) }]);
}

/** JSON with a list of numbers on one line. */
function spaceText(space: Omit<Space, "$schema">): string {
  const text = JSON.stringify(space, null, 2);
  return `${text.replaceAll(/\[[\s\d.,-]+\]/g, (list) => `[${list.slice(1, -1).trim().split(/\s*,\s*/).join(", ")}]`)}\n`;
}
