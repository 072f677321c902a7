import { crc32 } from "node:zlib";
import { openPromise, type Entry, type ZipFile } from "yauzl";
import { InputError } from "../../shared/errors.js";
import { t } from "../../shared/l10n.js";
import { fileBytes, memoryBytes, type Bytes } from "./bytes.js";
import { reading } from "./reading.js";

/** numpy.savez writes a handful of arrays. */
const MOST_ENTRIES = 1000;
/** A compressed array is unpacked in memory as a whole. */
const MOST_UNPACKED = 2 ** 30;
const STORED = 0;

/**
 * Arrays of a .npz file (a zip of .npy files) by name. What `numpy.savez` stored is read from the file when it is
 * needed; what `numpy.savez_compressed` deflated is unpacked now, and its checksum compared.
 * @throws InputError
 */
export async function readNpz(path: string, names: readonly string[]): Promise<ReadonlyMap<string, Bytes>> {
  return reading(path, async () => {
    const zip = await openPromise(path, { autoClose: false, validateEntrySizes: true });
    try {
      if (zip.entryCount > MOST_ENTRIES) throw new InputError({ what: t("too many arrays"), file: path, found: `${zip.entryCount}`, expected: names.join(", ") });
      const arrays = new Map<string, Bytes>();
      for await (const entry of zip.eachEntry()) {
        const name = entry.fileName.replace(/\.npy$/, "");
        if (!names.includes(name)) continue;
        if (arrays.has(name)) throw new InputError({ what: t('the array "{0}" is there twice', name), file: path });
        arrays.set(name, await entryBytes(zip, entry, path));
      }
      return arrays;
    } finally {
      zip.close();
    }
  }, t("Write it again with numpy.savez."));
}

async function entryBytes(zip: ZipFile, entry: Entry, path: string): Promise<Bytes> {
  if (entry.compressionMethod === STORED) {
    if (entry.isEncrypted() || entry.compressedSize !== entry.uncompressedSize) throw new InputError({ what: t("a damaged zip entry"), file: path, field: entry.fileName });
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    return fileBytes(path, fileDataStart, entry.uncompressedSize);
  }
  if (entry.uncompressedSize > MOST_UNPACKED) {
    throw new InputError({
      what: t("a compressed array is too large to be unpacked in memory"),
      file: path,
      field: entry.fileName,
      found: t("{0} bytes", entry.uncompressedSize),
      expected: t("at most {0}", MOST_UNPACKED),
      next: t("Save it with numpy.savez, which does not compress, or as .npy files."),
    });
  }
  const data = await unpacked(zip, entry);
  if (crc32(data) !== entry.crc32) throw new InputError({ what: t("the checksum of an array is wrong: the file is damaged"), file: path, field: entry.fileName });
  return memoryBytes(data);
}

/** `validateEntrySizes` ends the stream with an error where there is more or less than the directory says. */
async function unpacked(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  const data = new Uint8Array(entry.uncompressedSize);
  let at = 0;
  for await (const piece of await zip.openReadStreamPromise(entry)) {
    data.set(piece as Buffer, at);
    at += (piece as Buffer).length;
  }
  return data;
}
