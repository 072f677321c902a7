import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import * as v from "valibot";
import { InputError } from "../shared/errors.js";
import { t } from "../shared/l10n.js";
import { ResultSchemas, type ResultOf } from "../shared/messages.js";
import { RunRequestSchema, RunStateSchema, type RunKind, type RunRequestOf } from "../shared/runs.js";
import { codeOf, writeFileAtomically } from "./atomicFile.js";
import { describeIssues } from "./describeIssues.js";
import { readResult } from "./journal.js";

const ID = /^[a-z0-9][a-z0-9-]{0,63}$/;
/** Where discarded runs wait; no id begins with a dot. */
const DISCARDED = ".discarded";

const RunRecordSchema = v.object({
  version: v.literal(1),
  id: v.pipe(v.string(), v.regex(ID)),
  title: v.string(),
  /** ISO 8601 */
  startedAt: v.string(),
  state: RunStateSchema,
  /** How often a crashed worker was started again. */
  restarts: v.number(),
  /** Of a failed run. */
  error: v.nullable(v.string()),
  /** What the person calls it; earlier versions have no names and no pins. */
  name: v.optional(v.nullable(v.string())),
  /** Stays on top of the list. */
  pinned: v.optional(v.boolean()),
  /** Versions of FOX-NAS and Node.js that began it; earlier versions did not write them down. */
  begunWith: v.optional(v.object({ foxnas: v.string(), node: v.string() })),
  request: RunRequestSchema,
});

/** What is kept of a run beside its journal. `running` in a run nobody runs means: its host died, resume it. */
export type RunRecord<K extends RunKind = RunKind> = Omit<v.InferOutput<typeof RunRecordSchema>, "request"> & { request: RunRequestOf<K> };
export type NewRun = Pick<RunRecord, "title" | "request" | "name" | "begunWith">;
export type RunPatch = Partial<Pick<RunRecord, "title" | "state" | "restarts" | "error" | "name" | "pinned">>;

/** Whether a run is of a kind. */
export function isKind<K extends RunKind>(record: RunRecord, kind: K): record is RunRecord<K> {
  return record.request.kind === kind;
}

/**
 * The runs of one storage folder, one sub-folder each: `run.json` (replaced atomically) and `journal.jsonl`.
 * The request is on the disk before the worker starts, so a run resumes whatever became of its journal.
 */
export class RunStore {
  #lastWrite: Promise<unknown> = Promise.resolve();

  /**
   * @param folder is created with the first run
   * @param onUnreadable is told of a run that `list` has to leave out, and why
   */
  constructor(
    private readonly folder: string,
    private readonly onUnreadable: (id: string, why: string) => void = () => undefined,
  ) {}

  /** All readable runs, newest first. */
  async list(): Promise<RunRecord[]> {
    const records: RunRecord[] = [];
    for (const id of await this.#ids()) {
      try {
        records.push(await this.#read(id));
      } catch (error) {
        this.onUnreadable(id, error instanceof Error ? error.message : String(error));
      }
    }
    return records.sort((a, b) => (a.startedAt < b.startedAt ? 1 : a.startedAt > b.startedAt ? -1 : 0));
  }

  /** Stores a new run in state `running`, with an id of its own. */
  async create(run: NewRun): Promise<RunRecord> {
    const record: RunRecord = {
      version: 1,
      id: randomUUID(),
      title: run.title,
      startedAt: new Date().toISOString(),
      state: "running",
      restarts: 0,
      error: null,
      ...(run.name == null ? {} : { name: run.name }),
      ...(run.begunWith === undefined ? {} : { begunWith: run.begunWith }),
      request: run.request,
    };
    await mkdir(this.#folderOf(record.id), { recursive: true });
    await this.#write(record);
    return record;
  }

  /** Changes a run; updates happen one after the other. Throws InputError when there is no such run. */
  update(id: string, patch: RunPatch): Promise<RunRecord> {
    const write = this.#lastWrite.then(async () => {
      const record = { ...(await this.#read(id)), ...patch };
      await this.#write(record);
      return record;
    });
    this.#lastWrite = write.catch(() => undefined);
    return write;
  }

  /** The result of a finished run of a kind, from its journal; null while there is none. */
  async readResult<K extends RunKind>(id: string, kind: K): Promise<ResultOf<K> | null> {
    const path = this.journalPath(id);
    const line = await readResult(path);
    if (line === null) return null;
    const parsed = v.safeParse(ResultSchemas[kind], line.result);
    // The schema of kind K gives ResultOf<K>; the compiler cannot follow the look-up.
    if (parsed.success) return parsed.output as ResultOf<K>;
    throw unreadable(path, describeIssues(parsed.issues));
  }

  journalPath(id: string): string {
    return join(this.#folderOf(id), "journal.jsonl");
  }

  /** Removes a run with all its files; one that is not there is no error. */
  async delete(id: string): Promise<void> {
    await rm(this.#folderOf(id), { recursive: true, force: true, maxRetries: 5 });
  }

  /**
   * Takes a run out of the list; `restore` brings it back until the next `purge`.
   * @throws InputError when there is no such run
   */
  async discard(id: string): Promise<void> {
    await mkdir(join(this.folder, DISCARDED), { recursive: true });
    await this.#move(this.#folderOf(id), this.#discardedFolderOf(id));
  }

  /** Brings a discarded run back. @throws InputError where it is gone for good */
  restore(id: string): Promise<void> {
    return this.#move(this.#discardedFolderOf(id), this.#folderOf(id));
  }

  /** Removes the discarded runs for good. */
  async purge(): Promise<void> {
    await rm(join(this.folder, DISCARDED), { recursive: true, force: true, maxRetries: 5 });
  }

  async #move(from: string, to: string): Promise<void> {
    try {
      await rename(from, to);
    } catch (error) {
      if (codeOf(error) !== "ENOENT") throw error;
      throw new InputError({ what: t("the run is not there any more"), file: from });
    }
  }

  #discardedFolderOf(id: string): string {
    return join(this.folder, DISCARDED, basename(this.#folderOf(id)));
  }

  async #ids(): Promise<string[]> {
    try {
      const entries = await readdir(this.folder, { withFileTypes: true });
      return entries.filter((entry) => entry.isDirectory() && ID.test(entry.name)).map((entry) => entry.name);
    } catch (error) {
      if (codeOf(error) === "ENOENT") return [];
      throw error;
    }
  }

  async #read(id: string): Promise<RunRecord> {
    const path = this.#recordPath(id);
    const text = await readFile(path, "utf8").catch((error: unknown) => {
      throw unreadable(path, error instanceof Error ? error.message : String(error));
    });
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch (error) {
      throw unreadable(path, error instanceof Error ? error.message : String(error));
    }
    const parsed = v.safeParse(RunRecordSchema, json);
    if (!parsed.success) throw unreadable(path, describeIssues(parsed.issues));
    if (parsed.output.id !== id) throw unreadable(path, t("the id {0} in the folder {1}", parsed.output.id, id));
    return parsed.output;
  }

  #write(record: RunRecord): Promise<void> {
    return writeFileAtomically(this.#recordPath(record.id), `${JSON.stringify(record, null, 2)}\n`);
  }

  #recordPath(id: string): string {
    return join(this.#folderOf(id), "run.json");
  }

  /** Ids come from the panel too: one that could leave the folder is refused. */
  #folderOf(id: string): string {
    if (!ID.test(id)) {
      throw new InputError({ what: t("not the id of a run"), found: JSON.stringify(id), expected: t("letters, digits and '-'") });
    }
    return join(this.folder, id);
  }
}

function unreadable(path: string, found: string): InputError {
  return new InputError({
    what: t("cannot read the run"),
    file: path,
    found,
    expected: t("a run written by this version"),
    next: t("Delete the run and start it again."),
  });
}
