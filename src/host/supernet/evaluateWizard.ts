import * as vscode from "vscode";
import { PrecisionSchema } from "../../shared/measure.js";
import type { Source } from "../../shared/source.js";
import type { Space } from "../../shared/space.js";
import type { EvaluateRequest } from "../../shared/supernet.js";
import { pickSpace } from "../ask/choices.js";
import { pickResolution } from "../ask/resolution.js";
import type { Entry, Library } from "../library.js";
import type { MachineInfo } from "../machine.js";
import { AGAIN, pick, question, runSteps, type At, type Step } from "../ask/steps.js";
import { pickData, pickSupernet, spacesBeside } from "./choices.js";
import { formFor, type Design } from "./design.js";
import { askImages, type ImageCounts } from "./imageCounts.js";
import { cardText, type Inspected } from "./inspect.js";
import { accuracySettings } from "./settings.js";
import { askSubnets, type Subnets } from "./subnets.js";

type Precision = EvaluateRequest["precisions"][number];

/** Answers of the last evaluation, offered first in the next. */
export interface RememberedEvaluate {
  supernet?: string;
  space?: string;
  data?: string;
  precisions?: Precision[];
  design?: Design;
  images?: ImageCounts;
}

export interface EvaluateWizardParts {
  library: Library;
  machine: MachineInfo;
  log: vscode.LogOutputChannel;
  /** Path of the supernet that the command is about; undefined: it is asked for. */
  given: string | undefined;
  /** Undefined when the person cancelled. Throws InputError where they do not fit each other or cannot be read. */
  inspect: (space: Source, supernet: string, data: string) => Promise<Inspected | undefined>;
  memory: { read: () => RememberedEvaluate; write: (answers: RememberedEvaluate) => Thenable<void> };
  report: (error: unknown) => Promise<void>;
}

interface State {
  supernet?: string;
  space?: Entry<Space>;
  inspected?: Inspected;
  resolution?: number;
  subnets?: Subnets;
  precisions?: Precision[];
  images?: ImageCounts;
}

export const EVALUATE_TITLE = vscode.l10n.t("Evaluate Supernet");

/** Supernet, space, data, resolution, subnets, precision, images; undefined when the person gave up. */
export async function askEvaluate(parts: EvaluateWizardParts): Promise<{ request: EvaluateRequest; title: string } | undefined> {
  const { given, machine, memory } = parts;
  const remembered = memory.read();
  const state: State = { supernet: given };
  const steps = [...whatSteps(parts, state, remembered), ...howSteps(parts, state, remembered)];
  if (!(await runSteps(steps))) return undefined;
  await memory.write(remembered);
  const { space, inspected, subnets } = state;
  return {
    title: vscode.l10n.t("{0} at {1} px", space!.content.id, state.resolution!),
    request: {
      kind: "evaluate",
      space: space!.source,
      ...{ supernet: inspected!.supernet, data: inspected!.data, resolution: state.resolution!, precisions: state.precisions! },
      ...state.images!,
      ...accuracySettings(machine),
      subnets: subnets!.kind === "given" ? subnets! : { kind: "design", ...subnets!.design, form: formFor(subnets!.design) },
    },
  };
}

/** What is evaluated: the worker reads supernet and data before anything else is asked. */
function whatSteps(parts: EvaluateWizardParts, state: State, remembered: RememberedEvaluate): Step[] {
  const { library, log, report, given } = parts;
  const title = EVALUATE_TITLE;
  const askSpace = async (at: At) => {
    const entries = await spacesBeside(state.supernet!, library, log);
    const first = { label: vscode.l10n.t("beside the supernet"), entries };
    return pickSpace(library, { title, at, report, first, remembered: entries[0]?.key ?? remembered.space });
  };
  const placeholder = vscode.l10n.t("Resolution: side of the image that the supernet was trained with");
  const resolutionStep = question((at) => pickResolution({ title, at, placeholder, offered: state.space!.content.resolutions, active: state.resolution }), (answer) => (state.resolution = answer));
  return [
    ...(given === undefined ? [question((at) => pickSupernet({ title, at, remembered: remembered.supernet }), (answer) => (remembered.supernet = state.supernet = answer))] : []),
    question(askSpace, (answer) => {
      state.space = answer;
      remembered.space = answer.key;
    }),
    question((at) => pickData(state.supernet!, { title, at, remembered: remembered.data }), async (answer) => {
      remembered.data = answer;
      try {
        state.inspected = await parts.inspect(state.space!.source, state.supernet!, answer);
        return state.inspected ?? AGAIN;
      } catch (error) {
        // Another folder, or back to another supernet.
        void report(error);
        return AGAIN;
      }
    }),
    async (at) => {
      const { resolutions } = state.space!.content;
      if (resolutions.length > 1) return resolutionStep(at);
      state.resolution = resolutions[0]!;
      return "skip";
    },
  ];
}

/** How it is evaluated. */
function howSteps({ log }: EvaluateWizardParts, state: State, remembered: RememberedEvaluate): Step[] {
  const title = EVALUATE_TITLE;
  const chooseSubnets = (at: At) => {
    const { inspected, space, resolution } = state;
    return askSubnets({ title, at, space: space!.content, resolution: resolution!, card: cardText(inspected!.cards), last: remembered.design, log });
  };
  return [
    question(chooseSubnets, (answer) => {
      state.subnets = answer;
      if (answer.kind === "design") remembered.design = answer.design;
    }),
    question((at) => pickPrecisions(title, at, state.subnets!.kind === "design", remembered.precisions), (answer) => (remembered.precisions = state.precisions = answer)),
    question((at) => askImages(title, at, state.inspected!.cards.data, remembered.images), (answer) => (remembered.images = state.images = answer)),
  ];
}

function pickPrecisions(title: string, at: At, fitted: boolean, active: readonly Precision[] | undefined) {
  const [fp32, int8] = PrecisionSchema.options;
  const both = fitted
    ? vscode.l10n.t("What quantisation costs, too; the predictor is fitted to int8.")
    : vscode.l10n.t("What quantisation costs, too.");
  return pick<Precision[]>({
    title,
    at,
    placeholder: vscode.l10n.t("Precision of the subnets"),
    items: [
      { label: fp32, detail: vscode.l10n.t("32-bit floating point, as trained."), value: [fp32] },
      { label: int8, detail: vscode.l10n.t("Quantised after training: 8-bit weights and activations, ranges from the calibration images."), value: [int8] },
      { label: vscode.l10n.t("both"), detail: both, value: [int8, fp32] },
    ],
    active: (value) => value.join() === active?.join(),
  });
}
