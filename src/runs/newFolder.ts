import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { constants, existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { InputError } from "../shared/errors.js";
import { t } from "../shared/l10n.js";

/** A file of a new folder: copied, or of a text. Its name is relative to the folder, with `/`. */
export type NewFile = { name: string } & ({ from: string } | { text: string });

/** Whether a folder may be made there: nothing is there yet, or an empty folder. */
export function isFree(folder: string): boolean {
  return !existsSync(folder) || isEmpty(folder);
}

function isEmpty(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0;
  } catch {
    // A file.
    return false;
  }
}

/** A name that is free in a folder: `shapes`, else `shapes-2` … */
export function freeName(folder: string, name: string): string {
  for (let i = 1; ; i++) {
    const tried = i === 1 ? name : `${name}-${i}`;
    if (isFree(join(folder, tried))) return tried;
  }
}

/**
 * Makes a folder with files in it: all of them, or nothing. They are gathered beside it under another name, which it then
 * takes.
 * @throws InputError where something is there already, or the disk refuses
 */
export async function makeFolder(folder: string, files: readonly NewFile[]): Promise<void> {
  if (!isFree(folder)) throw taken(folder);
  let gathered: string | undefined;
  try {
    await mkdir(dirname(folder), { recursive: true });
    gathered = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`));
    const made = join(gathered, "made");
    for (const file of files) await put(join(made, ...file.name.split("/")), file);
    // Removes an empty folder only, and renaming replaces none that is not empty.
    if (existsSync(folder)) await rmdir(folder);
    await rename(made, folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOTEMPTY" || code === "EEXIST" || code === "ENOTDIR") throw taken(folder);
    throw new InputError({ what: t("the folder could not be made"), file: folder, found: code ?? String(error), next: t("Pick a place that can be written to.") });
  } finally {
    if (gathered !== undefined) await rm(gathered, { recursive: true, force: true });
  }
}

async function put(path: string, file: NewFile): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  if ("text" in file) await writeFile(path, file.text, { flag: "wx" });
  else await copyFile(file.from, path, constants.COPYFILE_EXCL);
}

/** The files of a folder and of its folders, without what running its programs leaves there. */
export async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = entries.map(async (entry) => {
    if (/^\.|^__pycache__$|^train\.np[yz]$/.test(entry.name)) return [];
    if (!entry.isDirectory()) return [entry.name];
    return (await filesOf(join(folder, entry.name))).map((name) => `${entry.name}/${name}`);
  });
  return (await Promise.all(nested)).flat().sort();
}

/** The texts of a folder's files, and of its folders' files, by their names with `/`. */
export async function textsOf(folder: string): Promise<{ name: string; text: string }[]> {
  const names = await filesOf(folder);
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(join(folder, ...name.split("/")), "utf8") })));
}

function taken(folder: string): InputError {
  return new InputError({ what: t("something is there already, and nothing was written"), file: folder, expected: t("a new name, or an empty folder"), next: t("Pick another name.") });
}
