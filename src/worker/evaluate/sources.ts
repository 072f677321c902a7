import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { SupernetError } from "../../onnx/supernet/errors.js";
import { readSupernet } from "../../onnx/supernet/supernet.js";
import type { Supernet } from "../../onnx/supernet/types.js";
import { codeOf } from "../../runs/atomicFile.js";
import { sha256 } from "../../runs/digest.js";
import { InputError } from "../../shared/errors.js";
import { t } from "../../shared/l10n.js";
import { IMAGENET_PREPROCESSING, type Space } from "../../shared/space.js";
import type { DataCard, Reference, SupernetCard } from "../../shared/supernet.js";
import { toldFault } from "../../shared/toldFault.js";
import { openData, type ImageData } from "../data/index.js";

/** Above this a file does not fit one buffer everywhere. */
const MOST_BYTES = 2 ** 31 - 1;
/** For decoded images; what does not fit is decoded again. */
const IMAGE_CACHE_BYTES = 384 * 1024 * 1024;

export interface OpenedSupernet {
  readonly supernet: Supernet;
  readonly card: SupernetCard;
}

/** Reads a supernet and checks every tensor of it. @throws InputError naming the file, and the tensor */
export async function openSupernet(path: string, space: Space): Promise<OpenedSupernet> {
  const bytes = await readBytes(path);
  const supernet = placingSupernet(path, () => readSupernet(bytes, space));
  const { parameters, format } = supernet;
  return { supernet, card: { name: basename(path), digest: sha256(bytes), parameters, bytes: bytes.length, format } };
}

/** Adds the file to what is wrong with a supernet. */
export function placingSupernet<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof SupernetError)) throw error;
    throw new InputError({ file: path, what: toldFault(error.message), next: t("Give the supernet of this space, or the space of this supernet.") });
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > MOST_BYTES) throw new InputError({ what: t("the supernet is too large"), file: path, found: t("{0} bytes", size), expected: t("at most {0}", MOST_BYTES) });
    return await readFile(path);
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT" || code === "ENOTDIR") throw new InputError({ what: t("there is no such supernet file"), file: path });
    if (code === "EISDIR") throw new InputError({ what: t("this is a folder"), file: path, expected: t("a supernet: .safetensors or .onnx") });
    if (code === "EACCES" || code === "EPERM") throw new InputError({ what: t("reading the supernet is not permitted"), file: path });
    throw error;
  }
}

/** What accuracy is measured with. */
export interface Material {
  readonly space: Space;
  readonly supernet: Supernet;
  readonly data: ImageData;
  readonly cards: { readonly supernet: SupernetCard; readonly data: DataCard };
  /** For messages. */
  readonly paths: { readonly supernet: string; readonly data: string };
}

/**
 * Opens what a request names, and checks that it is still what was meant.
 * @throws InputError where a file is missing, wrong, or another than when the request was made
 */
export async function openMaterial(space: Space, { supernet, data }: { supernet: Reference; data: Reference }, resolution: number): Promise<Material> {
  const opened = await openSupernet(supernet.path, space);
  requireSame(t("the supernet has changed since the run was asked for"), supernet, opened.card.digest);
  const { preprocessing = IMAGENET_PREPROCESSING, classes } = space;
  const images = await openData(data.path, { preprocessing, resolution, classes, memoryBytes: IMAGE_CACHE_BYTES });
  requireSame(t("the data has changed since the run was asked for"), data, images.card.digest);
  return {
    space,
    supernet: opened.supernet,
    data: images,
    cards: { supernet: opened.card, data: images.card },
    paths: { supernet: supernet.path, data: data.path },
  };
}

function requireSame(what: string, { path, digest }: Reference, found: string): void {
  if (found === digest) return;
  throw new InputError({
    what,
    file: path,
    found: t("digest {0}", found.slice(0, 12)),
    expected: digest.slice(0, 12),
    next: t("Start a new run with it as it is now, or bring back what was there."),
  });
}
