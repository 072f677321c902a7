import { dirname, join } from "node:path";
import * as vscode from "vscode";
import { isKind, type NewRun, type RunPatch, type RunRecord, type RunStore } from "../../runs/runStore.js";
import type { ProgressOf, ResultOf } from "../../shared/messages.js";
import type { RunView } from "../../shared/panel.js";
import type { RunKind, RunProgress, RunRequest, RunResult } from "../../shared/runs.js";
import { withMeasurement, type Verified } from "../../shared/verified.js";
import { kindNamed, kindOf, type Found } from "../kinds/index.js";
import { isOwnedElsewhere } from "./owner.js";
import { messageOf } from "../report.js";
import { readFound, writeFound } from "./runFound.js";
import { readMeasured, writeMeasured } from "./runMeasured.js";
import { LiveRun } from "./liveRun.js";
import { Quiet } from "./quiet.js";
import { judgeReplay, readReplay, writeReplay, type Replay } from "./replayFile.js";

/** A stored run, with what a list shows of it. */
export interface RunSummary {
  record: RunRecord;
  /** A worker of this window works on it. */
  live: boolean;
  /** Null until it is done. */
  found: Found | null;
}

export interface ControllerParts {
  store: RunStore;
  workerPath: string;
  /** Of FOX-NAS. */
  version: string;
  log: vscode.LogOutputChannel;
  /** Tells a person that a run failed. */
  report: (error: unknown) => Promise<void>;
}

/** What is known of a new run beside its request. */
export interface StartOptions {
  name?: string | null | undefined;
  /** The earlier run that it repeats, and that run's result. */
  repeats?: { of: string; result: unknown };
}

const RECHECK_MS = 300;

/** Starts, follows, cancels and resumes runs. The only owner of their state; everything else draws it. */
export class RunController implements vscode.Disposable {
  readonly #live = new Map<string, LiveRun>();
  readonly #changed = new vscode.EventEmitter<string>();
  readonly #progressed = new vscode.EventEmitter<string>();
  readonly #quiet = new Quiet(() => [...this.#live.values()].find(({ record }) => kindOf(record).measures)?.record.title);
  #recheck: NodeJS.Timeout | undefined;
  #closing = false;
  /** The result shown last: reading it again from its journal takes time. */
  #cached: { id: string; kind: RunKind; result: RunResult } | undefined;

  /** A run began, ended, was deleted or changed its state. */
  readonly onDidChange = this.#changed.event;
  /** A live run has new progress. */
  readonly onDidProgress = this.#progressed.event;

  constructor(private readonly parts: ControllerParts) {}

  /** Starts a run in a worker of its own and answers its id. Throws InputError where the device is being measured. */
  async start(request: RunRequest, title: string, { name, repeats }: StartOptions = {}): Promise<string> {
    this.#requireQuiet(request.kind);
    const run: NewRun = { title, request, name, begunWith: { foxnas: this.parts.version, node: process.versions.node } };
    const record = await this.parts.store.create(run);
    // Before the worker can have a result.
    if (repeats !== undefined) await writeReplay(this.#folder(record.id), { version: 1, of: repeats.of, expected: repeats.result, verdict: null });
    this.#launch(record);
    return record.id;
  }

  cancel(id: string): void {
    this.#live.get(id)?.cancel();
  }

  /** Settles when no worker of this window works on the run any more. */
  async ended(id: string): Promise<void> {
    await this.#live.get(id)?.ended;
  }

  /** Goes on from the run's journal; nothing happens to a run that is live or done. */
  async resume(id: string): Promise<void> {
    const record = await this.record(id);
    if (record === undefined || this.#live.has(id) || record.state === "done" || record.state === "infeasible") return;
    if (await isOwnedElsewhere(this.#ownerFile(id))) {
      void vscode.window.showInformationMessage(vscode.l10n.t("Another window of VS Code works on this run."));
      return;
    }
    // Both the check above and a second click take time.
    if (this.#live.has(id)) return;
    this.#requireQuiet(record.request.kind);
    this.#launch(await this.parts.store.update(id, { state: "running", error: null }));
  }

  /** Gives a run a name or a pin, or takes them from it. Throws InputError when there is no such run. */
  async change(id: string, patch: Pick<RunPatch, "name" | "pinned">): Promise<void> {
    const record = await this.parts.store.update(id, patch);
    const live = this.#live.get(id);
    if (live !== undefined) live.record = record;
    this.#changed.fire(id);
  }

  /** Ends the run where it is live, and takes it out of the list until `restore`. Throws InputError when there is no such run. */
  async delete(id: string): Promise<void> {
    this.cancel(id);
    // Its worker writes into the folder until it is gone.
    await this.ended(id);
    await this.parts.store.discard(id);
    this.#changed.fire(id);
  }

  /** Brings back a run that was deleted since this window opened. Throws InputError where it is gone for good. */
  async restore(id: string): Promise<void> {
    await this.parts.store.restore(id);
    this.#changed.fire(id);
  }

  /** Brings back the runs that a reload or a crash of this window interrupted. */
  async recover(): Promise<void> {
    let foreign = false;
    for (const { id, state } of await this.parts.store.list()) {
      if (state !== "running" || this.#live.has(id)) continue;
      if (await isOwnedElsewhere(this.#ownerFile(id))) {
        foreign = true;
      } else if (!this.#closing && !this.#live.has(id)) {
        this.parts.log.info(`run ${id}: interrupted, resuming from its journal`);
        this.#launch(await this.parts.store.update(id, { state: "running" }));
      }
    }
    // The host before a reload may not have ended yet, and another window may end at any time.
    if (foreign && !this.#closing) this.#recheck = setTimeout(() => void this.recover(), RECHECK_MS);
    else this.#changed.fire("");
  }

  /** All runs, newest first. */
  async list(): Promise<RunSummary[]> {
    const records = await this.parts.store.list();
    return Promise.all(
      records.map(async (record) => ({
        record,
        live: this.#live.has(record.id),
        found: record.state === "done" ? await readFound(this.#folder(record.id), record) : null,
      })),
    );
  }

  /** Ids of the runs a worker of this window works on, the newest last. */
  liveIds(): string[] {
    return [...this.#live.keys()];
  }

  /** A live run with its newest progress, null before the first; undefined when no worker of this window works on it. */
  live(id: string): { record: RunRecord; progress: RunProgress | null } | undefined {
    return this.#live.get(id);
  }

  progressOf<K extends RunKind>(id: string, kind: K): ProgressOf<K> | null {
    const live = this.#live.get(id);
    // A run's progress is of its kind.
    return live !== undefined && isKind(live.record, kind) ? (live.progress as ProgressOf<K> | null) : null;
  }

  workerPidOf(id: string): number | null {
    return this.#live.get(id)?.workerPid ?? null;
  }

  /** Undefined when there is no such run. */
  async record(id: string): Promise<RunRecord | undefined> {
    return this.#live.get(id)?.record ?? (await this.parts.store.list()).find((record) => record.id === id);
  }

  /** A run as the panel shows it; null when there is no such run. */
  async view(id: string): Promise<RunView | null> {
    const record = await this.record(id);
    if (record === undefined) return null;
    const live = this.#live.get(id);
    const finished = record.state === "done" || record.state === "infeasible";
    const view = kindOf(record).view(record, live?.progress ?? null, finished ? await this.result(id, record.request.kind) : null);
    return view.kind === "search" ? { ...view, measured: await this.measuredOf(id) } : view;
  }

  /** What was measured of the architectures of a search. */
  measuredOf(id: string): Promise<Verified[]> {
    return readMeasured(this.#folder(id));
  }

  /** Keeps a measurement with its run. Rejects with the file system's error. */
  async addMeasured(id: string, measured: Verified): Promise<void> {
    await writeMeasured(this.#folder(id), withMeasurement(await this.measuredOf(id), measured));
    this.#changed.fire(id);
  }

  /** What a run repeats, and whether it came out the same; null for one that repeats nothing. */
  replayOf(id: string): Promise<Replay | null> {
    return readReplay(this.#folder(id));
  }

  /** Has the device to itself while something measures that is no run. Throws InputError where it is being measured already. */
  whileMeasuring<T>(what: string, work: () => Promise<T>): Promise<T> {
    return this.#quiet.while(what, work);
  }

  /** Result of a finished run; null while there is none. Throws InputError for a run of another kind. */
  async result<K extends RunKind>(id: string, kind: K): Promise<ResultOf<K> | null> {
    // A result is of the kind it is kept under.
    if (this.#cached?.id === id && this.#cached.kind === kind) return this.#cached.result as ResultOf<K>;
    const result = await this.parts.store.readResult(id, kind);
    if (result !== null) this.#cached = { id, kind, result };
    return result;
  }

  dispose(): void {
    this.#closing = true;
    clearTimeout(this.#recheck);
    // Runs stay `running` on the disk, their workers end with this process, the next one resumes them.
    for (const live of this.#live.values()) live.abandon();
    this.#live.clear();
    this.#changed.dispose();
    this.#progressed.dispose();
  }

  #requireQuiet(kind: RunKind): void {
    if (kindNamed(kind).measures) this.#quiet.require();
  }

  #launch(record: RunRecord): void {
    const { id } = record;
    const { log, store, workerPath } = this.parts;
    const live: LiveRun = new LiveRun(record, {
      ...{ log, store, workerPath, ownerFile: this.#ownerFile(id) },
      onChange: () => this.#changed.fire(id),
      onProgress: () => this.#progressed.fire(id),
      onResult: (result) => this.#keep(live.record, result),
      onEnd: async (error) => {
        this.#live.delete(id);
        this.#changed.fire(id);
        // The run has ended; a person may take a while to read why.
        if (error !== undefined) void this.parts.report(error);
      },
    });
    this.#live.set(id, live);
    this.#changed.fire(id);
  }

  /** What lists and leaves show of a result, so that they need not read it. */
  async #keep(record: RunRecord, result: RunResult): Promise<void> {
    const { id, request } = record;
    this.#cached = { id, kind: request.kind, result };
    const found = kindOf(record).foundOf(result as never);
    if (found !== null) await writeFound(this.#folder(id), found);
    await judgeReplay(this.#folder(id), request.kind, result).catch((error: unknown) => this.parts.log.error(`run ${id}: ${messageOf(error)}`));
  }

  #folder(id: string): string {
    return dirname(this.parts.store.journalPath(id));
  }

  #ownerFile(id: string): string {
    return join(this.#folder(id), "owner.json");
  }
}
