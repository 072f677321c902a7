import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../shared/errors.js";
import { t } from "../../shared/l10n.js";
import { decodeImage } from "./decode.js";
import { foldersIn, imagesIn, type ImageFile, type Root } from "./folder.js";
import { prepared } from "./prepare.js";
import { reading } from "./reading.js";
import { otherClasses } from "./tensors.js";
import type { DataOptions, Part } from "./types.js";

/** A file that is longer is no photograph; it would be read as a whole. */
const LONGEST_FILE = 2 ** 28;

/** Images in class folders, as torchvision's ImageFolder finds them: classes by name, images by name. @throws InputError */
export async function openClassFolders(root: Root, folder: string): Promise<Part> {
  const classes = await foldersIn(root, folder);
  const path = join(root.path, folder);
  if (classes.length === 0) throw new InputError({ what: t("no class folders"), file: path, expected: t("{0}/CLASS/*.jpg or *.png", folder) });
  const files: ImageFile[] = [];
  const labels: number[] = [];
  for (const [label, name] of classes.entries()) {
    const found = await imagesIn(root, join(folder, name));
    if (found.length === 0) throw new InputError({ what: t("a class without images"), file: join(path, name), expected: t("JPEG or PNG files"), next: t("Put images into the folder, or remove it.") });
    for (const file of found) {
      files.push(file);
      labels.push(label);
    }
  }
  const check = (options: DataOptions) => {
    if (classes.length !== options.classes) throw otherClasses(path, classes.length, options);
  };
  return { ...filesPart(root, files), labels: Int32Array.from(labels), classes, check };
}

/** Images without labels: all that there are in a folder and in those in it. @throws InputError */
export async function openImages(root: Root, folder: string): Promise<Part> {
  const files = await imagesIn(root, folder);
  if (files.length === 0) throw new InputError({ what: t("no images"), file: join(root.path, folder), expected: t("JPEG or PNG files") });
  return { ...filesPart(root, files), labels: null, classes: null, check: () => undefined };
}

function filesPart(root: Root, files: readonly ImageFile[]): Pick<Part, "form" | "count" | "fingerprint" | "read"> {
  return {
    form: "images",
    count: files.length,
    fingerprint: () => Promise.resolve(files.map(({ name, bytes }) => `${name}\t${bytes}`)),
    async read(indices, options) {
      const images: Uint8Array[] = [];
      for (const index of indices) images.push(await readImage(join(root.path, files[index]!.name), files[index]!, options));
      return images;
    },
  };
}

async function readImage(path: string, { bytes }: ImageFile, options: DataOptions): Promise<Uint8Array> {
  if (bytes > LONGEST_FILE) throw new InputError({ what: t("an image file is too large"), file: path, found: t("{0} bytes", bytes), expected: t("at most {0}", LONGEST_FILE) });
  const data = await reading(path, () => readFile(path));
  return prepared(await decodeImage(data, path), options);
}
