import * as vscode from "vscode";
import { runJob } from "../runs/supervisor.js";
import type { Request, ResultOf } from "../shared/messages.js";
import type { MeasureProgress } from "../shared/measure.js";

interface JobParts {
  /** What the notification says. */
  title: string;
  workerPath: string;
  log: vscode.LogOutputChannel;
}

/** Runs a short job that is no run, with a notification that can cancel it; undefined when the person did. Throws InputError, RunFailure. */
export function jobWithProgress<K extends Request["kind"]>(request: Extract<Request, { kind: K }>, { title, workerPath, log }: JobParts): Promise<ResultOf<K> | undefined> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  const work = async (shown: vscode.Progress<{ message?: string; increment?: number }>, token: vscode.CancellationToken) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    let percent = 0;
    const outcome = await runJob<K>(request, {
      workerPath,
      journal: null,
      signal: abort.signal,
      onLog: (level, message) => log[level](`${request.kind}: ${message}`),
      onProgress: (progress) => {
        if (!("note" in progress)) return;
        const now = (100 * progress.done) / Math.max(1e-9, progress.total);
        shown.report({ message: messageOf(progress), increment: now - percent });
        percent = now;
      },
    });
    // A cancel that came too late for the worker still counts.
    return outcome.status === "done" && !token.isCancellationRequested ? outcome.result : undefined;
  };
  return Promise.resolve(vscode.window.withProgress(options, work));
}

function messageOf({ note, remainingMs }: MeasureProgress): string {
  return remainingMs === null ? note : vscode.l10n.t("{0}, {1} s left", note, Math.ceil(remainingMs / 1000));
}
