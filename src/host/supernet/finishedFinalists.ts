import * as vscode from "vscode";
import { isKind, type RunRecord } from "../../runs/runStore.js";
import { InputError } from "../../shared/errors.js";
import { cardsOfFinalist, configOf, measuredOfFinalist, nameOf, predictedOf } from "../../shared/files/index.js";
import type { Finalist, FinalistsResult } from "../../shared/supernet.js";
import { budgetName, type InsertableConfig } from "../found/config.js";
import { accuracyText, latencyText } from "../format.js";
import { finalistsText } from "../kinds/finalists.js";
import type { RunController } from "../runs/runController.js";
import { pick } from "../ask/steps.js";

/** A finalist as the panel names it; without an index the winner, without an id the person picks the run and the finalist. */
export interface AboutFinalist {
  runId?: string;
  index?: number;
}

export interface FinalistBy {
  record: RunRecord<"finalists">;
  result: FinalistsResult;
  finalist: Finalist;
  /** Place among the finalists, 0 for the winner. */
  index: number;
}

/** The finalist that is meant; undefined where none was picked. Throws InputError where there is none. */
export async function meantFinalist(runs: RunController, { runId, index }: AboutFinalist, title: string): Promise<FinalistBy | undefined> {
  const id = runId ?? (await chooseFinalists(runs, title));
  if (id === undefined) return undefined;
  const record = await runs.record(id);
  const result = record !== undefined && isKind(record, "finalists") ? await runs.result(id, "finalists") : null;
  if (record === undefined || !isKind(record, "finalists") || result === null) {
    throw new InputError({ what: vscode.l10n.t("the winners have not been measured yet"), next: vscode.l10n.t("Wait until that is done, or resume it.") });
  }
  if (result.finalists.length === 0) throw new InputError({ what: vscode.l10n.t("no architecture keeps the budget"), next: vscode.l10n.t("Search with a feasible budget.") });
  const place = index ?? (runId === undefined ? await pickFinalist(result, title) : 0);
  if (place === undefined) return undefined;
  const finalist = result.finalists[place];
  if (finalist === undefined) throw new InputError({ what: vscode.l10n.t("there is no such finalist"), found: String(place + 1), expected: `1 … ${result.finalists.length}` });
  return { record, result, finalist, index: place };
}

/** The config of a finalist, with predicted values, provenance and its measured accuracy. */
export function configOfFinalist({ record, result, finalist, index }: FinalistBy, version: string, date: string): InsertableConfig {
  const { accuracy, latency } = result.predictors;
  const { budget, seed } = record.request;
  const provenance = { tool: "fox-nas", version, date, accuracyPredictor: nameOf(accuracy), latencyPredictor: nameOf(latency), budget, seed };
  const config = configOf(finalist.architecture, result.space.id, predictedOf(finalist.predicted, cardsOfFinalist(finalist, result)), provenance, measuredOfFinalist(finalist, result));
  return { config, name: `${result.space.id}-${config.resolution}px-${budgetName(budget)}-${index === 0 ? "winner" : `finalist-${index + 1}`}` };
}

async function chooseFinalists(runs: RunController, title: string): Promise<string | undefined> {
  const done = (await runs.list()).filter(({ record }) => record.state === "done" && isKind(record, "finalists"));
  if (done.length === 0) {
    const measure = vscode.l10n.t("Evaluate the Winners");
    const answer = await vscode.window.showInformationMessage(vscode.l10n.t("The winners of no search have been measured yet."), measure);
    if (answer === measure) await vscode.commands.executeCommand("foxnas.finalists");
    return undefined;
  }
  const items = done.map(({ record, found }) => ({
    label: isKind(record, "finalists") ? `${record.title}, ${record.request.budget} ms` : record.title,
    description: found?.kind === "finalists" ? finalistsText(found) : undefined,
    detail: new Date(record.startedAt).toLocaleString(),
    value: record.id,
  }));
  return pick<string>({ title, placeholder: vscode.l10n.t("Whose winners?"), items });
}

async function pickFinalist({ finalists }: FinalistsResult, title: string): Promise<number | undefined> {
  const items = finalists.map(({ measured, predicted }, i) => ({
    label: i === 0 ? vscode.l10n.t("Winner") : vscode.l10n.t("Finalist {0}", i + 1),
    description: vscode.l10n.t("measured {0} %, predicted {1} % at {2} ms", accuracyText(measured.top1.value), accuracyText(predicted.accuracy.value), latencyText(predicted.latency.value)),
    value: i,
  }));
  return pick<number>({ title, placeholder: vscode.l10n.t("Which one?"), items });
}
