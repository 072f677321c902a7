import { readdir, realpath, stat } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { InputError } from "../../shared/errors.js";
import { t } from "../../shared/l10n.js";
import { reading } from "./reading.js";

const READ = new Set([".jpg", ".jpeg", ".png"]);
/** Images that would be missing from what is measured, were they passed over in silence. */
const NOT_READ = new Set([".bmp", ".gif", ".tif", ".tiff", ".webp", ".avif", ".heic", ".jp2", ".ppm", ".pgm"]);

export interface ImageFile {
  /** Below the data folder, with `/`. */
  readonly name: string;
  readonly bytes: number;
}

/** A data folder: where the person says, and where its links may lead. */
export interface Root {
  /** As given. */
  readonly path: string;
  /** Without links. */
  readonly real: string;
}

export async function openRoot(path: string): Promise<Root> {
  const kind = await stat(path).catch(() => null);
  if (kind === null || !kind.isDirectory()) {
    throw new InputError({ what: kind === null ? t("the data folder does not exist") : t("the data is no folder"), file: path, expected: t("a folder with validation/CLASS/*.jpg or validation.npz") });
  }
  return { path, real: await realpath(path) };
}

/**
 * That a part of the data is what it is taken for, and in the data folder.
 * @throws InputError
 */
export async function requireKind(root: Root, name: string, expected: "file" | "folder"): Promise<void> {
  const kind = await kindOf(root, name, true);
  if (expected === "file" ? kind.isFile() : kind.isDirectory()) return;
  const wrong = expected === "file" ? { what: t("no file"), expected: t("a file") } : { what: t("no folder"), expected: t("a folder") };
  throw new InputError({ ...wrong, file: join(root.path, name) });
}

/** By code point, as Python sorts: UTF-8 keeps that order, UTF-16 does not. */
export const byCodePoint = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Names of the visible folders in one, sorted. */
export async function foldersIn(root: Root, folder: string): Promise<string[]> {
  const entries = await visible(root, folder);
  const kinds = await Promise.all(entries.map((entry) => kindOf(root, join(folder, entry.name), entry.isSymbolicLink())));
  return entries.map(({ name }) => name).filter((_, i) => kinds[i]!.isDirectory());
}

/**
 * JPEG and PNG files of a folder and of those in it, sorted by name folder by folder. Hidden files and files that are no
 * images are passed over; links are followed where they stay in the data folder.
 * @throws InputError for an image of another format, and for a link that leads out
 */
export async function imagesIn(root: Root, folder: string, seen: ReadonlySet<string> = new Set()): Promise<ImageFile[]> {
  const real = await realpath(join(root.path, folder));
  // A link to a folder above would go round for ever.
  if (seen.has(real)) throw new InputError({ what: t("a link leads back to a folder above it"), file: join(root.path, folder) });
  const images: ImageFile[] = [];
  for (const entry of await visible(root, folder)) {
    const name = join(folder, entry.name);
    const kind = entry.isFile() ? null : await kindOf(root, name, entry.isSymbolicLink());
    if (kind?.isDirectory()) images.push(...(await imagesIn(root, name, new Set([...seen, real]))));
    else if ((kind ?? entry).isFile() && isImage(root, name)) {
      const { size } = await reading(join(root.path, name), () => stat(join(root.path, name)));
      images.push({ name: name.split(sep).join("/"), bytes: size });
    }
  }
  return images;
}

async function visible(root: Root, folder: string) {
  const path = join(root.path, folder);
  const entries = await reading(path, () => readdir(path, { withFileTypes: true }));
  return entries.filter(({ name }) => !name.startsWith(".")).sort((a, b) => byCodePoint(a.name, b.name));
}

function isImage(root: Root, name: string): boolean {
  const extension = extname(name).toLowerCase();
  if (!NOT_READ.has(extension)) return READ.has(extension);
  throw new InputError({ what: t("an image of a format that is not read"), file: join(root.path, name), found: extension, expected: t("JPEG or PNG"), next: t("Convert it, or take it out of the folder.") });
}

async function kindOf(root: Root, name: string, link: boolean) {
  const path = join(root.path, name);
  if (link) {
    const target = await reading(path, () => realpath(path));
    const way = relative(root.real, target);
    if (way === ".." || way.startsWith(`..${sep}`) || way === target) {
      throw new InputError({ what: t("a link leads out of the data folder"), file: path, found: target, next: t("Put the files into the folder, or pick the folder that holds them.") });
    }
  }
  return reading(path, () => stat(path));
}
