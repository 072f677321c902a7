import * as vscode from "vscode";
import { isKind, type RunRecord } from "../../runs/runStore.js";
import type { Architecture } from "../../shared/architecture.js";
import { InputError } from "../../shared/errors.js";
import type { SearchResult } from "../../shared/results.js";
import type { Verified } from "../../shared/verified.js";
import type { FoundResult } from "./config.js";
import { foundText } from "../kinds/search.js";
import { tunedText } from "../kinds/tune.js";
import type { RunController } from "../runs/runController.js";
import { pick } from "../ask/steps.js";
import { verifiedOfTune } from "./verifiedOfTune.js";

/**
 * An architecture of a search: what it found (`point` null), a point of its front, or one of the person's own; without an
 * id the person picks the search.
 */
export interface AboutFound {
  runId?: string;
  point: number | null;
  architecture?: Architecture;
  /** Where the slider stands, ms. */
  budget?: number;
}

/** A search with its result. Throws InputError where there is none. */
export async function finishedSearch(runs: RunController, id: string): Promise<{ record: RunRecord<"search">; result: SearchResult }> {
  const record = await runs.record(id);
  const result = record !== undefined && isKind(record, "search") ? await runs.result(id, "search") : null;
  if (record === undefined || !isKind(record, "search") || result === null) {
    throw new InputError({ what: vscode.l10n.t("the run has found no architecture yet"), next: vscode.l10n.t("Wait until it is done, or resume it.") });
  }
  return { record, result };
}

/** What a finished run found, of either kind that searches. */
export interface FoundBy {
  record: RunRecord<"search"> | RunRecord<"tune">;
  result: FoundResult;
  /** What was measured of its architectures on this machine. */
  measured: Verified[];
}

/** What a search found, also where it measured. Throws InputError where there is nothing yet, or nothing within the budget. */
export async function finishedFound(runs: RunController, id: string): Promise<FoundBy> {
  const record = await runs.record(id);
  const result = record !== undefined && isKind(record, "tune") ? await runs.result(id, "tune") : null;
  if (record === undefined || !isKind(record, "tune") || result === null) return { ...(await finishedSearch(runs, id)), measured: await runs.measuredOf(id) };
  if (result.status === "infeasible") throw new InputError({ what: vscode.l10n.t("nothing measures within the budget"), next: vscode.l10n.t("Search again with a larger budget.") });
  return { record, result: { ...result, front: [] }, measured: verifiedOfTune(result) };
}

/**
 * The id of the finished search that the person picks; undefined where there is none, or none was picked.
 * @param kinds of runs to pick from
 */
export async function chooseSearch(runs: RunController, title: string, kinds: readonly ("search" | "tune")[] = ["search"]): Promise<string | undefined> {
  const done = (await runs.list()).flatMap(({ record, found }) => {
    if (record.state !== "done" || !(isKind(record, "search") || isKind(record, "tune"))) return [];
    return kinds.includes(record.request.kind) ? [{ record, found: found?.kind === "search" ? foundText(found) : found?.kind === "tune" ? tunedText(found) : undefined }] : [];
  });
  if (done.length === 0) {
    const search = vscode.l10n.t("Search Architecture");
    const answer = await vscode.window.showInformationMessage(vscode.l10n.t("There is no finished search yet."), search);
    if (answer === search) await vscode.commands.executeCommand("foxnas.search");
    return undefined;
  }
  return pick<string>({
    title,
    placeholder: vscode.l10n.t("Whose architecture?"),
    items: done.map(({ record, found }) => ({
      label: `${record.title}, ${record.request.budget} ms`,
      description: found,
      detail: new Date(record.startedAt).toLocaleString(),
      value: record.id,
    })),
  });
}
