import type { RunPatch, RunRecord, RunStore } from "../../runs/runStore.js";
import { runJob } from "../../runs/supervisor.js";
import type { ResultOf } from "../../shared/messages.js";
import type { RunKind, RunProgress, RunResult } from "../../shared/runs.js";
import { kindOf, type Found } from "../kinds/index.js";
import type { Kind } from "../kinds/kind.js";
import { Ownership } from "./owner.js";
import { messageOf } from "../report.js";
import type * as vscode from "vscode";

export interface LiveParts {
  store: RunStore;
  workerPath: string;
  log: vscode.LogOutputChannel;
  ownerFile: string;
  /** The record or the worker changed. */
  onChange: () => void;
  onProgress: () => void;
  /** Before the state says so. */
  onResult: (result: RunResult) => Promise<void>;
  /** The state is written; an error for a failed run. */
  onEnd: (error?: unknown) => Promise<void>;
}

/** A run that a worker of this window works on, from its start to its end. */
export class LiveRun {
  /** Of the record's kind. */
  progress: RunProgress | null = null;
  workerPid: number | null = null;
  /** Settles when the worker is gone and everything about the run is on the disk; never rejects. */
  readonly ended: Promise<void>;
  readonly #abort = new AbortController();
  #abandoned = false;

  constructor(
    public record: RunRecord,
    private readonly parts: LiveParts,
  ) {
    this.ended = this.#run(record);
  }

  cancel(): void {
    this.#abort.abort();
  }

  /** Says and writes no more: this window closes, and the next one resumes the run. */
  abandon(): void {
    this.#abandoned = true;
  }

  async #run<K extends RunKind>(record: RunRecord<K>): Promise<void> {
    const { log } = this.parts;
    const ownership = new Ownership(this.parts.ownerFile);
    const kind = kindOf(record);
    log.info(`run ${record.id}: ${kind.startLine(record)}`);
    try {
      const outcome = await this.#work<K>(record, ownership);
      await this.#settle(kind, outcome.status === "done" ? outcome.result : null);
    } catch (error) {
      if (this.#abandoned) return;
      await this.#end({ state: "failed", error: messageOf(error) }, error);
    } finally {
      ownership.dispose();
    }
  }

  #work<K extends RunKind>({ id, request }: RunRecord<K>, ownership: Ownership) {
    const { log, store, workerPath } = this.parts;
    return runJob<K>(request, {
      workerPath,
      journal: store.journalPath(id),
      signal: this.#abort.signal,
      onLog: (level, message) => log[level](`run ${id}: ${message}`),
      onSpawn: (pid) => {
        this.workerPid = pid;
        ownership.worker(pid);
        log.info(`run ${id}: worker started, pid ${pid}`);
      },
      onRestart: (restarts, why) => {
        log.warn(`run ${id}: worker restarted (${restarts}): ${why}`);
        void this.#patch({ restarts: this.record.restarts + 1 });
      },
      onProgress: (progress) => {
        this.progress = progress as RunProgress;
        if (!this.#abandoned) this.parts.onProgress();
      },
    });
  }

  async #settle<K extends RunKind>(kind: Kind<K, Found>, result: ResultOf<K> | null): Promise<void> {
    if (result !== null) await this.parts.onResult(result as RunResult);
    this.parts.log.info(`run ${this.record.id}: ${result === null ? "cancelled" : kind.endLine(result)}`);
    await this.#end({ state: result === null ? "cancelled" : kind.stateOf(result) });
  }

  async #end(patch: RunPatch, error?: unknown): Promise<void> {
    if (this.#abandoned) return;
    await this.#patch(patch);
    await this.parts.onEnd(error);
  }

  async #patch(patch: RunPatch): Promise<void> {
    try {
      this.record = await this.parts.store.update(this.record.id, patch);
      if (!this.#abandoned) this.parts.onChange();
    } catch (error) {
      this.parts.log.error(`run ${this.record.id}: its record could not be written: ${messageOf(error)}`);
    }
  }
}
