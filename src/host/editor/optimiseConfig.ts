import * as vscode from "vscode";
import { roundUp } from "../format.js";
import type { App } from "../app.js";
import { searchGiven } from "../start/search.js";
import type { ConfigAnalyses } from "./analyses.js";
import { meantDocument, readMeant, requirePredictors } from "./meantConfig.js";

/**
 * Searches with the config's space and predictors; asked is only the budget, from the config's predicted latency on: what
 * is found takes no longer and is at least as accurate. Throws InputError.
 */
export async function optimiseConfig(app: App, analyses: ConfigAnalyses, uri: unknown): Promise<void> {
  const document = await meantDocument(uri, vscode.l10n.t("Optimise from Config"));
  if (document === undefined) return;
  const { space, accuracy, latency } = requirePredictors(await readMeant(document, analyses));
  const predicted = analyses.of(document).analysis.figures()?.latency;
  await searchGiven(app, { space, accuracy, latency }, predicted === undefined ? undefined : String(roundUp(predicted.value)));
}
