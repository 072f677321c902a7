import { readdir } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { InputError } from "../../shared/errors.js";
import { t } from "../../shared/l10n.js";
import type { DataCard } from "../../shared/supernet.js";
import { sha256 } from "../../runs/digest.js";
import { byCodePoint, openRoot, requireKind, type Root } from "./folder.js";
import { openClassFolders, openImages } from "./images.js";
import { openTensors, type TensorFiles } from "./tensors.js";
import type { Part, PartName } from "./types.js";

export type Parts = Readonly<Record<PartName, Part>>;

/** What a part may be called. Without calibration images of its own, those of training serve: they are not measured on. */
const NAMES: Readonly<Record<PartName, readonly string[]>> = { validation: ["validation", "val"], calibration: ["calibration", "train"] };

/** Finds both parts of a data folder. @throws InputError naming what is missing */
export async function openParts(path: string): Promise<Parts> {
  const root = await openRoot(path);
  const entries = await readdir(path);
  const validation = find(root, entries, NAMES.validation.filter((name) => has(entries, name)), "validation");
  const calibration = find(root, entries, NAMES.calibration.filter((name) => has(entries, name)).slice(0, 1), "calibration");
  return { validation: await open(root, validation, true), calibration: await open(root, calibration, false) };
}

export async function describeParts(path: string, { validation, calibration }: Parts): Promise<DataCard> {
  const lines = [...(await validation.fingerprint()), ...(await calibration.fingerprint())].sort(byCodePoint);
  return {
    name: basename(resolve(path)),
    digest: sha256(lines.join("\n")),
    validation: validation.count,
    calibration: calibration.count,
    classes: [...validation.classes!],
    form: validation.form,
  };
}

type Found = { readonly folder: string } | TensorFiles["files"];

const candidates = (name: string) => [name, `${name}.npz`, `${name}.images.npy`];
const has = (entries: readonly string[], name: string) => candidates(name).some((candidate) => entries.includes(candidate));

/** The one place a part is in. @throws InputError where there is none, or more than one */
function find(root: Root, entries: readonly string[], names: readonly string[], part: PartName): Found {
  const found = names.flatMap(candidates).filter((name) => entries.includes(name));
  if (found.length > 1) throw new InputError({ what: part === "validation" ? t("more than one place holds the validation images") : t("more than one place holds the calibration images"), file: root.path, found: found.join(", "), expected: t("one of them") });
  const [name] = found;
  if (name === undefined) throw missing(root, part);
  if (name.endsWith(".npz")) return { all: name };
  if (!name.endsWith(".images.npy")) return { folder: name };
  const labels = name.replace(/images\.npy$/, "labels.npy");
  return { images: name, labels: entries.includes(labels) ? labels : null };
}

function missing(root: Root, part: PartName): InputError {
  return part === "validation"
    ? new InputError({ what: t("the validation images are missing"), file: root.path, expected: t("validation/CLASS/*.jpg or *.png, validation.npz, or validation.images.npy with validation.labels.npy") })
    : new InputError({
        what: t("the calibration images are missing, which batch-norm statistics are computed from"),
        file: root.path,
        expected: t("calibration/*.jpg or *.png, calibration.npz, calibration.images.npy, or the same under the name train"),
        next: t("Put some 500 images into it that are not validation images: labels are not needed."),
      });
}

async function open(root: Root, found: Found, labelled: boolean): Promise<Part> {
  if ("folder" in found) {
    await requireKind(root, found.folder, "folder");
    return labelled ? openClassFolders(root, found.folder) : openImages(root, found.folder);
  }
  for (const name of Object.values(found)) if (name !== null) await requireKind(root, name, "file");
  return openTensors({ root: root.path, files: found }, labelled);
}
