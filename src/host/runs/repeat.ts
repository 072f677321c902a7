import * as vscode from "vscode";
import type { RunRequest } from "../../shared/runs.js";
import { isReproducible } from "../../shared/sameResult.js";
import type { App } from "../app.js";
import { requireTrust } from "../supernet/trust.js";
import { runMeant } from "./meant.js";
import type { RunNode } from "./nodes.js";
import { verdictText } from "./replayFigure.js";
import { nameOfRun } from "./treeItems.js";

/** What a repeated run is called, and what it is compared with. */
export interface Repeated {
  request: RunRequest;
  title: string;
  name: string | null;
  /** The earlier run, for people. */
  of: string;
  /** Its result, as JSON can hold it; undefined where there is none. */
  result: unknown;
}

/** Runs the request of a run again, with the same inputs and the same seed, and says whether the result is the same. */
export async function rerun(app: App, row: unknown): Promise<void> {
  const run = await runMeant(app, row, vscode.l10n.t("Run Again With the Same Seed"), ({ live }) => !live);
  if (run === undefined) return;
  if ("supernet" in run.record.request && !(await requireTrust())) return;
  const id = await repeat(app, await repetitionOf(app, run));
  app.panel.show(id);
}

/** What repeating a run takes. */
export async function repetitionOf({ runs }: Pick<App, "runs">, run: Pick<RunNode, "record" | "found">): Promise<Repeated> {
  const { id, request, title, name, startedAt } = run.record;
  const result = await runs.result(id, request.kind);
  const of = vscode.l10n.t("{0} of {1}", nameOfRun(run), new Date(startedAt).toLocaleString());
  return { request, title, name: name == null ? null : vscode.l10n.t("{0} again", name), of, result: result ?? undefined };
}

/** Starts a run that repeats an earlier one, and answers its id; tells what came out when it ends. */
export async function repeat(app: App, { request, title, name, of, result }: Repeated): Promise<string> {
  const repeats = result === undefined ? undefined : { of, result };
  const id = await app.runs.start(request, title, { name, repeats });
  if (repeats !== undefined && !isReproducible(request.kind)) {
    void vscode.window.showInformationMessage(vscode.l10n.t("This run measures times: they are taken anew and will not be quite the same."));
  }
  void tellVerdict(app, id).catch(app.report);
  return id;
}

async function tellVerdict({ panel, runs }: App, id: string): Promise<void> {
  await runs.ended(id);
  const replay = await runs.replayOf(id);
  if (replay?.verdict == null || replay.verdict.kind === "measured") return;
  const open = vscode.l10n.t("Open Run");
  const text = verdictText(replay.verdict, replay.of);
  const show = replay.verdict.kind === "same" ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  if ((await show(text, open)) === open) panel.show(id);
}
