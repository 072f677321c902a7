import { closeSync, fdatasyncSync, fsyncSync, openSync, readFileSync, renameSync, statSync, truncateSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import * as v from "valibot";
import { InputError } from "../shared/errors.js";
import { t } from "../shared/l10n.js";
import { codeOf, syncFolder, writeFileAtomicallySync, writeWhole } from "./atomicFile.js";
import { formatLine, looksLikeJournal, NEWLINE, parseLines } from "./journalLine.js";

const EntrySchema = v.variant("kind", [
  /** First line: whose journal this is. */
  v.object({ kind: v.literal("run"), version: v.literal(1), request: v.string() }),
  v.object({ kind: v.literal("checkpoint"), state: v.unknown() }),
  v.object({ kind: v.literal("result"), result: v.unknown() }),
]);
type Entry = v.InferOutput<typeof EntrySchema>;

/** What a journal says of its run; `null` where it has no such line. The newest line of each kind counts. */
export interface JournalContent {
  /** Digest of the request. */
  request: string | null;
  checkpoint: { state: unknown } | null;
  result: { result: unknown } | null;
}

/** Above this the checkpoints that no one will read again are dropped, so that a run of hours keeps a small file. */
const COMPACT_ABOVE_BYTES = 32 * 1024 * 1024;

/**
 * The journal of one run: append-only JSON lines, each with a checksum, on the disk when a method returns.
 *
 * Two writers do no harm: the worker of a host that was killed may live on for a moment beside the worker that
 * resumes its run. Lines are appended whole, and both compute the same run, so any checkpoint leads to the same result.
 */
export class Journal {
  #file: number;
  #bytes: number;

  private constructor(
    readonly path: string,
    private readonly request: string,
    /** As found on opening. */
    readonly found: JournalContent,
    private readonly compactAbove: number,
  ) {
    this.#file = openSync(path, "a", 0o600);
    this.#bytes = statSync(path).size;
    if (found.request === null) {
      this.#append({ kind: "run", version: 1, request });
      syncFolder(dirname(path));
    }
  }

  /**
   * Opens a journal for appending, or begins one; a torn or corrupt end is cut off first.
   * @param request digest of the run's request
   * @throws InputError when the journal belongs to another request, or cannot be read or written
   */
  static open(path: string, request: string, compactAbove = COMPACT_ABOVE_BYTES): Journal {
    return orInputError(path, () => {
      const found = repair(path);
      if (found.request !== null && found.request !== request) {
        throw new InputError({
          what: t("this journal belongs to another run"),
          file: path,
          found: t("a request with digest {0}", found.request.slice(0, 12)),
          expected: request.slice(0, 12),
          next: t("Choose another journal file, or resume with the request the journal was begun with."),
        });
      }
      return new Journal(path, request, found, compactAbove);
    });
  }

  /** `state` must be what JSON can hold. */
  checkpoint(state: unknown): void {
    this.#write({ kind: "checkpoint", state });
  }

  /** `result` must be what JSON can hold. */
  result(result: unknown): void {
    this.#write({ kind: "result", result });
  }

  close(): void {
    closeSync(this.#file);
  }

  #write(entry: Entry): void {
    orInputError(this.path, () => {
      if (this.#bytes > this.compactAbove) this.#compact(entry);
      else this.#append(entry);
    });
  }

  #append(entry: Entry): void {
    const line = Buffer.from(formatLine(entry), "utf8");
    writeWhole(this.#file, line);
    fdatasyncSync(this.#file);
    this.#bytes += line.length;
  }

  #compact(entry: Entry): void {
    const content = formatLine({ kind: "run", version: 1, request: this.request } satisfies Entry) + formatLine(entry);
    // Windows cannot replace a file that is open.
    closeSync(this.#file);
    try {
      writeFileAtomicallySync(this.path, content);
    } finally {
      this.#file = openSync(this.path, "a", 0o600);
      this.#bytes = statSync(this.path).size;
    }
  }
}

/**
 * The result in a journal's last line; null when the last line is another, torn, or the file is missing. (A worker
 * that opens the journal also finds a result before a damaged end.) Reads without checking the lines before, so
 * that it is cheap enough for the extension host.
 */
export async function readResult(path: string): Promise<{ result: unknown } | null> {
  const bytes = await readFile(path).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return Buffer.alloc(0);
    throw error;
  });
  const { entries } = parseLines(bytes.subarray(bytes.lastIndexOf(NEWLINE, -2) + 1));
  const parsed = v.safeParse(EntrySchema, entries[0]);
  return parsed.success && parsed.output.kind === "result" ? parsed.output : null;
}

function repair(path: string): JournalContent {
  const bytes = read(path);
  const { content, goodBytes } = contentOf(path, bytes);
  if (goodBytes === bytes.length) return content;
  if (goodBytes === 0 && !looksLikeJournal(bytes)) {
    // Not one good line, and nothing of ours in it: perhaps a person's file, given by mistake. Never destroy it.
    renameSync(path, `${path}.unreadable-${Date.now()}`);
    return content;
  }
  truncateSync(path, goodBytes);
  const file = openSync(path, "r+");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return content;
}

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return Buffer.alloc(0);
    throw error;
  }
}

function contentOf(path: string, bytes: Buffer): { content: JournalContent; goodBytes: number } {
  const { entries, goodBytes } = parseLines(bytes);
  const content: JournalContent = { request: null, checkpoint: null, result: null };
  for (const [index, line] of entries.entries()) {
    const parsed = v.safeParse(EntrySchema, line);
    // The checksum is good, so this is no damage: somebody else wrote it.
    if (!parsed.success || (parsed.output.kind === "run") !== (index === 0)) {
      throw new InputError({
        what: t("not a journal this version can read"),
        file: path,
        line: index + 1,
        expected: index === 0 ? t("a line of kind run, version 1") : t("a line of kind checkpoint or result"),
        next: t("Delete the run and start it again."),
      });
    }
    const entry = parsed.output;
    if (entry.kind === "run") content.request = entry.request;
    else if (entry.kind === "checkpoint") content.checkpoint = entry;
    else content.result = entry;
  }
  return { content, goodBytes };
}

function orInputError<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    throw new InputError({
      what: t("cannot read or write the journal"),
      file: path,
      found: error instanceof Error ? error.message : code,
      expected: t("a writable file on a disk with free space"),
      next: t("Free some space or correct the permissions, then resume the run: nothing before this moment is lost."),
    });
  }
}
