import * as vscode from "vscode";
import { InputError } from "../../shared/errors.js";
import type { Target } from "../../shared/predictor.js";
import type { App } from "../app.js";
import { pickPredictor } from "../ask/choices.js";
import { misfit, type Picked } from "../start/searchWizard.js";
import { question, runSteps, type At } from "../ask/steps.js";
import type { ConfigAnalyses } from "./analyses.js";
import { meantDocument } from "./meantConfig.js";

/**
 * Asks for the predictors that configs of this one's space and resolution are judged by. For a config that cannot be read
 * as a whole as well: its space is enough. Throws InputError where it names none that is known.
 */
export async function choosePredictors(app: App, analyses: ConfigAnalyses, uri: unknown): Promise<void> {
  const title = vscode.l10n.t("Choose Predictors");
  const document = await meantDocument(uri, title);
  if (document === undefined) return;
  const { surroundings } = analyses;
  await analyses.ready();
  const { about, pair } = analyses.of(document);
  const space = about === null ? undefined : surroundings.spaceEntry(about.space);
  if (about === null || space === undefined) {
    const file = vscode.workspace.asRelativePath(document.uri);
    throw new InputError({ what: vscode.l10n.t("the search space is not known"), file, field: "space", expected: [...surroundings.spaces.keys()].join(", "), next: vscode.l10n.t("Name one of them in the config.") });
  }
  const picked: Picked & { space: typeof space } = { space };
  const ask = async (at: At, target: Target) => {
    const before = target === "accuracy" ? { space } : { space, accuracy: picked.accuracy };
    const resolution = target === "accuracy" ? about.resolution : picked.accuracy?.content.resolution;
    return pickPredictor(app.library, {
      ...{ title, at, target, remembered: pair[target]?.key, report: app.report },
      wanted: resolution === undefined ? space.content.id : vscode.l10n.t("{0} at {1} px", space.content.id, resolution),
      misfit: (predictor) => misfit(predictor, target, before),
      machine: await app.machine.known(),
    });
  };
  const step = (target: Target) => question((at) => ask(at, target), (answer) => (picked[target] = answer));
  if (!(await runSteps([step("accuracy"), step("latency")]))) return;
  await surroundings.choose(about, { accuracy: picked.accuracy ?? null, latency: picked.latency ?? null });
}
