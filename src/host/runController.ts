import { dirname, join } from "node:path";
import * as vscode from "vscode";
import type { RunPatch, RunRecord, RunStore } from "../runs/runStore.js";
import { runJob } from "../runs/supervisor.js";
import type { Progress, SearchRequest } from "../shared/messages.js";
import type { RunView } from "../shared/panel.js";
import type { SearchResult } from "../shared/results.js";
import { isOwnedElsewhere, Ownership } from "./owner.js";
import { messageOf } from "./report.js";
import { readFound, writeFound, type Found } from "./runFound.js";
import { viewOf } from "./runView.js";

interface Live {
  record: RunRecord;
  progress: Progress | null;
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
  /** The result shown last: reading it again from its journal takes time. */
  #cached: { id: string; result: SearchResult } | undefined;

  /** A run began, ended, was deleted or changed its state. */
  readonly onDidChange = this.#changed.event;
  /** A live run has new progress. */
  readonly onDidProgress = this.#progressed.event;

  constructor(private readonly parts: ControllerParts) {}

  /** Starts a search in a worker of its own and answers its id. */
  async start(request: SearchRequest, title: string): Promise<string> {
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
        found: record.state === "done" ? await readFound(this.#folder(record.id)) : null,
      })),
    );
  }

  /** Ids of the runs a worker of this window works on, the newest last. */
  liveIds(): string[] {
    return [...this.#live.keys()];
  }

  progressOf(id: string): Progress | null {
    return this.#live.get(id)?.progress ?? null;
  }

  workerPidOf(id: string): number | null {
    return this.#live.get(id)?.workerPid ?? null;
  }

  restartsOf(id: string): number {
    return this.#live.get(id)?.record.restarts ?? 0;
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
    return viewOf(record, live?.progress ?? null, finished ? await this.result(id) : null);
  }

  /** Result of a finished run; null while there is none. */
  async result(id: string): Promise<SearchResult | null> {
    if (this.#cached?.id === id) return this.#cached.result;
    const result = await this.parts.store.readResult(id);
    if (result !== null) this.#cached = { id, result };
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

  #launch(record: RunRecord): void {
    const { id } = record;
    const live: Live = { record, progress: null, abort: new AbortController(), workerPid: null };
    this.#live.set(id, live);
    const ownership = new Ownership(this.#ownerFile(id));
    const { log, workerPath, store } = this.parts;
    log.info(`run ${id}: ${record.title}, budget ${record.request.budget} ms, seed ${record.request.seed}`);
    const job = runJob(record.request, {
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
        live.progress = progress;
        if (!this.#closing) this.#progressed.fire(id);
      },
    });
    void job
      .then(
        (outcome) => this.#settle(live, outcome.status === "done" ? outcome.result : null),
        (error: unknown) => this.#fail(live, error),
      )
      .finally(() => ownership.dispose());
    this.#changed.fire(id);
  }

  async #settle(live: Live, result: SearchResult | null): Promise<void> {
    const { id } = live.record;
    if (result !== null) {
      this.#cached = { id, result };
      if (result.predicted !== null) await writeFound(this.#folder(id), result.predicted);
      this.parts.log.info(`run ${id}: ${result.status}, ${result.search.evaluations} evaluations in ${result.search.elapsedMs.toFixed(0)} ms`);
    } else {
      this.parts.log.info(`run ${id}: cancelled`);
    }
    await this.#end(live, { state: result === null ? "cancelled" : result.status === "ok" ? "done" : "infeasible" });
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
