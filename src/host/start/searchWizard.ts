import * as vscode from "vscode";
import { InputError } from "../../shared/errors.js";
import type { SearchRequest } from "../../shared/messages.js";
import type { PredictorFile, Target } from "../../shared/predictor.js";
import type { Space } from "../../shared/space.js";
import { askBudget } from "../ask/askBudget.js";
import { pickPredictor, pickSpace } from "../ask/choices.js";
import type { FrontJob } from "./frontJob.js";
import type { Entry, Library } from "../library.js";
import type { MachineInfo } from "../machine.js";
import { keptText, ProbabilityButton, settingOf } from "../ask/probability.js";
import { question, runSteps, type At, type Step } from "../ask/steps.js";

/** Answers of the last search, offered first in the next. */
export interface Remembered {
  space?: string;
  accuracy?: string;
  latency?: string;
  budget?: string;
}

/** What a finished profile or evaluation answers already. */
export interface Given {
  space: Entry<Space>;
  accuracy?: Entry<PredictorFile>;
  latency?: Entry<PredictorFile>;
}

export interface WizardParts {
  library: Library;
  /** Undefined: everything is asked. */
  given: Given | undefined;
  /** The machine that predictors of other machines are marked against. */
  machine: () => Promise<MachineInfo | undefined>;
  /** Starts computing the front of the picked predictors. */
  front: (predictors: Pick<SearchRequest, "space" | "accuracy" | "latency">) => FrontJob;
  memory: { read: () => Remembered; write: (answers: Remembered) => Thenable<void> };
  report: (error: unknown) => Promise<void>;
}

export interface SearchAnswers {
  request: SearchRequest;
  title: string;
}

/** What was picked so far. */
export interface Picked {
  space?: Entry<Space>;
  accuracy?: Entry<PredictorFile> | undefined;
  latency?: Entry<PredictorFile> | undefined;
}

interface State extends Picked {
  budget?: number;
  front?: FrontJob;
}

/** Space, accuracy predictor, latency predictor, budget; undefined when the person gave up. */
export async function askSearch({ library, front, given, machine, memory, report }: WizardParts): Promise<SearchAnswers | undefined> {
  const title = vscode.l10n.t("Search Architecture");
  const remembered = memory.read();
  const state: State = { ...given };
  const options = (at: At, key: "space" | "accuracy" | "latency") => ({ title, at, report, remembered: remembered[key] });
  const config = vscode.workspace.getConfiguration("foxnas.search");
  const probability = new ProbabilityButton(settingOf(config));
  const spaceStep = question((at) => pickSpace(library, options(at, "space")), (answer) => {
    state.space = answer;
    remembered.space = answer.key;
  });
  const askForBudget = (at: At) => {
    state.front?.dispose();
    state.front = front(sourcesOf(state));
    // Only a covariance says how sure a prediction is.
    const told = state.latency!.content.fit !== undefined;
    const kept = told ? { button: probability, text: () => keptText(probability.asked, told) } : undefined;
    return askBudget({ title, at, job: state.front, value: remembered.budget ?? "", prompt: vscode.l10n.t("Latency budget in ms"), kept });
  };
  const budgetStep = question(askForBudget, ({ budget, text }) => {
    state.budget = budget;
    remembered.budget = text;
  });
  const askPredictor = async (at: At, target: Target) => {
    const before = target === "accuracy" ? { ...state, accuracy: undefined, latency: given?.latency } : { ...state, latency: undefined };
    const misfits = (one: PredictorFile) => misfit(one, target, before);
    const resolution = (target === "accuracy" ? given?.latency : state.accuracy)?.content.resolution;
    const { id } = state.space!.content;
    const wanted = resolution === undefined ? id : vscode.l10n.t("{0} at {1} px", id, resolution);
    return pickPredictor(library, { ...options(at, target), target, wanted, misfit: misfits, machine: await machine() });
  };
  const predictorStep = (target: Target) =>
    question((at) => askPredictor(at, target), (answer) => {
      state[target] = answer;
      remembered[target] = answer.key;
    });
  const steps: Step[] = [
    ...(given === undefined ? [spaceStep] : []),
    ...(given?.accuracy === undefined ? [predictorStep("accuracy")] : []),
    ...(given?.latency === undefined ? [predictorStep("latency")] : []),
    budgetStep,
  ];
  try {
    if (!(await runSteps(steps))) return undefined;
  } finally {
    state.front?.dispose();
  }
  await memory.write(remembered);
  return {
    title: vscode.l10n.t("{0} at {1} px", state.space!.content.id, state.accuracy!.content.resolution),
    request: {
      kind: "search",
      ...sourcesOf(state),
      budget: state.budget!,
      probability: state.latency!.content.fit === undefined ? null : probability.asked,
      seed: config.get<number>("seed", 1),
      evaluations: config.get<number | null>("evaluations", null),
    },
  };
}

function sourcesOf({ space, accuracy, latency }: State): Pick<SearchRequest, "space" | "accuracy" | "latency"> {
  return { space: space!.source, accuracy: accuracy!.source, latency: latency!.source };
}

/** Why a predictor cannot go with what was picked before it. */
export function misfit(predictor: PredictorFile, target: "accuracy" | "latency", { space, accuracy, latency }: Picked): Error | undefined {
  const wrong = (field: string, found: string, expected: string) =>
    new InputError({ what: vscode.l10n.t("the predictor does not fit"), field, found, expected, next: vscode.l10n.t("Pick a predictor that was fitted for it.") });
  if (predictor.target !== target) return wrong("target", predictor.target, target);
  if (predictor.space !== space!.content.id) return wrong("space", predictor.space, space!.content.id);
  const other = target === "latency" ? accuracy : latency;
  if (other !== undefined && predictor.resolution !== other.content.resolution) {
    return wrong("resolution", `${predictor.resolution} px`, target === "latency" ? vscode.l10n.t("{0} px, as the accuracy predictor", other.content.resolution) : vscode.l10n.t("{0} px, as the latency predictor", other.content.resolution));
  }
  return undefined;
}
