import * as vscode from "vscode";
import { InputError } from "../../shared/errors.js";
import type { PredictorFile } from "../../shared/predictor.js";
import type { Space } from "../../shared/space.js";
import type { TuneRequest } from "../../shared/tune.js";
import { askBudget } from "../ask/askBudget.js";
import { pickPredictor } from "../ask/choices.js";
import type { FrontJob } from "./frontJob.js";
import type { Entry, Library } from "../library.js";
import type { MachineInfo } from "../machine.js";
import { misfit } from "./searchWizard.js";
import { question, runSteps, type At, type Step } from "../ask/steps.js";
import { unmeasurable } from "./tunable.js";

/** Answers of the last search with measuring, offered first in the next. */
export interface RememberedTune {
  latency?: string;
  accuracy?: string;
  budget?: string;
}

export type TuneSources = Pick<TuneRequest, "space" | "accuracy" | "latency">;

/** What a finished run answers already. */
export interface TuneGiven {
  sources: TuneSources;
  /** ms, offered. */
  budget: number;
  title: string;
}

export interface TuneWizardParts {
  library: Library;
  machine: MachineInfo;
  /** Undefined: everything is asked. */
  given: TuneGiven | undefined;
  /** Key of the latency predictor to offer first; undefined: that of the last time. */
  preferred: string | undefined;
  /** The space of a latency predictor. Throws InputError where it is not to be found. */
  spaceOf: (latency: Entry<PredictorFile>) => Promise<Entry<Space>>;
  /** Starts computing the front of the picked predictors. */
  front: (predictors: TuneSources) => FrontJob;
  memory: { read: () => RememberedTune; write: (answers: RememberedTune) => Thenable<void> };
  report: (error: unknown) => Promise<void>;
}

/** Readings of each architecture: some 60 repeat to 1 %. */
const ROUNDS = 60;

interface State {
  latency?: Entry<PredictorFile>;
  space?: Entry<Space>;
  accuracy?: Entry<PredictorFile>;
  front?: FrontJob;
  budget?: number;
}

export const TUNE_TITLE = vscode.l10n.t("Search and Measure on This Device");

/** Latency predictor of this machine, accuracy predictor, budget; undefined when the person gave up. */
export async function askTune(parts: TuneWizardParts): Promise<{ request: TuneRequest; title: string } | undefined> {
  const { given, memory, preferred } = parts;
  const remembered = { ...memory.read(), ...(preferred === undefined ? {} : { latency: preferred }) };
  const state: State = {};
  const sources = (): TuneSources => given?.sources ?? { space: state.space!.source, accuracy: state.accuracy!.source, latency: state.latency!.source };
  const askForBudget = (at: At) => {
    state.front?.dispose();
    state.front = parts.front(sources());
    const value = given === undefined ? (remembered.budget ?? "") : String(given.budget);
    return askBudget({ title: TUNE_TITLE, at, job: state.front, value, prompt: vscode.l10n.t("Latency budget in ms; then measuring starts") });
  };
  const budgetStep = question(askForBudget, ({ budget, text }) => {
    state.budget = budget;
    remembered.budget = text;
  });
  try {
    const asked = given === undefined ? predictorSteps(parts, state, remembered) : [];
    if (!(await runSteps([...asked, budgetStep]))) return undefined;
  } finally {
    state.front?.dispose();
  }
  await memory.write(remembered);
  const seed = vscode.workspace.getConfiguration("foxnas.search").get<number>("seed", 1);
  const title = given?.title ?? vscode.l10n.t("{0} at {1} px", state.space!.content.id, state.latency!.content.resolution);
  return { title, request: { kind: "tune", ...sources(), budget: state.budget!, rounds: ROUNDS, seed } };
}

/** The latency predictor comes first: it says for which space and resolution the accuracy must be. */
function predictorSteps({ library, machine, report, spaceOf }: TuneWizardParts, state: State, remembered: RememberedTune): Step[] {
  const wrongTarget = ({ target }: PredictorFile) =>
    target === "latency" ? undefined : new InputError({ what: vscode.l10n.t("the predictor does not fit"), field: "target", found: target, expected: "latency" });
  const askLatency = (at: At) => {
    const wanted = vscode.l10n.t("this machine");
    const unfit = (one: PredictorFile) => wrongTarget(one) ?? unmeasurable(one, machine);
    return pickPredictor(library, { title: TUNE_TITLE, at, report, remembered: remembered.latency, target: "latency", wanted, misfit: unfit, machine });
  };
  const askAccuracy = (at: At) => {
    const { space, latency } = state;
    const wanted = vscode.l10n.t("{0} at {1} px", space!.content.id, latency!.content.resolution);
    const unfit = (one: PredictorFile) => misfit(one, "accuracy", { space: space!, latency });
    return pickPredictor(library, { title: TUNE_TITLE, at, report, remembered: remembered.accuracy, target: "accuracy", wanted, misfit: unfit, machine });
  };
  return [
    question(askLatency, async (answer) => {
      state.latency = answer;
      state.space = await spaceOf(answer);
      remembered.latency = answer.key;
    }),
    question(askAccuracy, (answer) => {
      state.accuracy = answer;
      remembered.accuracy = answer.key;
    }),
  ];
}
