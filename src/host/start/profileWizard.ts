import * as vscode from "vscode";
import { PrecisionSchema } from "../../shared/measure.js";
import type { ProfileRequest } from "../../shared/profile.js";
import type { Space } from "../../shared/space.js";
import { pickSpace } from "../ask/choices.js";
import { processorText } from "../format.js";
import type { Entry, Library } from "../library.js";
import type { MachineInfo } from "../machine.js";
import { BACK, input, pick, runSteps, type At, type Back, type Step } from "../ask/steps.js";

type Precision = ProfileRequest["precision"];

/** Answers of the last profile, offered first in the next. */
export interface RememberedProfile {
  space?: string;
  resolution?: number;
  precision?: Precision;
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
  const steps: Step[] = [
    async (at) => {
      const answer = await pickSpace(library, { title, at, report, remembered: remembered.space });
      if (answer === undefined || answer === BACK) return answer;
      space = answer;
      remembered.space = answer.key;
      return "next";
    },
    async (at) => {
      const answer = await pickResolution(library, title, at, space!.content, resolution);
      if (answer === undefined || answer === BACK) return answer;
      resolution = answer;
      return "next";
    },
    async (at) => {
      const answer = await pickPrecision(title, at, precision);
      if (answer === undefined || answer === BACK) return answer;
      precision = answer;
      return "next";
    },
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
    threads: config.get<number>("profile.threads", 1),
    samples: config.get<number>("profile.samples", 40),
    timeLimitMs: config.get<number>("profile.timeLimit", 60) * 1000,
    target: config.get<number>("profile.target", 2) / 100,
    executionProvider: config.get<string>("profile.executionProvider", "cpu"),
    seed: config.get<number>("search.seed", 1),
  };
}

async function pickResolution(library: Library, title: string, at: At, space: Space, active: number | undefined): Promise<number | Back | undefined> {
  const accuracies = (await library.predictors()).entries.filter(({ content }) => content.target === "accuracy" && content.space === space.id);
  const known = new Set(accuracies.map(({ content }) => content.resolution));
  const offered = [...new Set([...space.resolutions, ...known])];
  for (;;) {
    const answer = await pick<number | "other">({
      title,
      at,
      placeholder: vscode.l10n.t("Resolution: side of the input image"),
      items: [
        ...offered.map((resolution) => ({
          label: `${resolution} px`,
          detail: known.has(resolution)
            ? vscode.l10n.t("There is an accuracy predictor, so that you can search with this profile.")
            : vscode.l10n.t("No accuracy predictor yet: a search with this profile needs one for the same resolution."),
          value: resolution,
        })),
        { label: `$(edit) ${vscode.l10n.t("Another one…")}`, value: "other" as const },
      ],
      active: (value) => value === active,
    });
    if (answer !== "other") return answer;
    const typed = await askResolution(title, at, active ?? space.resolutions[0]!);
    if (typed !== BACK) return typed;
  }
}

/** A typed side of the input image, px. */
export function askResolution(title: string, at: At, proposed: number): Promise<number | Back | undefined> {
  return input<number>({
    title,
    at,
    value: String(proposed),
    prompt: vscode.l10n.t("Resolution in pixels"),
    placeholder: "224",
    advise: (text) => {
      const value = Number(text.replace(/\s*px\s*$/, ""));
      if (text.trim() !== "" && Number.isInteger(value) && value >= 8 && value <= 4096) return { value };
      return { message: vscode.l10n.t("A whole number of pixels from 8 to 4096 is expected, for example 224.") };
    },
  });
}

/** The precision of what is timed: the last question before measuring starts. */
export function pickPrecision(
  title: string,
  at: At | undefined,
  active: Precision | undefined,
  placeholder = vscode.l10n.t("Precision of the timed models; then measuring starts"),
): Promise<Precision | Back | undefined> {
  const details: Record<Precision, string> = {
    int8: vscode.l10n.t("Quantised: 8-bit weights and activations, usually the fastest form on a CPU. For models you will deploy quantised."),
    fp32: vscode.l10n.t("32-bit floating point, as trained. For models you will deploy without quantisation."),
  };
  const order: Precision[] = ["int8", ...PrecisionSchema.options.filter((one) => one !== "int8")];
  return pick<Precision>({
    title,
    at,
    placeholder,
    items: order.map((value) => ({ label: value, detail: details[value], value })),
    active: (value) => value === active,
  });
}
