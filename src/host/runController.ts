import { dirname, join } from "node:path";
import * as vscode from "vscode";
import { isKind, type RunPatch, type RunRecord, type RunStore } from "../runs/runStore.js";
import { runJob } from "../runs/supervisor.js";
import { InputError } from "../shared/errors.js";
import type { ProgressOf, ResultOf } from "../shared/messages.js";
import type { RunView } from "../shared/panel.js";
import type { RunKind, RunProgress, RunRequest, RunResult } from "../shared/runs.js";
import { withMeasurement, type Verified } from "../shared/verified.js";
import { kindNamed, kindOf, type Found } from "./kinds/index.js";
import type { Kind } from "./kinds/kind.js";
import { isOwnedElsewhere, Ownership } from "./owner.js";
import { messageOf } from "./report.js";
import { readFound, writeFound } from "./runFound.js";
import { readMeasured, writeMeasured } from "./runMeasured.js";

interface Live {
  record: RunRecord;
  /** Of the record's kind. */
  progress: RunProgress | null;
  abort: AbortController;
  workerPid: number | null;
}

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
  log: vscode.LogOutputChannel;
  /** Tells a person that a run failed. */
  report: (error: unknown) => Promise<void>;
}

const RECHECK_MS = 300;

/** Starts, follows, cancels and resumes runs. The only owner of their state; everything else draws it. */
export class RunController implements vscode.Disposable {
  readonly #live = new Map<string, Live>();
  readonly #changed = new vscode.EventEmitter<string>();
  readonly #progressed = new vscode.EventEmitter<string>();
  #recheck: NodeJS.Timeout | undefined;
  #closing = false;
  /** What measures this device without being a run. */
  #measuring: string | undefined;
  /** The result shown last: reading it again from its journal takes time. */
  #cached: { id: string; kind: RunKind; result: RunResult } | undefined;

  /** A run began, ended, was deleted or changed its state. */
  readonly onDidChange = this.#changed.event;
  /** A live run has new progress. */
  readonly onDidProgress = this.#progressed.event;

  constructor(private readonly parts: ControllerParts) {}

  /** Starts a run in a worker of its own and answers its id. Throws InputError where the device is being measured. */
  async start(request: RunRequest, title: string): Promise<string> {
    this.#requireQuiet(request.kind);
    const record = await this.parts.store.create({ title, request });
    this.#launch(record);
    return record.id;
  }

  cancel(id: string): void {
    this.#live.get(id)?.abort.abort();
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

  async delete(id: string): Promise<void> {
    this.cancel(id);
    this.#live.delete(id);
    await this.parts.store.delete(id);
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

  /** Has the device to itself while something measures that is no run. Throws InputError where it is being measured already. */
  async whileMeasuring<T>(what: string, work: () => Promise<T>): Promise<T> {
    this.#requireQuiet();
    this.#measuring = what;
    try {
      return await work();
    } finally {
      this.#measuring = undefined;
    }
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
    this.#live.clear();
    this.#changed.dispose();
    this.#progressed.dispose();
  }

  /** Two measurements at once would each see the other as noise. */
  #requireQuiet(kind?: RunKind): void {
    const measuring = [...this.#live.values()].find(({ record }) => kindOf(record).measures)?.record.title ?? this.#measuring;
    if (measuring === undefined || (kind !== undefined && !kindNamed(kind).measures)) return;
    throw new InputError({
      what: "this device is being measured already",
      found: measuring,
      next: "Wait until that is done, or cancel it: two at once would disturb each other.",
    });
  }

  #launch<K extends RunKind>(record: RunRecord<K>): void {
    const { id } = record;
    const live: Live = { record, progress: null, abort: new AbortController(), workerPid: null };
    this.#live.set(id, live);
    const ownership = new Ownership(this.#ownerFile(id));
    const { log, workerPath, store } = this.parts;
    const kind = kindOf(record);
    log.info(`run ${id}: ${kind.startLine(record)}`);
    const job = runJob<K>(record.request, {
      workerPath,
      journal: store.journalPath(id),
      signal: live.abort.signal,
      onLog: (level, message) => log[level](`run ${id}: ${message}`),
      onSpawn: (pid) => {
        live.workerPid = pid;
        ownership.worker(pid);
        log.info(`run ${id}: worker started, pid ${pid}`);
      },
      onRestart: (restarts, why) => {
        log.warn(`run ${id}: worker restarted (${restarts}): ${why}`);
        void this.#patch(live, { restarts: live.record.restarts + 1 });
      },
      onProgress: (progress) => {
        live.progress = progress as RunProgress;
        if (!this.#closing) this.#progressed.fire(id);
      },
    });
    void job
      .then(
        (outcome) => this.#settle(live, kind, outcome.status === "done" ? outcome.result : null),
        (error: unknown) => this.#fail(live, error),
      )
      .finally(() => ownership.dispose());
    this.#changed.fire(id);
  }

  async #settle<K extends RunKind>(live: Live, kind: Kind<K, Found>, result: ResultOf<K> | null): Promise<void> {
    const { id } = live.record;
    if (result !== null) {
      this.#cached = { id, kind: live.record.request.kind, result };
      const found = kind.foundOf(result);
      if (found !== null) await writeFound(this.#folder(id), found);
    }
    this.parts.log.info(`run ${id}: ${result === null ? "cancelled" : kind.endLine(result)}`);
    await this.#end(live, { state: result === null ? "cancelled" : kind.stateOf(result) });
  }

  async #fail(live: Live, error: unknown): Promise<void> {
    if (this.#closing) return;
    await this.#end(live, { state: "failed", error: messageOf(error) });
    await this.parts.report(error);
  }

  async #end(live: Live, patch: RunPatch): Promise<void> {
    const { id } = live.record;
    // Not there any more: deleted, or this window is closing and the run is to be resumed by the next.
    if (this.#live.get(id) !== live) return;
    await this.#patch(live, patch);
    this.#live.delete(id);
    this.#changed.fire(id);
  }

  async #patch(live: Live, patch: RunPatch): Promise<void> {
    try {
      live.record = await this.parts.store.update(live.record.id, patch);
      if (!this.#closing) this.#changed.fire(live.record.id);
    } catch (error) {
      this.parts.log.error(`run ${live.record.id}: its record could not be written: ${messageOf(error)}`);
    }
  }

  #folder(id: string): string {
    return dirname(this.parts.store.journalPath(id));
  }

  #ownerFile(id: string): string {
    return join(this.#folder(id), "owner.json");
  }
}
