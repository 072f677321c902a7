import { open } from "node:fs/promises";
import { InputError } from "../../shared/errors.js";
import { t } from "../../shared/l10n.js";
import { reading } from "./reading.js";

/** Bytes that are read piece by piece: of a file, of a part of one, or in memory. */
export interface Bytes {
  readonly size: number;
  /** @throws InputError where the file has become shorter */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** All of the pieces, with the file opened once. */
  readMany(offsets: readonly number[], length: number): Promise<Uint8Array[]>;
}

export function memoryBytes(data: Uint8Array): Bytes {
  const read = (offset: number, length: number) => data.subarray(offset, offset + length);
  return {
    size: data.length,
    read: (offset, length) => Promise.resolve(read(offset, length)),
    readMany: (offsets, length) => Promise.resolve(offsets.map((offset) => read(offset, length))),
  };
}

/** `size` bytes of a file from `start` on. The file is open only while it is read. */
export function fileBytes(path: string, start: number, size: number): Bytes {
  const readMany = (offsets: readonly number[], length: number) => reading(path, async () => {
    const file = await open(path, "r");
    try {
      const pieces: Uint8Array[] = [];
      for (const offset of offsets) {
        const piece = new Uint8Array(length);
        const { bytesRead } = await file.read(piece, 0, length, start + offset);
        if (bytesRead !== length) {
          throw new InputError({ what: t("the file became shorter while it was read"), file: path, found: t("{0} bytes at {1}", bytesRead, start + offset), expected: `${length}` });
        }
        pieces.push(piece);
      }
      return pieces;
    } finally {
      await file.close();
    }
  });
  return { size, readMany, read: async (offset, length) => (await readMany([offset], length))[0]! };
}
