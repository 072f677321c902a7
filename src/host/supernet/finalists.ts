import * as vscode from "vscode";
import { isKind, type RunRecord } from "../../runs/runStore.js";
import { InputError } from "../../shared/errors.js";
import { readPredictor } from "../../shared/files/index.js";
import type { EvaluatedWith } from "../../shared/predictor.js";
import type { FinalistsRequest } from "../../shared/supernet.js";
import type { App } from "../app.js";
import { finishedSearch } from "../found/finishedSearch.js";
import { foundText } from "../kinds/search.js";
import { remembering } from "../ask/memory.js";
import { pick } from "../ask/steps.js";
import { locate, type Located } from "./locate.js";
import { rememberPlaces } from "./places.js";
import { accuracySettings } from "./settings.js";
import { requireTrust } from "./trust.js";

interface RememberedFinalists {
  candidates?: number;
}

const CANDIDATES = [5, 10, 20] as const;
const USUAL = 5;
/** At most; most runs agree before. */
const ROUNDS = 3;
/** Each disjoint set of calibration images makes a finalist's figure surer, and takes as long again. */
const MOST_CALIBRATIONS = 3;

/**
 * Measures the best architectures under the budget of a search on the images that its accuracy predictor was fitted to,
 * in rounds that correct it.
 * @param searchId finished search; undefined: the person picks one
 * @throws InputError where the predictor does not say what it was fitted to
 */
export async function evaluateWinners(app: App, searchId?: string): Promise<void> {
  const { context, machine, panel, runs } = app;
  const title = vscode.l10n.t("Evaluate the Winners");
  if (!(await requireTrust())) return;
  // First, so that nobody answers questions in vain.
  const info = await machine.requireRuntime();
  const id = searchId ?? (await chooseEvaluable(app, title));
  if (id === undefined) return;
  const { record } = await finishedSearch(runs, id);
  const evaluated = evaluatedOf(record);
  const located = await locate(app, title, record.request.space, evaluated);
  if (located === undefined) return;
  const memory = remembering<RememberedFinalists>(context, "foxnas.finalistsAnswers");
  const candidates = await pickCandidates(title, evaluated, memory.read().candidates);
  if (candidates === undefined) return;
  await memory.write({ candidates });
  await rememberPlaces(context, located.supernet, located.data);
  const startedAt = performance.now();
  const request = finalistsRequest(record, evaluated, located, candidates, accuracySettings(info));
  const started = await runs.start(request, record.title);
  panel.markStart(started, startedAt);
  panel.show(started);
}

/** What the accuracy predictor of a search was fitted to. Throws InputError where it does not say. */
function evaluatedOf({ request }: RunRecord<"search">): EvaluatedWith {
  const { evaluated } = readPredictor(request.accuracy);
  if (evaluated !== undefined) return evaluated;
  throw new InputError({
    what: vscode.l10n.t("the accuracy predictor does not say with which supernet and images its samples were measured"),
    file: request.accuracy.name,
    expected: vscode.l10n.t("a predictor of an evaluation"),
    next: vscode.l10n.t("Evaluate a supernet (FOX-NAS: Evaluate Supernet), and search with that predictor."),
  });
}

/** As the samples were measured, so that predicted and measured can be compared; with several calibrations where there are images for them. */
export function finalistsRequest(
  { request: { space, accuracy, latency, budget } }: RunRecord<"search">,
  { precision, calibrationImages, validationImages }: EvaluatedWith,
  { supernet, data, card }: Located,
  candidates: number,
  settings: ReturnType<typeof accuracySettings>,
): FinalistsRequest {
  return {
    kind: "finalists",
    ...{ space, accuracy, latency, budget, supernet, data, precision, candidates },
    rounds: readPredictor(accuracy).fit === undefined ? 1 : ROUNDS,
    resolution: readPredictor(accuracy).resolution,
    calibrationImages,
    validationImages: validationImages >= card.validation ? null : validationImages,
    calibrations: Math.max(1, Math.min(MOST_CALIBRATIONS, Math.floor(card.calibration / calibrationImages))),
    ...settings,
  };
}

function pickCandidates(title: string, { precision, validationImages }: EvaluatedWith, active: number | undefined) {
  return pick<number>({
    title,
    placeholder: vscode.l10n.t("How many architectures are measured in a round ({0}, {1} images)? Then measuring starts", precision, validationImages),
    items: CANDIDATES.map((value) => ({
      label: vscode.l10n.t("{0} finalists", value),
      detail:
        value === USUAL
          ? vscode.l10n.t("Enough, as a rule: each round corrects the predictor, which names the next, {0} rounds at most.", ROUNDS)
          : vscode.l10n.t("Takes {0} times as long; surer where many are nearly equal.", value / USUAL),
      value,
    })),
    active: (value) => value === (active ?? USUAL),
  });
}

/** The finished search that the person picks, among those whose predictor was fitted to an evaluation. */
async function chooseEvaluable({ runs }: App, title: string): Promise<string | undefined> {
  const done = (await runs.list()).flatMap(({ record, found }) =>
    record.state === "done" && isKind(record, "search") && isEvaluable(record) ? [{ record, found: found?.kind === "search" ? foundText(found) : undefined }] : [],
  );
  if (done.length === 0) {
    const evaluate = vscode.l10n.t("Evaluate Supernet");
    const text = vscode.l10n.t("There is no finished search with an accuracy predictor of your own supernet yet: evaluate it, and search with that predictor.");
    if ((await vscode.window.showInformationMessage(text, evaluate)) === evaluate) await vscode.commands.executeCommand("foxnas.evaluate");
    return undefined;
  }
  const items = done.map(({ record, found }) => ({
    label: `${record.title}, ${record.request.budget} ms`,
    description: found,
    detail: new Date(record.startedAt).toLocaleString(),
    value: record.id,
  }));
  return pick<string>({ title, placeholder: vscode.l10n.t("Whose winners?"), items });
}

function isEvaluable({ request }: RunRecord<"search">): boolean {
  try {
    return readPredictor(request.accuracy).evaluated !== undefined;
  } catch {
    return false;
  }
}
