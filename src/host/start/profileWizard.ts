import * as vscode from "vscode";
import type { ProfileRequest } from "../../shared/profile.js";
import type { Space } from "../../shared/space.js";
import { pickSpace } from "../ask/choices.js";
import { pickPrecision } from "../ask/precision.js";
import { pickResolution } from "../ask/resolution.js";
import { processorText } from "../format.js";
import type { Entry, Library } from "../library.js";
import type { MachineInfo } from "../machine.js";
import { timingSettings } from "./timingSettings.js";
import { question, runSteps, type At, type Back } from "../ask/steps.js";

/** Answers of the last profile, offered first in the next. */
export interface RememberedProfile {
  space?: string;
  resolution?: number;
  precision?: ProfileRequest["precision"];
}

export interface ProfileWizardParts {
  library: Library;
  machine: MachineInfo;
  memory: { read: () => RememberedProfile; write: (answers: RememberedProfile) => Thenable<void> };
  report: (error: unknown) => Promise<void>;
}

/** Readings of each architecture: some 60 repeat to 1 %. */
const ROUNDS = 60;

/** Space, resolution, precision; undefined when the person gave up. */
export async function askProfile(parts: ProfileWizardParts): Promise<{ request: ProfileRequest; title: string } | undefined> {
  const { library, machine, memory, report } = parts;
  const title = vscode.l10n.t("Profile This Device");
  const remembered = memory.read();
  let space: Entry<Space> | undefined;
  let resolution = remembered.resolution;
  let precision = remembered.precision;
  const steps = [
    question((at) => pickSpace(library, { title, at, report, remembered: remembered.space }), (answer) => {
      space = answer;
      remembered.space = answer.key;
    }),
    question((at) => chooseResolution(library, title, at, space!.content, resolution), (answer) => (resolution = answer)),
    question((at) => pickPrecision(title, at, precision), (answer) => (precision = answer)),
  ];
  if (!(await runSteps(steps))) return undefined;
  const answers = { resolution: resolution!, precision: precision! };
  await memory.write({ ...remembered, ...answers });
  return {
    title: `${processorText(machine.cpu)}, ${answers.precision}, ${answers.resolution} px`,
    request: { kind: "profile", space: space!.source, ...answers, ...settings(), rounds: ROUNDS },
  };
}

/** What the settings say of a profile. */
function settings(): Pick<ProfileRequest, "threads" | "samples" | "timeLimitMs" | "target" | "executionProvider" | "seed"> {
  const config = vscode.workspace.getConfiguration("foxnas");
  return {
    ...timingSettings(),
    samples: config.get<number>("profile.samples", 40),
    timeLimitMs: config.get<number>("profile.timeLimit", 60) * 1000,
    target: config.get<number>("profile.target", 2) / 100,
    seed: config.get<number>("search.seed", 1),
  };
}

/** One of the space's resolutions, of its accuracy predictors', or another. */
async function chooseResolution(library: Library, title: string, at: At, space: Space, active: number | undefined): Promise<number | Back | undefined> {
  const accuracies = (await library.predictors()).entries.filter(({ content }) => content.target === "accuracy" && content.space === space.id);
  const known = new Set(accuracies.map(({ content }) => content.resolution));
  return pickResolution({
    title,
    at,
    placeholder: vscode.l10n.t("Resolution: side of the input image"),
    offered: [...new Set([...space.resolutions, ...known])],
    active,
    detail: (resolution) =>
      known.has(resolution)
        ? vscode.l10n.t("There is an accuracy predictor, so that you can search with this profile.")
        : vscode.l10n.t("No accuracy predictor yet: a search with this profile needs one for the same resolution."),
  });
}
