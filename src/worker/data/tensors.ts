import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../shared/errors.js";
import { t } from "../../shared/l10n.js";
import { fileBytes } from "./bytes.js";
import { describeArray, floatsOf, numbersOf, readNpy, type NpyArray } from "./npy.js";
import { readNpz } from "./npz.js";
import { prepared } from "./prepare.js";
import { reading } from "./reading.js";
import type { DataOptions, Part } from "./types.js";

const CLASSES_FILE = "classes.txt";
const LONGEST_SIDE = 16_384;

/** Files of a part as arrays: `validation.npz`, or `validation.images.npy` with `validation.labels.npy`. */
export interface TensorFiles {
  /** Of the data folder. */
  readonly root: string;
  /** By what they hold: `all` for a .npz file. */
  readonly files: { readonly all: string } | { readonly images: string; readonly labels: string | null };
}

/**
 * Opens images (and labels, where they are wanted) that are arrays.
 * @throws InputError naming file and array
 */
export async function openTensors({ root, files }: TensorFiles, labelled: boolean): Promise<Part> {
  const arrays = await openArrays(root, files, labelled);
  const images = checkedImages(arrays.images);
  const count = images.shape[0]!;
  const labels = arrays.labels === null ? null : await readLabels(arrays.labels, count);
  const classes = labels === null ? null : await classNames(root, labels);
  const listed = classes !== null && classes.file !== null ? classes : null;
  const names = "all" in files ? [files.all] : [files.images, ...(labelled && files.labels !== null ? [files.labels] : [])];
  return {
    form: "tensors",
    count,
    labels,
    classes: classes?.names ?? null,
    fingerprint: () => Promise.all(names.map(async (name) => `${name}\t${await fileDigest(join(root, name))}`)),
    check: (options) => {
      checkSides(images, options);
      if (labels !== null) checkLabels(labels, arrays.labels!.name, options);
      if (listed !== null && listed.names.length !== options.classes) throw otherClasses(listed.file!, listed.names.length, options);
    },
    read: (indices, options) => readImages(images, indices, options),
  };
}

async function openArrays(root: string, files: TensorFiles["files"], labelled: boolean): Promise<{ images: NpyArray; labels: NpyArray | null }> {
  if ("all" in files) {
    const path = join(root, files.all);
    const arrays = await readNpz(path, labelled ? ["images", "labels"] : ["images"]);
    const array = async (name: string) => {
      const bytes = arrays.get(name);
      if (bytes === undefined) throw new InputError({ what: t('the array "{0}" is missing', name), file: path, expected: labelled ? "images, labels" : "images" });
      return readNpy(bytes, `${path}: ${name}`);
    };
    return { images: await array("images"), labels: labelled ? await array("labels") : null };
  }
  const array = async (name: string) => {
    const path = join(root, name);
    return readNpy(fileBytes(path, 0, (await reading(path, () => stat(path))).size), path);
  };
  if (labelled && files.labels === null) {
    throw new InputError({ what: t("the labels of the images are missing"), file: join(root, files.images), expected: t("{0} beside it", files.images.replace(/images\.npy$/, "labels.npy")) });
  }
  return { images: await array(files.images), labels: labelled ? await array(files.labels!) : null };
}

const isBytes = ({ kind, itemSize }: NpyArray) => kind === "u" && itemSize === 1;

/** @throws InputError unless the array is uint8 [N, H, W, 3] or float [N, 3, R, R] */
function checkedImages(images: NpyArray): NpyArray {
  const { shape } = images;
  const [count, ...sides] = shape;
  const channels = isBytes(images) ? shape[3] : shape[1];
  const fits = shape.length === 4 && channels === 3 && count! > 0 && sides.every((side) => side >= 1 && side <= LONGEST_SIDE);
  if (fits && (isBytes(images) || images.kind === "f")) return images;
  throw new InputError({
    what: t("the images do not have the shape of images"),
    file: images.name,
    found: describeArray(images),
    expected: t("uint8 [N, H, W, 3] (RGB) or float32 [N, 3, R, R] (normalised)"),
  });
}

/** @throws InputError unless they are whole numbers from 0 on, one for each image */
async function readLabels(array: NpyArray, count: number): Promise<Int32Array> {
  if (array.kind === "f" || array.shape.length !== 1 || array.shape[0] !== count) {
    throw new InputError({ what: t("the labels do not fit the images"), file: array.name, found: describeArray(array), expected: t("integers [{0}]", count) });
  }
  const values = numbersOf(await array.bytes.read(array.start, count * array.itemSize), array);
  const wrong = values.findIndex((value) => value < 0 || value > 0x7fff_ffff);
  if (wrong >= 0) throw new InputError({ what: t("a label is no class"), file: array.name, field: `[${wrong}]`, found: `${values[wrong]!}`, expected: t("0 or more") });
  return Int32Array.from(values);
}

/** Lines of classes.txt; without one, the indices. */
async function classNames(root: string, labels: Int32Array): Promise<{ names: string[]; file: string | null }> {
  const largest = labels.reduce((a, b) => Math.max(a, b), 0);
  const file = join(root, CLASSES_FILE);
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw new InputError({ what: t("the names of the classes cannot be read: {0}", error.message), file });
  });
  // More classes than a space can have are not listed: `check` refuses them.
  if (text === null) return { names: Array.from({ length: Math.min(largest, 1_000_000) + 1 }, (_, i) => `${i}`), file: null };
  const names = text.replace(/^\uFEFF/, "").trimEnd().split(/\r?\n/).map((line) => line.trim());
  if (names.length > largest) return { names, file };
  throw new InputError({ what: t("fewer class names than the labels have classes"), file, found: `${names.length}`, expected: t("at least {0}, one a line", largest + 1) });
}

function checkSides(images: NpyArray, { resolution }: DataOptions): void {
  if (isBytes(images) || (images.shape[2] === resolution && images.shape[3] === resolution)) return;
  throw new InputError({
    what: t("normalised images must have the side of the network's input"),
    file: images.name,
    found: describeArray(images),
    expected: `[N, 3, ${resolution}, ${resolution}]`,
    next: t("Store them as uint8 [N, H, W, 3]: those are resized."),
  });
}

function checkLabels(labels: Int32Array, file: string, { classes }: DataOptions): void {
  const wrong = labels.findIndex((label) => label >= classes);
  if (wrong < 0) return;
  throw new InputError({ what: t("a label is beyond the classes of the space"), file, field: `[${wrong}]`, found: `${labels[wrong]!}`, expected: t("{0} to {1}", 0, classes - 1) });
}

/** What the person is told when the data was made for another number of classes. */
export function otherClasses(file: string, found: number, { classes }: DataOptions): InputError {
  return new InputError({
    what: t("the data does not have the classes of the space"),
    file,
    found: t("{0} classes", found),
    expected: `${classes}`,
    next: t("Pick the data, or the space, that the supernet was trained on."),
  });
}

async function readImages(images: NpyArray, indices: readonly number[], options: DataOptions): Promise<(Uint8Array | Float32Array)[]> {
  const { itemSize, shape, start, bytes } = images;
  const length = shape[1]! * shape[2]! * shape[3]! * itemSize;
  const pieces = await bytes.readMany(indices.map((index) => start + index * length), length);
  if (isBytes(images)) {
    const [, height, width] = shape as [number, number, number];
    return pieces.map((data) => prepared({ width, height, channels: 3, data }, options));
  }
  return pieces.map((piece, i) => {
    const values = floatsOf(piece, images);
    if (values.every(Number.isFinite)) return values;
    throw new InputError({ what: t("an image holds a value that is not finite"), file: images.name, field: `[${indices[i]!}]` });
  });
}

async function fileDigest(path: string): Promise<string> {
  const hash = createHash("sha256");
  await reading(path, async () => {
    for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  });
  return hash.digest("hex");
}
