import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { open } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

const RENAME_ATTEMPTS = 10;
/** Windows cannot open a folder, and needs no sync of it. */
const CAN_SYNC_FOLDERS = process.platform !== "win32";

/**
 * Replaces a file's content in one step: a reader, a crash or a power loss sees the old content or the new, never
 * a part. The folder must exist. Rejects with the file system's error; the old content is then untouched.
 */
export async function writeFileAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = temporaryBeside(path);
  try {
    const file = await open(temporary, "wx", 0o600);
    try {
      await file.writeFile(content, "utf8");
      await file.sync();
    } finally {
      await file.close();
    }
    renameOver(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  if (!CAN_SYNC_FOLDERS) return;
  const folder = await open(dirname(path), "r");
  await folder.sync().catch(ignoreRefusal).finally(() => folder.close());
}

/** The same for the worker, which may block: it has one thing to do. */
export function writeFileAtomicallySync(path: string, content: string): void {
  const temporary = temporaryBeside(path);
  try {
    const file = openSync(temporary, "wx", 0o600);
    try {
      writeWhole(file, Buffer.from(content, "utf8"));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameOver(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

/** Writes all bytes: `writeSync` alone may write fewer than asked. */
export function writeWhole(file: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) written += writeSync(file, bytes, written);
}

/** Makes a file's creation or renaming survive a power loss. */
export function syncFolder(path: string): void {
  if (!CAN_SYNC_FOLDERS) return;
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } catch (error) {
    ignoreRefusal(error);
  } finally {
    closeSync(folder);
  }
}

/** Some network file systems refuse to sync a folder; the content itself is synced already. */
function ignoreRefusal(error: unknown): void {
  if (codeOf(error) !== "EINVAL" && codeOf(error) !== "ENOTSUP") throw error;
}

function temporaryBeside(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}.${randomBytes(4).toString("hex")}.tmp`);
}

/** Windows refuses to replace a file while a virus scanner or indexer has it open, for some milliseconds. */
function renameOver(from: string, to: string): void {
  for (let attempt = 1; ; attempt++) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      const busy = ["EPERM", "EACCES", "EBUSY"].includes(codeOf(error) ?? "");
      if (process.platform !== "win32" || !busy || attempt === RENAME_ATTEMPTS) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5 * attempt);
    }
  }
}

/** `ENOENT` and the like of a file system error, undefined for any other value. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
